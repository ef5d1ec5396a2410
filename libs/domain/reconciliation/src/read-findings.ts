import type { Reader } from '@cloudpam/audit';
import {
  dayOf,
  endingPools,
  type ForecastOfPool,
  type ForecastReadStores,
} from '@cloudpam/forecast';
import {
  accountsOf,
  heldByRanges,
  type Accounts,
  type AddressRecord,
  type Pool,
} from '@cloudpam/pools';
import type {
  MismatchFilter,
  MismatchList,
  StaleAddress,
  UnknownAddress,
} from './address-mismatch';
import type { Finding, FindingStatus, FindingType, ResourceFilter } from './inventory';
import type { ReconciliationReadStores } from './reconciliation-stores';
import { pausedWebhooks, type PausedWebhook, type WebhookStates } from './paused-webhooks';
import { unseenScopes, type UnseenScope } from './unseen-scopes';

/**
 * Findings of resources, and of what is none: `unseen` of scopes that are not listed any more, `exhausts_soon` of pools
 * into which soon nothing fits, `lease_ends` of pools and addresses whose lease ends soon or is over, `stale_address`
 * of records that nothing in the cloud has the address of, `unknown_address` of addresses in use without a record,
 * `webhook_paused` of webhooks that the server has paused.
 */
export type AnyFindingType = FindingType | OtherFindingType;
/** Those that are not of resources. */
export const OTHER_FINDING_TYPES = [
  'unseen',
  'exhausts_soon',
  'lease_ends',
  'stale_address',
  'unknown_address',
  'webhook_paused',
] as const;
/** One of `OTHER_FINDING_TYPES`. */
export type OtherFindingType = (typeof OTHER_FINDING_TYPES)[number];

/** So long before its end a lease is a finding. */
export const LEASE_WARNING_MS = 14 * 24 * 3_600_000;
/** More of them than anybody looks at. */
const MOST_LEASES = 500;

/** Which findings a list has. */
export interface FindingFilter {
  readonly type?: AnyFindingType;
  readonly status?: FindingStatus;
  /** Of these resources. */
  readonly resources: ResourceFilter;
}

/** A finding, with what it is of. */
export type AnyFinding =
  | { readonly type: 'unseen'; readonly scope: UnseenScope }
  | { readonly type: 'exhausts_soon'; readonly ending: ForecastOfPool }
  | {
      readonly type: 'lease_ends';
      readonly pool: Pool;
      /** Whether a range lies in it, so that it is not freed. */
      readonly hasRange: boolean;
    }
  | { readonly type: 'lease_ends'; readonly address: AddressRecord }
  | { readonly type: 'stale_address'; readonly stale: StaleAddress }
  | { readonly type: 'unknown_address'; readonly unknown: UnknownAddress }
  | { readonly type: 'webhook_paused'; readonly webhook: PausedWebhook }
  | { readonly type: FindingType; readonly finding: Finding };

/** A page of findings, type after type; those of resources by address, at the end. */
export interface FindingPage {
  readonly items: readonly AnyFinding[];
  readonly total: number;
  /** The accounts that own what the findings are of. */
  readonly accounts: Accounts;
}

type Stores = Pick<
  ReconciliationReadStores,
  'discovery' | 'accounts' | 'pools' | 'addresses' | 'ranges' | 'mismatches'
> &
  Pick<ForecastReadStores, 'forecasts'> &
  WebhookStates;

/** What stands before the page, and how much is on it. */
interface Window {
  readonly skip: number;
  readonly size: number;
}
interface Part {
  readonly items: readonly AnyFinding[];
  readonly total: number;
}
interface Asked {
  readonly filter: FindingFilter;
  readonly at: Date;
}
const NOTHING: Part = { items: [], total: 0 };

/**
 * Reads what a person should see: scopes that are overdue, pools and leases that end soon, addresses that differ from
 * their records, and what is wrong with resources.
 */
export class ReadFindings {
  /**
   * @param interval seconds between discoveries of accounts without their own; 0: never overdue
   * @param soon seconds before its end at which a pool is a finding; 0: never
   * @param seesWebhooks whether the caller may see webhooks; else there are no findings of them
   */
  constructor(
    private readonly reader: Reader<Stores>,
    private readonly interval: number,
    private readonly soon: number,
    private readonly seesWebhooks: boolean,
  ) {}

  /**
   * @param skip findings that stand before the page
   * @param at the present
   */
  list(filter: FindingFilter, skip: number, size: number, at: Date): Promise<FindingPage> {
    return this.reader.read(async (stores) => {
      const items: AnyFinding[] = [];
      let total = 0;
      for (const section of this.sections(stores, { filter, at })) {
        const part = await section({ skip: Math.max(skip - total, 0), size: size - items.length });
        items.push(...part.items);
        total += part.total;
      }
      return { items, total, accounts: await accountsOf(stores, items.flatMap(ownedBy)) };
    });
  }

  /** The types of findings that a list asks for, in their order: each gives its part of a page. */
  private sections(stores: Stores, asked: Asked): readonly ((window: Window) => Promise<Part>)[] {
    const { type } = asked.filter;
    const others: Record<OtherFindingType, readonly ((window: Window) => Promise<Part>)[]> = {
      unseen: [(window) => this.overdue(stores, asked, window)],
      exhausts_soon: [(window) => this.ending(stores, asked, window)],
      lease_ends: [
        (window) => poolLeases(stores, asked, window),
        (window) => addressLeases(stores, asked, window),
      ],
      stale_address: [
        (window) =>
          differences(
            (...query) => stores.mismatches.stale(...query),
            (stale) => ({ type: 'stale_address', stale }),
            asked,
            window,
          ),
      ],
      unknown_address: [
        (window) =>
          differences(
            (...query) => stores.mismatches.unknown(...query),
            (unknown) => ({ type: 'unknown_address', unknown }),
            asked,
            window,
          ),
      ],
      webhook_paused: this.seesWebhooks ? [(window) => pausedParts(stores, asked, window)] : [],
    };
    if (isOther(type)) return others[type];
    const ofResources = (window: Window): Promise<Part> =>
      resourceFindings(stores, { ...asked.filter, type }, window);
    return type === undefined ? [...Object.values(others).flat(), ofResources] : [ofResources];
  }

  private async overdue(
    stores: Stores,
    { filter: { status, resources }, at }: Asked,
    { skip, size }: Window,
  ): Promise<Part> {
    // Scopes lie in no VRF, have no name to look for, and are not ignored.
    const { accountId, vrfId, typed } = resources;
    if (vrfId !== undefined || typed !== undefined || status === 'ignored') return NOTHING;
    const scopes = await stores.discovery.scopeStates();
    const accounts = await accountsOf(stores, scopes);
    const found = unseenScopes([...accounts.values()], scopes, at, this.interval).filter(
      ({ account }) => accountId === undefined || account.id === accountId,
    );
    const items = found.slice(skip, skip + size);
    return {
      items: items.map((scope) => ({ type: 'unseen', scope })),
      total: found.length,
    };
  }

  private async ending(stores: Stores, { filter, at }: Asked, window: Window): Promise<Part> {
    const until = soonUntil(this.soon, at);
    if (until === undefined || !mayBeListed(filter)) return NOTHING;
    const { accountId, vrfId } = filter.resources;
    const { items, total } = await endingPools(stores, { until, accountId, vrfId }, window);
    return { items: items.map((ending) => ({ type: 'exhausts_soon', ending })), total };
  }
}

/** Webhooks are of no account and lie in no VRF. */
async function pausedParts(
  stores: Stores,
  { filter }: Asked,
  { skip, size }: Window,
): Promise<Part> {
  const { accountId, vrfId } = filter.resources;
  if (!mayBeListed(filter) || accountId !== undefined || vrfId !== undefined) return NOTHING;
  const paused = await pausedWebhooks(stores);
  const items = paused.slice(skip, skip + size);
  return {
    items: items.map((webhook) => ({ type: 'webhook_paused', webhook })),
    total: paused.length,
  };
}

/** The last day that is soon; undefined where none is. @param soon seconds; 0: none */
export function soonUntil(soon: number, at: Date): number | undefined {
  return soon === 0 ? undefined : dayOf(new Date(at.getTime() + soon * 1_000));
}

/**
 * How many findings there are that are not of resources, but for overdue scopes.
 * @param soon seconds before its end at which a pool is a finding; 0: never
 * @param at the present
 * @param seesWebhooks whether those of webhooks are counted
 */
export async function otherFindingCounts(
  stores: Stores,
  soon: number,
  at: Date,
  seesWebhooks: boolean,
): Promise<Record<Exclude<OtherFindingType, 'unseen'>, number>> {
  const until = soonUntil(soon, at);
  const asked = { filter: { resources: {} }, at };
  const none = { skip: 0, size: 0 };
  const leases = [await poolLeases(stores, asked, none), await addressLeases(stores, asked, none)];
  return {
    exhausts_soon:
      until === undefined ? 0 : (await stores.forecasts.ending({ until }, { size: 1 })).total,
    lease_ends: leases.reduce((sum, { total }) => sum + total, 0),
    stale_address: (await stores.mismatches.stale({}, none)).total,
    unknown_address: (await stores.mismatches.unknown({}, none)).total,
    webhook_paused: seesWebhooks ? (await pausedWebhooks(stores)).length : 0,
  };
}

/** The pools whose lease ends soon or is over; those beyond the first `MOST_LEASES` are not listed. */
async function poolLeases(
  { pools, ranges }: Pick<Stores, 'pools' | 'ranges'>,
  { filter, at }: Asked,
  { skip, size }: Window,
): Promise<Part> {
  if (!mayBeListed(filter)) return NOTHING;
  const { accountId, vrfId } = filter.resources;
  const { items, total } = await pools.list(
    {
      expiredAt: warnedAt(at),
      ...(accountId === undefined ? {} : { accountIds: [accountId] }),
      ...(vrfId === undefined ? {} : { vrfId }),
    },
    { sort: [{ field: 'cidr', descending: false }], size: firstOf(skip + size) },
  );
  const shown = items.slice(skip, skip + size);
  const held = await heldByRanges({ ranges }, shown);
  return {
    items: shown.map((pool) => ({ type: 'lease_ends', pool, hasRange: held.has(pool.id) })),
    total: Math.min(total, MOST_LEASES),
  };
}

/** The same of address records. */
async function addressLeases(
  { addresses }: Pick<Stores, 'addresses'>,
  { filter, at }: Asked,
  { skip, size }: Window,
): Promise<Part> {
  if (!mayBeListed(filter)) return NOTHING;
  const { accountId, vrfId } = filter.resources;
  const { items, total } = await addresses.list(
    { expiredAt: warnedAt(at), accountId, vrfId },
    { size: firstOf(skip + size) },
  );
  return {
    items: items.slice(skip, skip + size).map((address) => ({ type: 'lease_ends', address })),
    total: Math.min(total, MOST_LEASES),
  };
}

/** Where addresses and records differ: in one of the two ways. */
async function differences<Row>(
  list: (filter: MismatchFilter, window: Window) => Promise<MismatchList<Row>>,
  findingOf: (row: Row) => AnyFinding,
  { filter }: Asked,
  window: Window,
): Promise<Part> {
  if (!mayBeListed(filter)) return NOTHING;
  const { accountId, vrfId } = filter.resources;
  const { items, total } = await list({ accountId, vrfId }, window);
  return { items: items.map(findingOf), total };
}

async function resourceFindings(
  { discovery }: Pick<Stores, 'discovery'>,
  { type, status, resources }: FindingFilter & { readonly type?: FindingType },
  { skip, size }: Window,
): Promise<Part> {
  const { items, total } = await discovery.findings(
    { ...resources, finding: type ?? 'any', findingStatus: status },
    skip,
    size,
  );
  return { items: items.map((finding) => ({ type: finding.type, finding })), total };
}

function warnedAt(at: Date): Date {
  return new Date(at.getTime() + LEASE_WARNING_MS);
}

function firstOf(size: number): number {
  return Math.min(Math.max(size, 1), MOST_LEASES);
}

/** What has no resource is not searched here, and is not ignored. */
function mayBeListed({ status, resources }: FindingFilter): boolean {
  return resources.typed === undefined && status !== 'ignored';
}

function isOther(type: AnyFindingType | undefined): type is OtherFindingType {
  return OTHER_FINDING_TYPES.some((each) => each === type);
}

/** The accounts that a finding names. */
function ownedBy(finding: AnyFinding): { readonly accountId: number | null }[] {
  if ('scope' in finding) return [{ accountId: finding.scope.account.id }];
  if ('ending' in finding) return [finding.ending.pool];
  if ('pool' in finding) return [finding.pool];
  if ('address' in finding) return [finding.address];
  if ('stale' in finding) return [finding.stale];
  if ('unknown' in finding) return [finding.unknown.observed];
  if ('webhook' in finding) return [];
  return [finding.finding.resource];
}
