import { write, type Actor } from '@cloudpam/audit';
import { deletePools } from './delete-pool';
import type { PoolUnitOfWork } from './pool-stores';
import { PoolError } from './pool-error';
import { lockForChange } from './update-pool';

const BATCH = 200;

/** Releases reservations whose time is over; each in a unit of work of its own. */
export class ReleaseExpired {
  constructor(private readonly unitOfWork: PoolUnitOfWork) {}

  /** @returns how many were released */
  async execute(actor: Actor, at: Date): Promise<number> {
    const { items } = await this.unitOfWork.read((stores) =>
      stores.pools.list(
        { kind: 'reservation', expiredAt: at },
        { sort: [{ field: 'id', descending: false }], size: BATCH },
      ),
    );
    let released = 0;
    for (const { id } of items) {
      const change = { actor, at, requestId: `expiry-${id}`, reason: 'the reservation expired' };
      released += await write(this.unitOfWork, change, async (stores) => {
        const pool = await lockForChange(stores, id, undefined, true);
        // Another server may have been first, or someone may have given it more time.
        if (pool.kind !== 'reservation' || !pool.expiresAt || pool.expiresAt > at) return 0;
        const children = await stores.pools.childrenWithin(pool.vrfId, id, [pool.cidr]);
        await deletePools(stores, change, pool, [pool], children);
        return 1;
      }).catch((error: unknown) => {
        // Another server, or a person, has released it meanwhile.
        if (error instanceof PoolError && error.code === 'pool_not_found') return 0;
        throw error;
      });
    }
    return released;
  }
}
