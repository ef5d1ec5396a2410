import { contains, formatCidr, type Cidr } from '@cloudpam/cidr';
import { auditEntry, write, type Change } from '@cloudpam/audit';
import { GLOBAL_VRF_ID } from './vrf';
import { plantPools } from './plant-pools';
import { PoolError } from './pool-error';
import { poolFacts, type Pool, type PoolFields } from './pool';
import { checkNamed, checkPoolCidr, checkReferences, namePools } from './pool-rules';
import type { PoolStores, PoolUnitOfWork } from './pool-stores';

/** A pool as it is asked for. */
export interface NewPool extends Partial<PoolFields> {
  readonly name: string;
  readonly cidr: Cidr;
  readonly vrfId?: number;
  /** Checked against the parent that the CIDR gives, never trusted. null: must become a root. */
  readonly parentId?: number | null;
}

/** One per asked pool, in their order. */
export type CreateResult = { readonly pool: Pool } | { readonly error: PoolError };

/** Creates pools in one unit of work: `atomic`, all of them or none; `partial`, those that can be. */
export class CreatePools {
  constructor(private readonly unitOfWork: PoolUnitOfWork) {}

  /** @throws PoolError in mode `atomic`, with the index of the pool that is wrong */
  async execute(change: Change, asked: readonly NewPool[], mode: 'atomic' | 'partial' = 'atomic'): Promise<CreateResult[]> {
    return write(this.unitOfWork, change, (stores) => createPools(stores, change, asked, mode));
  }
}

async function createPools(stores: PoolStores, change: Change, asked: readonly NewPool[], mode: 'atomic' | 'partial'): Promise<CreateResult[]> {
  const results = new Array<CreateResult | undefined>(asked.length);
  const fail = (index: number, error: PoolError): void => {
    const told = asked.length > 1 ? new PoolError(error.code, error.message, { ...error.details, index }) : error;
    if (mode === 'atomic') throw told;
    results[index] = { error: told };
  };
  const ids = await stores.pools.reserveIds(asked.length);
  const byVrf = new Map<number, { index: number; pool: Pool }[]>();
  for (const [index, each] of asked.entries()) {
    try {
      checkPoolCidr(each.cidr);
      checkNamed(each);
      await checkReferences(stores, [each]);
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
    if (!await stores.vrfs.lock(vrfId)) {
      for (const { index } of entries) fail(index, new PoolError('vrf_not_found', `There is no VRF ${vrfId}.`, { field: 'vrf_id' }));
      continue;
    }
    const refused = await refuseWrongParents(stores, asked, entries, fail);
    const wanted = entries.filter(({ index }) => !refused.has(index));
    const { planted, conflicts } = await plantPools(stores, vrfId, wanted.map(({ pool }) => pool));
    for (const { index, pool } of wanted) {
      const inTheWay = conflicts.get(pool.id);
      if (inTheWay) fail(index, overlapError(pool.cidr, inTheWay, wanted.map((each) => each.pool)));
    }
    const byId = new Map(planted.map((pool) => [pool.id, pool]));
    // The answer carries what the storage derives, the provider of the account.
    const stored = new Map((await stores.pools.getMany([...byId.keys()])).map((pool) => [pool.id, pool]));
    for (const { index, pool } of wanted) {
      const done = stored.get(pool.id);
      if (done) results[index] = { pool: done };
    }
    await stores.audit.append(planted.map((pool) => auditEntry(change, 'pool.create', 'pool', pool.id, { before: null, after: poolFacts(pool) })));
  }
  return results.map((each, index) => each ?? { error: new PoolError('invalid_field', 'The pool was not created.', { index }) });
}

/** A pool as it will be stored, but for its place in the tree. */
export function newPool(change: Change, id: number, asked: NewPool): Pool {
  return {
    id, vrfId: asked.vrfId ?? GLOBAL_VRF_ID, parentId: null, name: asked.name, cidr: asked.cidr, kind: asked.kind ?? 'container',
    status: asked.status ?? 'active', source: 'manual', accountId: asked.accountId ?? null, provider: null, externalId: null,
    externalVpc: null, region: asked.region ?? null, syncStatus: null, lastSyncAt: null, description: asked.description ?? '',
    tags: asked.tags ?? {}, vlanId: asked.vlanId ?? null, expiresAt: asked.expiresAt ?? null, createdAt: change.at,
    updatedAt: change.at, version: 1, childUsed: 0n,
  };
}

/** Compares the parents that were asked for with those that the CIDRs give. */
async function refuseWrongParents(
  stores: PoolStores, asked: readonly NewPool[], entries: readonly { index: number; pool: Pool }[],
  fail: (index: number, error: PoolError) => void,
): Promise<Set<number>> {
  const refused = new Set<number>();
  for (const { index, pool } of entries) {
    const parentId = asked[index]?.parentId;
    if (parentId === undefined) continue;
    const error = await wrongParent(stores, pool, parentId);
    if (!error) continue;
    refused.add(index);
    fail(index, error);
  }
  return refused;
}

async function wrongParent(stores: PoolStores, pool: Pool, parentId: number | null): Promise<PoolError | undefined> {
  const [smallest] = await stores.pools.smallestContaining(pool.vrfId, [pool.cidr]);
  if ((smallest?.id ?? null) === parentId) return undefined;
  const parent = parentId === null ? undefined : await stores.pools.get(parentId);
  if (parentId !== null && !parent) return new PoolError('pool_not_found', `There is no pool ${parentId}.`, { field: 'parent_id' });
  const cidr = formatCidr(pool.cidr);
  if (parent && (parent.vrfId !== pool.vrfId || !contains(parent.cidr, pool.cidr))) {
    const why = parent.vrfId !== pool.vrfId ? `is in another VRF (${parent.vrfId})` : `does not contain ${cidr}`;
    return new PoolError('parent_mismatch', `Pool ${parent.id}, ${formatCidr(parent.cidr)}, ${why}. Leave parent_id out: it follows from the CIDR.`,
      { field: 'parent_id', conflicts: [parent] });
  }
  // An equal pool is an overlap, and is told as one later.
  if (!smallest || smallest.cidr.prefixLength === pool.cidr.prefixLength) return undefined;
  return new PoolError('parent_mismatch', `${cidr} lies in ${namePools([smallest])}, which would be its parent. Leave parent_id out or name pool ${smallest.id}.`,
    { field: 'parent_id', conflicts: [smallest] });
}

/** The CIDR is taken, and by whom. */
export function overlapError(cidr: Cidr, inTheWay: Pool | { readonly id: number }, batch: readonly Pool[] = []): PoolError {
  if ('name' in inTheWay) {
    return new PoolError('pool_overlap', `${formatCidr(cidr)} is taken by pool ${inTheWay.id}, ${inTheWay.name}. Use that pool, or choose another CIDR or VRF.`,
      { field: 'cidr', conflicts: [inTheWay] });
  }
  const twin = batch.findIndex((pool) => pool.id === inTheWay.id);
  return new PoolError('pool_overlap', `${formatCidr(cidr)} stands twice in the request, first at index ${twin}.`, { field: 'cidr' });
}
