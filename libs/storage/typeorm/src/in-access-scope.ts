import type { AccessScope } from '@cloudpam/audit';
import { prefixLength128 } from '@cloudpam/cidr';
import { beginsIn } from './address-condition';
import type { Session } from './session';
import { joined, NOTHING, raw, sql, type Sql } from './sql';

const ANYTHING = sql`1 = 1`;

/** `reaches` as a condition on a row of `pool` or `resource`, by its alias. */
export function inAccessScope(
  { dialect }: Session,
  { accountIds, under }: AccessScope,
  alias: string,
): Sql {
  const of = (column: string): Sql => raw(`${alias}.${column}`);
  const conditions: Sql[] = [];
  if (accountIds) conditions.push(dialect.among(of('account_id'), 'id', accountIds));
  if (under) {
    const tops = under.map(
      ({ vrfId, cidr, kind }) => sql`(${of('vrf_id')} = ${vrfId} and ${beginsIn(cidr, alias)}
      and (${of('plen')} > ${prefixLength128(cidr)} or ${of('plen')} = ${prefixLength128(cidr)}
        and ${
          kind === 'subnet'
            ? sql`${of('kind')}
        <> 'vpc'`
            : ANYTHING
        }))`,
    );
    conditions.push(tops.length === 0 ? NOTHING : sql`(${joined(tops, ' or ')})`);
  }
  return conditions.length === 0 ? ANYTHING : sql`(${joined(conditions, ' and ')})`;
}
