import { contains, parseCidr } from '@cloudpam/cidr';
import { accountAt, generatedOrganization } from './generated-organization';
import type { Listed } from './double-estate';

interface Entry {
  readonly VpcId: string;
  readonly CidrBlock: string;
}
const REGIONS = ['eu-west-1', 'us-gov-west-1'];

describe('generatedOrganization', () => {
  // Its entries are these, in the CLI's shape.
  const all = (list: Listed<object> | undefined): Entry[] =>
    Array.from({ length: list?.length ?? 0 }, (_, n) => list?.at(n) as Entry);

  it('gives no two VPCs the same addresses, and each subnet a part of its VPC', () => {
    const estate = generatedOrganization({ accounts: 20, regions: REGIONS, vpcs: 2, subnets: 3 });
    const vpcs = new Map<string, string>();
    const subnets: Entry[] = [];
    for (let index = 0; index < estate.accounts.length; index++) {
      for (const region of REGIONS) {
        const lists = estate.region(accountAt(index).id, region);
        for (const { VpcId, CidrBlock } of all(lists?.vpcs)) vpcs.set(VpcId, CidrBlock);
        subnets.push(...all(lists?.subnets));
      }
    }
    expect(new Set(vpcs.values()).size).toBe(80);
    expect(new Set(subnets.map(({ CidrBlock }) => CidrBlock)).size).toBe(240);
    const outside = subnets.filter(
      ({ VpcId, CidrBlock }) => !contains(parseCidr(vpcs.get(VpcId) ?? ''), parseCidr(CidrBlock)),
    );
    expect(outside).toEqual([]);
  });

  it('holds a thousand accounts without making them', () => {
    const estate = generatedOrganization({
      accounts: 1_000,
      regions: Array.from({ length: 17 }, (_, n) => `eu-west-${n}`),
      vpcs: 2,
      subnets: 4,
    });
    expect(estate.accounts.length).toBe(1_000);
    expect(estate.accounts.at(999)).toEqual({ id: '100000000999', name: 'member-0999' });
    expect(estate.region('100000000999', 'eu-west-16')?.subnets.at(7)).toMatchObject({
      OwnerId: '100000000999',
      AvailabilityZoneId: 'euw16-az2',
    });
  });

  it('knows no other accounts and regions', () => {
    const estate = generatedOrganization({ accounts: 2, regions: REGIONS, vpcs: 1, subnets: 1 });
    expect(estate.regionsOf('100000000002')).toBeUndefined();
    expect(estate.region('100000000001', 'ap-south-1')).toBeUndefined();
    expect(estate.accounts.at(2)).toBeUndefined();
  });

  it('refuses what does not fit into its addresses', () => {
    expect(() =>
      generatedOrganization({ accounts: 100_000, regions: REGIONS, vpcs: 10, subnets: 4 }),
    ).toThrow('do not fit into 10.0.0.0/8');
  });
});
