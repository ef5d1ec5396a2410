import { ANY_MOMENT, placeOfAccount, type Place, type Reader } from '@cloudpam/audit';
import { formatCidr } from '@cloudpam/cidr';
import { endingPools, type ForecastStore } from '@cloudpam/forecast';
import { accountsOf, formatHost, heldByRanges } from '@cloudpam/pools';
import { placeOfResource } from '../discovery-events';
import { severityOf } from '../finding-severity';
import { findingId, findingReason } from '../finding-words';
import { findingsOf } from '../findings';
import { LEASE_WARNING_MS, soonUntil, type AnyFinding } from '../read-findings';
import type { FoundResource } from '../inventory';
import type { ReconciliationStores } from '../reconciliation-stores';
import { pausedWebhooks, type WebhookStates } from '../paused-webhooks';
import { unseenScopes } from '../unseen-scopes';
import type { FindingFacts, FindingSubject } from './finding-events';
import type { ToldFinding } from './told-store';

/** What looking for findings of all kinds asks of a storage. */
export type FindingStores = Pick<
  ReconciliationStores,
  'discovery' | 'accounts' | 'pools' | 'addresses' | 'ranges' | 'mismatches'
> & { readonly forecasts: ForecastStore } & WebhookStates;

/** By what something is a finding. */
export interface FindingStandards {
  /** Seconds between discoveries of accounts without their own; 0: never overdue. */
  readonly interval: number;
  /** Seconds before its end at which a pool is a finding; 0: never. */
  readonly soon: number;
}

/** What is asked for at once. */
const PAGE = 500;

/** Pages of ids of what findings may be of. */
export interface Subjects {
  readonly subject: FindingSubject;
  readonly pages: AsyncIterable<readonly number[]>;
}

/** Open findings of everything in an estate, page by page and by what they are of. */
export class OpenFindings {
  constructor(
    private readonly standards: FindingStandards,
    private readonly at: Date,
  ) {}

  /** Pages of the ids of everything that may have an open finding, list after list; each is read by itself. */
  lists(reader: Reader<FindingStores>): readonly Subjects[] {
    const { until, warned } = this.ends();
    const page = (after: string | undefined): { size: number; after?: string } =>
      after === undefined ? { size: PAGE } : { size: PAGE, after };
    const listed = async (
      list: Promise<{
        readonly items: readonly { readonly id: number }[];
        readonly nextCursor: string | null;
      }>,
    ): Promise<Page<string>> => {
      const { items, nextCursor } = await list;
      return { ids: items.map(({ id }) => id), next: nextCursor ?? undefined };
    };
    const pages = <After>(
      subject: FindingSubject,
      read: (stores: FindingStores, after: After | undefined) => Promise<Page<After>>,
    ): Subjects => ({ subject, pages: pagesOf(reader, read) });
    const mismatched =
      (kind: 'stale' | 'unknown') =>
      async ({ mismatches }: FindingStores, after = 0): Promise<Page<number>> => {
        const ids = await mismatches.idsAfter(kind, after, PAGE);
        return { ids, next: ids.length < PAGE ? undefined : ids.at(-1) };
      };
    return [
      pages('scope', async ({ discovery }) => {
        const scopes = await discovery.scopeStates();
        return { ids: scopes.map(({ id }) => id), next: undefined };
      }),
      pages('resource', async ({ discovery }, after: FoundResource | undefined) => {
        const found = await discovery.foundAfter(after, PAGE);
        const next = found.length < PAGE ? undefined : found.at(-1);
        return { ids: found.map(({ id }) => id), next };
      }),
      pages<string>('pool', async ({ forecasts }, after) => {
        if (until === undefined) return { ids: [], next: undefined };
        const { items, nextCursor } = await forecasts.ending({ until }, page(after));
        return { ids: items.map(({ poolId }) => poolId), next: nextCursor ?? undefined };
      }),
      pages<string>('pool', ({ pools }, after) =>
        listed(
          pools.list(
            { expiredAt: warned },
            { sort: [{ field: 'id', descending: false }], ...page(after) },
          ),
        ),
      ),
      pages<string>('address', ({ addresses }, after) =>
        listed(addresses.list({ expiredAt: warned }, page(after))),
      ),
      pages('address', mismatched('stale')),
      pages('observed', mismatched('unknown')),
      pages('webhook', async (stores) => {
        const paused = await pausedWebhooks(stores);
        return { ids: paused.map(({ id }) => id), next: undefined };
      }),
    ];
  }

  /** The open findings of these subjects, as they are now. */
  async of(
    stores: FindingStores,
    subject: FindingSubject,
    ids: readonly number[],
  ): Promise<ToldFinding[]> {
    const found = await this.read(stores, subject, ids);
    return found.map((each) => this.told(each));
  }

  private async read(
    stores: FindingStores,
    subject: FindingSubject,
    ids: readonly number[],
  ): Promise<readonly AnyFinding[]> {
    const filter = { ids };
    const page = { skip: 0, size: ids.length };
    switch (subject) {
      case 'resource':
        return (await stores.discovery.resourcesOf(ids))
          .flatMap(findingsOf)
          .filter(({ status }) => status === 'open')
          .map((finding) => ({ type: finding.type, finding }));
      case 'pool':
        return this.ofPools(stores, ids);
      case 'address': {
        const { warned } = this.ends();
        const records = await stores.addresses.getMany(ids);
        const { items } = await stores.mismatches.stale(filter, page);
        return [
          ...records
            .filter(({ expiresAt }) => expiresAt !== null && expiresAt <= warned)
            .map((address) => ({ type: 'lease_ends', address }) as const),
          ...items.map((stale) => ({ type: 'stale_address', stale }) as const),
        ];
      }
      case 'observed': {
        const { items } = await stores.mismatches.unknown(filter, page);
        return items.map((unknown) => ({ type: 'unknown_address', unknown }));
      }
      case 'scope': {
        const scopes = await stores.discovery.scopeStates();
        const accounts = [...(await accountsOf(stores, scopes)).values()];
        return unseenScopes(accounts, scopes, this.at, this.standards.interval)
          .filter(({ scopeId }) => ids.includes(scopeId))
          .map((scope) => ({ type: 'unseen', scope }));
      }
      case 'webhook':
        return (await pausedWebhooks(stores))
          .filter(({ id }) => ids.includes(id))
          .map((webhook) => ({ type: 'webhook_paused', webhook }));
    }
  }

  private async ofPools(
    stores: FindingStores,
    poolIds: readonly number[],
  ): Promise<readonly AnyFinding[]> {
    const { until, warned } = this.ends();
    const leased = (await stores.pools.getMany(poolIds)).filter(
      ({ expiresAt }) => expiresAt !== null && expiresAt < warned,
    );
    const { items } =
      until === undefined
        ? { items: [] }
        : await endingPools(stores, { until, poolIds }, { size: Math.max(poolIds.length, 1) });
    const held = await heldByRanges(stores, leased);
    return [
      ...leased.map((pool) => ({ type: 'lease_ends', pool, hasRange: held.has(pool.id) }) as const),
      ...items.map((ending) => ({ type: 'exhausts_soon', ending }) as const),
    ];
  }

  private ends(): { readonly until: number | undefined; readonly warned: Date } {
    return {
      until: soonUntil(this.standards.soon, this.at),
      warned: new Date(this.at.getTime() + LEASE_WARNING_MS),
    };
  }

  private told(found: AnyFinding): ToldFinding {
    const { place, ...subject } = subjectOf(found);
    return {
      id: findingId(found),
      facts: {
        type: found.type,
        severity: severityOf(found.type),
        ...subject,
        detail: findingReason(found, this.at),
      },
      place,
      openedAt: this.at,
    };
  }
}

/** The names of pools that findings tell of, as they are now. */
export async function withPoolNames(
  { pools }: Pick<FindingStores, 'pools'>,
  findings: readonly ToldFinding[],
): Promise<ToldFinding[]> {
  const ids = new Set(findings.flatMap(({ facts: { pool_id: id } }) => id ?? []));
  const names = new Map((await pools.getMany([...ids])).map(({ id, name }) => [id, name]));
  return findings.map((each) => {
    const pool_name = names.get(each.facts.pool_id ?? 0) ?? null;
    return { ...each, facts: { ...each.facts, pool_name } };
  });
}

type Subject = Omit<FindingFacts, 'type' | 'severity' | 'detail'> & {
  readonly place: Place | null;
};

function subjectOf(found: AnyFinding): Subject {
  if ('scope' in found) {
    const { account, region, scopeId } = found.scope;
    return {
      ...of('scope', { id: scopeId, name: account.name }, null, region),
      place: placeOfAccount(account.id),
    };
  }
  if ('ending' in found || 'pool' in found) {
    const pool = 'pool' in found ? found.pool : found.ending.pool;
    const { accountId, vrfId, cidr, kind } = pool;
    return {
      ...of('pool', pool, formatCidr(cidr), pool.region, pool.id),
      place: { accountId, vrfId, cidr, kind },
    };
  }
  if ('address' in found || 'stale' in found) {
    const record = 'address' in found ? found.address : found.stale.record;
    const { accountId, vrfId, cidr, poolId } = record;
    const region = 'stale' in found ? found.stale.region : null;
    return {
      ...of('address', record, formatHost(cidr), region, poolId),
      place: { accountId, vrfId, cidr, kind: 'address' },
    };
  }
  if ('unknown' in found) {
    const { observed } = found.unknown;
    const { accountId, vrfId, cidr, kind } = observed;
    return {
      ...of('observed', observed, formatHost(cidr), observed.region),
      place: { accountId, vrfId, cidr, kind },
    };
  }
  if ('webhook' in found) return { ...of('webhook', found.webhook, null, null), place: null };
  const { resource } = found.finding;
  return {
    ...of('resource', resource, formatCidr(resource.cidr), resource.region, resource.poolId),
    place: placeOfResource(resource),
  };
}

function of(
  subject: FindingSubject,
  { id, name }: { readonly id: number; readonly name: string },
  cidr: string | null,
  region: string | null,
  pool_id: number | null = null,
): Omit<Subject, 'place'> {
  return { subject, subject_id: id, name, cidr, region, pool_id, pool_name: null };
}

interface Page<After> {
  readonly ids: readonly number[];
  /** undefined of the last one. */
  readonly next: After | undefined;
}

async function* pagesOf<After>(
  reader: Reader<FindingStores>,
  read: (stores: FindingStores, after: After | undefined) => Promise<Page<After>>,
): AsyncGenerator<readonly number[]> {
  for (let after: After | undefined; ;) {
    const from = after;
    const { ids, next } = await reader.read((stores) => read(stores, from), ANY_MOMENT);
    if (ids.length > 0) yield ids;
    if (next === undefined) return;
    after = next;
  }
}
