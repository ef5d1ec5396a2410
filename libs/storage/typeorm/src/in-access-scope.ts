import type { AccessScope } from '@cloudpam/audit';
import { prefixLength128 } from '@cloudpam/cidr';
import { beginsIn } from './address-condition';
import type { Session } from './session';
import { joined, NOTHING, raw, sql, type Sql } from './sql';

const ANYTHING = sql`1 = 1`;

/**
 * `isInScope` as a condition on a row of `pool`, `resource` or `audit_entry`, by its alias.
 * @param prefix of the columns: `former_` for where an event has taken something from
 */
export function inAccessScope(
  { dialect }: Session,
  { accountIds, under }: AccessScope,
  alias: string,
  prefix = '',
): Sql {
  const of = (column: string): Sql => raw(`${alias}.${prefix}${column}`);
  const conditions: Sql[] = [];
  if (accountIds) conditions.push(dialect.among(of('account_id'), 'id', accountIds));
  if (under) {
    const tops = under.map(({ vrfId, cidr, kind }) => {
      const length = prefixLength128(cidr);
      const isBelowEqual = kind === 'subnet' ? sql`${of('kind')} <> 'vpc'` : ANYTHING;
      return sql`(${of('vrf_id')} = ${vrfId} and ${beginsIn(cidr, alias, prefix)}
      and (${of('plen')} > ${length} or ${of('plen')} = ${length} and ${isBelowEqual}))`;
    });
    conditions.push(tops.length === 0 ? NOTHING : sql`(${joined(tops, ' or ')})`);
  }
  return conditions.length === 0 ? ANYTHING : sql`(${joined(conditions, ' and ')})`;
}
