import { contains, formatCidr, type Cidr } from '@cloudpam/cidr';
import { write, type Change } from '@cloudpam/audit';
import { GLOBAL_VRF_ID, VRFS } from './vrf';
import { cloudUses, type CloudUse } from './cloud-use';
import type { RangeRecord } from './addresses/range-record';
import { rangeTaken } from './addresses/range-rules';
import { checkRules } from './allocation-rules';
import { insertIntoTree } from './insert-into-tree';
import { PoolError } from './pool-error';
import { poolMade } from './pool-events';
import type { Pool, PoolFields } from './pool';
import { checkNamed, checkPoolCidr, namePools, recordNotFound, referenceCheck } from './pool-rules';
import type { PoolStores, PoolUnitOfWork } from './pool-stores';

/** A pool as it is asked for. */
export interface NewPool extends Partial<PoolFields> {
  readonly name: string;
  readonly cidr: Cidr;
  readonly vrfId?: number;
  /** Checked against the parent that the CIDR gives, never trusted. null: must become a root. */
  readonly parentId?: number | null;
}

/** A pool that was made. */
export interface CreatedPool {
  readonly pool: Pool;
  /** What a cloud uses in its space. */
  readonly uses: readonly CloudUse[];
}

/** One per asked pool, in their order. */
export type CreateResult = CreatedPool | { readonly error: PoolError };

/**
 * Creates pools in one unit of work: `atomic`, all of them or none; `partial`, those that can be.
 */
export class CreatePools {
  constructor(private readonly unitOfWork: PoolUnitOfWork) {}

  /** @throws PoolError in mode `atomic`, with the index of the pool that is wrong */
  async execute(
    change: Change,
    asked: readonly NewPool[],
    mode: 'atomic' | 'partial' = 'atomic',
  ): Promise<CreateResult[]> {
    return write(this.unitOfWork, change, (stores) => createPools(stores, change, asked, mode));
  }

  /** Creates one pool. @throws PoolError */
  one(change: Change, asked: NewPool): Promise<CreatedPool> {
    return write(this.unitOfWork, change, async (stores) => {
      const [created] = await createPools(stores, change, [asked], 'atomic');
      if (!created || 'error' in created)
        throw created?.error ?? new Error('the pool was neither made nor refused');
      return created;
    });
  }
}

async function createPools(
  stores: PoolStores,
  change: Change,
  asked: readonly NewPool[],
  mode: 'atomic' | 'partial',
): Promise<CreateResult[]> {
  const results = new Array<CreateResult | undefined>(asked.length);
  const fail = (index: number, error: PoolError): void => {
    const told =
      asked.length > 1
        ? new PoolError(error.code, error.message, { ...error.details, index })
        : error;
    if (mode === 'atomic') throw told;
    results[index] = { error: told };
  };
  const vrfIds = asked.map(({ vrfId }) => vrfId ?? GLOBAL_VRF_ID);
  // The first of the locks below goes out with what waits for none.
  const [ids] = await Promise.all([
    stores.pools.reserveIds(asked.length),
    asked.length > 0 && stores.vrfs.lock(vrfIds.reduce((a, b) => Math.min(a, b))),
  ]);
  const checkNamedRecords = referenceCheck(stores);
  const byVrf = new Map<number, { index: number; pool: Pool }[]>();
  for (const [index, each] of asked.entries()) {
    try {
      checkPoolCidr(each.cidr);
      checkNamed(each);
      checkRules(each.cidr, each.rules);
      await checkNamedRecords(each);
    } catch (error) {
      if (!(error instanceof PoolError)) throw error;
      fail(index, error);
      continue;
    }
    const pool = newPool(change, ids[index] ?? 0, each);
    const list = byVrf.get(pool.vrfId);
    if (list) list.push({ index, pool });
    else byVrf.set(pool.vrfId, [{ index, pool }]);
  }
  for (const [vrfId, entries] of [...byVrf].sort(([a], [b]) => a - b)) {
    if (!(await stores.vrfs.lock(vrfId))) {
      for (const { index } of entries) fail(index, recordNotFound(VRFS, vrfId, 'vrf_id'));
      continue;
    }
    const { wanted, inserted, conflicts } = await insertUnderRequestedParents(
      stores,
      change,
      vrfId,
      asked,
      entries,
      fail,
    );
    for (const { index, pool } of wanted) {
      const inTheWay = conflicts.get(pool.id);
      if (inTheWay)
        fail(
          index,
          overlapError(
            pool.cidr,
            inTheWay,
            wanted.map((each) => each.pool),
          ),
        );
    }
    const byId = new Map(inserted.map((pool) => [pool.id, pool]));
    const [found, uses] = await Promise.all([
      // The answer carries what the storage derives, the provider of the account.
      stores.pools.getMany([...byId.keys()]),
      cloudUses(stores, inserted),
      stores.audit.append(inserted.map((pool) => poolMade(change, 'pool.create', pool))),
    ]);
    const stored = new Map(found.map((pool) => [pool.id, pool]));
    for (const { index, pool } of wanted) {
      const done = stored.get(pool.id);
      if (done) results[index] = { pool: done, uses: uses.get(done.id) ?? [] };
    }
  }
  return Array.from(results, (each, index) => {
    if (!each) throw new Error(`pool ${index} of the request was neither made nor refused`);
    return each;
  });
}

/** A pool as it will be stored, but for its place in the tree. */
export function newPool(change: Change, id: number, asked: NewPool): Pool {
  return {
    id,
    vrfId: asked.vrfId ?? GLOBAL_VRF_ID,
    parentId: null,
    name: asked.name,
    cidr: asked.cidr,
    kind: asked.kind ?? 'container',
    status: asked.status ?? 'active',
    source: 'manual',
    accountId: asked.accountId ?? null,
    provider: null,
    externalId: null,
    externalVpc: null,
    region: asked.region ?? null,
    syncStatus: null,
    scopeId: null,
    lastSyncAt: null,
    description: asked.description ?? '',
    tags: asked.tags ?? {},
    vlanId: asked.vlanId ?? null,
    expiresAt: asked.expiresAt ?? null,
    rules: asked.rules ?? null,
    liveKey: null,
    createdAt: change.at,
    updatedAt: change.at,
    version: 1,
    childUsed: 0n,
  };
}

/**
 * Plants the pools whose parent is the one that was asked for. What is refused is left out and the
 * rest placed again, as a pool of the batch may have been the parent of another one.
 */
async function insertUnderRequestedParents(
  stores: PoolStores,
  change: Change,
  vrfId: number,
  asked: readonly NewPool[],
  entries: readonly { index: number; pool: Pool }[],
  fail: (index: number, error: PoolError) => void,
): Promise<
  { wanted: readonly { index: number; pool: Pool }[] } & Awaited<ReturnType<typeof insertIntoTree>>
> {
  let wanted = entries;
  for (;;) {
    const wrong = new Map<number, number | null>();
    const result = await insertIntoTree(
      stores,
      vrfId,
      wanted.map(({ pool }) => pool),
      ({ placed }) => {
        for (const { index, pool } of wanted) {
          const parentId = asked[index]?.parentId;
          const place = placed.get(pool.id);
          if (place && parentId !== undefined && parentId !== place.parentId)
            wrong.set(index, place.parentId);
        }
        return wrong.size === 0;
      },
      change,
    );
    if (wrong.size === 0) return { wanted, ...result };
    const batch = wanted;
    for (const { index, pool } of batch) {
      const actual = wrong.get(index);
      if (actual !== undefined)
        fail(index, await wrongParent(stores, pool, asked[index]?.parentId ?? null, actual, batch));
    }
    wanted = batch.filter(({ index }) => !wrong.has(index));
  }
}

/** Says why a pool cannot be under the parent that was asked for. */
async function wrongParent(
  stores: PoolStores,
  pool: Pool,
  askedId: number | null,
  actualId: number | null,
  batch: readonly { index: number; pool: Pool }[],
): Promise<PoolError> {
  const field = 'parent_id';
  const asked = askedId === null ? undefined : await stores.pools.get(askedId);
  if (askedId !== null && !asked)
    return new PoolError('pool_not_found', `There is no pool ${askedId}.`, { field });
  const cidr = formatCidr(pool.cidr);
  if (asked && (asked.vrfId !== pool.vrfId || !contains(asked.cidr, pool.cidr))) {
    const why =
      asked.vrfId !== pool.vrfId
        ? `is in another VRF (${asked.vrfId})`
        : `does not contain ${cidr}`;
    return new PoolError(
      'parent_mismatch',
      `Pool ${asked.id}, ${formatCidr(asked.cidr)}, ${why}. Leave parent_id out: it follows from the CIDR.`,
      { field, conflicts: [asked] },
    );
  }
  const twin = batch.find((each) => each.pool.id === actualId);
  if (twin) {
    return new PoolError(
      'parent_mismatch',
      `${cidr} lies in ${namePools([twin.pool])}, at index ${twin.index} of the request, ` +
        'which would be its parent. Leave parent_id out.',
      { field },
    );
  }
  const actual = actualId === null ? undefined : await stores.pools.get(actualId);
  if (!actual)
    return new PoolError('parent_mismatch', `${cidr} would be a root. Leave parent_id out.`, {
      field,
    });
  return new PoolError(
    'parent_mismatch',
    `${cidr} lies in ${namePools([actual])}, which would be its parent. Leave parent_id out or name pool ${actual.id}.`,
    { field, conflicts: [actual] },
  );
}

/** The CIDR is taken, and by whom. */
export function overlapError(
  cidr: Cidr,
  inTheWay: Pool | RangeRecord | { readonly id: number },
  batch: readonly Pool[] = [],
): PoolError {
  if ('span' in inTheWay) return rangeTaken(formatCidr(cidr), inTheWay, 'cidr');
  if ('name' in inTheWay) {
    return new PoolError(
      'pool_overlap',
      `${formatCidr(cidr)} is taken by pool ${inTheWay.id}, ${inTheWay.name}. Use that pool, ` +
        'or choose another CIDR or VRF.',
      { field: 'cidr', conflicts: [inTheWay] },
    );
  }
  const twin = batch.findIndex((pool) => pool.id === inTheWay.id);
  return new PoolError(
    'pool_overlap',
    `${formatCidr(cidr)} stands twice in the request, first at index ${twin}.`,
    { field: 'cidr' },
  );
}
