import type { AddressRange } from '@cloudpam/cidr';
import type { Pool } from '../pool';
import { recordNotFound } from '../pool-rules';
import type { PoolStores } from '../pool-stores';
import { VRFS } from '../vrf';

/**
 * The smallest pool of the VRF that contains the address, or the range, locked; where none does, the VRF is.
 * @throws PoolError `vrf_not_found`
 */
export async function lockHolder(
  stores: Pick<PoolStores, 'pools' | 'vrfs'>,
  vrfId: number,
  span: AddressRange,
): Promise<Pool | undefined> {
  const [holder] = await lockHolders(stores, vrfId, [span]);
  return holder;
}

/** The same of many, in their order. @throws PoolError `vrf_not_found` */
export async function lockHolders(
  { pools, vrfs }: Pick<PoolStores, 'pools' | 'vrfs'>,
  vrfId: number,
  spans: readonly AddressRange[],
): Promise<(Pool | undefined)[]> {
  for (let isVrfLocked = false; ;) {
    const seen = await pools.smallestContaining(vrfId, spans);
    if (!isVrfLocked && seen.some((each) => !each)) {
      if (!(await vrfs.lock(vrfId))) throw recordNotFound(VRFS, vrfId, 'vrf_id');
      isVrfLocked = true;
      // Before the lock a pool could come around what lies in none.
      continue;
    }
    const locked = await pools.lock([...new Set(seen.flatMap((each) => each?.id ?? []))]);
    const byId = new Map(locked.map((pool) => [pool.id, pool]));
    // Until they were locked, smaller pools could come into them.
    const now = await pools.smallestContaining(vrfId, spans);
    if (now.every((each, at) => each?.id === seen[at]?.id && (!each || byId.has(each.id))))
      return now.map((each) => each && byId.get(each.id));
  }
}
