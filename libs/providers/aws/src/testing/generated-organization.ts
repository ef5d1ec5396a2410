import { createHash } from 'node:crypto';
import type { DoubleAccount, DoubleEstate, DoubleRegion, Listed } from './double-estate';

/** How large a generated organization is. */
export interface OrganizationSize {
  readonly accounts: number;
  /** Each enabled for every account. */
  readonly regions: readonly string[];
  /** In each region of each account. */
  readonly vpcs: number;
  /** In each VPC. */
  readonly subnets: number;
  /** Of each subnet, as long as AWS allows them: a key of 128 characters, a value of 256. Default: none. */
  readonly fullTags?: number;
}

const FIRST_ACCOUNT = 100_000_000_000;
// The plan of addresses: 10.0.0.0/8 cut into equal VPCs, each no larger than AWS allows, its subnets no smaller.
const WHOLE_PREFIX = 8;
const LARGEST_VPC = 16;
const SMALLEST_SUBNET = 28;

/**
 * An organization made up as it is asked for: the same entries each time, no two VPCs of the same
 * addresses. Its accounts
 * are those of `accountAt`; take the first for the caller's own.
 * @throws when so many subnets do not fit into 10.0.0.0/8
 */
export function generatedOrganization({
  accounts,
  regions,
  vpcs,
  subnets,
  fullTags = 0,
}: OrganizationSize): DoubleEstate {
  const vpcPrefix = Math.max(LARGEST_VPC, WHOLE_PREFIX + bitsFor(accounts * regions.length * vpcs));
  const subnetPrefix = vpcPrefix + bitsFor(subnets);
  if (subnetPrefix > SMALLEST_SUBNET)
    throw new RangeError(
      `${accounts * regions.length * vpcs} VPCs of ${subnets} subnets do not fit into 10.0.0.0/8`,
    );

  const indexOf = (account: string): number | undefined => {
    const index = Number(account) - FIRST_ACCOUNT;
    return Number.isInteger(index) && index >= 0 && index < accounts ? index : undefined;
  };
  return {
    accounts: made(accounts, accountAt),
    regionsOf: (account) => (indexOf(account) === undefined ? undefined : regions),
    region: (account, region): DoubleRegion | undefined => {
      const accountIndex = indexOf(account);
      const regionIndex = regions.indexOf(region);
      if (accountIndex === undefined || regionIndex < 0) return undefined;
      const first = (accountIndex * regions.length + regionIndex) * vpcs;
      const owner = { OwnerId: account };
      return {
        vpcs: made(vpcs, (index) => {
          const block = cidr((first + index) * 2 ** (32 - vpcPrefix), vpcPrefix);
          return {
            ...owner,
            VpcId: resourceId('vpc', first + index),
            IsDefault: false,
            CidrBlock: block,
            CidrBlockAssociationSet: [
              { CidrBlock: block, CidrBlockState: { State: 'associated' } },
            ],
            Tags: [{ Key: 'Name', Value: `${accountAt(accountIndex).name}-${region}-${index}` }],
          };
        }),
        subnets: made(vpcs * subnets, (index) => {
          const vpc = first + Math.floor(index / subnets);
          const offset = vpc * 2 ** (32 - vpcPrefix) + (index % subnets) * 2 ** (32 - subnetPrefix);
          return {
            ...owner,
            SubnetId: resourceId('subnet', first * subnets + index),
            VpcId: resourceId('vpc', vpc),
            AvailabilityZoneId: `${regionCode(region)}-az${(index % 3) + 1}`,
            CidrBlock: cidr(offset, subnetPrefix),
            ...(fullTags > 0 && {
              Tags: Array.from({ length: fullTags }, (_, tag) => fullTag(index, tag)),
            }),
          };
        }),
      };
    },
  };
}

/** The account at an index of a generated organization, from 0. */
export function accountAt(index: number): DoubleAccount {
  return { id: String(FIRST_ACCOUNT + index), name: `member-${String(index).padStart(4, '0')}` };
}

function made<T>(length: number, entry: (index: number) => T): Listed<T> {
  return { length, at: (index) => (index < length ? entry(index) : undefined) };
}

function bitsFor(count: number): number {
  return Math.ceil(Math.log2(Math.max(1, count)));
}

function cidr(offset: number, prefix: number): string {
  return `10.${[16, 8, 0].map((shift) => Math.floor(offset / 2 ** shift) % 256).join('.')}/${prefix}`;
}

function resourceId(kind: string, number: number): string {
  return `${kind}-${number.toString(16).padStart(17, '0')}`;
}

/** As in zone ids: `euw1` of eu-west-1, `usgw1` of us-gov-west-1. */
function regionCode(region: string): string {
  const [area = '', ...rest] = region.split('-');
  const number = rest.pop() ?? '';
  return `${area}${rest.map((part) => part.charAt(0)).join('')}${number}`;
}

/** No two alike, so that nothing is saved by what they share. */
function fullTag(subnet: number, tag: number): { readonly Key: string; readonly Value: string } {
  const text = (of: string, length: number): string =>
    createHash('shake256', { outputLength: length / 2 })
      .update(`${of} ${subnet} ${tag}`)
      .digest('hex');
  return { Key: text('key', 128), Value: text('value', 256) };
}
