import { isInScope, type AccessScope } from '@cloudpam/audit';
import { contains } from '@cloudpam/cidr';
import {
  InvalidCursor,
  isMeant,
  type PastTree,
  type Pause,
  type PlacedPastPool,
  type PoolFilter,
} from '@cloudpam/pools';
import { instantOf, SchemaError } from '../http/schema';
import type { PoolQuery } from './dto/pool-query.dto';
import type { PastPoolDto } from './dto/pool.dto';

/** So many pools are looked at before the next pause. */
const PIECE = 250;
/** Totals are counted up to this, which means more. */
const COUNTED = 10_001;

/** A pool of the past on the wire: what the log tells of it. */
export function pastPoolView({
  id,
  facts,
  parentId,
  cidr,
  createdAt,
  updatedAt,
}: PlacedPastPool): PastPoolDto {
  const { rules = null, key = null, ...rest } = facts;
  const told = {
    id,
    ...rest,
    rules,
    key,
    parent_id: parentId,
    family: cidr.family,
    created_at: createdAt,
    updated_at: updatedAt,
  };
  return told as unknown as PastPoolDto; // with the facts that `poolFacts` has written
}

/**
 * The time that a list is asked for. @throws SchemaError for the future, and for what a list of the
 * past does not offer
 */
export function pastTimeOf(query: PoolQuery, moment: string, name: string, now: number): Date {
  const at = instantOf(moment, name);
  const refuse = (field: string, detail: string): SchemaError =>
    new SchemaError([{ field, code: 'invalid_field', detail }]);
  if (at.getTime() > now) throw refuse(name, 'lies in the future');
  if (query.sort !== undefined && query.sort !== 'cidr')
    throw refuse('sort', `must be cidr together with ${name}`);
  if (query.page !== undefined && query.page !== 1)
    throw refuse('page', `cannot be given together with ${name}; follow next_cursor`);
  return at;
}

/** What is asked of a past tree: by whom, and for which pools. */
interface Asked {
  readonly accessScope: AccessScope | undefined;
  readonly filter: PoolFilter;
  readonly size: number;
  readonly cursor: string | undefined;
}

/** The pools that a filter asks for, after the one that the cursor names. @throws InvalidCursor */
export async function pastPage(
  tree: PastTree,
  asked: Asked,
  pause: Pause,
): Promise<{ items: PlacedPastPool[]; total: number; nextCursor: string | null }> {
  const { size, cursor } = asked;
  const after = cursor === undefined ? -1 : tree.indexOf(Number(cursor));
  if (cursor !== undefined && (after < 0 || !shown(tree, after, asked))) throw new InvalidCursor();
  const items = await found(tree, after + 1, asked, size + 1, pause);
  const nextCursor = items.length > size ? String(items[size - 1]?.id) : null;
  return { items: items.slice(0, size), total: await totalOf(tree, asked, pause), nextCursor };
}

async function totalOf(tree: PastTree, asked: Asked, pause: Pause): Promise<number> {
  const isAll =
    !asked.accessScope && Object.values(asked.filter).every((each) => each === undefined);
  if (isAll) return Math.min(tree.size, COUNTED);
  let count = 0;
  for (let at = 0; at < tree.size && count < COUNTED; at++) {
    if (shown(tree, at, asked)) count += 1;
    if (at % PIECE === 0) await pause();
  }
  return count;
}

/** Up to so many of the pools that are asked for, from an index on. */
async function found(
  tree: PastTree,
  from: number,
  asked: Asked,
  most: number,
  pause: Pause,
): Promise<PlacedPastPool[]> {
  const items: PlacedPastPool[] = [];
  for (let at = from; at < tree.size && items.length < most; at++) {
    const pool = shown(tree, at, asked);
    if (pool) items.push(pool);
    if (at % PIECE === 0) await pause();
  }
  return items;
}

/**
 * The pool of then if it lies in the access scope and is asked for; one whose parent is hidden stands as a
 * root.
 */
function shown(
  tree: PastTree,
  index: number,
  { accessScope, filter }: Asked,
): PlacedPastPool | undefined {
  let pool = tree.at(index);
  if (accessScope) {
    if (!isIn(accessScope, pool)) return undefined;
    const parent = tree.around(index);
    if (parent && !isIn(accessScope, parent)) pool = { ...pool, parentId: null };
  }
  return matches(pool, filter) ? pool : undefined;
}

function isIn(
  accessScope: AccessScope,
  { vrfId, cidr, facts: { kind, account_id: account } }: PlacedPastPool,
): boolean {
  return isInScope(accessScope, {
    vrfId,
    cidr,
    kind: String(kind),
    accountId: typeof account === 'number' ? account : null,
  });
}

function matches(
  { id, vrfId, parentId, cidr, facts }: PlacedPastPool,
  filter: PoolFilter,
): boolean {
  const is = (wanted: unknown, fact: unknown): boolean => wanted === undefined || wanted === fact;
  const tags = (facts['tags'] ?? {}) as Readonly<Record<string, string>>; // as poolFacts writes them
  return (
    is(filter.vrfId, vrfId) &&
    is(filter.parentId, parentId) &&
    is(filter.kind, facts['kind']) &&
    is(filter.status, facts['status']) &&
    is(filter.source, facts['source']) &&
    is(filter.syncStatus, facts['sync_status']) &&
    is(filter.region, facts['region']) &&
    is(filter.externalId, facts['external_id']) &&
    (filter.accountIds?.some((id) => id === facts['account_id']) ?? true) &&
    (filter.tags?.every((readings) =>
      readings.some(({ key, value }) => Object.hasOwn(tags, key) && tags[key] === value),
    ) ??
      true) &&
    (!filter.contains || contains(cidr, filter.contains)) &&
    (!filter.within || contains(filter.within, cidr)) &&
    (!filter.typed ||
      isMeant(filter.typed, {
        id,
        cidr,
        tags,
        names: [String(facts['name']), textOf(facts['external_id'])],
      }))
  );
}

function textOf(fact: unknown): string | null {
  return typeof fact === 'string' ? fact : null;
}
