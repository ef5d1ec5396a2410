import type { Account } from './account';
import type { PoolReadStores } from './pool-stores';

/** Accounts by id. */
export type Accounts = ReadonlyMap<number, Account>;

/** The accounts that some things name. One that is not there, or not visible, is left out. */
export async function accountsOf(
  stores: { readonly accounts: Pick<PoolReadStores['accounts'], 'getMany'> },
  some: readonly { readonly accountId: number | null }[],
): Promise<Accounts> {
  const ids = new Set(some.flatMap(({ accountId }) => accountId ?? []));
  const accounts = await stores.accounts.getMany([...ids]);
  return new Map(accounts.map((account) => [account.id, account]));
}
