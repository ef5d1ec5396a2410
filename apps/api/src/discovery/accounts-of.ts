import type { Account } from '@cloudpam/pools';
import type { VisibleStores } from '../limits/visible-stores';

export type Accounts = ReadonlyMap<number, Account>;

/** The accounts that some things name, by id. */
export async function accountsOf(
  stores: Pick<VisibleStores, 'accounts'>,
  some: readonly { accountId: number }[],
): Promise<Map<number, Account>> {
  const accounts = await stores.accounts.getMany([...new Set(some.map((each) => each.accountId))]);
  return new Map(accounts.map((account) => [account.id, account]));
}
