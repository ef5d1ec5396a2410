import { parseCidr } from '@cloudpam/cidr';
import { poolChanged, poolMade } from '@cloudpam/pools';
import { ApplySnapshot } from '@cloudpam/reconciliation';
import { ACTOR, CHUNK, crowdedPool, snapshotOf } from './synthetic.mjs';

/** The log begins here, and tells of a pool a minute. */
const BEGAN = Date.UTC(2025, 0, 1);
const MINUTE = 60_000;
const SCOPES = 10;
const CROWD = 60_000;

/**
 * Adds what the pools leave out: their entries in the audit log (each tenth was renamed), a crowded
 * pool, an inventory.
 */
export async function fillHistory({ unitOfWork }, { ids }) {
  for (let start = 0; start < ids.length; start += CHUNK) {
    await unitOfWork.run(async ({ pools, audit }) => {
      const some = await pools.getMany(ids.slice(start, start + CHUNK));
      const changeAt = (id) => ({
        actor: ACTOR,
        at: new Date(BEGAN + MINUTE * (id - ids[0])),
        requestId: 'bench',
      });
      await audit.append(
        some.map((pool) => poolMade(changeAt(pool.id), 'pool.create', { ...pool, name: 'first' })),
      );
      await audit.append(
        some
          .filter(({ id }) => id % 10 === 0)
          .flatMap((pool) =>
            poolChanged(changeAt(pool.id), 'pool.update', { ...pool, name: 'first' }, pool),
          ),
      );
    });
  }
  const crowded = await unitOfWork.run(async ({ pools }) => {
    const all = crowdedPool(await pools.reserveIds(CROWD + 1), 1, parseCidr('20.0.0.0/10'), CROWD);
    for (let start = 0; start < all.length; start += CHUNK)
      await pools.insert(all.slice(start, start + CHUNK));
    return all[0].id;
  });
  await fillInventory({ unitOfWork });
  return crowded;
}

/** Adds an inventory of ten accounts, whose resources have findings. */
export async function fillInventory({ unitOfWork }) {
  const apply = new ApplySnapshot(unitOfWork, 'observe');
  for (let n = 0; n < SCOPES; n++) {
    const change = { actor: ACTOR, at: new Date(BEGAN), requestId: 'bench' };
    await apply.execute(change, `run-${n}`, ofAccount(snapshotOf(new Date()), `10000000001${n}`));
  }
}

function ofAccount(snapshot, account) {
  const owned = (list, rename) =>
    list.map((each) => ({ ...each, ...rename(each), ownerAccount: account }));
  return {
    ...snapshot,
    account,
    networks: owned(snapshot.networks, ({ externalId }) => ({
      externalId: `${account}-${externalId}`,
    })),
    resources: owned(snapshot.resources, ({ externalId, networkExternalId }) => ({
      externalId: `${account}-${externalId}`,
      networkExternalId: `${account}-${networkExternalId}`,
    })),
  };
}

/** The moment so many pools before the last was made. */
export const asOf = (n, last) => new Date(BEGAN + MINUTE * (last - n)).toISOString();
