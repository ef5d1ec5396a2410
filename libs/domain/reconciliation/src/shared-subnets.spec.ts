import { estate, seen, snapshot } from './estate.fixture';
import { allAudit, allPools } from '@cloudpam/pools/testing';

const VPC = seen({ externalId: 'vpc-1', cidr: '10.0.0.0/16' });
const SUBNET = seen({
  externalId: 'subnet-a',
  cidr: '10.0.1.0/24',
  name: 'shared',
  tags: { env: 'prod' },
});
/** AWS shows a participant neither the tags nor the VPC of a shared subnet. */
const SHARED = { ...SUBNET, name: 'subnet-a', tags: {} };

const owner = (minutes: number) => snapshot(minutes, [VPC, SUBNET]);
const participant = (minutes: number, account = '222') => snapshot(minutes, [SHARED], { account });

describe('a subnet shared with other accounts', () => {
  it('is one resource of its owner, who has the last word, whoever sees it first', async () => {
    const cloud = estate();
    expect(await cloud.apply(participant(1))).toMatchObject({ imported: 1 });
    const first = await cloud.resource('subnet-a');
    expect(await cloud.apply(owner(2))).toEqual({
      imported: 1,
      updated: 1,
      orphaned: 0,
      unchanged: 0,
      conflicts: 0,
    });
    expect(await cloud.resource('subnet-a')).toMatchObject({
      id: first.id,
      poolId: first.poolId,
      name: 'shared',
      tags: { env: 'prod' },
    });
    const [pools, audit] = [await allPools(cloud), await allAudit(cloud)];
    expect(pools).toHaveLength(2);
    for (const again of [
      participant(3),
      owner(3),
      participant(4, '333'),
      participant(5),
      owner(6),
    ]) {
      expect(await cloud.apply(again)).toMatchObject({
        imported: 0,
        updated: 0,
        orphaned: 0,
        conflicts: 0,
      });
    }
    expect((await allPools(cloud)).map((pool) => ({ ...pool, lastSyncAt: null }))).toEqual(
      pools.map((pool) => ({ ...pool, lastSyncAt: null })),
    );
    const isOfSight = ({ type }: { type: string }): boolean =>
      type === 'account.create' || type === 'scope.coverage';
    expect((await allAudit(cloud)).filter((entry) => !isOfSight(entry))).toEqual(
      audit.filter((entry) => !isOfSight(entry)),
    );
    expect(await cloud.resources()).toHaveLength(2);
  });

  it('is orphaned by its owner only, and not brought back by a participant', async () => {
    const cloud = estate();
    await cloud.apply(owner(1));
    await cloud.apply(participant(1));
    expect(await cloud.apply(snapshot(2, [], { account: '222' }))).toMatchObject({ orphaned: 0 });
    expect(await cloud.apply(snapshot(3, [VPC]))).toMatchObject({ orphaned: 1 });
    await cloud.apply(participant(4));
    expect((await cloud.pool('10.0.1.0/24')).syncStatus).toBe('orphaned');
  });

  it('is not made again by a participant who looked before the owner saw it gone', async () => {
    const cloud = estate();
    await cloud.apply(snapshot(5, [VPC]));
    expect(await cloud.apply(participant(4))).toMatchObject({ imported: 0 });
    expect((await cloud.resources()).map((each) => each.externalId)).toEqual(['vpc-1']);
  });

  it('stays explained by its overlapping VPC when a participant sees it again', async () => {
    const cloud = estate();
    const other = seen({ externalId: 'vpc-other', cidr: '10.0.0.0/16', ownerAccount: '999' });
    await cloud.apply(snapshot(1, [other], { account: '999' }));
    await cloud.apply(owner(2));
    await cloud.apply(participant(3));
    expect((await cloud.resource('subnet-a')).explainedBy).toBe((await cloud.resource('vpc-1')).id);
    expect((await cloud.findings()).map(({ resource }) => resource.externalId)).toEqual(['vpc-1']);
  });
});
