import { reaches, type Reach } from '@cloudpam/audit';
import type { AddressRange } from '@cloudpam/cidr';
import { InvalidCursor, isMeant, type Pause, type PlacedPastPool, type PoolFilter } from '@cloudpam/pools';
import { instantOf, SchemaError } from '../http/schema';
import type { PoolQuery } from './pool-view';

/** So many pools are looked at before the next pause. */
const PIECE = 1_000;

/** A pool of the past on the wire: what the log tells of it. */
export function pastPoolView({ id, facts, parentId, cidr, createdAt, updatedAt }: PlacedPastPool): Record<string, unknown> {
  const { rules = null, key = null, ...rest } = facts;
  return { id, ...rest, rules, key, parent_id: parentId, family: cidr.family, created_at: createdAt, updated_at: updatedAt };
}

/** The time that `as_of` asks for. @throws SchemaError for the future, and for what a list of the past does not offer */
export function pastTimeOf(query: PoolQuery & { as_of: string }, now: number): Date {
  const at = instantOf(query.as_of, 'as_of');
  const refuse = (field: string, detail: string): SchemaError => new SchemaError([{ field, code: 'invalid_field', detail }]);
  if (at.getTime() > now) throw refuse('as_of', 'lies in the future');
  if (query.sort !== undefined && query.sort !== 'cidr') throw refuse('sort', 'must be cidr together with as_of');
  if (query.page !== undefined && query.page !== 1) throw refuse('page', 'cannot be given together with as_of; follow next_cursor');
  return at;
}

/** The pools of then that lie in the reach; one whose parent does not stands as a root. */
export async function pastSeen(
  tree: readonly PlacedPastPool[], reach: Reach | undefined, pause: Pause,
): Promise<readonly PlacedPastPool[]> {
  if (!reach) return tree;
  const isIn = ({ vrfId, cidr, facts: { kind, account_id: account } }: PlacedPastPool): boolean =>
    reaches(reach, { vrfId, cidr, kind: String(kind), accountId: typeof account === 'number' ? account : null });
  const seen = await filtered(tree, isIn, pause);
  const ids = new Set(seen.map((pool) => pool.id));
  return seen.map((pool) => (pool.parentId === null || ids.has(pool.parentId) ? pool : { ...pool, parentId: null }));
}

/** The pools that a filter asks for, after the one that the cursor names. @throws InvalidCursor */
export async function pastPage(
  tree: readonly PlacedPastPool[], filter: PoolFilter,
  { size, cursor }: { readonly size: number; readonly cursor: string | undefined }, pause: Pause,
): Promise<{ items: PlacedPastPool[]; total: number; nextCursor: string | null }> {
  const found = await filtered(tree, (pool) => matches(pool, filter), pause);
  const after = cursor === undefined ? -1 : found.findIndex((pool) => pool.id === Number(cursor));
  if (cursor !== undefined && after < 0) throw new InvalidCursor();
  const items = found.slice(after + 1, after + 1 + size);
  return { items, total: Math.min(found.length, 10_001), nextCursor: after + 1 + size < found.length ? String(items.at(-1)?.id) : null };
}

/** As `Array.filter`, with pauses. */
async function filtered<T>(items: readonly T[], passes: (item: T) => boolean, pause: Pause): Promise<T[]> {
  const found: T[] = [];
  for (let start = 0; start < items.length; start += PIECE) {
    for (const item of items.slice(start, start + PIECE)) if (passes(item)) found.push(item);
    await pause();
  }
  return found;
}

function matches({ id, vrfId, parentId, cidr, facts }: PlacedPastPool, filter: PoolFilter): boolean {
  const is = (wanted: unknown, fact: unknown): boolean => wanted === undefined || wanted === fact;
  const tags = (facts['tags'] ?? {}) as Readonly<Record<string, string>>; // as poolFacts writes them
  return is(filter.vrfId, vrfId) && is(filter.parentId, parentId) && is(filter.kind, facts['kind']) && is(filter.status, facts['status'])
    && is(filter.source, facts['source']) && is(filter.syncStatus, facts['sync_status']) && is(filter.region, facts['region']) && is(filter.externalId, facts['external_id'])
    && (filter.accountIds?.some((id) => id === facts['account_id']) ?? true)
    && (filter.tags?.every((readings) => readings.some(({ key, value }) => Object.hasOwn(tags, key) && tags[key] === value)) ?? true)
    && (!filter.contains || covers(cidr, filter.contains)) && (!filter.within || covers(filter.within, cidr))
    && (!filter.typed || isMeant(filter.typed, { id, cidr, tags, names: [String(facts['name']), textOf(facts['external_id'])] }));
}

function textOf(fact: unknown): string | null {
  return typeof fact === 'string' ? fact : null;
}

function covers(outer: AddressRange, inner: AddressRange): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}
