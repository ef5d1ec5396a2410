import { formatCidr, split, subnetCount } from '@cloudpam/cidr';
import { write, type Change } from '@cloudpam/audit';
import { rulesWithin } from './allocation-rules';
import { overlapError } from './create-pools';
import { insertIntoTree } from './insert-into-tree';
import { PoolError } from './pool-error';
import { poolMade } from './pool-events';
import type { Pool } from './pool';
import { checkInnerPrefixLength, checkPoolCidr, namePools } from './pool-rules';
import type { PoolUnitOfWork } from './pool-stores';
import { deletePools } from './delete-pool';
import { lockForChange } from './update-pool';

const PIECES_LIMIT = 1_024;

/**
 * Replaces a pool by equal pieces of it. Each piece has the fields of the pool, its rules as far as they can hold in
 * the piece, and takes the children that lie in it.
 */
export class SplitPool {
  constructor(private readonly unitOfWork: PoolUnitOfWork) {}

  /**
   * @throws PoolError `cloud_owned` | `pool_overlap` (children wider than a piece, or equal to one)
   * | `invalid_prefix_length`
   */
  async execute(change: Change, id: number, prefixLength: number): Promise<Pool[]> {
    return write(this.unitOfWork, change, async (stores) => {
      const pool = await lockForChange(stores, id, undefined, true);
      checkInnerPrefixLength(pool.cidr, prefixLength, 'prefix_length');
      const pieces =
        prefixLength === pool.cidr.prefixLength ? 1n : subnetCount(pool.cidr, prefixLength);
      if (pieces < 2n || pieces > BigInt(PIECES_LIMIT)) {
        throw new PoolError(
          'invalid_prefix_length',
          `A split gives 2 to ${PIECES_LIMIT} pools; /${prefixLength} would give ${pieces}.`,
          { field: 'prefix_length' },
        );
      }
      const children = await stores.pools.childrenWithin(pool.vrfId, id, [pool.cidr]);
      const inTheWay = children.filter((child) => child.cidr.prefixLength <= prefixLength);
      if (inTheWay.length > 0) {
        throw new PoolError(
          'pool_overlap',
          `${namePools(inTheWay)} would be cut or doubled by pieces of /${prefixLength}. Choose a ` +
            'shorter prefix length.',
          { field: 'prefix_length', conflicts: inTheWay },
        );
      }
      await deletePools(stores, change, pool, [pool], children);
      const ids = await stores.pools.reserveIds(Number(pieces));
      const wanted = [...split(pool.cidr, prefixLength)].map((cidr, index): Pool => {
        checkPoolCidr(cidr);
        return {
          ...pool,
          id: ids[index] ?? 0,
          cidr,
          name: `${[...pool.name].slice(0, 150).join('')} ${formatCidr(cidr)}`,
          rules: rulesWithin(cidr, pool.rules),
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
      });
      const { inserted, conflicts } = await insertIntoTree(stores, pool.vrfId, wanted);
      for (const piece of wanted) {
        const inTheWay = conflicts.get(piece.id);
        if (inTheWay) throw overlapError(piece.cidr, inTheWay);
      }
      await stores.audit.append(inserted.map((piece) => poolMade(change, 'pool.split', piece)));
      return stores.pools.getMany(ids);
    });
  }
}
