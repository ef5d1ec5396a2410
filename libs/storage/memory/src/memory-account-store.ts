import {
  StoredConflict,
  type Account,
  type AccountFilter,
  type AccountStore,
} from '@cloudpam/pools';
import { recordMatcher } from './record-matcher';
import { byText, isPartOf, pageOf } from './page-of';
import type { Tables } from './stores';

/** Accounts over a Map. */
export class MemoryAccountStore implements AccountStore {
  constructor(private readonly tables: Tables) {}

  async get(id: number): Promise<Account | undefined> {
    return this.tables.accounts.get(id);
  }

  async getMany(ids: readonly number[]): Promise<Account[]> {
    return this.tables.accounts.getMany(ids);
  }

  async byKeys(keys: readonly string[]): Promise<Account[]> {
    const wanted = new Set(keys);
    return this.tables.accounts.all().filter((account) => wanted.has(account.key));
  }

  async lock(id: number): Promise<Account | undefined> {
    return this.tables.accounts.get(id);
  }

  async list(
    filter: AccountFilter,
    page: number,
    pageSize: number,
  ): Promise<{ items: Account[]; total: number }> {
    const fits = recordMatcher(this.tables, filter, 'accountId');
    const found = this.tables.accounts
      .all()
      .filter((account) => fits(account) && matches(account, filter));
    return pageOf(
      found.sort((a, b) => byText(a.key, b.key)),
      page,
      pageSize,
    );
  }

  async insert(account: Omit<Account, 'id'>): Promise<Account> {
    const stored = { ...account, id: this.tables.accounts.takeId() };
    this.check(stored);
    this.tables.accounts.set(stored.id, stored);
    return stored;
  }

  async save(account: Account): Promise<void> {
    this.check(account);
    this.tables.accounts.update(account.id, () => account);
  }

  async remove(id: number): Promise<void> {
    const scanned = this.tables.scopes.all().some((scope) => scope.accountId === id);
    if (scanned || this.uses(id) > 0) throw new StoredConflict('account_in_use');
    this.tables.accounts.delete(id);
  }

  async useCount(id: number): Promise<number> {
    return this.uses(id);
  }

  private uses(id: number): number {
    return (
      this.tables.pools.all().filter((pool) => pool.accountId === id).length +
      this.tables.networks.all().filter((network) => network.accountId === id).length
    );
  }

  private check(account: Account): void {
    const taken = this.tables.accounts
      .all()
      .some((other) => other.id !== account.id && other.key === account.key);
    if (taken) throw new StoredConflict('account_key');
  }
}

function matches(account: Account, filter: AccountFilter): boolean {
  return (
    (filter.provider === undefined || account.provider === filter.provider) &&
    (filter.environment === undefined || account.environment === filter.environment) &&
    (filter.text === undefined ||
      isPartOf(filter.text, account.name, account.key, account.externalId))
  );
}
