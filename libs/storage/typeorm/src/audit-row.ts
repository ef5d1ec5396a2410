import type { Actor, AuditEntry, Diff, Place } from '@cloudpam/audit';
import { addressBytes, cidrOf128, prefixLength128 } from '@cloudpam/cidr';
import type { Dialect } from './dialect';
import type { Columns, Row } from './session';
import { raw, sql, type Sql } from './sql';
import { jsonOf, timeOf } from './values';

/** The columns of a place, and with `former_` those of the one before. */
export const PLACE_COLUMNS = {
  vrf_id: 'id',
  account_id: 'id',
  lo: 'bytes',
  plen: 'int',
  kind: 'text',
} as const satisfies Columns;

/** A row of `entryColumns` as either driver gives it. */
export interface AuditRow {
  id: number;
  at: Date | number;
  actor_type: Actor['type'];
  actor_id: string;
  actor_name: string;
  action: string;
  version: number;
  entity_type: string;
  entity_id: string;
  place: string;
  former_place: string;
  diff: Diff | string;
  request_id: string;
  reason: string | null;
  proof: string | null;
}

/**
 * What is read of `audit_entry e`. A place is one text, its columns in their order: SQLite takes
 * twice the time for rows that have ten more columns.
 */
export function entryColumns({ hex }: Dialect): Sql {
  const place = (prefix: string): Sql => {
    const of = (column: keyof typeof PLACE_COLUMNS): Sql => raw(`e.${prefix}${column}`);
    return sql`concat(${of('vrf_id')}, ' ', ${of('account_id')}, ' ', ${hex(of('lo'))}, ' ',
      ${of('plen')}, ' ', ${of('kind')}) as ${raw(`${prefix}place`)}`;
  };
  return sql`e.id, e.at, e.actor_type, e.actor_id, e.actor_name, e.action, e.version, e.entity_type,
    e.entity_id, ${place('')}, ${place('former_')}, e.diff, e.request_id, e.reason, e.proof`;
}

/** The entry of a row. */
export function fromAuditRow(row: AuditRow): AuditEntry {
  return {
    id: row.id,
    at: timeOf(row.at),
    actor: { type: row.actor_type, id: row.actor_id, name: row.actor_name },
    type: row.action,
    version: row.version,
    entityType: row.entity_type,
    entityId: row.entity_id,
    place: placeOf(row.place),
    formerPlace: placeOf(row.former_place),
    diff: jsonOf(row.diff),
    requestId: row.request_id,
    reason: row.reason,
    ...(row.proof !== null && { proof: row.proof }),
  };
}

function placeOf(text: string): Place | null {
  const [vrfId = '', accountId = '', lo = '', plen = '', kind = ''] = text.split(' ');
  if (vrfId === '' && accountId === '') return null;
  return {
    vrfId: vrfId === '' ? null : Number(vrfId),
    accountId: accountId === '' ? null : Number(accountId),
    cidr: lo === '' ? null : cidrOf128(BigInt(`0x${lo}`), Number(plen)),
    kind: kind === '' ? null : kind,
  };
}

/** The values of `PLACE_COLUMNS`. */
export function placeValues(place: Place | null): Row {
  if (!place) return [null, null, null, null, null];
  const { vrfId, accountId, cidr, kind } = place;
  return [vrfId, accountId, cidr && addressBytes(cidr.first), cidr && prefixLength128(cidr), kind];
}
