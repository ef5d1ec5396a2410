import type { Account } from '@cloudpam/pools';
import type { ScopeState } from './inventory';

/** An account whose discovery is overdue: a finding of type `unseen`. */
export interface UnseenAccount {
  readonly account: Account;
  /** The last time any of its scopes was listed, at least in part; null: never. */
  readonly lastSeenAt: Date | null;
  readonly reason: string;
}

/**
 * Accounts that were discovered before and not within their interval.
 * @param standard seconds, for accounts without an interval of their own; 0: those are never overdue
 */
export function unseenAccounts(accounts: readonly Account[], scopes: readonly ScopeState[], at: Date, standard: number): UnseenAccount[] {
  const last = new Map<number, Date | null>();
  for (const { accountId, collectedAt, coverage, completeAt } of scopes) {
    const seen = coverage === 'failed' ? completeAt : collectedAt;
    const known = last.get(accountId) ?? null;
    // A scope that only other accounts speak of was never asked for.
    if (collectedAt !== null) last.set(accountId, known && (!seen || known > seen) ? known : seen);
  }
  return accounts.flatMap((account) => {
    const lastSeenAt = last.get(account.id);
    const interval = account.discoveryInterval ?? standard;
    if (lastSeenAt === undefined || interval === 0) return [];
    if (lastSeenAt && at.getTime() - lastSeenAt.getTime() <= interval * 1_000) return [];
    const reason = lastSeenAt ? `not seen since ${lastSeenAt.toISOString()}, though a discovery is due every ${inWords(interval)}` : 'no discovery of it has succeeded yet';
    return [{ account, lastSeenAt, reason }];
  });
}

function inWords(seconds: number): string {
  const [size, unit] = seconds % 86_400 === 0 ? [86_400, 'day'] as const : seconds % 3_600 === 0 ? [3_600, 'hour'] as const : seconds % 60 === 0 ? [60, 'minute'] as const : [1, 'second'] as const;
  const count = seconds / size;
  return count === 1 ? unit : `${count} ${unit}s`;
}
