import { write, type Change } from '@cloudpam/audit';
import { sameCidr, type Cidr } from '@cloudpam/cidr';
import { checkRules } from './allocation-rules';
import { PoolError } from './pool-error';
import { poolChanged } from './pool-events';
import { followsCloud, type Pool, type PoolFields, type PoolKind } from './pool';
import {
  checkNamed,
  checkReferences,
  checkVersion,
  namePools,
  poolNotFound,
  recordNotFound,
} from './pool-rules';
import type { PoolStores, PoolUnitOfWork } from './pool-stores';
import { resizePool } from './resize-pool';
import { VRFS } from './vrf';

/** What can be changed of a pool; what is absent stays. */
export interface PoolPatch extends Partial<PoolFields> {
  /** Resizes or moves the pool; its children must stay inside. */
  readonly cidr?: Cidr;
  /** Moves it to another VRF. */
  readonly vrfId?: number;
}

/** Changes the fields of one pool, its CIDR and VRF among them. */
export class UpdatePool {
  constructor(private readonly unitOfWork: PoolUnitOfWork) {}

  /** @param expected version of the caller's `If-Match`. @throws PoolError */
  async execute(change: Change, id: number, patch: PoolPatch, expected?: number): Promise<Pool> {
    return write(this.unitOfWork, change, async (stores) => {
      checkNamed(patch);
      await checkReferences(stores, [patch]);
      const pool = await lockForChange(
        stores,
        id,
        patch.vrfId,
        patch.cidr !== undefined || patch.vrfId !== undefined || patch.kind !== undefined,
      );
      checkVersion(pool, expected);
      const { cidr = pool.cidr, vrfId = pool.vrfId, ...fields } = patch;
      if (followsCloud(pool) && (!sameCidr(cidr, pool.cidr) || vrfId !== pool.vrfId)) {
        throw new PoolError(
          'cloud_owned',
          `Pool ${id} follows the cloud's ${pool.externalId ?? 'resource'}: its CIDR is changed ` +
            'there, and the next discovery brings it here.',
          { field: 'cidr' },
        );
      }
      const kind = fields.kind ?? pool.kind;
      if (kind !== pool.kind) await checkKindBesideEqual(stores, pool, kind);
      const placed = await resizePool(stores, change, pool, cidr, vrfId, kind);
      const wanted: Pool = { ...placed, ...defined(fields) };
      checkRules(wanted.cidr, wanted.rules);
      const event = placed === pool ? 'pool.update' : 'pool.move';
      const events = poolChanged(change, event, pool, wanted);
      if (events.length === 0) return pool;
      await stores.pools.save([{ ...wanted, version: pool.version + 1, updatedAt: change.at }]);
      await stores.audit.append(events);
      return (await stores.pools.get(id)) ?? wanted;
    });
  }
}

/**
 * Locks a pool; before it the VRFs concerned, when the shape of the tree is to change. @throws
 * PoolError `pool_not_found` | `vrf_not_found`
 */
export async function lockForChange(
  stores: PoolStores,
  id: number,
  vrfId: number | undefined,
  shape: boolean,
): Promise<Pool> {
  let seen = await stores.pools.get(id);
  if (!seen) throw poolNotFound(id);
  if (shape) {
    for (const each of [...new Set([seen.vrfId, vrfId ?? seen.vrfId])].sort((a, b) => a - b)) {
      if (!(await stores.vrfs.lock(each))) throw recordNotFound(VRFS, each, 'vrf_id');
    }
    // Until the VRF was locked, the parent could still change.
    seen = await stores.pools.get(id);
    if (!seen) throw poolNotFound(id);
    if (seen.parentId !== null) await stores.pools.lock([seen.parentId]);
  }
  const [pool] = await stores.pools.lock([id]);
  if (!pool) throw poolNotFound(id);
  return pool;
}

/**
 * A pool that shares its CIDR may only have the kind that lets it. @throws PoolError `pool_overlap`
 */
async function checkKindBesideEqual(stores: PoolStores, pool: Pool, kind: PoolKind): Promise<void> {
  const around = pool.parentId === null ? [] : await stores.pools.getMany([pool.parentId]);
  const inside = await stores.pools.childrenWithin(pool.vrfId, pool.id, [pool.cidr]);
  const equal = [...around, ...inside].filter((each) => sameCidr(each.cidr, pool.cidr));
  if (equal.length === 0) return;
  throw new PoolError(
    'pool_overlap',
    `${namePools(equal)} has the same CIDR, which only a VPC and its subnet may share: pool ` +
      `${pool.id} cannot become a ${kind}.`,
    { field: 'kind', conflicts: equal },
  );
}

function defined<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Partial<T>; // a subset of T's own entries
}
