import type { AccessScope } from '@cloudpam/audit';

/**
 * The accounts of which everything is visible, and with it what is told of an account as a whole:
 * those of a scope that is limited to accounts, and not to pools.
 */
export function wholeAccounts({ accountIds, under }: AccessScope): readonly number[] {
  return under === null ? (accountIds ?? []) : [];
}

/** Whether everything of the account is visible. */
export function isWhole(accessScope: AccessScope, accountId: number): boolean {
  return wholeAccounts(accessScope).includes(accountId);
}
