import { formatCidr } from '@cloudpam/cidr';
import { DiscoveryError } from './index';
import { estate, seen, snapshot, treeOf, VPC } from './estate.fixture';
import { allAudit, allPools, change, created, createdOne, refusal } from '@cloudpam/pools/testing';

describe('ApplySnapshot', () => {
  it('makes pools of what it sees, under the containers that are planned', async () => {
    const cloud = estate();
    await created(cloud, '10.0.0.0/8');
    expect(await cloud.apply(snapshot(1, VPC))).toEqual({
      imported: 3,
      updated: 0,
      orphaned: 0,
      unchanged: 0,
      conflicts: 0,
    });
    expect(await treeOf(cloud)).toEqual([
      '10.0.0.0/8 container in - manual',
      '10.0.0.0/16 vpc in 10.0.0.0/8 synced',
      '10.0.1.0/24 subnet in 10.0.0.0/16 synced',
      '10.0.2.0/24 subnet in 10.0.0.0/16 synced',
    ]);
    expect(await cloud.pool('10.0.0.0/16')).toMatchObject({
      source: 'discovered',
      provider: 'aws',
      externalId: 'vpc-1',
      region: 'eu-central-1',
      tags: { env: 'prod' },
      childUsed: 512n,
    });
    expect(await cloud.findings()).toEqual([]);
  });

  it('changes nothing but the times of the last look when it sees the same again', async () => {
    const cloud = estate();
    await cloud.apply(snapshot(1, VPC));
    const [pools, resources, audit] = [
      await allPools(cloud),
      await cloud.resources(),
      await allAudit(cloud),
    ];
    expect(await cloud.apply(snapshot(2, VPC))).toEqual({
      imported: 0,
      updated: 0,
      orphaned: 0,
      unchanged: 3,
      conflicts: 0,
    });
    const at = snapshot(2, []).collectedAt;
    expect(await allPools(cloud)).toEqual(pools.map((pool) => ({ ...pool, lastSyncAt: at })));
    expect(await cloud.resources()).toEqual(
      resources.map((resource) => ({ ...resource, lastSeenAt: at })),
    );
    expect(await allAudit(cloud)).toEqual(audit);
  });

  it('brings new names and tags to the pools, with one audit entry each and one for the inventory', async () => {
    const cloud = estate();
    await cloud.apply(snapshot(1, VPC));
    const entries = (await allAudit(cloud)).length;
    const renamed = VPC.map((each) =>
      each.externalId === 'subnet-a' ? { ...each, name: 'web', tags: { tier: 'front' } } : each,
    );
    expect(await cloud.apply(snapshot(2, renamed))).toEqual({
      imported: 0,
      updated: 1,
      orphaned: 0,
      unchanged: 2,
      conflicts: 0,
    });
    expect(await cloud.pool('10.0.1.0/24')).toMatchObject({
      name: 'web',
      tags: { tier: 'front' },
      version: 2,
    });
    expect((await allAudit(cloud)).length).toBe(entries + 2);
  });

  it('refuses a snapshot from before the last one, and takes the last one again', async () => {
    const cloud = estate();
    await cloud.apply(snapshot(5, VPC));
    const refused: unknown = await cloud.apply(snapshot(4, [])).catch((error: unknown) => error);
    expect(refused instanceof DiscoveryError && refused.code).toBe('stale_snapshot');
    expect(await cloud.apply(snapshot(5, VPC))).toMatchObject({ orphaned: 0, unchanged: 3 });
  });

  describe('of an account that was named by hand and could not be entered', () => {
    const denied = {
      coverage: 'failed',
      accountUnproven: true,
      error: { code: 'AccessDenied', message: 'no' },
    } as const;
    const known = (cloud: ReturnType<typeof estate>) =>
      cloud.unitOfWork.read(async ({ accounts, discovery }) => ({
        accounts: (await accounts.list({}, 1, 10)).items.map(({ key }) => key),
        scopes: (await discovery.scopes()).map(({ scope }) => scope.coverage),
      }));

    it('leaves no record when nobody has heard of it', async () => {
      const cloud = estate();
      const refused: unknown = await cloud
        .apply(snapshot(1, [], denied))
        .catch((error: unknown) => error);
      expect(refused).toMatchObject({
        code: 'account_not_found',
        message: expect.stringContaining(
          'aws:111 here, and the collector could not enter it (AccessDenied)',
        ),
      });
      expect([await known(cloud), await allAudit(cloud)]).toEqual([
        { accounts: [], scopes: [] },
        [],
      ]);
    });

    it('shows as failed when it is known: its role was removed', async () => {
      const cloud = estate();
      await cloud.apply(snapshot(1, VPC));
      await cloud.apply(snapshot(2, [], denied));
      expect(await known(cloud)).toEqual({ accounts: ['aws:111'], scopes: ['failed'] });
    });

    it('is made when something of it was listed, or the cloud itself had named it', async () => {
      const cloud = estate();
      await cloud.apply(snapshot(1, VPC, { ...denied, coverage: 'partial' }));
      await cloud.apply(snapshot(1, [], { ...denied, account: '222', accountUnproven: false }));
      expect(await known(cloud)).toEqual({
        accounts: ['aws:111', 'aws:222'],
        scopes: ['partial', 'failed'],
      });
    });
  });

  it('leaves nothing behind when it fails half way', async () => {
    const cloud = estate();
    const broken = snapshot(1, [
      ...VPC,
      {
        ...seen({ externalId: 'subnet-c', cidr: '10.0.3.0/24' }),
        get name(): string {
          throw new Error('cut off');
        },
      },
    ]);
    await expect(cloud.apply(broken)).rejects.toThrow('cut off');
    expect([await allPools(cloud), await cloud.resources(), await allAudit(cloud)]).toEqual([
      [],
      [],
      [],
    ]);
  });

  it('links a planned pool with exactly the CIDR, which keeps its name and tags', async () => {
    const cloud = estate();
    const planned = await createdOne(cloud, {
      cidr: '10.0.1.0/24',
      name: 'planned',
      kind: 'subnet',
      status: 'planned',
      tags: { owner: 'net' },
    });
    expect(await cloud.apply(snapshot(1, VPC))).toMatchObject({ imported: 3, conflicts: 0 });
    expect(await cloud.pool('10.0.1.0/24')).toMatchObject({
      id: planned.id,
      name: 'planned',
      source: 'manual',
      status: 'active',
      tags: { owner: 'net' },
      externalId: 'subnet-a',
      externalVpc: 'vpc-1',
      syncStatus: 'synced',
    });
    expect((await cloud.resource('subnet-a')).poolId).toBe(planned.id);
    expect((await allAudit(cloud)).filter((entry) => entry.type === 'pool.link')).toHaveLength(1);
  });

  describe('a VPC with a subnet as large as itself', () => {
    const both = [
      seen({ externalId: 'vpc-1', cidr: '10.0.0.0/24' }),
      seen({ externalId: 'subnet-a', cidr: '10.0.0.0/24' }),
    ];
    const tree = ['10.0.0.0/24 vpc in - synced', '10.0.0.0/24 subnet in 10.0.0.0/24 synced'];

    it('becomes two pools, the subnet below', async () => {
      const cloud = estate();
      expect(await cloud.apply(snapshot(1, both))).toMatchObject({ imported: 2, conflicts: 0 });
      expect((await treeOf(cloud)).sort()).toEqual([...tree].sort());
    });

    it.each(['container', 'vpc', 'subnet'] as const)(
      'links one planned %s and creates the other',
      async (kind) => {
        const cloud = estate();
        const { id } = await createdOne(cloud, { cidr: '10.0.0.0/24', kind });
        expect(await cloud.apply(snapshot(1, both))).toMatchObject({ imported: 2, conflicts: 0 });
        expect((await treeOf(cloud)).sort()).toEqual([...tree].sort());
        expect((await cloud.resources()).filter((each) => each.poolId === id)).toHaveLength(1);
      },
    );

    it('links both when both are planned', async () => {
      const cloud = estate();
      const [vpc, subnet] = await created(
        cloud,
        { cidr: '10.0.0.0/24', kind: 'vpc' },
        { cidr: '10.0.0.0/24', kind: 'subnet' },
      );
      expect(await cloud.apply(snapshot(1, both))).toMatchObject({ imported: 2, conflicts: 0 });
      expect([
        (await cloud.resource('vpc-1')).poolId,
        (await cloud.resource('subnet-a')).poolId,
      ]).toEqual([vpc?.id, subnet?.id]);
    });
  });

  it('makes the subnets of a GCP network, which has no CIDR, roots, also in several regions', async () => {
    const cloud = estate();
    const of = (name: string, region: string, cidr: string) =>
      seen({
        externalId: `https://gcp/projects/p/regions/${region}/subnetworks/${name}`,
        networkExternalId: 'https://gcp/projects/p/global/networks/n',
        region,
        cidr,
        ownerAccount: 'p',
        name,
      });
    const resources = [
      of('a', 'europe-west1', '10.0.0.0/20'),
      of('a', 'us-east1', '10.0.16.0/20'),
      { ...of('a', 'us-east1', '10.64.0.0/14'), kind: 'secondary_range' as const },
    ];
    const seenNow = snapshot(1, resources, { provider: 'gcp', account: 'p', region: 'global' });
    expect(await cloud.apply(seenNow)).toMatchObject({ imported: 3, conflicts: 0 });
    expect(await treeOf(cloud)).toEqual([
      '10.0.0.0/20 subnet in - synced',
      '10.0.16.0/20 subnet in - synced',
      '10.64.0.0/14 secondary_range in - synced',
    ]);
    expect(
      await cloud.apply({ ...seenNow, collectedAt: snapshot(2, []).collectedAt }),
    ).toMatchObject({ imported: 0, unchanged: 3 });
  });
});

describe('the policy', () => {
  it('approve leaves everything pending, without pools, until a person decides', async () => {
    const cloud = estate('approve');
    expect(await cloud.apply(snapshot(1, VPC))).toEqual({
      imported: 0,
      updated: 0,
      orphaned: 0,
      unchanged: 0,
      conflicts: 0,
    });
    expect(await allPools(cloud)).toEqual([]);
    expect((await cloud.resources()).map((each) => each.management)).toEqual([
      'pending',
      'pending',
      'pending',
    ]);
    expect((await cloud.findings()).map(({ type, status }) => `${type} ${status}`)).toEqual(
      Array.from({ length: 3 }, () => 'unmanaged open'),
    );
    expect(await cloud.apply(snapshot(2, VPC))).toMatchObject({ unchanged: 3 });
  });

  it('observe shows only', async () => {
    const cloud = estate('observe');
    await cloud.apply(snapshot(1, VPC));
    expect(await allPools(cloud)).toEqual([]);
    expect(new Set((await cloud.resources()).map((each) => each.management))).toEqual(
      new Set(['unmanaged']),
    );
  });

  it.each(['approve', 'observe'] as const)(
    '%s tells of overlaps between networks that have no pools',
    async (policy) => {
      const cloud = estate(policy);
      await cloud.apply(snapshot(1, VPC));
      const twin = snapshot(
        1,
        [seen({ externalId: 'vpc-2', cidr: '10.0.0.0/16', ownerAccount: '222' })],
        { account: '222' },
      );
      expect(await cloud.apply(twin)).toMatchObject({ conflicts: 1 });
      expect(await cloud.apply(snapshot(2, VPC))).toMatchObject({ conflicts: 0, unchanged: 3 });
      expect(
        (await cloud.findings())
          .filter(({ type }) => type === 'overlap')
          .map(({ resource }) => resource.externalId),
      ).toEqual(['vpc-2']);
    },
  );

  it('approve never hands out the space that waits', async () => {
    const cloud = estate('approve');
    const { id } = await createdOne(cloud, '10.0.0.0/15');
    await cloud.apply(snapshot(1, VPC));
    const [taken] = await cloud.allocate.execute(change(2), {
      from: { poolId: id },
      prefixLength: 24,
      name: 'net',
    });
    expect(taken && formatCidr(taken.cidr)).toBe('10.1.0.0/24');
    await refusal(
      cloud.allocate.execute(change(3), { from: { poolId: id }, prefixLength: 16, name: 'net' }),
      'pool_exhausted',
    );
  });
});
