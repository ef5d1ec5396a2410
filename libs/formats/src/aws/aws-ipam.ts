import type { ImportEntity, ImportFormat } from '@cloudpam/import';
import type { Reading } from '../rows/reading';
import type { JsonDialect, JsonKind } from '../tables/json-kind';
import { allocations, poolCidrs, resourceCidrs } from './ipam-cidrs';
import { pools, scopes } from './ipam-scopes';

const FORMAT: ImportFormat = 'aws_ipam';

interface List {
  /** A key that the objects of no other list have. */
  readonly sign: string;
  readonly entity: ImportEntity | null;
  readonly mapping: Readonly<Record<string, string>>;
  /** Keys that follow from the rest, or are about IPAM itself. */
  readonly derived: readonly string[];
  reader(reading: Reading, file: string): ReturnType<JsonKind['reader']>;
}

/** The lists that the AWS CLI prints of VPC IPAM, by their keys. */
const LISTS: Readonly<Record<string, List>> = {
  IpamScopes: {
    sign: 'IsDefault',
    entity: 'vrf',
    mapping: { name: 'Tags', description: 'Description' },
    derived: [],
    reader: scopes,
  },
  IpamPools: {
    sign: 'IpamPoolArn',
    entity: null,
    mapping: {},
    derived: [],
    reader: pools,
  },
  IpamResourceCidrs: {
    sign: 'ResourceCidr',
    entity: 'pool',
    mapping: {
      cidr: 'ResourceCidr',
      name: 'ResourceName',
      kind: 'ResourceType',
      vrf: 'IpamScopeId',
      account: 'ResourceOwnerId',
      region: 'ResourceRegion',
      tags: 'ResourceTags',
      source_id: 'ResourceId',
    },
    derived: [
      ...['IpamId', 'IpamPoolId', 'IpUsage', 'ComplianceStatus', 'ManagementState'],
      ...['OverlapStatus', 'VpcId'],
    ],
    reader: resourceCidrs,
  },
  IpamPoolCidrs: {
    sign: 'IpamPoolCidrId',
    entity: 'pool',
    mapping: { cidr: 'Cidr', source_id: 'IpamPoolCidrId' },
    derived: ['State', 'FailureReason', 'NetmaskLength'],
    reader: poolCidrs,
  },
  IpamPoolAllocations: {
    sign: 'IpamPoolAllocationId',
    entity: 'pool',
    mapping: {
      cidr: 'Cidr',
      description: 'Description',
      kind: 'ResourceType',
      account: 'ResourceOwner',
      region: 'ResourceRegion',
      tags: 'Tags',
      source_id: 'IpamPoolAllocationId',
    },
    derived: ['ResourceId'],
    reader: allocations,
  },
};

/** What `aws ec2` prints of VPC IPAM, as JSON. */
export const awsIpam: JsonDialect = (key, first, _reading, file) => {
  const found = Object.entries(LISTS).find(([name, { sign }]) =>
    key === null ? Object.hasOwn(first, sign) : key === name,
  );
  if (!found) return undefined;
  const [name, list] = found;
  const { entity, mapping, derived } = list;
  const used = [...Object.values(mapping), ...derived];
  return {
    format: FORMAT,
    because: `It is the list ${name}, as the AWS CLI prints it.`,
    entity,
    mapping,
    unknown: entity === 'pool' ? Object.keys(first).filter((each) => !used.includes(each)) : [],
    reader: (reading) => list.reader(reading, file),
  };
};
