import type { CloudNetworks } from '@cloudpam/reconciliation';

/** What one region answers, entries in the JSON shape of `aws ec2 describe-vpcs` and `describe-subnets`. */
export interface RegionAnswers {
  /** `failing`: the cloud (or the file) gives an error instead. */
  readonly vpcs: readonly object[] | 'failing';
  readonly subnets: readonly object[] | 'failing';
}

/** The cloud that an adapter under test must find: one account and what its regions answer. */
export interface ContractEstate {
  readonly account: string;
  readonly regions: { readonly [region: string]: RegionAnswers };
}

/** The adapter over that estate, and how to take it down. */
export interface ContractSubject {
  readonly cloud: CloudNetworks;
  close(): Promise<void>;
}

export const ACCOUNT = '111122223333';
export const SHARING_ACCOUNT = '444455556666';

const associated = (block: string) => ({ CidrBlock: block, CidrBlockState: { State: 'associated' } });
const associated6 = (block: string) => ({ Ipv6CidrBlock: block, Ipv6CidrBlockState: { State: 'associated' } });

const PROD_VPC = {
  VpcId: 'vpc-prod',
  OwnerId: ACCOUNT,
  IsDefault: false,
  CidrBlock: '10.0.0.0/16',
  CidrBlockAssociationSet: [
    associated('10.0.0.0/16'),
    associated('100.64.0.0/20'),
    { CidrBlock: '192.168.0.0/24', CidrBlockState: { State: 'disassociated' } },
  ],
  Ipv6CidrBlockAssociationSet: [associated6('2600:1f00:0:100::/56')],
  Tags: [{ Key: 'Name', Value: 'prod' }, { Key: 'env', Value: 'prod' }],
};

const DEFAULT_VPC = {
  VpcId: 'vpc-default',
  OwnerId: ACCOUNT,
  IsDefault: true,
  CidrBlock: '172.31.0.0/16',
  CidrBlockAssociationSet: [associated('172.31.0.0/16')],
};

const DUAL_STACK_SUBNET = {
  SubnetId: 'subnet-dual',
  VpcId: 'vpc-prod',
  OwnerId: ACCOUNT,
  AvailabilityZone: 'eu-west-1a',
  AvailabilityZoneId: 'euw1-az3',
  CidrBlock: '10.0.0.0/20',
  Ipv6CidrBlockAssociationSet: [
    associated6('2600:1f00:0:100::/64'),
    { Ipv6CidrBlock: '2600:1f00:0:1ff::/64', Ipv6CidrBlockState: { State: 'disassociated' } },
  ],
  Tags: [{ Key: 'Name', Value: 'prod-a' }],
};

const IPV6_ONLY_SUBNET = {
  SubnetId: 'subnet-v6',
  VpcId: 'vpc-prod',
  OwnerId: ACCOUNT,
  AvailabilityZone: 'eu-west-1b',
  AvailabilityZoneId: 'euw1-az1',
  Ipv6Native: true,
  Ipv6CidrBlockAssociationSet: [associated6('2600:1f00:0:101::/64')],
};

const SHARED_SUBNET = {
  SubnetId: 'subnet-shared',
  VpcId: 'vpc-of-another-account',
  OwnerId: SHARING_ACCOUNT,
  AvailabilityZoneId: 'euw1-az2',
  CidrBlock: '10.80.0.0/24',
};

const MALFORMED_SUBNET = { SubnetId: 'subnet-malformed', VpcId: 'vpc-default', OwnerId: ACCOUNT, CidrBlock: '172.31.0.1/20' };

/** One region of each sort: whole, failing, failing halfway, with a malformed CIDR, and empty. */
export const CONTRACT_ESTATE: ContractEstate = {
  account: ACCOUNT,
  regions: {
    'eu-west-1': { vpcs: [PROD_VPC, DEFAULT_VPC], subnets: [DUAL_STACK_SUBNET, IPV6_ONLY_SUBNET, SHARED_SUBNET] },
    'us-east-1': { vpcs: 'failing', subnets: 'failing' },
    'us-west-2': { vpcs: [DEFAULT_VPC], subnets: 'failing' },
    'eu-north-1': { vpcs: [DEFAULT_VPC], subnets: [MALFORMED_SUBNET] },
    'sa-east-1': { vpcs: [], subnets: [] },
  },
};
