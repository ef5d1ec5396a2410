import { In, type Repository } from 'typeorm';
import type { Account, AccountFilter, AccountStore } from '@cloudpam/pools';
import type { AccountRow } from './account-row';
import { likePattern } from './dialect';
import { namedInScope, narrow } from './narrow';
import type { Session } from './session';
import { countOf, lockRow } from './simple-rows';
import { sql } from './sql';

/** Accounts in table `account`. */
export class TypeOrmAccountStore implements AccountStore {
  constructor(private readonly session: Session) {}

  async get(id: number): Promise<Account | undefined> {
    return (await this.orm((rows) => rows.findOneBy({ id }))) ?? undefined;
  }

  async getMany(ids: readonly number[]): Promise<Account[]> {
    return ids.length === 0 ? [] : this.orm((rows) => rows.findBy({ id: In([...new Set(ids)]) }));
  }

  async byKeys(keys: readonly string[]): Promise<Account[]> {
    return keys.length === 0
      ? []
      : this.orm((rows) => rows.findBy({ key: In([...new Set(keys)]) }));
  }

  async lock(id: number): Promise<Account | undefined> {
    return (await lockRow(this.session, 'account', id)) ? this.get(id) : undefined;
  }

  async list(
    filter: AccountFilter,
    page: number,
    pageSize: number,
  ): Promise<{ items: Account[]; total: number }> {
    const named = await namedInScope(this.session, filter, 'account_id');
    return this.orm(async (rows) => {
      const query = rows
        .createQueryBuilder('a')
        .orderBy('a.key')
        .offset((page - 1) * pageSize)
        .limit(pageSize);
      if (filter.provider !== undefined) query.andWhere('a.provider = :provider', filter);
      if (filter.environment !== undefined) query.andWhere('a.environment = :environment', filter);
      narrow(query, filter, named);
      if (filter.text !== undefined) {
        const { like } = this.session.dialect;
        const parts = ['name', 'key', 'external_id'].map(
          (column) => `a.${column} ${like} :pattern escape '!'`,
        );
        query.andWhere(`(${parts.join(' or ')})`, { pattern: likePattern(filter.text) });
      }
      const [items, total] = await query.getManyAndCount();
      return { items, total };
    });
  }

  async insert(account: Omit<Account, 'id'>): Promise<Account> {
    const row = { ...account };
    const { identifiers } = await this.orm((rows) => rows.insert(row));
    return { ...account, id: Number(identifiers[0]?.['id']) };
  }

  async save({ id, ...fields }: Account): Promise<void> {
    await this.orm((rows) => rows.update({ id }, fields));
  }

  async remove(id: number): Promise<void> {
    await this.orm((rows) => rows.delete({ id }));
  }

  useCount(id: number): Promise<number> {
    return countOf(
      this.session,
      sql`select (select count(*) from pool
        where account_id = ${id}) + (select count(*) from network where account_id = ${id}) as n`,
    );
  }

  private orm<T>(work: (rows: Repository<AccountRow>) => Promise<T>): Promise<T> {
    return this.session.orm((manager) => work(manager.getRepository<AccountRow>('account')));
  }
}
