import { addressBytes, overlaps, type AddressRange } from '@cloudpam/cidr';
import { raw, sql, type Sql } from './sql';

/** Where IPv4 lies among the 128-bit addresses (::ffff:0:0/96), as an IPv6 range. */
const MAPPED: AddressRange = { family: 6, first: 0xffff_0000_0000n, last: 0xffff_ffff_ffffn };

/**
 * That the block of a row of `pool` or `resource`, by its alias, begins in the range and is of its
 * family. Both families share one space of 128 bits, so that an IPv6 range can take in the place
 * where IPv4 lies; IPv4 is never in it.
 * @param prefix of the columns
 */
export function beginsIn(range: AddressRange, alias: string, prefix = ''): Sql {
  const lo = raw(`${alias}.${prefix}lo`);
  const first = addressBytes(range.first);
  const between =
    range.first === range.last
      ? sql`${lo} = ${first}`
      : sql`${lo} between ${first} and ${addressBytes(range.last)}`;
  if (range.family === 4 || !overlaps(MAPPED, range)) return between;
  return sql`(${between} and not (${raw(`${alias}.${prefix}plen`)} >= 96
    and ${lo} between ${addressBytes(MAPPED.first)} and ${addressBytes(MAPPED.last)}))`;
}

/** That the block of the row lies in the range. */
export function liesIn(range: AddressRange, alias: string): Sql {
  return sql`(${beginsIn(range, alias)} and ${raw(`${alias}.hi`)} <= ${addressBytes(range.last)})`;
}
