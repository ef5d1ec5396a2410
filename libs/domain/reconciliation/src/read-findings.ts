import type { Reader } from '@cloudpam/audit';
import {
  dayOf,
  endingPools,
  type ForecastOfPool,
  type ForecastReadStores,
} from '@cloudpam/forecast';
import { accountsOf, type Accounts, type Pool } from '@cloudpam/pools';
import type { Finding, FindingStatus, FindingType, ResourceFilter } from './inventory';
import type { ReconciliationReadStores } from './reconciliation-stores';
import { unseenScopes, type UnseenScope } from './unseen-scopes';

/**
 * Findings of resources, and of what is none: `unseen` of scopes that are not listed any more,
 * `exhausts_soon` of pools into which soon nothing fits, `lease_ends` of pools whose lease ends soon or is over.
 */
export type AnyFindingType = FindingType | 'unseen' | OfPools;
type OfPools = 'exhausts_soon' | 'lease_ends';

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

/** A page of findings: those of scopes, those of pools, forecasts before leases, then those of resources by address. */
export interface FindingPage {
  readonly unseen: readonly UnseenScope[];
  readonly ending: readonly ForecastOfPool[];
  readonly leases: readonly Pool[];
  readonly findings: readonly Finding[];
  readonly total: number;
  /** The accounts that own the pools and the resources of the findings. */
  readonly accounts: Accounts;
}

type Stores = Pick<ReconciliationReadStores, 'discovery' | 'accounts' | 'pools'> &
  Pick<ForecastReadStores, 'forecasts'>;

/**
 * Reads what a person should see: scopes that are overdue, pools that end soon, and what is wrong with
 * resources.
 */
export class ReadFindings {
  /**
   * @param interval seconds between discoveries of accounts without their own; 0: never overdue
   * @param soon seconds before its end at which a pool is a finding; 0: never
   */
  constructor(
    private readonly reader: Reader<Stores>,
    private readonly interval: number,
    private readonly soon: number,
  ) {}

  /**
   * @param skip findings that stand before the page
   * @param at the present
   */
  list(filter: FindingFilter, skip: number, size: number, at: Date): Promise<FindingPage> {
    return this.reader.read(async (stores) => {
      const overdue = mayBeUnseen(filter)
        ? await this.overdue(stores, filter.resources.accountId, at)
        : [];
      const unseen = overdue.slice(skip, skip + size);
      const ending = await this.ending(
        stores,
        filter,
        { skip: Math.max(skip - overdue.length, 0), size: size - unseen.length },
        at,
      );
      const seen = overdue.length + ending.total;
      const leases = await leasesIn(
        stores,
        filter,
        { skip: Math.max(skip - seen, 0), size: size - unseen.length - ending.items.length },
        at,
      );
      const before = seen + leases.total;
      const { items, total } =
        filter.type === 'unseen' || filter.type === 'exhausts_soon' || filter.type === 'lease_ends'
          ? { items: [], total: 0 }
          : await stores.discovery.findings(
              {
                ...filter.resources,
                finding: filter.type ?? 'any',
                findingStatus: filter.status,
              },
              Math.max(skip - before, 0),
              size - unseen.length - ending.items.length - leases.items.length,
            );
      const owned = [
        ...items.map(({ resource }) => resource),
        ...ending.items.map(({ pool }) => pool),
        ...leases.items,
      ];
      return {
        unseen,
        ending: ending.items,
        leases: leases.items,
        findings: items,
        total: total + before,
        accounts: await accountsOf(stores, owned),
      };
    });
  }

  private async ending(
    stores: Stores,
    filter: FindingFilter,
    page: { readonly skip: number; readonly size: number },
    at: Date,
  ): Promise<{ readonly items: readonly ForecastOfPool[]; readonly total: number }> {
    const until = soonUntil(this.soon, at);
    if (until === undefined || !mayEnd(filter, 'exhausts_soon')) return { items: [], total: 0 };
    const { accountId, vrfId } = filter.resources;
    return endingPools(stores, { until, accountId, vrfId }, page);
  }

  private async overdue(
    stores: Stores,
    accountId: number | undefined,
    at: Date,
  ): Promise<UnseenScope[]> {
    const scopes = await stores.discovery.scopeStates();
    const accounts = await accountsOf(stores, scopes);
    return unseenScopes([...accounts.values()], scopes, at, this.interval).filter(
      ({ account }) => accountId === undefined || account.id === accountId,
    );
  }
}

/** The last day that is soon; undefined where none is. @param soon seconds; 0: none */
export function soonUntil(soon: number, at: Date): number | undefined {
  return soon === 0 ? undefined : dayOf(new Date(at.getTime() + soon * 1_000));
}

/** The pools whose lease ends soon or is over; those beyond the first `MOST_LEASES` are counted. */
async function leasesIn(
  { pools }: Pick<Stores, 'pools'>,
  filter: FindingFilter,
  { skip, size }: { readonly skip: number; readonly size: number },
  at: Date,
): Promise<{ readonly items: readonly Pool[]; readonly total: number }> {
  if (!mayEnd(filter, 'lease_ends')) return { items: [], total: 0 };
  const { accountId, vrfId } = filter.resources;
  const { items, total } = await pools.list(
    {
      expiredAt: new Date(at.getTime() + LEASE_WARNING_MS),
      ...(accountId === undefined ? {} : { accountIds: [accountId] }),
      ...(vrfId === undefined ? {} : { vrfId }),
    },
    {
      sort: [{ field: 'cidr', descending: false }],
      size: Math.min(Math.max(skip + size, 1), MOST_LEASES),
    },
  );
  return { items: items.slice(skip, skip + size), total: Math.min(total, MOST_LEASES) };
}

/** How many pools have a lease that ends soon or is over. */
export async function leasesEnding(
  { pools }: Pick<ReconciliationReadStores, 'pools'>,
  at: Date,
): Promise<number> {
  const expiredAt = new Date(at.getTime() + LEASE_WARNING_MS);
  const page = { sort: [{ field: 'id', descending: false }], size: 1 } as const;
  return (await pools.list({ expiredAt }, page)).total;
}

/** Pools are not searched here, and their end is not ignored. */
function mayEnd({ type, status, resources }: FindingFilter, of: OfPools): boolean {
  return (
    (type === undefined || type === of) && resources.typed === undefined && status !== 'ignored'
  );
}

/** Scopes lie in no VRF, have no name to look for, and are not ignored. */
function mayBeUnseen({ type, status, resources }: FindingFilter): boolean {
  return (
    (type === undefined || type === 'unseen') &&
    resources.vrfId === undefined &&
    resources.typed === undefined &&
    status !== 'ignored'
  );
}
