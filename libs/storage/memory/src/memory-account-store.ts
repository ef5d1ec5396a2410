import {
  ACCOUNTS,
  StoredConflict,
  type Account,
  type AccountFilter,
  type AccountStore,
} from '@cloudpam/pools';
import { MemoryRecordStore } from './memory-record-store';
import { byText } from './page-of';
import type { Tables } from './stores';

/** Accounts over a Map. */
export class MemoryAccountStore
  extends MemoryRecordStore<Account, AccountFilter>
  implements AccountStore
{
  constructor(tables: Tables) {
    super(tables, tables.accounts, ACCOUNTS);
  }

  async byKeys(keys: readonly string[]): Promise<Account[]> {
    const wanted = new Set(keys);
    return this.rows.all().filter((account) => wanted.has(account.key));
  }

  override async remove(id: number): Promise<void> {
    const scanned = this.tables.scopes.all().some((scope) => scope.accountId === id);
    if (scanned) throw new StoredConflict('account_in_use');
    await super.remove(id);
  }

  protected override uses(id: number): number {
    const groups = this.tables.vlanGroups.all().filter(({ accountId }) => accountId === id);
    return super.uses(id) + groups.length;
  }

  protected override fits(account: Account, filter: AccountFilter): boolean {
    const { provider, environment } = filter;
    return (
      super.fits(account, filter) &&
      (provider === undefined || account.provider === provider) &&
      (environment === undefined || account.environment === environment)
    );
  }

  protected override texts({ name, key, externalId }: Account): readonly string[] {
    return [name, key, externalId];
  }

  protected override compare(a: Account, b: Account): number {
    return byText(a.key, b.key);
  }

  protected override conflict(a: Account, b: Account): string | undefined {
    return a.key === b.key ? 'key' : undefined;
  }
}
