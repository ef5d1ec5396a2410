import type { Account } from '@cloudpam/pools';
import type { ScopeState } from './inventory';

/** A scope (account and region) whose discovery is overdue: a finding of type `unseen`. */
export interface UnseenScope {
  readonly scopeId: number;
  readonly account: Account;
  readonly region: string;
  /** The last time it was listed, at least in part; null: never. */
  readonly lastSeenAt: Date | null;
  readonly reason: string;
}

/**
 * Scopes that were asked for before and not listed within the interval of their account, each by
 * itself: one that is no longer read, because it is left out, refused or failing, grows old though
 * the rest of its account is read.
 * @param standard seconds, for accounts without an interval of their own; 0: those are never
 *   overdue
 */
export function unseenScopes(
  accounts: readonly Account[],
  scopes: readonly ScopeState[],
  at: Date,
  standard: number,
): UnseenScope[] {
  const byId = new Map(accounts.map((account) => [account.id, account]));
  return scopes.flatMap(({ id: scopeId, accountId, region, collectedAt, coverage, completeAt }) => {
    const account = byId.get(accountId);
    // A scope that only other accounts speak of was never asked for.
    if (!account || collectedAt === null) return [];
    const interval = account.discoveryInterval ?? standard;
    const lastSeenAt = coverage === 'failed' ? completeAt : collectedAt;
    if (interval === 0 || (lastSeenAt && at.getTime() - lastSeenAt.getTime() <= interval * 1_000))
      return [];
    const reason = lastSeenAt
      ? `not seen since ${lastSeenAt.toISOString()}, though a discovery is due every ${inWords(interval)}`
      : 'no discovery of it has succeeded yet';
    return [{ scopeId, account, region, lastSeenAt, reason }];
  });
}

function inWords(seconds: number): string {
  const [size, unit] =
    seconds % 86_400 === 0
      ? ([86_400, 'day'] as const)
      : seconds % 3_600 === 0
        ? ([3_600, 'hour'] as const)
        : seconds % 60 === 0
          ? ([60, 'minute'] as const)
          : ([1, 'second'] as const);
  const count = seconds / size;
  return count === 1 ? unit : `${count} ${unit}s`;
}
