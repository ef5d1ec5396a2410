import {
  addressBytes,
  compareCidrs,
  contains,
  prefixLength128,
  type AddressRange,
  type Cidr,
  type Family,
} from '@cloudpam/cidr';
import type { Pool } from '@cloudpam/pools';
import { beginsIn } from './address-condition';
import { IN_TREE_ORDER, POOL_TABLES, poolFields, poolsOf, type PoolRow } from './pool-row';
import type { Session } from './session';
import { joined, raw, sql, type Sql } from './sql';

/** More ranges than this in one statement, and PostgreSQL would rather read the whole table. */
const CHUNK = 400;
/** Named pools that are told apart in the text of a condition. */
const FEW = 20;

/** Pools by id, in address order. */
export async function poolsById(session: Session, ids: readonly number[]): Promise<Pool[]> {
  if (ids.length === 0) return [];
  return poolsWhere(session, session.dialect.among(sql`p.id`, 'id', ids));
}

/** Pools that fulfil a condition on `p`, in address order. */
export async function poolsWhere(session: Session, condition: Sql): Promise<Pool[]> {
  const rows = await session.rows<PoolRow>(
    sql`select ${poolFields(session)} from ${POOL_TABLES} where ${condition} order by ${IN_TREE_ORDER}`,
  );
  return poolsOf(rows);
}

/** A range in a VRF. */
interface Place {
  readonly vrfId: number;
  readonly range: AddressRange;
}

/**
 * For each place the id of the smallest pool around it, if there is one. Pools nest or are disjoint, so
 * it is the last pool that begins at or before the range, or one above it. VRF and address
 * are compared as a row: a plan that PostgreSQL made while there were few pools could read the
 * whole VRF by `vrf_id = ...`, and would go on doing so.
 */
export async function containing(session: Session, places: readonly Place[]): Promise<number[][]> {
  const found: number[][] = places.map(() => []);
  for (let start = 0; start < places.length; start += CHUNK) {
    const rows = places
      .slice(start, start + CHUNK)
      .map(({ vrfId, range }, at) => [
        start + at,
        vrfId,
        addressBytes(range.first),
        addressBytes(range.last),
        longestPrefixAround(range),
        lowestOf(range.family),
      ]);
    const asked = session.dialect.table(
      'asked',
      { n: 'int', vrf_id: 'int', lo: 'bytes', hi: 'bytes', plen: 'int', floor: 'bytes' },
      rows,
    );
    const chain = await session.rows<{ n: number; id: number }>(sql`
      with recursive chain (n, wanted, id, parent_id, hi) as (
        select asked.n, asked.hi, p.id, p.parent_id, p.hi from ${asked} cross join pool p
        where p.id = (
          select q.id from pool q
      where (q.vrf_id, q.lo, q.plen) <= (asked.vrf_id, asked.lo, asked.plen)
      and (q.vrf_id, q.lo) >= (asked.vrf_id, asked.floor)
          order by q.vrf_id desc, q.lo desc, q.plen desc, q.kind limit 1)
        union all
        select chain.n, chain.wanted, p.id, p.parent_id, p.hi from chain join pool p on p.id = chain.parent_id
        where chain.hi < chain.wanted
      )
      select n, id from chain where hi >= wanted`);
    // Rows come level by level, from the smallest up.
    for (const { n, id } of chain) found[n]?.push(id);
  }
  return found;
}

/** As `PoolStore.smallestContaining`. */
export async function smallestContaining(
  session: Session,
  vrfId: number,
  ranges: readonly AddressRange[],
): Promise<(Pool | undefined)[]> {
  const [only] = ranges;
  if (only && ranges.length === 1) return [await smallestAround(session, vrfId, only)];
  const ids = (
    await containing(
      session,
      ranges.map((range) => ({ vrfId, range })),
    )
  ).map(([id]) => id);
  const pools = await poolsById(session, [...new Set(ids.flatMap((id) => id ?? []))]);
  const byId = new Map(pools.map((pool) => [pool.id, pool]));
  return ids.map((id) => (id === undefined ? undefined : byId.get(id)));
}

/**
 * The same for one range, in one statement: what every look-up of an address and every new pool
 * waits for.
 */
async function smallestAround(
  session: Session,
  vrfId: number,
  range: AddressRange,
): Promise<Pool | undefined> {
  const [first, last] = [addressBytes(range.first), addressBytes(range.last)];
  const rows = await session.rows<PoolRow>(sql`
    with recursive chain (id, parent_id, hi) as (
      select * from (select q.id, q.parent_id, q.hi from pool q
        where (q.vrf_id, q.lo, q.plen) <=
    (${vrfId}, ${first}, ${longestPrefixAround(range)}) and (q.vrf_id, q.lo) >= (${vrfId}, ${lowestOf(range.family)})
        order by q.vrf_id desc, q.lo desc, q.plen desc, q.kind limit 1) nearest
      union all
      select p.id, p.parent_id, p.hi from chain join pool p on p.id = chain.parent_id where chain.hi < ${last}
    )
    select ${poolFields(session)} from chain cross join ${POOL_TABLES} where p.id = chain.id and chain.hi >= ${last}`);
  return poolsOf(rows)[0];
}

/** That a pool `p` contains the range; it is looked for in one VRF, or in each. */
export function liesAround(
  { dialect }: Session,
  vrfId: number | undefined,
  range: AddressRange,
): Sql {
  const [first, last] = [addressBytes(range.first), addressBytes(range.last)];
  return dialect.amongThose(
    raw('p.id'),
    sql`with recursive around (id, parent_id, hi) as (
      select n.id, n.parent_id, n.hi from vrf v cross join pool n where n.id = (
        select q.id from pool q
        where (q.vrf_id, q.lo, q.plen) <= (v.id, ${first}, ${longestPrefixAround(range)})
        and (q.vrf_id, q.lo) >= (v.id, ${lowestOf(range.family)})
        order by q.vrf_id desc, q.lo desc, q.plen desc, q.kind limit 1)
      ${vrfId === undefined ? raw('') : sql`and v.id = ${vrfId}`}
      union all
      select n.id, n.parent_id, n.hi from around cross join pool n where n.id = around.parent_id)
      select id from around where hi >= ${last}`,
  );
}

/** As `PoolStore.equalTo`. */
export async function equalTo(
  session: Session,
  vrfId: number,
  cidrs: readonly Cidr[],
): Promise<Pool[]> {
  const found: Pool[] = [];
  for (let start = 0; start < cidrs.length; start += CHUNK) {
    const rows = cidrs
      .slice(start, start + CHUNK)
      .map((cidr) => [vrfId, addressBytes(cidr.first), prefixLength128(cidr)]);
    const asked = session.dialect.table('asked', { vrf_id: 'int', lo: 'bytes', plen: 'int' }, rows);
    const at = session.dialect.range(
      raw('p.vrf_id'),
      raw('asked.vrf_id'),
      raw('p.lo'),
      raw('asked.lo'),
      raw('asked.lo'),
    );
    found.push(...(await poolsForEach(session, asked, sql`${at} and p.plen = asked.plen`)));
  }
  return found;
}

/** For each of the rows the pools `p` that fulfil the condition, in address order. */
async function poolsForEach(session: Session, rows: Sql, where: Sql): Promise<Pool[]> {
  const select = poolFields(session);
  const found = await session.rows<PoolRow>(
    session.dialect.forEach(rows, { select, from: POOL_TABLES, where }),
  );
  return poolsOf(found).sort(
    (a, b) => compareCidrs(a.cidr, b.cidr) || (a.kind < b.kind ? 1 : a.kind > b.kind ? -1 : 0),
  );
}

/** As `PoolStore.ancestors`. */
export async function ancestors(session: Session, id: number): Promise<Pool[]> {
  const rows = await session.rows<PoolRow>(sql`
    with recursive up (id, parent_id) as (
      select id, parent_id from pool where id = ${id}
      union all select q.id, q.parent_id from up join pool q on q.id = up.parent_id)
    select ${poolFields(session)} from ${POOL_TABLES}
    where p.id in (select parent_id from up) order by ${IN_TREE_ORDER}`);
  return poolsOf(rows);
}

/** As `PoolStore.childrenWithin`. */
export async function childrenWithin(
  session: Session,
  vrfId: number,
  parentId: number | null,
  ranges: readonly AddressRange[],
): Promise<Pool[]> {
  const rows = outermost(ranges).map((range) => [
    addressBytes(range.first),
    addressBytes(range.last),
  ]);
  if (rows.length === 0) return [];
  const within = session.dialect.table('r', { first: 'bytes', last: 'bytes' }, rows);
  const inside = (key: string, of: number): Sql =>
    session.dialect.range(raw(key), sql`${of}`, raw('p.lo'), raw('r.first'), raw('r.last'));
  const siblings =
    parentId === null
      ? sql`p.parent_id is null and ${inside('p.vrf_id', vrfId)}`
      : sql`p.vrf_id = ${vrfId} and ${inside('p.parent_id', parentId)}`;
  const found = await poolsForEach(session, within, sql`${siblings} and p.hi <= r.last`);
  // Ranges that overlap without one being inside the other bring a child twice.
  return [...new Map(found.map((pool) => [pool.id, pool])).values()];
}

/** The condition on `p` that it is below any of the pools; undefined when none of them exists. */
export async function belowAny(session: Session, ids: readonly number[]): Promise<Sql | undefined> {
  const tops = topmost(await poolsById(session, ids));
  if (tops.length === 0) return undefined;
  if (tops.length <= FEW) {
    return joined(
      tops.map(
        (top) => sql`(p.vrf_id = ${top.vrfId} and ${beginsIn(top.cidr, 'p')}
      and (p.plen > ${prefixLength128(top.cidr)} or p.parent_id = ${top.id}))`,
      ),
      ' or ',
    );
  }
  const rows = tops.map((top) => [
    top.id,
    top.vrfId,
    addressBytes(top.cidr.first),
    addressBytes(top.cidr.last),
    prefixLength128(top.cidr),
  ]);
  const table = session.dialect.table(
    't',
    { id: 'id', vrf_id: 'int', lo: 'bytes', hi: 'bytes', plen: 'int' },
    rows,
  );
  return sql`p.id in (select q.id from ${table} cross join pool q
    where (q.vrf_id, q.lo) >= (t.vrf_id, t.lo) and (q.vrf_id, q.lo) <= (t.vrf_id, t.hi)
    and (q.plen > t.plen or q.parent_id = t.id))`;
}

/** The ranges that lie in no other one. */
export function outermost<R extends AddressRange>(ranges: readonly R[]): R[] {
  const sorted = [...ranges].sort((a, b) =>
    a.first < b.first ? -1 : a.first > b.first ? 1 : a.last > b.last ? -1 : 1,
  );
  const kept: R[] = [];
  let last: R | undefined;
  for (const range of sorted) {
    if (last && contains(last, range)) continue;
    kept.push(range);
    last = range;
  }
  return kept;
}

/** Pools that lie below no other one of the list; they come in tree order. */
function topmost(pools: readonly Pool[]): Pool[] {
  const tops = new Map<number, Pool>();
  return pools.filter((pool) => {
    const top = tops.get(pool.vrfId);
    if (
      top &&
      contains(top.cidr, pool.cidr) &&
      (compareCidrs(top.cidr, pool.cidr) !== 0 || pool.parentId === top.id)
    )
      return false;
    tops.set(pool.vrfId, pool);
    return true;
  });
}

/** The longest prefix, in 128 bits, that a block around the range can have. */
function longestPrefixAround(range: AddressRange): number {
  return 128 - (range.first ^ range.last).toString(2).replace(/^0$/, '').length;
}

/**
 * No pool of the family begins below it: keeps an IPv4 search out of the IPv6 addresses before it.
 */
function lowestOf(family: Family): Uint8Array {
  return addressBytes(family === 4 ? 0xffff_0000_0000n : 0n);
}

/** The blocks around a block, itself included, as rows of lo and plen. */
export function supernetRows(cidr: Cidr): [Uint8Array, number][] {
  const rows: [Uint8Array, number][] = [];
  const shortest = cidr.family === 4 ? 96 : 0;
  for (let plen = prefixLength128(cidr); plen >= shortest; plen--) {
    const host = BigInt(128 - plen);
    rows.push([addressBytes((cidr.first >> host) << host), plen]);
  }
  return rows;
}
