import { ACCOUNTS, type Account, type AccountFilter, type AccountStore } from '@cloudpam/pools';
import { In, type FindOptionsWhere, type ObjectLiteral, type SelectQueryBuilder } from 'typeorm';
import { TypeOrmRecordStore } from './record-store';
import type { Session } from './session';

/** Accounts in table `account`. */
export class TypeOrmAccountStore
  extends TypeOrmRecordStore<Account, AccountFilter>
  implements AccountStore
{
  protected override readonly texts = ['name', 'key', 'external_id'];
  protected override readonly order = ['key'] as const;

  constructor(session: Session) {
    super(session, ACCOUNTS);
  }

  getMany(ids: readonly number[]): Promise<Account[]> {
    return this.among('id', ids);
  }

  byKeys(keys: readonly string[]): Promise<Account[]> {
    return this.among('key', keys);
  }

  protected override narrow(
    query: SelectQueryBuilder<Account & ObjectLiteral>,
    filter: AccountFilter,
  ): void {
    super.narrow(query, filter);
    const { provider, environment } = filter;
    if (provider !== undefined) query.andWhere('r.provider = :provider', { provider });
    if (environment !== undefined) query.andWhere('r.environment = :environment', { environment });
  }

  private async among(field: 'id' | 'key', values: readonly unknown[]): Promise<Account[]> {
    if (values.length === 0) return [];
    const where = { [field]: In([...new Set(values)]) } as FindOptionsWhere<Account>;
    return this.orm((rows) => rows.findBy(where));
  }
}
