import type { Account } from '@cloudpam/pools';
import {
  unseenScopes,
  type Coverage,
  type Job,
  type ScopeState,
  type UnseenScope,
} from '@cloudpam/reconciliation';
import type { Config } from '../config/config';
import type { VisibleStores } from '../limits/visible-stores';
import { accountsOf, type Accounts } from './accounts-of';
import type { DiscoveryStateDto, DiscoveryStatusDto } from './dto/discovery-status.dto';
import { JobDto } from './dto/job.dto';

type Standards = Pick<Config, 'discoveryPolicy' | 'discoveryInterval'>;
/** A scope with what was counted in it. */
interface Counted {
  readonly scope: ScopeState;
  readonly vpcCount: number;
  readonly subnetCount: number;
}

const WORST: readonly Coverage[] = ['failed', 'partial', 'complete'];
const MOST_JOBS = 10_000;

/** How far the clouds are known, and what is wrong there. */
export async function discoveryStatus(
  stores: VisibleStores,
  standards: Standards,
): Promise<DiscoveryStatusDto> {
  const scopes = await stores.discovery.scopes();
  const states = scopes.map(({ scope }) => scope);
  const accounts = await accountsOf(stores, states);
  const unseen = overdueScopes(accounts, states, standards);
  const jobs = (await stores.jobs.list({ open: true }, 1, MOST_JOBS)).items;
  const byAccount = new Map<number, Counted[]>();
  for (const each of scopes) {
    // A scope that only participants of a shared VPC speak of was never listed.
    if (each.scope.collectedAt === null) continue;
    byAccount.set(each.scope.accountId, [...(byAccount.get(each.scope.accountId) ?? []), each]);
  }
  return {
    items: [...accounts.values()].map((account) => ({
      ...stateOf(
        account,
        byAccount.get(account.id) ?? [],
        unseen.filter((each) => each.account.id === account.id),
      ),
      policy: account.discoveryPolicy ?? standards.discoveryPolicy,
      job: jobOf(account, jobs, accounts),
    })),
    findings: { ...(await stores.discovery.findingCounts()), unseen: unseen.length },
    policy: standards.discoveryPolicy,
    interval_seconds: standards.discoveryInterval,
  };
}

/** Scopes that were not listed for longer than they should. */
export function overdueScopes(
  accounts: Accounts,
  scopes: readonly ScopeState[],
  { discoveryInterval }: Pick<Standards, 'discoveryInterval'>,
): UnseenScope[] {
  return unseenScopes([...accounts.values()], scopes, new Date(), discoveryInterval);
}

function stateOf(
  account: Account,
  scopes: readonly Counted[],
  overdue: readonly UnseenScope[],
): Omit<DiscoveryStateDto, 'policy' | 'job'> {
  const failed = scopes.find(({ scope }) => scope.errorMessage !== null)?.scope;
  const times = scopes.map(({ scope }) => scope.collectedAt);
  return {
    account_id: account.id,
    account_key: account.key,
    account_name: account.name,
    provider: account.provider,
    last_run_at: times.sort((a, b) => Number(b) - Number(a))[0] ?? null,
    status:
      WORST.find((each) =>
        scopes.some(
          ({ scope }) => scope.coverage === each || (each === 'partial' && overdue.length > 0),
        ),
      ) ?? 'failed',
    unseen: overdueText(overdue, scopes.length),
    vpc_count: scopes.reduce((sum, each) => sum + each.vpcCount, 0),
    subnet_count: scopes.reduce((sum, each) => sum + each.subnetCount, 0),
    error_msg: failed
      ? `${failed.region}: ${failed.errorCode ?? ''} ${failed.errorMessage ?? ''}`.trim()
      : null,
    coverage: scopes.map(({ scope, vpcCount, subnetCount }) => ({
      region: scope.region,
      coverage: scope.coverage,
      collected_at: scope.collectedAt,
      complete_at: scope.completeAt,
      error_code: scope.errorCode,
      error_msg: scope.errorMessage,
      unseen: overdue.find(({ region }) => region === scope.region)?.reason ?? null,
      vpc_count: vpcCount,
      subnet_count: subnetCount,
    })),
  };
}

function jobOf(account: Account, open: readonly Job[], accounts: Accounts): JobDto | null {
  const job = open.find((each) => each.accountId === account.id);
  return job ? JobDto.of(job, accounts) : null;
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
