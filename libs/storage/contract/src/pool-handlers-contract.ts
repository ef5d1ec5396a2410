import {
  withHandlers,
  type Change,
  type Handles,
  type UnitOfWork,
  type WriteLimit,
} from '@cloudpam/audit';
import {
  DeletePool,
  MergePools,
  ReleaseExpired,
  SplitPool,
  type Pool,
  type PoolUnitOfWork,
} from '@cloudpam/pools';
import { DecideResources, POOL_HANDLERS, type Sync } from '@cloudpam/reconciliation';
import { cloud, insertTree, type Planted } from './planted';
import { SAMPLE_TIME, sampleResource } from './samples';
import type { AllStores } from './stores';
import { openedForEachTest, type OpenStorage } from './under-test';

const LATER = new Date(SAMPLE_TIME.getTime() + 60_000);

type Work = UnitOfWork<AllStores> & Handles<'pool.delete'>;

/** What the inventory does with `POOL_HANDLERS`, in whichever way a pool ends. */
export function poolHandlersContract(name: string, open: OpenStorage): void {
  describe(`${name}: the inventory, when a pool ends`, () => {
    const storage = openedForEachTest(open);
    const change: Change = {
      actor: { type: 'user', id: 'ada', name: 'Ada' },
      at: LATER,
      requestId: 'end',
    };
    const handled = (): Work => withHandlers(storage, POOL_HANDLERS);

    /** Pools of a container, each with a resource that is in the cloud and one that is gone. */
    async function linked(...asked: Planted[]): Promise<Pool[]> {
      return storage.run(async (stores) => {
        const { of } = await cloud(stores);
        const [, ...pools] = await insertTree(stores, ['10.0.0.0/8', ...asked]);
        const ids = await stores.discovery.reserveResourceIds(2 * pools.length);
        const linkedTo = ({ id, cidr }: Pool, at: number, sync: Sync) => ({
          ...sampleResource({ ...of, id: ids[at] ?? 0, cidr: '10.0.0.0/8', poolId: id, sync }),
          cidr,
          externalId: `${sync} ${id}`,
          orphanedAt: sync === 'orphaned' ? SAMPLE_TIME : null,
        });
        await stores.discovery.insertResources(
          pools.flatMap((pool, at) => [
            linkedTo(pool, 2 * at, 'synced'),
            linkedTo(pool, 2 * at + 1, 'orphaned'),
          ]),
        );
        return pools;
      });
    }

    const ends: Readonly<
      Record<string, readonly [Planted[], (work: Work, pools: Pool[]) => Promise<unknown>]>
    > = {
      'is deleted': [
        ['10.1.0.0/16'],
        (work, [pool]) => new DeletePool(work).execute(change, pool?.id ?? 0),
      ],
      'is deleted with what is in it': [
        ['10.1.0.0/16', '10.1.1.0/24', '10.1.1.0/28'],
        (work, [pool]) => new DeletePool(work).execute(change, pool?.id ?? 0, { cascade: true }),
      ],
      'is split': [
        ['10.1.0.0/16'],
        (work, [pool]) => new SplitPool(work).execute(change, pool?.id ?? 0, 17),
      ],
      'is merged with another': [
        ['10.1.0.0/17', '10.1.128.0/17'],
        (work, pools) =>
          new MergePools(work).execute(
            change,
            pools.map(({ id }) => id),
          ),
      ],
      expires: [
        [{ cidr: '10.1.0.0/16', kind: 'reservation', expiresAt: SAMPLE_TIME }],
        (work) => new ReleaseExpired(work).execute(change.actor, LATER),
      ],
      'is released with its orphan': [
        [{ cidr: '10.1.0.0/16', source: 'discovered', syncStatus: 'orphaned' }],
        async (work) => {
          const { items } = await work.read(({ discovery }) =>
            discovery.resources({ sync: 'orphaned' }, 1, 10),
          );
          const ids = items.map(({ id }) => id);
          await new DecideResources(work).execute(change, { decision: 'release', ids });
        },
      ],
    };

    it.each(Object.entries(ends))('lets go of a pool that %s', async (_, [asked, end]) => {
      const pools = await linked(...asked);
      await end(handled(), pools);
      const { left, resources } = await storage.read(async (stores) => ({
        left: await stores.pools.getMany(pools.map(({ id }) => id)),
        resources: (await stores.discovery.resources({}, 1, 50)).items,
      }));
      expect(left).toEqual([]);
      // What is gone from the cloud goes with its pool; the rest waits for another one.
      expect(resources.map(({ poolId, sync, management }) => [poolId, sync, management])).toEqual(
        pools.map(() => [null, 'synced', 'unmanaged']),
      );
    });

    it('lets go of nothing when the write is only tried, or fails', async () => {
      const [pool] = await linked('10.1.0.0/16');
      const id = pool?.id ?? 0;
      await new DeletePool(handled()).execute({ ...change, dryRun: true }, id);
      const failing = withHandlers(handled(), {
        'pool.delete': () => Promise.reject(new Error('no')),
      });
      await expect(new DeletePool(failing).execute(change, id)).rejects.toThrow('no');
      const { items } = await storage.read(({ discovery }) => discovery.resources({}, 1, 9));
      expect(items.map(({ poolId }) => poolId)).toEqual([id, id]);
    });

    it('shows a write limit what handlers tell, and handlers what other handlers tell', async () => {
      const [pool] = await linked('10.1.0.0/16');
      const id = pool?.id ?? 0;
      const seen: string[][] = [];
      const limit: WriteLimit = {
        forResources: () => limit,
        before: () => Promise.resolve(),
        after: (__, events, result) => {
          seen.push(events.map(({ type }) => type));
          return Promise.resolve(result);
        },
      };
      const heard: string[] = [];
      const chain: PoolUnitOfWork = withHandlers(handled(), {
        'pool.delete': ({ audit }: AllStores, events) =>
          audit.append(events.map((event) => ({ ...event, type: 'pool.gone' }))),
        'pool.gone': async (__: AllStores, events) => {
          heard.push(...events.map(({ entityId }) => entityId));
        },
      });
      await new DeletePool(chain).execute({ ...change, limit }, id);
      expect(seen).toEqual([['pool.delete', 'pool.gone']]);
      expect(heard).toEqual([String(id)]);
    });

    it('is not forgotten: without its handlers no use case is put together', () => {
      // @ts-expect-error the unit of work of a storage does not say what follows from a pool's end
      expect(new DeletePool(storage)).toBeDefined();
    });
  });
}
