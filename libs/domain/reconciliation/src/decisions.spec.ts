import { formatCidr, parseCidr } from '@cloudpam/cidr';
import { AnsweredBefore } from '@cloudpam/audit';
import { PoolError } from '@cloudpam/pools';
import {
  DecideResources,
  DiscoveryError,
  EndDismissals,
  findingsOf,
  ReleaseOrphans,
  type Decided,
  type DecisionRequest,
} from './index';
import { estate, seen, snapshot, treeOf, VPC, type Estate } from './estate.fixture';
import { allAudit, allPools, change, createdOne } from '@cloudpam/pools/testing';

const decide = (
  cloud: Estate,
  minutes: number,
  request: DecisionRequest,
  reason?: string,
): Promise<Decided[]> =>
  new DecideResources(cloud.unitOfWork).execute(
    change(minutes, reason === undefined ? {} : { reason }),
    request,
  );
const idOf = async (cloud: Estate, externalId: string): Promise<number> =>
  (await cloud.resource(externalId)).id;
const codes = (decided: readonly Decided[]): string[] =>
  decided.map((each) => ('error' in each ? each.error.code : 'done'));
const openFindings = async (cloud: Estate): Promise<string[]> =>
  (await cloud.resources())
    .flatMap(findingsOf)
    .filter(({ status }) => status === 'open')
    .map(({ type, resource }) => `${type} ${resource.externalId}`);

describe('what waits for approval', () => {
  it('gets its pools when it is approved, all at once', async () => {
    const cloud = estate('approve');
    await cloud.apply(snapshot(1, VPC));
    expect(await allPools(cloud)).toEqual([]);
    const ids = (await cloud.resources()).map(({ id }) => id);
    expect(codes(await decide(cloud, 2, { decision: 'approve', ids }))).toEqual([
      'done',
      'done',
      'done',
    ]);
    expect(await treeOf(cloud)).toEqual([
      '10.0.0.0/16 vpc in - synced',
      '10.0.1.0/24 subnet in 10.0.0.0/16 synced',
      '10.0.2.0/24 subnet in 10.0.0.0/16 synced',
    ]);
    expect(codes(await decide(cloud, 3, { decision: 'approve', ids, mode: 'partial' }))).toEqual([
      'resource_managed',
      'resource_managed',
      'resource_managed',
    ]);
  });

  it('stays out when it is rejected, whatever the next snapshots say, until it is restored', async () => {
    const cloud = estate('approve');
    await cloud.apply(snapshot(1, VPC));
    const id = await idOf(cloud, 'subnet-a');
    await decide(cloud, 2, { decision: 'reject', ids: [id] }, 'a test');
    await cloud.apply(snapshot(3, VPC));
    expect(await cloud.resource('subnet-a')).toMatchObject({
      management: 'ignored',
      managementReason: 'a test',
      dismissals: { unmanaged: { reason: 'a test', by: 'Ada', until: null } },
    });
    expect(await openFindings(cloud)).toEqual(['unmanaged vpc-1', 'unmanaged subnet-b']);
    await decide(cloud, 4, { decision: 'restore', ids: [id] });
    await cloud.apply(snapshot(5, VPC));
    expect(await cloud.resource('subnet-a')).toMatchObject({
      management: 'pending',
      dismissals: {},
    });
  });
});

describe('a decision about many', () => {
  it('is all or none, unless partial is asked for', async () => {
    const cloud = estate('approve');
    await cloud.apply(snapshot(1, VPC));
    const ids = [await idOf(cloud, 'vpc-1'), 999];
    await expect(decide(cloud, 2, { decision: 'import', ids })).rejects.toMatchObject({
      code: 'resource_not_found',
    });
    expect(await allPools(cloud)).toEqual([]);
    expect(codes(await decide(cloud, 2, { decision: 'import', ids, mode: 'partial' }))).toEqual([
      'done',
      'resource_not_found',
    ]);
    expect(await allPools(cloud)).toHaveLength(1);
  });

  it('answers a dry run and writes nothing', async () => {
    const cloud = estate('approve');
    await cloud.apply(snapshot(1, VPC));
    const [resources, audit] = [await cloud.resources(), await allAudit(cloud)];
    const ids = resources.map(({ id }) => id);
    const decided = await new DecideResources(cloud.unitOfWork).execute(
      change(2, { dryRun: true }),
      { decision: 'import', ids },
    );
    expect(decided.map((each) => 'resource' in each && each.resource?.management)).toEqual([
      'managed',
      'managed',
      'managed',
    ]);
    expect([await cloud.resources(), await allAudit(cloud), await allPools(cloud)]).toEqual([
      resources,
      audit,
      [],
    ]);
  });
});

describe('an ignored finding', () => {
  it('stays ignored through every snapshot, and comes back at its time', async () => {
    const cloud = estate();
    const other = (minutes: number) =>
      snapshot(minutes, [seen({ externalId: 'vpc-2', cidr: '10.0.0.0/16', ownerAccount: '222' })], {
        account: '222',
      });
    await cloud.apply(snapshot(1, VPC));
    await cloud.apply(other(1));
    expect(await openFindings(cloud)).toEqual(['overlap vpc-2']);
    const id = await idOf(cloud, 'vpc-2');
    const until = change(60).at;
    await decide(cloud, 2, { decision: 'ignore', ids: [id], until }, 'they never meet');
    for (const minutes of [3, 4]) await cloud.apply(other(minutes));
    expect(await openFindings(cloud)).toEqual([]);
    expect(await cloud.resource('vpc-2')).toMatchObject({
      overlap: 'ignored',
      management: 'ignored',
      dismissals: { overlap: { reason: 'they never meet', until: until.toISOString() } },
    });
    const end = new EndDismissals(cloud.unitOfWork);
    expect(await end.execute(change(59))).toBe(0);
    expect(await end.execute(change(60))).toBe(1);
    expect(await cloud.resource('vpc-2')).toMatchObject({
      overlap: 'overlapping',
      management: 'unmanaged',
      dismissals: {},
    });
    expect(await openFindings(cloud)).toEqual(['overlap vpc-2']);
    expect(
      (await allAudit(cloud))
        .filter(({ type }) => type.startsWith('resource.'))
        .map(({ type, reason }) => [type, reason]),
    ).toEqual([
      ['resource.restore', null],
      ['resource.ignore', 'they never meet'],
    ]);
  });

  it('is one of those that the resource has, and ends in the future', async () => {
    const cloud = estate();
    await cloud.apply(snapshot(1, VPC));
    const id = await idOf(cloud, 'vpc-1');
    await expect(decide(cloud, 2, { decision: 'ignore', ids: [id] })).rejects.toMatchObject({
      code: 'nothing_to_ignore',
    });
    await expect(
      decide(cloud, 2, { decision: 'ignore', ids: [id], until: change(1).at }),
    ).rejects.toMatchObject({ code: 'invalid_until' });
  });
});

describe('an orphan', () => {
  const orphaned = async (): Promise<Estate> => {
    const cloud = estate();
    await cloud.apply(snapshot(1, VPC));
    await cloud.apply(
      snapshot(
        2,
        VPC.filter(({ externalId }) => externalId !== 'subnet-a'),
      ),
    );
    return cloud;
  };

  it('is released with its pool, and only when it is one', async () => {
    const cloud = await orphaned();
    const [gone, live] = [await idOf(cloud, 'subnet-a'), await idOf(cloud, 'subnet-b')];
    expect(
      codes(await decide(cloud, 3, { decision: 'release', ids: [gone, live], mode: 'partial' })),
    ).toEqual(['done', 'not_orphaned']);
    expect((await cloud.resources()).map(({ externalId }) => externalId)).toEqual([
      'vpc-1',
      'subnet-b',
    ]);
    expect((await allPools(cloud)).map((pool) => formatCidr(pool.cidr))).toEqual([
      '10.0.0.0/16',
      '10.0.2.0/24',
    ]);
  });

  it('goes on under its key where the release of several broke off', async () => {
    const cloud = estate();
    await cloud.apply(snapshot(1, VPC));
    await cloud.apply(snapshot(2, VPC.slice(0, 1)));
    const ids = [await idOf(cloud, 'subnet-a'), await idOf(cloud, 'subnet-b')];
    const request = { decision: 'release', ids, mode: 'partial' } as const;
    const encode = (decided: readonly Decided[]): string => JSON.stringify(codes(decided));
    const keyed = change(3, { idempotency: { key: 'key', fingerprint: 'request', encode } });
    let runs = 0;
    const breaking = Object.assign(Object.create(cloud.unitOfWork) as typeof cloud.unitOfWork, {
      run: ((...run) => {
        runs += 1;
        if (runs === 3) throw new Error('the server ends');
        return cloud.unitOfWork.run(...run);
      }) as typeof cloud.unitOfWork.run,
    });
    await expect(new DecideResources(breaking).execute(keyed, request)).rejects.toThrow('ends');
    const decide = new DecideResources(cloud.unitOfWork);
    expect(await decide.execute(keyed, request)).toEqual([
      { id: ids[0], answer: '["done"]' },
      { id: ids[1], resource: null },
    ]);
    await expect(decide.execute(keyed, request)).rejects.toThrow(AnsweredBefore);
  });

  it('is released by itself when the cooldown has passed, unless something was planned in it', async () => {
    const cloud = await orphaned();
    const release = new ReleaseOrphans(cloud.unitOfWork);
    expect(await release.execute(change(3), 2 * 60_000)).toBe(0);
    const inside = await createdOne(cloud, { cidr: '10.0.1.0/28', kind: 'reservation' });
    expect(await release.execute(change(10), 60_000)).toBe(0);
    await cloud.remove.execute(change(11), inside.id);
    expect(await release.execute(change(12), 60_000)).toBe(1);
    expect((await allPools(cloud)).map((pool) => formatCidr(pool.cidr))).toEqual([
      '10.0.0.0/16',
      '10.0.2.0/24',
    ]);
    expect((await allAudit(cloud))[0]).toMatchObject({ type: 'pool.delete' });
  });

  it('that came back is not released', async () => {
    const cloud = await orphaned();
    await cloud.apply(snapshot(3, VPC));
    expect(await new ReleaseOrphans(cloud.unitOfWork).execute(change(99), 60_000)).toBe(0);
    expect(await allPools(cloud)).toHaveLength(3);
  });
});

describe('a drifted pool', () => {
  it('adopts the CIDR of the cloud once there is room, and says what is in the way until then', async () => {
    const cloud = estate();
    const grown = (cidr: string) => [
      seen({ externalId: 'vpc-1', cidr: '10.0.0.0/16' }),
      seen({ externalId: 'subnet-a', cidr }),
    ];
    await cloud.apply(snapshot(1, grown('10.0.0.0/24')));
    const wall = await createdOne(cloud, { cidr: '10.0.0.0/22', kind: 'container' });
    await cloud.apply(snapshot(2, grown('10.0.0.0/20')));
    const { id, sync } = await cloud.resource('subnet-a');
    expect(sync).toBe('drift');
    const refused: unknown = await decide(cloud, 3, { decision: 'adopt', ids: [id] }).catch(
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(PoolError);
    expect(refused).toMatchObject({
      code: 'pool_overlap',
      details: { conflicts: [{ id: wall.id }] },
    });
    await cloud.remove.execute(change(4), wall.id);
    expect(codes(await decide(cloud, 5, { decision: 'adopt', ids: [id] }))).toEqual(['done']);
    expect(await cloud.pool('10.0.0.0/20')).toMatchObject({
      syncStatus: 'synced',
      cidr: parseCidr('10.0.0.0/20'),
    });
    await expect(decide(cloud, 6, { decision: 'adopt', ids: [id] })).rejects.toThrow(
      DiscoveryError,
    );
  });
});
