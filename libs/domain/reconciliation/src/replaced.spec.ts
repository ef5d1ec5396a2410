import { formatCidr } from '@cloudpam/cidr';
import type { SeenResource } from './index';
import { estate, seen, snapshot, VPC, type Estate } from './estate.fixture';
import { allAudit, allPools } from '@cloudpam/pools/testing';

const again = (
  externalId: string,
  old: string,
  fields: Partial<Omit<SeenResource, 'cidr' | 'externalId'>> = {},
): SeenResource => {
  const [of] = VPC.filter((each) => each.externalId === old);
  if (!of) throw new Error(`there is no ${old}`);
  return seen({ ...of, cidr: formatCidr(of.cidr), ...fields, externalId });
};
const state = async (cloud: Estate): Promise<string[]> =>
  (await allPools(cloud)).map(
    (pool) => `${formatCidr(pool.cidr)} ${pool.externalId ?? '-'} ${pool.syncStatus ?? '-'}`,
  );

describe('a resource that is deleted and made again with the same CIDR', () => {
  it('gets the pool of the one before, in one listing: a subnet', async () => {
    const cloud = estate();
    await cloud.apply(snapshot(1, VPC));
    const { id } = await cloud.pool('10.0.1.0/24');
    const result = await cloud.apply(
      snapshot(2, [
        ...VPC.filter(({ externalId }) => externalId !== 'subnet-a'),
        again('subnet-new', 'subnet-a', { name: 'new', tags: { a: 'b' } }),
      ]),
    );
    expect(result).toMatchObject({ orphaned: 0, conflicts: 0 });
    expect(await cloud.pool('10.0.1.0/24')).toMatchObject({
      id,
      externalId: 'subnet-new',
      name: 'new',
      tags: { a: 'b' },
      syncStatus: 'synced',
    });
    expect((await cloud.resources()).map((each) => each.externalId).sort()).toEqual([
      'subnet-b',
      'subnet-new',
      'vpc-1',
    ]);
    expect(await cloud.findings()).toEqual([]);
    const entries = (await allAudit(cloud))
      .filter(({ entityType }) => entityType === 'pool')
      .slice(0, 1);
    expect(entries).toMatchObject([
      {
        type: 'pool.replace',
        entityId: String(id),
        diff: { before: { external_id: 'subnet-a' }, after: { external_id: 'subnet-new' } },
      },
    ]);
    const audit = (await allAudit(cloud)).length;
    await cloud.apply(
      snapshot(3, [
        ...VPC.filter(({ externalId }) => externalId !== 'subnet-a'),
        again('subnet-new', 'subnet-a', { name: 'new', tags: { a: 'b' } }),
      ]),
    );
    expect((await allAudit(cloud)).length).toBe(audit);
  });

  it('gets the pools of the one before: a VPC with its subnets, and what was not made again is orphaned', async () => {
    const cloud = estate();
    await cloud.apply(snapshot(1, VPC));
    const inside = { networkExternalId: 'vpc-2' };
    expect(
      await cloud.apply(
        snapshot(2, [again('vpc-2', 'vpc-1', inside), again('subnet-c', 'subnet-a', inside)]),
      ),
    ).toMatchObject({ orphaned: 1, conflicts: 0 });
    expect(await state(cloud)).toEqual([
      '10.0.0.0/16 vpc-2 synced',
      '10.0.1.0/24 subnet-c synced',
      '10.0.2.0/24 subnet-b orphaned',
    ]);
    expect((await cloud.findings()).map(({ type }) => type)).toEqual(['orphan']);
  });

  it('passes over when a secondary CIDR moves to another VPC, and when a range gets another name', async () => {
    const cloud = estate();
    const vpc = (externalId: string, cidr: string): SeenResource => seen({ externalId, cidr });
    await cloud.apply(
      snapshot(1, [
        vpc('vpc-1', '10.0.0.0/16'),
        vpc('vpc-1', '10.9.0.0/16'),
        vpc('vpc-2', '10.2.0.0/16'),
      ]),
    );
    expect(
      await cloud.apply(
        snapshot(2, [
          vpc('vpc-1', '10.0.0.0/16'),
          vpc('vpc-2', '10.2.0.0/16'),
          vpc('vpc-2', '10.9.0.0/16'),
        ]),
      ),
    ).toMatchObject({ orphaned: 0, conflicts: 0 });
    expect(await state(cloud)).toEqual([
      '10.0.0.0/16 vpc-1 synced',
      '10.2.0.0/16 vpc-2 synced',
      '10.9.0.0/16 vpc-2 synced',
    ]);
    const range = (name: string): SeenResource =>
      seen({
        externalId: `subnets/a/${name}`,
        kind: 'secondary_range',
        networkExternalId: 'net',
        cidr: '10.64.0.0/14',
      });
    await cloud.apply(snapshot(3, [range('pods')], { region: 'other' }));
    await cloud.apply(snapshot(4, [range('gke-pods')], { region: 'other' }));
    expect((await cloud.pool('10.64.0.0/14')).externalId).toBe('subnets/a/gke-pods');
  });

  it.each([
    ['the old account is listed first', true],
    ['the new account is listed first', false],
  ])('passes over to another account when %s', async (_, oldFirst) => {
    const cloud = estate();
    const of = (account: string): SeenResource =>
      seen({ externalId: `vpc-${account}`, cidr: '10.0.0.0/16', ownerAccount: account });
    await cloud.apply(snapshot(1, [of('111')]));
    const { id } = await cloud.pool('10.0.0.0/16');
    const old = () => cloud.apply(snapshot(2, []));
    const fresh = () => cloud.apply(snapshot(2, [of('222')], { account: '222' }));
    for (const listing of oldFirst ? [old, fresh] : [fresh, old]) await listing();
    expect(await cloud.pool('10.0.0.0/16')).toMatchObject({
      id,
      externalId: 'vpc-222',
      syncStatus: 'synced',
    });
    expect(await cloud.findings()).toEqual([]);
    expect(await cloud.resources()).toHaveLength(1);
  });

  it('waits as an overlap while the listing is not complete', async () => {
    const cloud = estate();
    await cloud.apply(snapshot(1, VPC));
    await cloud.apply(
      snapshot(
        2,
        [
          ...VPC.filter(({ externalId }) => externalId !== 'subnet-a'),
          again('subnet-new', 'subnet-a'),
        ],
        { coverage: 'partial' },
      ),
    );
    expect(await cloud.pool('10.0.1.0/24')).toMatchObject({
      externalId: 'subnet-a',
      syncStatus: 'synced',
    });
    expect(
      (await cloud.findings()).map(({ type, resource }) => `${type} ${resource.externalId}`),
    ).toEqual(['overlap subnet-new']);
  });
});
