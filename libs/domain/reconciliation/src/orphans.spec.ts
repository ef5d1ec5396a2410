import type { WriteLimit } from '@cloudpam/audit';
import { formatCidr } from '@cloudpam/cidr';
import { DecideResources, DiscoveryError, type ReconciliationStores } from './index';
import { estate, seen, snapshot, VPC } from './estate.fixture';
import { allAudit, allPools, change, createdOne, refusal } from '@cloudpam/pools/testing';

const WITHOUT_A = VPC.filter((each) => each.externalId !== 'subnet-a');

describe('a resource that is gone', () => {
  it.each([
    ['failed', []],
    ['partial', []],
    ['partial', WITHOUT_A],
  ] as const)('is not missed in a %s listing', async (coverage, resources) => {
    const cloud = estate();
    await cloud.apply(snapshot(1, VPC));
    const pools = (await allPools(cloud)).map((pool) => pool.syncStatus);
    expect(
      await cloud.apply(
        snapshot(2, resources, { coverage, error: { code: 'AccessDenied', message: 'no' } }),
      ),
    ).toMatchObject({ orphaned: 0 });
    expect((await allPools(cloud)).map((pool) => pool.syncStatus)).toEqual(pools);
    const [{ scope } = { scope: undefined }] = await cloud.unitOfWork.read(({ discovery }) =>
      discovery.scopes(),
    );
    expect(scope).toMatchObject({
      coverage,
      errorCode: 'AccessDenied',
      completeAt: snapshot(1, []).collectedAt,
      collectedAt: snapshot(2, []).collectedAt,
    });
  });

  it('is not missed in a complete listing of another scope', async () => {
    const cloud = estate();
    await cloud.apply(snapshot(1, VPC));
    await cloud.apply(snapshot(2, [], { region: 'eu-west-1' }));
    await cloud.apply(snapshot(2, [], { account: '222' }));
    expect(new Set((await allPools(cloud)).map((pool) => pool.syncStatus))).toEqual(
      new Set(['synced']),
    );
  });

  it('leaves its pool orphaned, that pool only, and the second time nothing changes', async () => {
    const cloud = estate();
    await cloud.apply(snapshot(1, VPC));
    expect(await cloud.apply(snapshot(2, WITHOUT_A))).toEqual({
      imported: 0,
      updated: 0,
      orphaned: 1,
      unchanged: 2,
      conflicts: 0,
    });
    expect(
      (await allPools(cloud))
        .filter((pool) => pool.syncStatus === 'orphaned')
        .map((pool) => formatCidr(pool.cidr)),
    ).toEqual(['10.0.1.0/24']);
    expect(
      (await cloud.findings()).map(({ type, resource }) => [type, resource.externalId]),
    ).toEqual([['orphan', 'subnet-a']]);
    const [pool, audit] = [await cloud.pool('10.0.1.0/24'), await allAudit(cloud)];
    expect(await cloud.apply(snapshot(3, WITHOUT_A))).toMatchObject({ orphaned: 0, unchanged: 2 });
    expect([await cloud.pool('10.0.1.0/24'), await allAudit(cloud)]).toEqual([pool, audit]);
  });

  it('is synced again when it reappears', async () => {
    const cloud = estate();
    await cloud.apply(snapshot(1, VPC));
    await cloud.apply(snapshot(2, WITHOUT_A));
    expect(await cloud.apply(snapshot(3, VPC))).toMatchObject({
      updated: 1,
      unchanged: 2,
      orphaned: 0,
    });
    expect((await cloud.pool('10.0.1.0/24')).syncStatus).toBe('synced');
    expect([await cloud.findings(), (await cloud.resource('subnet-a')).syncReason]).toEqual([
      [],
      '',
    ]);
  });

  it('keeps its space taken until a person releases the pool', async () => {
    const cloud = estate();
    await cloud.apply(
      snapshot(1, [
        seen({ externalId: 'vpc-1', cidr: '10.0.0.0/24' }),
        seen({ externalId: 'subnet-a', cidr: '10.0.0.0/25' }),
      ]),
    );
    const vpc = await cloud.pool('10.0.0.0/24');
    const allocate = (minutes: number) =>
      cloud.allocate.execute(change(minutes), {
        from: { poolId: vpc.id },
        prefixLength: 26,
        count: 4,
        name: 'net',
      });
    await cloud.apply(snapshot(2, [seen({ externalId: 'vpc-1', cidr: '10.0.0.0/24' })]));
    await refusal(allocate(3), 'pool_exhausted');
    await cloud.remove.execute(change(4), (await cloud.pool('10.0.0.0/25')).id);
    expect((await cloud.resources()).map((each) => each.externalId)).toEqual(['vpc-1']);
    expect(await allocate(5)).toHaveLength(4);
  });

  it('leaves its network gone too, when it was one, until it is back', async () => {
    const cloud = estate();
    const network = () =>
      cloud.unitOfWork.read(
        async ({ discovery }) => (await discovery.networks({}, 1, 10)).items[0],
      );
    await cloud.apply(snapshot(1, VPC));
    await cloud.apply(snapshot(2, VPC));
    expect(await network()).toMatchObject({
      goneAt: null,
      lastSeenAt: snapshot(2, []).collectedAt,
    });
    await cloud.apply(snapshot(3, [], { coverage: 'partial' }));
    expect((await network())?.goneAt).toBeNull();
    for (const minutes of [4, 5]) await cloud.apply(snapshot(minutes, []));
    expect(await network()).toMatchObject({
      goneAt: snapshot(4, []).collectedAt,
      lastSeenAt: snapshot(2, []).collectedAt,
    });
    await cloud.apply(snapshot(6, VPC));
    expect(await network()).toMatchObject({
      goneAt: null,
      lastSeenAt: snapshot(6, []).collectedAt,
    });
  });

  it('is forgotten when it never had a pool', async () => {
    const cloud = estate('observe');
    await cloud.apply(snapshot(1, VPC));
    await cloud.apply(snapshot(2, WITHOUT_A));
    expect((await cloud.resources()).map((each) => each.externalId)).toEqual(['vpc-1', 'subnet-b']);
  });
});

describe('a pool that stands for a live resource', () => {
  it('is not deleted, split, merged or moved', async () => {
    const cloud = estate();
    await cloud.apply(snapshot(1, VPC));
    const { id } = await cloud.pool('10.0.1.0/24');
    const vpc = await cloud.pool('10.0.0.0/16');
    await refusal(cloud.remove.execute(change(2), id), 'cloud_owned');
    const error = await refusal(
      cloud.remove.execute(change(2), vpc.id, { cascade: true }),
      'cloud_owned',
    );
    expect(error.details.conflicts).toHaveLength(3);
    await refusal(cloud.split.execute(change(2), id, 25), 'cloud_owned');
    await refusal(
      cloud.update.execute(change(2), id, { cidr: (await cloud.pool('10.0.2.0/24')).cidr }),
      'cloud_owned',
    );
    const renamed = await cloud.update.execute(change(2), id, {
      name: 'mine',
      cidr: { ...(await cloud.pool('10.0.1.0/24')).cidr },
    });
    expect(renamed.name).toBe('mine');
  });

  it(
    'leaves the space taken when it was a planned one and is deleted, and is imported by ' +
      'the next snapshot',
    async () => {
      const cloud = estate();
      const { id } = await createdOne(cloud, { cidr: '10.0.1.0/24', kind: 'subnet' });
      await cloud.apply(snapshot(1, VPC));
      await cloud.remove.execute(change(2), id);
      expect(await cloud.resource('subnet-a')).toMatchObject({
        poolId: null,
        management: 'unmanaged',
        managementReason: 'its pool was deleted',
      });
      const [taken] = await cloud.allocate.execute(change(3), {
        from: { poolId: (await cloud.pool('10.0.0.0/16')).id },
        prefixLength: 23,
        name: 'net',
      });
      expect(taken && formatCidr(taken.cidr)).toBe('10.0.4.0/23');
      expect(await cloud.apply(snapshot(4, VPC))).toMatchObject({ imported: 1, unchanged: 2 });
      expect((await cloud.pool('10.0.1.0/24')).source).toBe('discovered');
    },
  );

  it('is released with others, each within the limit of whoever asks', async () => {
    const cloud = estate();
    await cloud.apply(snapshot(1, VPC));
    await cloud.apply(snapshot(2, []));
    const { items } = await cloud.unitOfWork.read(({ discovery }) => discovery.resources({}, 1, 9));
    const ids = items.map((resource) => resource.id);
    const limitTo = (named: readonly number[]): WriteLimit => ({
      before: (stores) => checkThere(stores as ReconciliationStores, named),
      forResources: limitTo,
      after: async (_stores, _events, result) => result,
    });
    const decided = await new DecideResources(cloud.unitOfWork).execute(
      change(3, { limit: limitTo(ids) }),
      { decision: 'release', ids, mode: 'partial' },
    );
    expect(decided).toEqual(ids.map((id) => ({ id, resource: null })));
  });
});

async function checkThere(
  { discovery }: ReconciliationStores,
  ids: readonly number[],
): Promise<void> {
  for (const id of ids)
    if (!(await discovery.resource(id))) throw new DiscoveryError('resource_not_found', `${id}`);
}
