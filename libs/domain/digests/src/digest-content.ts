import type { Place, Reader } from '@cloudpam/audit';
import { formatCidr } from '@cloudpam/cidr';
import { hasTag, isWithin, subtreesOf, type Subtrees } from '@cloudpam/events';
import { dayOf, endingPools, type ForecastOfPool } from '@cloudpam/forecast';
import { formatHost, type AddressRecord, type Pool } from '@cloudpam/pools';
import {
  FINDING_SEVERITIES,
  FINDING_SUBJECTS,
  LEASE_WARNING_MS,
  type FindingStores,
  type FindingSeverity,
  type AnyFindingType,
  type ToldFinding,
  type ToldStore,
} from '@cloudpam/reconciliation';
import type { Digest, DigestFilter } from './digest';

/** What a section lists; the rest is behind a link. */
export const DIGEST_ITEMS = 20;
/** Pools that end within so many days are told of. */
export const DIGEST_FORECAST_DAYS = 90;

/** What composing a digest reads. */
export type DigestReadStores = Pick<FindingStores, 'pools' | 'addresses' | 'forecasts'> & {
  readonly told: Pick<ToldStore, 'subjectsAfter' | 'of' | 'lastRound'>;
};

/** The first of some, and how many there are. */
export interface Listed<Item> {
  /** At most `DIGEST_ITEMS`. */
  readonly items: readonly Item[];
  readonly total: number;
}

/** Open findings of a type. */
export interface OpenCount {
  readonly type: AnyFindingType;
  readonly severity: FindingSeverity;
  readonly count: number;
}

/** A pool or an address whose lease ends, or is over. */
export interface LeaseEnd {
  readonly of: 'pool' | 'address';
  readonly id: number;
  /** May be empty. */
  readonly name: string;
  /** A CIDR, or an address. */
  readonly text: string;
  readonly endsAt: Date;
}

/** What a digest tells. A section that it does not have is null. */
export interface DigestContent {
  /** When it was made. */
  readonly at: Date;
  /** New findings are those that were opened after this, */
  readonly since: Date;
  /** and until this, which is no later than what the log was told of as a whole. */
  readonly until: Date;
  /** Most severe first. */
  readonly findings: {
    readonly fresh: Listed<ToldFinding>;
    readonly open: readonly OpenCount[];
  } | null;
  /** Those that end within 14 days, the first one first. */
  readonly leases: Listed<LeaseEnd> | null;
  /** Pools that end within 90 days, the first one first. */
  readonly forecasts: Listed<ForecastOfPool> | null;
}

/** What is asked of a storage at once. */
const PAGE = 500;

/** Whether there is nothing new to tell: findings that are open still are nothing new. */
export function isEmptyDigest({ findings, leases, forecasts }: DigestContent): boolean {
  return [findings?.fresh, leases, forecasts].every((each) => (each?.total ?? 0) === 0);
}

/** Reads what a digest tells, page by page; it has some hundred rows in memory at a time. */
export class ComposeDigest {
  /** @param pause asked before each page, so that requests have their turn */
  constructor(
    private readonly reader: Reader<DigestReadStores>,
    private readonly pause: () => Promise<void> | undefined,
  ) {}

  /** @param at the present */
  async execute(digest: Digest, at: Date): Promise<DigestContent> {
    const { filter, sections, toldUntil, createdAt } = digest;
    const has = (section: (typeof sections)[number]): boolean => sections.includes(section);
    const since = toldUntil ?? createdAt;
    const { subtrees, round } = await this.reader.read(async ({ pools, told }) => ({
      subtrees: await subtreesOf({ pools }, filter),
      round: await told.lastRound(),
    }));
    // A comparison that is under way opens findings as of its beginning: they are told of the next time.
    const until = round && round.at > since ? round.at : since;
    const part = { filter, subtrees };
    return {
      at,
      since,
      until,
      findings: has('findings') ? await this.findings(digest, part, since, until) : null,
      leases: has('leases') ? await this.leases(part, at) : null,
      forecasts: has('forecasts') ? await this.forecasts(part, at) : null,
    };
  }

  private async findings(
    { severity, sections }: Digest,
    part: Part,
    since: Date,
    until: Date,
  ): Promise<DigestContent['findings']> {
    const least = severity === null ? Infinity : rankOf(severity);
    const elsewhere: AnyFindingType[] = [
      ...(sections.includes('leases') ? (['lease_ends'] as const) : []),
      ...(sections.includes('forecasts') ? (['exhausts_soon'] as const) : []),
    ];
    const open = new Map<AnyFindingType, OpenCount>();
    const fresh = new First<ToldFinding>(
      (a, b) =>
        rankOf(a.facts.severity) - rankOf(b.facts.severity) ||
        b.openedAt.getTime() - a.openedAt.getTime() ||
        (a.id < b.id ? -1 : 1),
    );
    for (const subject of FINDING_SUBJECTS)
      for (let after: number | undefined = 0; after !== undefined;) {
        const from: number = after;
        await this.pause();
        const page = await this.reader.read(async ({ told, pools }) => {
          const ids = await told.subjectsAfter(subject, from, PAGE);
          const found = (ids.length > 0 ? await told.of(subject, ids) : []).filter(
            ({ facts }) => rankOf(facts.severity) <= least && !elsewhere.includes(facts.type),
          );
          const placed = found.map((each) => ({
            item: each,
            place: each.place,
            poolId: each.facts.pool_id,
          }));
          return { ids, found: await within(pools, part, placed) };
        });
        for (const each of page.found) {
          const { type, severity: found } = each.facts;
          const count = (open.get(type)?.count ?? 0) + 1;
          open.set(type, { type, severity: found, count });
          if (each.openedAt > since && each.openedAt <= until) fresh.add(each);
        }
        after = page.ids.length < PAGE ? undefined : page.ids.at(-1);
      }
    const counts = [...open.values()].sort(
      (a, b) =>
        rankOf(a.severity) - rankOf(b.severity) || b.count - a.count || (a.type < b.type ? -1 : 1),
    );
    return { fresh: fresh.listed(), open: counts };
  }

  private async leases(part: Part, at: Date): Promise<Listed<LeaseEnd>> {
    const until = new Date(at.getTime() + LEASE_WARNING_MS);
    const first = new First<LeaseEnd>(
      (a, b) => a.endsAt.getTime() - b.endsAt.getTime() || a.id - b.id,
    );
    await this.pages(
      async ({ pools }, page) => {
        const sort = [{ field: 'id', descending: false }] as const;
        const { items, nextCursor: next } = await pools.list(
          { expiredAt: until },
          { sort, ...page },
        );
        const placed = items.map((pool) => ({ item: pool, place: pool, poolId: pool.id }));
        return { items: await within(pools, part, placed), next };
      },
      (pool) => add(first, 'pool', pool),
    );
    await this.pages(
      async ({ pools, addresses }, page) => {
        const { items, nextCursor: next } = await addresses.list({ expiredAt: until }, page);
        const placed = items.map((record) => ({
          item: record,
          place: { ...record, kind: 'address' },
          poolId: record.poolId,
        }));
        return { items: await within(pools, part, placed), next };
      },
      (record) => add(first, 'address', record),
    );
    return first.listed();
  }

  private async forecasts(part: Part, at: Date): Promise<Listed<ForecastOfPool>> {
    const until = dayOf(at) + DIGEST_FORECAST_DAYS;
    const items: ForecastOfPool[] = [];
    let total = 0;
    await this.pages(
      async (stores, page) => {
        const found = await endingPools(stores, { until }, page);
        const placed = found.items.map((item) => ({
          item,
          place: item.pool,
          poolId: item.pool.id,
        }));
        return { items: await within(stores.pools, part, placed), next: found.nextCursor };
      },
      (ending) => {
        total++;
        if (items.length < DIGEST_ITEMS) items.push(ending);
      },
    );
    return { items, total };
  }

  /** Reads pages until the last, and takes what they have. */
  private async pages<Item>(
    read: (
      stores: DigestReadStores,
      page: { readonly size: number; readonly after?: string },
    ) => Promise<{ readonly items: readonly Item[]; readonly next: string | null }>,
    take: (item: Item) => void,
  ): Promise<void> {
    for (let after: string | null | undefined; after !== null;) {
      const page = after === undefined ? { size: PAGE } : { size: PAGE, after };
      await this.pause();
      const { items, next } = await this.reader.read((stores) => read(stores, page));
      items.forEach(take);
      after = next;
    }
  }
}

interface Part {
  readonly filter: DigestFilter;
  readonly subtrees: Subtrees;
}

/** Of what has no place, as a webhook that is paused: no VRF, account or pool has it. */
const NOWHERE: Place = { vrfId: null, accountId: null, cidr: null, kind: null };

interface Placed<Item> {
  readonly item: Item;
  readonly place: Place | null;
  /** The pool that it is, or that holds it. */
  readonly poolId: number | null;
}

/** Those that a filter lets pass. Tags are those of the pool. */
async function within<Item>(
  pools: DigestReadStores['pools'],
  { filter, subtrees }: Part,
  placed: readonly Placed<Item>[],
): Promise<Item[]> {
  const inside = placed.filter(({ place }) => isWithin(filter, place ?? NOWHERE, subtrees));
  const { tags = [] } = filter;
  if (tags.length === 0) return inside.map(({ item }) => item);
  const ids = new Set(inside.flatMap(({ poolId }) => poolId ?? []));
  const tagged = new Set(
    (await pools.getMany([...ids]))
      .filter((pool) => tags.some((tag) => hasTag(pool.tags, tag)))
      .map(({ id }) => id),
  );
  return inside.flatMap(({ item, poolId }) => (tagged.has(poolId ?? 0) ? [item] : []));
}

function add(first: First<LeaseEnd>, of: LeaseEnd['of'], one: Pool | AddressRecord): void {
  const { id, name, cidr, expiresAt } = one;
  const text = of === 'pool' ? formatCidr(cidr) : formatHost(cidr);
  if (expiresAt) first.add({ of, id, name, text, endsAt: expiresAt });
}

/** 0 is the most severe. */
function rankOf(severity: FindingSeverity): number {
  return FINDING_SEVERITIES.indexOf(severity);
}

/** The first `DIGEST_ITEMS` in an order, of as many as there are. */
class First<Item> {
  private items: Item[] = [];
  private total = 0;

  constructor(private readonly order: (a: Item, b: Item) => number) {}

  add(item: Item): void {
    this.total++;
    this.items.push(item);
    if (this.items.length > 10 * DIGEST_ITEMS) this.cut();
  }

  listed(): Listed<Item> {
    this.cut();
    return { items: this.items, total: this.total };
  }

  private cut(): void {
    this.items = this.items.sort(this.order).slice(0, DIGEST_ITEMS);
  }
}
