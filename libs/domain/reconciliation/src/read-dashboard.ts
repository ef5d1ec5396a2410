import {
  ANY_MOMENT,
  StorageUnavailable,
  type AuditEntry,
  type AuditStore,
  type Reader,
} from '@cloudpam/audit';
import {
  comparePlaces,
  dayOf,
  endingPools,
  estateCountOf,
  PoolCount,
  type EndingLeases,
  type EndingPools,
  type EstateCount,
  type EstateReader,
  type ForecastReadStores,
} from '@cloudpam/forecast';
import { accountsOf, type Account, type Pool } from '@cloudpam/pools';
import { FINDING_TYPES, type ScopeState } from './inventory';
import { pausedWebhooks, type WebhookStates } from './paused-webhooks';
import { LEASE_WARNING_MS, soonUntil } from './read-findings';
import type { ReconciliationReadStores } from './reconciliation-stores';
import type { Coverage } from './snapshot';
import { unseenScopes } from './unseen-scopes';

const DAY_MS = 24 * 3_600_000;
const WEEK_MS = 7 * DAY_MS;
const MONTH_MS = 30 * DAY_MS;
/** Of what ends and of accounts so many are told: who wants more goes to their lists. */
const FEW = 8;
const RECENT = 10;
/** Entries that are looked through for them. */
const LOOKED_THROUGH = 500;
/** Lists are counted up to this. */
const COUNTED = 10_000;
/** So many pools are counted for someone with limits while they wait. */
const MOST_COUNTED = 2_000;

/** Why a part of the dashboard is not there. */
export const MISSING_REASONS = [
  'not_counted_yet',
  'too_many_pools',
  'not_allowed',
  'failed',
] as const;
/** One of `MISSING_REASONS`. */
export type MissingReason = (typeof MISSING_REASONS)[number];

/** A part of the dashboard, or why it is not there. */
export type Part<T> = { readonly value: T } | { readonly missing: MissingReason };

/** Findings that have an age: those of resources, and of addresses that differ from their records. */
export const AGED_FINDING_TYPES = [...FINDING_TYPES, 'stale_address', 'unknown_address'] as const;
/** One of `AGED_FINDING_TYPES`. */
export type AgedFindingType = (typeof AGED_FINDING_TYPES)[number];

/** Open findings of one type by age: of what they are about, since when it is known, gone or so. */
export interface OpenFindings {
  readonly type: AgedFindingType;
  readonly week: number;
  readonly month: number;
  readonly older: number;
}

/** Which findings are open. */
export interface FindingsByAge {
  readonly types: readonly OpenFindings[];
  /** False where there are more than were counted. */
  readonly isAll: boolean;
}

/** How far the regions of one account are known. */
export interface AccountCoverage {
  readonly account: Account;
  readonly regions: number;
  /** The worst of its regions. */
  readonly coverage: Coverage;
  readonly overdue: number;
  /** When the region was completely listed that was so the longest ago; null: one never was. */
  readonly oldestAt: Date | null;
}

/** How far the clouds are known, and since when. */
export interface DiscoveryCoverage {
  /** Regions of accounts by their last listing. */
  readonly regions: Readonly<Record<Coverage, number>>;
  /** Regions that are not listed as often as they should be. */
  readonly overdue: number;
  /** Regions by the age of their last complete listing. */
  readonly ages: {
    readonly hour: number;
    readonly day: number;
    readonly week: number;
    readonly older: number;
    readonly never: number;
  };
  readonly accounts: number;
  /** The accounts with the worst coverage, and the oldest. */
  readonly worst: readonly AccountCoverage[];
}

/** What was counted of all pools that the caller sees. */
export interface CountedEstate {
  /** When the count was begun; null: it was made for this answer. */
  readonly at: Date | null;
  readonly count: EstateCount;
  /** The fullest pools, the fullest first. */
  readonly fullest: readonly Pool[];
  /** The accounts of the groups. */
  readonly accounts: ReadonlyMap<number, Account>;
  /** The names of the VRFs of the groups and of the fullest pools. */
  readonly vrfNames: ReadonlyMap<number, string>;
}

/** All that the dashboard shows. */
export interface Dashboard {
  /** Whether there is any pool. */
  readonly hasPools: boolean;
  readonly findings: Part<FindingsByAge>;
  readonly leases: Part<EndingLeases>;
  readonly ending: Part<EndingPools>;
  readonly coverage: Part<DiscoveryCoverage>;
  readonly estate: Part<CountedEstate>;
  /** Webhooks that the server has paused. */
  readonly webhooks: Part<{ readonly paused: number }>;
  readonly changes: Part<readonly AuditEntry[]>;
}

/** What holds for the dashboard of one caller. */
export interface DashboardSettings {
  /** Whether the caller has limits: then the estate is counted at once, as far as they see it. */
  readonly isLimited: boolean;
  readonly mayReadDiscovery: boolean;
  readonly mayReadAudit: boolean;
  readonly mayReadWebhooks: boolean;
  /** Seconds between discoveries of accounts without their own; 0: never overdue. */
  readonly interval: number;
  /** Seconds before its end at which a pool is told of; 0: never. */
  readonly soon: number;
}

type Stores = Pick<
  ReconciliationReadStores,
  'discovery' | 'mismatches' | 'accounts' | 'pools' | 'vrfs'
> &
  ForecastReadStores &
  WebhookStates & {
    readonly estate: EstateReader;
    readonly audit: Pick<AuditStore, 'scan'>;
  };

/**
 * Reads what needs a person now, and how the estate as a whole is used. Each part is read for itself:
 * one that fails does not take the others with it. What no index answers in time was counted
 * beside the requests, by `CountEstate`.
 */
export class ReadDashboard {
  /** @param onFailure is told why a part is missing */
  constructor(
    private readonly reader: Reader<Stores>,
    private readonly settings: DashboardSettings,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** @param at the present. @throws StorageUnavailable */
  async dashboard(at: Date): Promise<Dashboard> {
    const { mayReadDiscovery, mayReadAudit, mayReadWebhooks, soon } = this.settings;
    const before = new Date(at.getTime() + LEASE_WARNING_MS);
    const until = soonUntil(soon, at);
    const pools = await this.reader.read(visiblePools, ANY_MOMENT);
    const [findings, leases, ending, coverage, estate, webhooks, changes] = await Promise.all([
      this.part(mayReadDiscovery, (stores) => findingsByAge(stores, at)),
      this.part(true, ({ estate }) => estate.leases(before, FEW)),
      this.part(true, async (stores) =>
        until === undefined
          ? { items: [], total: 0, nextCursor: null }
          : endingPools(stores, { until }, { size: FEW }),
      ),
      this.part(mayReadDiscovery, (stores) => coverageOf(stores, at, this.settings.interval)),
      this.estate(at, pools),
      this.part(mayReadWebhooks, async (stores) => ({
        paused: (await pausedWebhooks(stores)).length,
      })),
      this.part(mayReadAudit, recentChanges),
    ]);
    const hasPools = pools > 0;
    return { hasPools, findings, leases, ending, coverage, estate, webhooks, changes };
  }

  private async part<T>(
    isAllowed: boolean,
    work: (stores: Stores) => Promise<T>,
  ): Promise<Part<T>> {
    if (!isAllowed) return { missing: 'not_allowed' };
    return this.unlessFailed(async () => ({ value: await this.reader.read(work, ANY_MOMENT) }));
  }

  private estate(at: Date, pools: number): Promise<Part<CountedEstate>> {
    return this.unlessFailed(() =>
      this.reader.read(async (stores): Promise<Part<CountedEstate>> => {
        if (!this.settings.isLimited) {
          const kept = await stores.estate.latest();
          return kept
            ? { value: await withNames(stores, kept.at, kept.count) }
            : { missing: 'not_counted_yet' };
        }
        const count = pools > MOST_COUNTED ? undefined : await countNow(stores, at);
        return count
          ? { value: await withNames(stores, null, count) }
          : { missing: 'too_many_pools' };
      }, ANY_MOMENT),
    );
  }

  private async unlessFailed<T>(work: () => Promise<Part<T>>): Promise<Part<T>> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof StorageUnavailable) throw error;
      this.onFailure(error);
      return { missing: 'failed' };
    }
  }
}

/** How many pools the caller sees; exact up to 10,000. */
async function visiblePools({ pools }: Stores): Promise<number> {
  // The order that limits are stored in.
  const page = { sort: [{ field: 'cidr', descending: false }], size: 1 } as const;
  return (await pools.list({}, page)).total;
}

/** The last changes. That findings come and go, and leases end soon, is told above, and would hide them. */
async function recentChanges({ audit }: Stores): Promise<AuditEntry[]> {
  const newest = await audit.scan({}, { order: 'newest' }, LOOKED_THROUGH);
  return newest.filter(({ type }) => !/^(finding|lease)\./.test(type)).slice(0, RECENT);
}

async function findingsByAge({ discovery, mismatches }: Stores, at: Date): Promise<FindingsByAge> {
  const since = [WEEK_MS, MONTH_MS].map((age) => new Date(at.getTime() - age));
  const { counts, isAll } = await discovery.findingAges(since);
  const ofResources = FINDING_TYPES.map((type) => {
    const [week = 0, month = 0, older = 0] = counts[type];
    return { type, week, month, older };
  });
  let isAllOfAddresses = true;
  const ofAddresses = await Promise.all(
    (['stale', 'unknown'] as const).map(async (kind) => {
      const [week = 0, month = 0, all = 0] = await Promise.all(
        [...since, undefined].map(
          async (each) =>
            (await mismatches[kind](each ? { since: each } : {}, { skip: 0, size: 0 })).total,
        ),
      );
      // Totals are exact up to 10,000, and large ones may be a second old.
      isAllOfAddresses &&= all <= COUNTED;
      return {
        type: `${kind}_address` as const,
        week,
        month: Math.max(0, month - week),
        older: Math.max(0, all - month),
      };
    }),
  );
  return { types: [...ofResources, ...ofAddresses], isAll: isAll && isAllOfAddresses };
}

/** undefined where they have become too many meanwhile. */
async function countNow(stores: Stores, at: Date): Promise<EstateCount | undefined> {
  const sort = [{ field: 'cidr', descending: false }] as const;
  const { items } = await stores.pools.list({}, { sort, size: MOST_COUNTED + 1 });
  if (items.length > MOST_COUNTED) return undefined;
  const count = new PoolCount();
  for (const pool of [...items].sort(comparePlaces)) count.add(pool);
  return estateCountOf(count, (ids, window) => stores.usage.days(ids, window), dayOf(at));
}

async function withNames(
  stores: Stores,
  at: Date | null,
  count: EstateCount,
): Promise<CountedEstate> {
  const found = await stores.pools.getMany(count.fullest);
  const byId = new Map(found.map((pool) => [pool.id, pool]));
  const fullest = count.fullest.flatMap((id) => byId.get(id) ?? []);
  const accountIds = count.groups.account.items.map(({ key }) => ({ accountId: Number(key) }));
  const accounts = await accountsOf(stores, [...accountIds, ...fullest]);
  const vrfIds = [
    ...count.groups.vrf.items.map(({ key }) => Number(key)),
    ...fullest.map(({ vrfId }) => vrfId),
  ];
  const vrfs = await stores.vrfs.getMany([...new Set(vrfIds)]);
  return {
    at,
    count,
    fullest,
    accounts,
    vrfNames: new Map(vrfs.map(({ id, name }) => [id, name])),
  };
}

const WORST: readonly Coverage[] = ['failed', 'partial', 'complete'];

async function coverageOf(stores: Stores, at: Date, interval: number): Promise<DiscoveryCoverage> {
  const states = (await stores.discovery.scopeStates()).filter(
    // A scope that only participants of a shared VPC speak of was never listed.
    ({ collectedAt }) => collectedAt !== null,
  );
  const accounts = await accountsOf(stores, states);
  const overdue = new Map<number, number>();
  for (const { account } of unseenScopes([...accounts.values()], states, at, interval))
    overdue.set(account.id, (overdue.get(account.id) ?? 0) + 1);
  const regions = { complete: 0, partial: 0, failed: 0 };
  const ages = { hour: 0, day: 0, week: 0, older: 0, never: 0 };
  const byAccount = new Map<number, ScopeState[]>();
  for (const state of states) {
    regions[state.coverage] += 1;
    ages[ageOf(state.completeAt, at)] += 1;
    const known = byAccount.get(state.accountId);
    if (known) known.push(state);
    else byAccount.set(state.accountId, [state]);
  }
  const all = [...byAccount].flatMap(([id, scopes]): AccountCoverage[] => {
    const account = accounts.get(id);
    if (!account) return [];
    return [
      {
        account,
        regions: scopes.length,
        coverage: WORST.find((each) => scopes.some((scope) => scope.coverage === each)) ?? 'failed',
        overdue: overdue.get(id) ?? 0,
        oldestAt: oldestOf(scopes),
      },
    ];
  });
  return {
    regions,
    overdue: [...overdue.values()].reduce((sum, count) => sum + count, 0),
    ages,
    accounts: all.length,
    worst: all.sort(byNeed).slice(0, FEW),
  };
}

function byNeed(a: AccountCoverage, b: AccountCoverage): number {
  return (
    WORST.indexOf(a.coverage) - WORST.indexOf(b.coverage) ||
    b.overdue - a.overdue ||
    Number(a.oldestAt ?? 0) - Number(b.oldestAt ?? 0) ||
    a.account.id - b.account.id
  );
}

function oldestOf(scopes: readonly ScopeState[]): Date | null {
  return scopes.reduce<Date | null>(
    (oldest, { completeAt }, at) =>
      at === 0 ? completeAt : oldest && completeAt && (completeAt < oldest ? completeAt : oldest),
    null,
  );
}

function ageOf(listedAt: Date | null, at: Date): keyof DiscoveryCoverage['ages'] {
  if (!listedAt) return 'never';
  const age = at.getTime() - listedAt.getTime();
  if (age <= 3_600_000) return 'hour';
  if (age <= DAY_MS) return 'day';
  return age <= WEEK_MS ? 'week' : 'older';
}
