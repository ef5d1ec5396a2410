import type { Reader } from '@cloudpam/audit';
import type { ForecastReadStores } from '@cloudpam/forecast';
import { accountsOf, type Account, type DiscoveryPolicy } from '@cloudpam/pools';
import type { ScopeState } from './inventory';
import type { Job } from './job';
import { otherFindingCounts, type AnyFindingType } from './read-findings';
import type { ReconciliationReadStores } from './reconciliation-stores';
import type { WebhookStates } from './paused-webhooks';
import type { Coverage } from './snapshot';
import { unseenScopes, type UnseenScope } from './unseen-scopes';

/** What holds for accounts without settings of their own. */
export interface DiscoveryStandards {
  /** What happens to their new resources. */
  readonly policy: DiscoveryPolicy;
  /** Seconds between two discoveries; 0: they are never overdue. */
  readonly interval: number;
  /** Seconds before its end at which a pool is a finding; 0: never. */
  readonly soon: number;
}

/** What is known of one scope, with what was counted in it. */
export interface ScopeStatus {
  readonly scope: ScopeState;
  readonly vpcCount: number;
  readonly subnetCount: number;
  /** Why it is overdue; null when it is not. */
  readonly unseen: string | null;
}

/** What is known of the discovery of an account. */
export interface AccountStatus {
  readonly account: Account;
  readonly policy: DiscoveryPolicy;
  /** Its open job; null for none. */
  readonly job: Job | null;
  /** The worst of its scopes; one that is overdue counts as `partial`. */
  readonly coverage: Coverage;
  /** When the last listing of any scope began; null before the first. */
  readonly lastRunAt: Date | null;
  /** What of it is overdue, in a line; null for nothing. */
  readonly unseen: string | null;
  /** The error of one of its scopes; null for none. */
  readonly error: string | null;
  readonly vpcCount: number;
  readonly subnetCount: number;
  readonly scopes: readonly ScopeStatus[];
}

/** How far the clouds are known, and what is wrong there. */
export interface DiscoveryStatus {
  readonly accounts: readonly AccountStatus[];
  /** Open findings by type. */
  readonly findings: Readonly<Record<AnyFindingType, number>>;
}

const WORST: readonly Coverage[] = ['failed', 'partial', 'complete'];
const MOST_JOBS = 10_000;

type Stores = Pick<
  ReconciliationReadStores,
  'discovery' | 'accounts' | 'jobs' | 'pools' | 'addresses' | 'ranges' | 'mismatches'
> &
  Pick<ForecastReadStores, 'forecasts'> &
  WebhookStates;

/** Reads how far the clouds are known. It counts all of the inventory. */
export class ReadStatus {
  /** @param seesWebhooks whether findings of webhooks are counted */
  constructor(
    private readonly reader: Reader<Stores>,
    private readonly standards: DiscoveryStandards,
    private readonly seesWebhooks: boolean,
  ) {}

  /** @param at the present */
  status(at: Date): Promise<DiscoveryStatus> {
    const { policy, interval, soon } = this.standards;
    return this.reader.read(async (stores) => {
      const counted = await stores.discovery.scopes();
      const states = counted.map(({ scope }) => scope);
      const accounts = await accountsOf(stores, states);
      const overdue = unseenScopes([...accounts.values()], states, at, interval);
      const jobs = (await stores.jobs.list({ open: true }, 1, MOST_JOBS)).items;
      const jobOf = new Map(jobs.toReversed().map((job) => [job.accountId, job]));
      const scopesOf = byAccount(counted, overdue);
      return {
        accounts: [...accounts.values()].map((account) => ({
          account,
          policy: account.discoveryPolicy ?? policy,
          job: jobOf.get(account.id) ?? null,
          ...summaryOf(
            scopesOf.get(account.id) ?? [],
            overdue.filter((each) => each.account.id === account.id),
          ),
        })),
        findings: {
          ...(await stores.discovery.findingCounts()),
          unseen: overdue.length,
          ...(await otherFindingCounts(stores, soon, at, this.seesWebhooks)),
        },
      };
    });
  }
}

function byAccount(
  counted: readonly Omit<ScopeStatus, 'unseen'>[],
  overdue: readonly UnseenScope[],
): Map<number, ScopeStatus[]> {
  const reasons = new Map(
    overdue.map(({ account, region, reason }) => [`${account.id} ${region}`, reason]),
  );
  const scopes = new Map<number, ScopeStatus[]>();
  for (const each of counted) {
    const { accountId, region, collectedAt } = each.scope;
    // A scope that only participants of a shared VPC speak of was never listed.
    if (collectedAt === null) continue;
    const status = { ...each, unseen: reasons.get(`${accountId} ${region}`) ?? null };
    const known = scopes.get(accountId);
    if (known) known.push(status);
    else scopes.set(accountId, [status]);
  }
  return scopes;
}

function summaryOf(
  scopes: readonly ScopeStatus[],
  overdue: readonly UnseenScope[],
): Omit<AccountStatus, 'account' | 'policy' | 'job'> {
  const failed = scopes.find(({ scope }) => scope.errorMessage !== null)?.scope;
  const times = scopes.map(({ scope }) => scope.collectedAt);
  return {
    coverage:
      WORST.find((each) =>
        scopes.some(
          ({ scope }) => scope.coverage === each || (each === 'partial' && overdue.length > 0),
        ),
      ) ?? 'failed',
    lastRunAt: times.sort((a, b) => Number(b) - Number(a))[0] ?? null,
    unseen: overdueText(overdue, scopes.length),
    error: failed
      ? `${failed.region}: ${failed.errorCode ?? ''} ${failed.errorMessage ?? ''}`.trim()
      : null,
    vpcCount: scopes.reduce((sum, each) => sum + each.vpcCount, 0),
    subnetCount: scopes.reduce((sum, each) => sum + each.subnetCount, 0),
    scopes,
  };
}

/**
 * What is overdue of an account, in a line: its one region, or how many of them and the one that
 * waits longest.
 */
function overdueText(overdue: readonly UnseenScope[], scopes: number): string | null {
  const [oldest] = [...overdue].sort(
    (a, b) => Number(a.lastSeenAt ?? 0) - Number(b.lastSeenAt ?? 0),
  );
  if (!oldest) return null;
  return scopes === 1
    ? oldest.reason
    : `${overdue.length} of ${scopes} regions; ${oldest.region}: ${oldest.reason}`;
}
