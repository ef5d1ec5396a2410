import {
  addressBytes,
  addressFromBytes,
  freeBlocks,
  type AddressRange,
  type Cidr,
} from '@cloudpam/cidr';
import type { KnownPool } from './free-space';
import { blockOf } from './pool-row';
import { supernetRows } from './pool-tree';
import type { Session } from './session';
import { raw, sql } from './sql';

/** Blocks that are read at once. */
const CHUNK = 10_000;

/**
 * The maximal free blocks of a pool, computed from all that takes space in it: its children and leaves, resources
 * without a pool, and observed addresses.
 */
export async function spaceLeft(
  session: Session,
  pool: Pick<KnownPool, 'id' | 'vrf_id' | 'lo' | 'plen'>,
): Promise<Cidr[]> {
  const block = blockOf(pool);
  const wider = session.dialect.table('s', { lo: 'bytes', plen: 'int' }, supernetRows(block));
  const over = await session.rows(sql`select r.id from ${wider} cross join resource r
    where r.vrf_id = ${pool.vrf_id} and r.pool_id is null and r.lo = s.lo and r.plen = s.plen limit 1`);
  if (over.length > 0) return [];
  const children = await allBlocks(
    session,
    (from) =>
      sql`select lo, plen from pool where parent_id = ${pool.id} and lo >= ${from} order by lo limit ${CHUNK}`,
  );
  const addresses = await allBlocks(
    session,
    (from) =>
      sql`select lo, plen from address where pool_id = ${pool.id} and lo >= ${from} order by lo limit ${CHUNK}`,
  );
  const resources = await allBlocks(
    session,
    (
      from,
    ) => sql`select distinct lo, plen from resource where vrf_id = ${pool.vrf_id} and pool_id is null
    and lo >= ${from} and lo <= ${addressBytes(block.last)} order by lo, plen limit ${CHUNK}`,
    addressBytes(block.first),
  );
  const ranges = await session.rows<{ lo: Uint8Array; hi: Uint8Array }>(
    sql`select lo, hi from address_range where pool_id = ${pool.id} order by lo`,
  );
  const { family } = block;
  const kept = ranges.map(({ lo, hi }): AddressRange => ({
    family,
    first: addressFromBytes(lo),
    last: addressFromBytes(hi),
  }));
  const taken = [...children, ...addresses, ...kept, ...resources];
  const left = freeBlocks(block, taken);
  const observed = await observedIn(session, pool.vrf_id, block, left);
  return observed.length === 0 ? left : freeBlocks(block, [...taken, ...observed]);
}

/** The observed addresses that touch what is left of a block. */
async function observedIn(
  session: Session,
  vrfId: number,
  block: Cidr,
  left: readonly Cidr[],
): Promise<Cidr[]> {
  const { dialect } = session;
  const wider = dialect.table('s', { lo: 'bytes', plen: 'int' }, supernetRows(block));
  const over = await session.rows(sql`select o.id from ${wider}
    cross join observed_address o
    where o.vrf_id = ${vrfId} and o.lo = s.lo and o.plen = s.plen limit 1`);
  if (over.length > 0) return [block];
  const found: Cidr[] = [];
  for (let start = 0; start < left.length; start += CHUNK) {
    const rows = left
      .slice(start, start + CHUNK)
      .map(({ first, last }) => [addressBytes(first), addressBytes(last)]);
    const gaps = dialect.table('g', { first: 'bytes', last: 'bytes' }, rows);
    const at = dialect.range(
      raw('o.vrf_id'),
      sql`${vrfId}`,
      raw('o.lo'),
      raw('g.first'),
      raw('g.last'),
    );
    const inside = await session.rows<{ lo: Uint8Array; plen: number }>(
      dialect.forEach(gaps, {
        select: raw('o.lo, o.plen'),
        from: raw('observed_address o'),
        where: at,
      }),
    );
    for (const row of inside) found.push(blockOf(row));
  }
  return found;
}

/** Reads blocks in address order, piece by piece. */
async function allBlocks(
  session: Session,
  query: (from: Uint8Array) => ReturnType<typeof sql>,
  start: Uint8Array = new Uint8Array(16),
): Promise<Cidr[]> {
  const all: Cidr[] = [];
  for (let from = start; ;) {
    const rows = (await session.rows<{ lo: Uint8Array; plen: number }>(query(from))).map(blockOf);
    all.push(...rows);
    const last = rows.at(-1);
    // At most 129 blocks begin at one address, so a full piece always gets further.
    if (!last || rows.length < CHUNK) return all;
    from = addressBytes(last.first);
  }
}
