import { chooseBlocks, type Cidr } from '@cloudpam/cidr';
import type { Asked, Served } from '@cloudpam/audit';
import type { AllocationRequest } from './allocate-subnet';
import { hasUnlistedHosts } from './observed-space';
import type { Pool } from './pool';
import { PoolError } from './pool-error';
import { poolNotFound, referenceCheck } from './pool-rules';
import type { PoolStores } from './pool-stores';
import {
  checkedCount,
  hostsNotCounted,
  prefixLengthIn,
  rulesBroken,
  takeBlocks,
} from './take-blocks';

/** So many blocks are taken at once; whoever asks for more has a unit of work of their own. */
const MOST_BLOCKS = 256;

type AskedBlocks = Asked<AllocationRequest>;

/** Somebody whose request the pool could serve. */
interface Fitting {
  readonly at: number;
  readonly asked: AskedBlocks;
  readonly count: number;
  readonly prefixLength: number;
}

/**
 * Serves those who wait for blocks of one pool at once: one lock, one look at what is free, one insert of
 * all pools. Each gets what they would have got by themselves, one after the other. From the first on who asks for
 * another strategy than the first fit, or for very many blocks, everybody waits for the next unit of work; who finds
 * no room is told so by themselves.
 */
export async function allocateTogether(
  stores: PoolStores,
  poolId: number,
  asked: readonly AskedBlocks[],
): Promise<Served<Pool[]>[]> {
  const outcomes: Served<Pool[]>[] = asked.map(() => 'alone');
  const [pool] = await stores.pools.lock([poolId]);
  const checkNamedRecords = referenceCheck(stores);
  const fitting: Fitting[] = [];
  let blocks = 0;
  for (const [at, each] of asked.entries()) {
    if ((each.request.strategy ?? 'first_fit') !== 'first_fit') break;
    try {
      const count = checkedCount(each.request);
      if (blocks + count > MOST_BLOCKS) break;
      await checkNamedRecords(each.request);
      if (!pool) throw poolNotFound(poolId);
      if (each.request.acceptUncountedHosts !== true && (await hasUnlistedHosts(stores, pool)))
        throw hostsNotCounted(pool);
      const prefixLength = prefixLengthIn(pool, each.request);
      const broken = rulesBroken(pool, prefixLength, each.request);
      if (broken) throw broken;
      blocks += count;
      fitting.push({ at, asked: each, count, prefixLength });
    } catch (error) {
      if (!(error instanceof PoolError)) throw error;
      outcomes[at] = { error };
    }
  }
  if (!pool || fitting.length === 0) return outcomes;
  const [takings, ids] = await Promise.all([
    chosenFor(stores, pool, fitting),
    stores.pools.reserveIds(blocks),
  ]);
  if (takings.length === 0) return outcomes;
  const pools = await takeBlocks(stores, pool, takings, ids);
  for (const [n, { at }] of takings.entries()) outcomes[at] = { value: pools[n] ?? [] };
  return outcomes;
}

/** Chooses for one after the other; who finds no room is left out. */
async function chosenFor(stores: PoolStores, pool: Pool, fitting: readonly Fitting[]) {
  // The first blocks of each size, as many as there are choices, hold all that these can need.
  let free: readonly Cidr[] = await stores.pools.freeBlocks(pool.id, {
    order: 'address',
    limit: fitting.reduce((sum, { count }) => sum + count, 0),
    maxPrefixLength: Math.max(...fitting.map(({ prefixLength }) => prefixLength)),
  });
  return fitting.flatMap(({ at, asked: { change, request }, count, prefixLength }) => {
    const choice = chooseBlocks(free, prefixLength, count, 'first_fit');
    if (!choice) return [];
    free = choice.remaining;
    return [{ at, change, request, blocks: choice.chosen, liveKey: null }];
  });
}
