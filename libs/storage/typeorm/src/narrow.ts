import type { RecordFilter } from '@cloudpam/pools';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { inAccessScope } from './in-access-scope';
import type { Session } from './session';
import { raw, sql, type Sql } from './sql';

type Naming = 'account_id' | 'vrf_id' | 'vlan_id';

/** Narrows a list of records to what fits `name`, `ids` and `named`, see {@link namedInScope}. */
export function narrow<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  { name, ids }: RecordFilter,
  named: readonly number[] | undefined,
): void {
  const { alias } = query;
  const among = (parameter: string, some: readonly number[]): void =>
    void query.andWhere(some.length === 0 ? '1 = 0' : `${alias}.id in (:...${parameter})`, {
      [parameter]: some,
    });
  if (name !== undefined) query.andWhere(`${alias}.name = :name`, { name });
  if (ids) among('ids', ids);
  if (named) among('named', named);
}

/**
 * The ids of the records that pools and discovered resources in the access scope of the filter name;
 * undefined without one.
 */
export async function namedInScope(
  session: Session,
  { accessScope, ids }: RecordFilter,
  column: Naming,
): Promise<readonly number[] | undefined> {
  if (!accessScope) return undefined;
  const { accountIds, under } = accessScope;
  if (column === 'account_id' && under === null && accountIds) return accountIds;
  const field = raw(`r.${column}`);
  const asked = ids ? session.dialect.among(field, 'id', ids) : sql`${field} is not null`;
  const named = (table: 'pool' | 'resource'): Sql =>
    sql`select r.${raw(column)} as id from ${raw(table)} r where ${asked}
      and ${inAccessScope(session, accessScope, 'r')}`;
  const all =
    column === 'vlan_id' ? named('pool') : sql`${named('pool')} union ${named('resource')}`;
  const rows = await session.rows<{ id: number }>(sql`select distinct id from (${all}) named`, {
    once: true,
  });
  return rows.map((row) => row.id);
}
