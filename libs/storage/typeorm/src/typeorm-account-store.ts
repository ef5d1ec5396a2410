import { ACCOUNTS, type Account, type AccountFilter, type AccountStore } from '@cloudpam/pools';
import { accountEntity } from './account-row';
import { TypeOrmRecordStore } from './record-store';
import type { Session } from './session';
import { countOf } from './simple-rows';
import { sql, type Sql } from './sql';

/** Accounts in table `account`. */
export class TypeOrmAccountStore
  extends TypeOrmRecordStore<Account, AccountFilter>
  implements AccountStore
{
  protected override readonly texts = ['name', 'key', 'externalId'] as const;
  protected override readonly order = ['key'] as const;

  constructor(session: Session) {
    super(session, ACCOUNTS, accountEntity);
  }

  byKeys(keys: readonly string[]): Promise<Account[]> {
    return this.among('key', 'text', keys);
  }

  override async useCount(id: number): Promise<number> {
    const groups = sql`select count(*) as n from vlan_group where account_id = ${id}`;
    return (await super.useCount(id)) + (await countOf(this.session, groups));
  }

  protected override conditionsOf(filter: AccountFilter): Sql[] {
    const { provider, environment } = filter;
    const found = super.conditionsOf(filter);
    if (provider !== undefined) found.push(sql`r.provider = ${provider}`);
    if (environment !== undefined) found.push(sql`r.environment = ${environment}`);
    return found;
  }
}
