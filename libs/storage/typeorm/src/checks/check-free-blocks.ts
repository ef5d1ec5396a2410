import {
  addressBytes,
  addressFromBytes,
  contains,
  formatCidr,
  hostBits,
  rangeToCidrs,
  type Cidr,
} from '@cloudpam/cidr';
import { blockOf } from '../pool-row';
import { supernetRows } from '../pool-tree';
import type { Session } from '../session';
import { raw, sql, type Sql } from '../sql';
import { Faults, type Finding } from './finding';
import { PAGE, rowsInPages } from './rows-in-pages';

interface KnownRow {
  readonly id: number;
  readonly vrf_id: number;
  readonly lo: Uint8Array;
  readonly plen: number;
}
interface ChildRow {
  readonly parent_id: number;
  readonly lo: Uint8Array;
  readonly plen: number;
  /** The last address; a range is no block. */
  readonly hi: Uint8Array;
}
interface FreeRow {
  readonly parent_id: number;
  readonly bits: number;
  readonly lo: Uint8Array;
}

/**
 * Whether the free blocks of each pool are what its children, resources without a pool and observed addresses leave.
 * All are read once in the order of their indexes, and blocks are compared by sums: a pool with any number of
 * children takes no memory.
 */
export async function checkFreeBlocks(session: Session): Promise<Finding> {
  const faults = new Faults();
  const children = new Followed(rowsInPages<ChildRow>(session, childPage));
  const free = new Followed(rowsInPages<FreeRow>(session, freePage));
  const crowded = new Set(
    (
      await session.rows<{ id: number }>(
        sql`select v.id from vrf v where exists (select 1 from resource r where r.vrf_id = v.id and r.pool_id is null)
          or exists (select 1 from observed_address o where o.vrf_id = v.id)`,
        { once: true },
      )
    ).map(({ id }) => id),
  );
  let count = 0;
  for await (const pool of rowsInPages<KnownRow>(session, knownPage)) {
    count++;
    const within = blockOf(pool);
    const resources = crowded.has(pool.vrf_id) ? await unpooled(session, pool.vrf_id, within) : [];
    const left = new Sum();
    for await (const block of gaps(within, children.of(pool.id), resources))
      left.add(hostBits(block), block.first);
    const kept = new Sum();
    for await (const { bits, lo } of free.of(pool.id)) kept.add(bits, addressFromBytes(lo));
    if (!kept.equals(left))
      faults.add(
        `the free blocks of pool ${pool.id} (${formatCidr(within)}) are not what its children leave`,
      );
  }
  if (free.strays > 0) faults.add(`${free.strays} free blocks are of pools that keep none`);
  return faults.finding(
    `${count} pools know their free blocks, and they are right`,
    'while no server runs, have them built anew: update pool set free_known = false; delete from free_block',
  );
}

/** Blocks by their number, and the sum of what tells them apart. */
class Sum {
  private count = 0;
  private squares = 0n;

  add(bits: number, lo: bigint): void {
    const key = (lo << 8n) | BigInt(bits);
    this.count++;
    this.squares += key * key;
  }

  equals(other: Sum): boolean {
    return this.count === other.count && this.squares === other.squares;
  }
}

/** Rows by their parent, for parents that are asked for in order. */
class Followed<R extends { readonly parent_id: number }> {
  /** Rows of parents that nobody asked for. */
  strays = 0;
  private next: IteratorResult<R> | undefined;

  constructor(private readonly rows: AsyncGenerator<R>) {}

  async *of(parentId: number): AsyncGenerator<R> {
    for (;;) {
      this.next ??= await this.rows.next();
      const row = this.next.value as R | undefined; // nothing is returned at the end
      if (!row || row.parent_id > parentId) return;
      this.next = undefined;
      if (row.parent_id === parentId) yield row;
      else this.strays++;
    }
  }
}

/** The maximal blocks between what is taken; both come in address order. */
async function* gaps(
  within: Cidr,
  children: AsyncIterable<ChildRow>,
  resources: readonly Cidr[],
): AsyncGenerator<Cidr> {
  let from = within.first;
  let at = 0;
  const upTo = (first: bigint): Cidr[] =>
    first > from ? rangeToCidrs({ family: within.family, first: from, last: first - 1n }) : [];
  const after = ({ last }: Cidr): void => void (from = last >= from ? last + 1n : from);
  const resourcesBefore = function* (first: bigint): Generator<Cidr> {
    for (let each = resources[at]; each && each.first < first; each = resources[++at]) {
      yield* upTo(each.first);
      after(each);
    }
  };
  for await (const row of children) {
    const block = blockOf(row);
    const child = { ...block, last: addressFromBytes(row.hi) };
    if (child.family !== within.family) continue;
    yield* resourcesBefore(child.first);
    yield* upTo(child.first);
    after(child);
  }
  yield* resourcesBefore(within.last + 1n);
  yield* upTo(within.last + 1n);
}

/** The outermost resources without a pool, and observed addresses, in a block; all of it when they lie around it. */
async function unpooled(session: Session, vrfId: number, within: Cidr): Promise<Cidr[]> {
  const wider = session.dialect.table('s', { lo: 'bytes', plen: 'int' }, supernetRows(within));
  const around = await session.rows(sql`select r.id from ${wider} cross join resource r
    where r.vrf_id = ${vrfId} and r.pool_id is null and r.lo = s.lo and r.plen = s.plen
    union all select o.id from ${wider} cross join observed_address o
    where o.vrf_id = ${vrfId} and o.lo = s.lo and o.plen = s.plen limit 1`);
  if (around.length > 0) return [within];
  const rows = rowsInPages<{ lo: Uint8Array; plen: number }>(session, (after) => {
    const inside = sql`vrf_id = ${vrfId}
        and (lo, plen) > (${after?.lo ?? addressBytes(within.first)}, ${after?.plen ?? -1})
        and lo <= ${addressBytes(within.last)}`;
    return sql`select lo, plen from resource where pool_id is null and ${inside}
        union select lo, plen from observed_address where ${inside} order by 1, 2 limit ${PAGE}`;
  });
  const outermost: Cidr[] = [];
  for await (const row of rows) {
    const [block, last] = [blockOf(row), outermost.at(-1)];
    if (block.family === within.family && !(last && contains(last, block))) outermost.push(block);
  }
  return outermost;
}

function knownPage(after: KnownRow | undefined): ReturnType<typeof sql> {
  return sql`select id, vrf_id, lo, plen from pool where id > ${after?.id ?? 0} and free_known = true
    order by id limit ${PAGE}`;
}

function childPage(after: ChildRow | undefined): ReturnType<typeof sql> {
  const beyond = (key: string): Sql =>
    after
      ? sql`(${raw(key)}, lo) > (${after.parent_id}, ${after.lo})`
      : sql`${raw(key)} is not null`;
  // Addresses of a range are kept by it already, and may begin where it does.
  return sql`select parent_id, lo, plen, hi from pool where ${beyond('parent_id')}
    union all select pool_id, lo, plen, lo from address where ${beyond('pool_id')} and range_id is null
    union all select pool_id, lo, 128, hi from address_range where ${beyond('pool_id')}
    order by 1, 2 limit ${PAGE}`;
}

function freePage(after: FreeRow | undefined): ReturnType<typeof sql> {
  const from = after
    ? sql`where (parent_id, bits, lo) > (${after.parent_id}, ${after.bits}, ${after.lo})`
    : sql``;
  return sql`select parent_id, bits, lo from free_block ${from} order by parent_id, bits, lo limit ${PAGE}`;
}
