import { formatCidr, merge } from '@cloudpam/cidr';
import { write, type Change } from '@cloudpam/audit';
import { haveSameRules } from './allocation-rules';
import { insertIntoTree } from './insert-into-tree';
import { PoolError } from './pool-error';
import { poolMade } from './pool-events';
import type { Pool } from './pool';
import { checkNamed, checkPoolCidr, namePools, poolNotFound } from './pool-rules';
import { lockForChange } from './update-pool';
import type { PoolUnitOfWork } from './pool-stores';
import { deletePools } from './delete-pool';
import { overlapError } from './create-pools';

/**
 * Replaces sibling pools that fill one CIDR without a gap by one pool with that CIDR. It takes
 * their children, and ends when the last of them does: never, where one has no end.
 */
export class MergePools {
  constructor(private readonly unitOfWork: PoolUnitOfWork) {}

  /**
   * @param name of the merged pool; default: that of the first. @throws PoolError `not_mergeable` |
   * `cloud_owned` | `pool_overlap`
   */
  async execute(change: Change, ids: readonly number[], name?: string): Promise<Pool> {
    return write(this.unitOfWork, change, async (stores) => {
      if (name !== undefined) checkNamed({ name });
      const [seen] = await stores.pools.getMany(ids.slice(0, 1));
      if (!seen) throw poolNotFound(ids[0] ?? 0);
      await lockForChange(stores, seen.id, undefined, true);
      const pools = await stores.pools.lock(ids);
      const missing = ids.find((id) => !pools.some((pool) => pool.id === id));
      if (missing !== undefined) throw poolNotFound(missing);
      const [first] = pools;
      const cidrs = merge(pools.map((pool) => pool.cidr));
      const [cidr] = cidrs;
      if (
        !first ||
        !cidr ||
        cidrs.length > 1 ||
        pools.length < 2 ||
        pools.some((pool) => pool.parentId !== first.parentId || pool.vrfId !== first.vrfId)
      ) {
        throw new PoolError(
          'not_mergeable',
          'Only pools of one parent that fill one CIDR without a gap can be merged; these give ' +
            `${cidrs.map(formatCidr).join(', ')}.`,
          { field: 'pool_ids', conflicts: pools },
        );
      }
      if (pools.some(({ rules }) => !haveSameRules(rules, first.rules)))
        throw new PoolError(
          'not_mergeable',
          `${namePools(pools)} do not have the same rules, and the merged pool can have those of one only. ` +
            'Give them the same rules first.',
          { field: 'pool_ids', conflicts: pools },
        );
      checkPoolCidr(cidr);
      for (const pool of pools) {
        const children = await stores.pools.childrenWithin(pool.vrfId, pool.id, [pool.cidr]);
        await deletePools(stores, change, pool, [pool], children);
      }
      const [id = 0] = await stores.pools.reserveIds(1);
      const merged: Pool = {
        ...first,
        id,
        cidr,
        name: name ?? first.name,
        expiresAt: lastEnd(pools),
        source: 'manual',
        externalId: null,
        externalVpc: null,
        syncStatus: null,
        scopeId: null,
        lastSyncAt: null,
        liveKey: null,
        createdAt: change.at,
        updatedAt: change.at,
        version: 1,
        childUsed: 0n,
      };
      const {
        inserted: [inserted],
        conflicts,
      } = await insertIntoTree(stores, first.vrfId, [merged]);
      const inTheWay = conflicts.get(id);
      if (!inserted) throw overlapError(cidr, inTheWay ?? { id });
      await stores.audit.append([poolMade(change, 'pool.merge', inserted)]);
      return (await stores.pools.get(id)) ?? inserted;
    });
  }
}

function lastEnd(pools: readonly Pool[]): Date | null {
  const ends = pools.flatMap(({ expiresAt }) => expiresAt?.getTime() ?? []);
  return ends.length === pools.length ? new Date(Math.max(...ends)) : null;
}
