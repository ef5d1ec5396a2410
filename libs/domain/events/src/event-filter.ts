import {
  isInScope,
  type AuditEntry,
  type AuditStore,
  type DiffValue,
  type Place,
  type ScopePool,
} from '@cloudpam/audit';

/** Which events someone wants to hear of: those that fit every given field. An empty list is as none. */
export interface EventFilter {
  /** Any of these types: `pool.create`, or all that begin alike, `pool.*`. */
  readonly types?: readonly string[];
  /** In any of these VRFs, before or after. */
  readonly vrfIds?: readonly number[];
  /** Of any of these accounts, before or after. */
  readonly accountIds?: readonly number[];
  /** At or below any of these pools, before or after. */
  readonly poolIds?: readonly number[];
  /**
   * With any of these tags, `key` or `key:value`, among the facts that the event tells. An event that
   * does not tell tags does not pass: a change tells them when they differ.
   */
  readonly tags?: readonly string[];
  /** With any of these severities among the facts that the event tells. */
  readonly severities?: readonly string[];
}

/** The part of a filter that says where something is. */
export type PlaceFilter = Pick<EventFilter, 'vrfIds' | 'accountIds' | 'poolIds' | 'tags'>;

/** A filter of places as facts, and the API, tell it. */
export interface PlaceFilterFacts {
  vrf_ids: number[];
  account_ids: number[];
  pool_ids: number[];
  tags: string[];
}

/** Tells a filter of places; what it does not ask for is an empty list. */
export function placeFilterFacts({
  vrfIds = [],
  accountIds = [],
  poolIds = [],
  tags = [],
}: PlaceFilter): PlaceFilterFacts {
  return {
    vrf_ids: [...vrfIds],
    account_ids: [...accountIds],
    pool_ids: [...poolIds],
    tags: [...tags],
  };
}

/** The filter of places that facts or the API tell; empty lists ask for nothing. */
export function placeFilterOf({
  vrf_ids,
  account_ids,
  pool_ids,
  tags,
}: Partial<PlaceFilterFacts>): PlaceFilter {
  return {
    ...(vrf_ids?.length ? { vrfIds: vrf_ids } : {}),
    ...(account_ids?.length ? { accountIds: account_ids } : {}),
    ...(pool_ids?.length ? { poolIds: pool_ids } : {}),
    ...(tags?.length ? { tags } : {}),
  };
}

/** Where a pool of a filter is. */
export interface Subtree {
  /** At present; undefined where it is gone. */
  readonly now: ScopePool | undefined;
  /** What the log has of the pool itself: what happened before, or by the same request, happened where it lay then. */
  readonly past: readonly AuditEntry[];
}

/** Where the pools of a filter are, by their ids. */
export type Subtrees = ReadonlyMap<number, Subtree>;

/** What finding the pools of a filter asks of a storage. */
export interface SubtreeStores {
  readonly pools: {
    getMany(ids: readonly number[]): Promise<readonly (ScopePool & { readonly id: number })[]>;
  };
}

/** Entries about a pool that are looked at. */
const PAST = 1_000;

/** Where the pools of a filter are now. */
export async function subtreesOf(
  { pools }: SubtreeStores,
  { poolIds = [] }: Pick<EventFilter, 'poolIds'>,
): Promise<Subtrees> {
  const found = poolIds.length > 0 ? await pools.getMany(poolIds) : [];
  const tops = new Map(found.map((pool) => [pool.id, pool]));
  return new Map(poolIds.map((id) => [id, { now: tops.get(id), past: [] }]));
}

/**
 * Where the pools of a filter are, and where they were when some events happened.
 * @param events a part of the log
 */
export async function subtreesAt(
  stores: SubtreeStores & { readonly audit: Pick<AuditStore, 'scan'> },
  filter: Pick<EventFilter, 'poolIds'>,
  events: readonly AuditEntry[],
): Promise<Subtrees> {
  const subtrees = new Map<number, Subtree>();
  if (events.length === 0) return subtrees;
  const beyond = Math.min(...events.map(({ id }) => id)) - 1;
  for (const [id, { now }] of await subtreesOf(stores, filter)) {
    const about = { entityType: 'pool', entityId: String(id) };
    const since = await stores.audit.scan(about, { order: 'oldest', beyond }, PAST);
    // What went with the pool may be told after its end, and on a later page.
    const end = now ? [] : await stores.audit.scan(about, { order: 'newest' }, 1);
    subtrees.set(id, { now, past: [...since, ...end] });
  }
  return subtrees;
}

/**
 * Whether someone with this filter hears of an event.
 * @param subtrees where the pools that the filter names are when the event is told, and were when it happened
 */
export function passes(filter: EventFilter, entry: AuditEntry, subtrees: Subtrees): boolean {
  return (
    anyOf(filter.types, (type) => isOfType(type, entry.type)) &&
    anyOf(
      filter.vrfIds,
      (id) => isAbout(entry, 'vrf', id) || isPlaced(entry, (at) => at.vrfId === id),
    ) &&
    anyOf(
      filter.accountIds,
      (id) => isAbout(entry, 'account', id) || isPlaced(entry, (at) => at.accountId === id),
    ) &&
    anyOf(filter.poolIds, (id) => isAbout(entry, 'pool', id) || isBelow(entry, subtrees.get(id))) &&
    anyOf(filter.tags, (tag) => facts(entry, 'tags').some((tags) => hasTag(tags, tag))) &&
    anyOf(filter.severities, (severity) => facts(entry, 'severity').includes(severity))
  );
}

/**
 * Whether a place is in any of the VRFs, of any of the accounts, and at or below any of the pools that a filter names.
 * @param subtrees where these pools are now
 */
export function isWithin(
  { vrfIds, accountIds, poolIds }: Pick<EventFilter, 'vrfIds' | 'accountIds' | 'poolIds'>,
  place: Place,
  subtrees: Subtrees,
): boolean {
  return (
    anyOf(vrfIds, (id) => place.vrfId === id) &&
    anyOf(accountIds, (id) => place.accountId === id) &&
    anyOf(poolIds, (id) => liesBelow(place, subtrees.get(id)?.now))
  );
}

function anyOf<T>(wanted: readonly T[] | undefined, fits: (one: T) => boolean): boolean {
  return wanted === undefined || wanted.length === 0 || wanted.some(fits);
}

/** Whether an event type is the wanted one, `pool.create`, or one of those that begin alike, `pool.*`. */
export function isOfType(wanted: string, type: string): boolean {
  return wanted.endsWith('*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
}

function isAbout({ entityType, entityId }: AuditEntry, type: string, id: number): boolean {
  return entityType === type && entityId === String(id);
}

function isPlaced({ place, formerPlace }: AuditEntry, fits: (place: Place) => boolean): boolean {
  return [place, formerPlace].some((each) => each !== null && fits(each));
}

function isBelow(entry: AuditEntry, subtree: Subtree | undefined): boolean {
  if (!subtree) return false;
  const { now, past } = subtree;
  return (
    isPlaced(entry, (place) => liesBelow(place, now)) ||
    past.some(
      (told) =>
        (told.id >= entry.id || told.requestId === entry.requestId) &&
        isPlaced(told, (top) => isPlaced(entry, (place) => liesBelow(place, topOf(top)))),
    )
  );
}

function topOf({ vrfId, cidr, kind }: Place): ScopePool | undefined {
  return vrfId === null || cidr === null ? undefined : { vrfId, cidr, kind: kind ?? '' };
}

function liesBelow({ vrfId, cidr, accountId, kind }: Place, top: ScopePool | undefined): boolean {
  if (!top || vrfId === null || cidr === null) return false;
  const scope = { accountIds: null, under: [top] };
  return isInScope(scope, { vrfId, cidr, accountId, kind: kind ?? '' });
}

/** What an event tells of a fact, after and before; nothing where it does not tell it. */
function facts({ diff: { after, before } }: AuditEntry, name: string): DiffValue[] {
  return [after?.[name], before?.[name]].filter((fact) => fact !== undefined);
}

/** Whether one of some tags is the wanted one, `key` or `key:value`. */
export function hasTag(tags: DiffValue, wanted: string): boolean {
  if (tags === null || typeof tags !== 'object' || Array.isArray(tags)) return false;
  // Keys and values may hold colons themselves: any way to read the wish will do.
  return Object.entries(tags).some(
    ([key, value]) => wanted === key || wanted === `${key}:${String(value)}`,
  );
}
