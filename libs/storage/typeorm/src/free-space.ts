import {
  addressBytes,
  addressFromBytes,
  blockAround,
  cidrOf128,
  contains,
  familyBits,
  freeBlocks,
  hostBits,
  type Cidr,
} from '@cloudpam/cidr';
import type { FreeBlockQuery } from '@cloudpam/pools';
import { chosenBlocks } from './chosen-blocks';
import { FREE_BLOCK } from './dialect';
import { mergedBlocks } from './merged-blocks';
import { blockOf } from './pool-row';
import { containing, outermost, supernetRows } from './pool-tree';
import type { Session } from './session';
import { spaceLeft } from './space-left';
import { sql } from './sql';

/**
 * More children of one pool than this at once, and its free blocks are built anew rather than
 * changed.
 */
const FEW = 256;
const CHUNK = 10_000;

export interface Child {
  readonly parentId: number | null;
  readonly cidr: Cidr;
}

/** What the free space must know of a pool. */
export interface KnownPool {
  readonly id: number;
  readonly vrf_id: number;
  readonly lo: Uint8Array;
  readonly plen: number;
  readonly free_known: boolean | number;
}

/**
 * Table `free_block`: the maximal free CIDRs of the pools whose `free_known` is set, a buddy
 * system. Every write to pools and resources passes here; who changes a pool's blocks holds the
 * pool's row lock.
 */
export class FreeSpace {
  /** Pools that this run has locked: nobody else changes them until it ends. */
  private readonly held = new Map<number, KnownPool>();

  constructor(private readonly session: Session) {}

  /**
   * As `PoolStore.freeBlocks`. Builds the pool's rows when they are not there and may be written.
   */
  async find(poolId: number, query: FreeBlockQuery): Promise<Cidr[]> {
    let pool = this.held.get(poolId);
    if (!pool)
      [pool] = await this.session.rows<KnownPool>(
        sql`select id, vrf_id, lo, plen, free_known from pool where id = ${poolId}`,
      );
    if (!pool) return [];
    if (!pool.free_known) {
      if (this.session.readOnly) return chosenBlocks(await spaceLeft(this.session, pool), query);
      [pool] = await this.locked([poolId]);
      if (pool && !pool.free_known) await this.build(pool);
    }
    return pool ? this.select(pool, query) : [];
  }

  /** Call with pools that were locked. */
  hold(pools: readonly KnownPool[]): void {
    for (const { id, vrf_id, lo, plen, free_known } of pools)
      this.held.set(id, { id, vrf_id, lo, plen, free_known });
  }

  /** Call before pools get another CIDR or go. */
  letGo(poolIds: readonly number[]): void {
    for (const id of poolIds) this.held.delete(id);
  }

  /** Call with children that are inserted. */
  async taken(children: readonly Child[]): Promise<void> {
    const byParent = groupByParent(children);
    if (byParent.size === 0) return;
    const parents = (await this.locked([...byParent.keys()])).filter((parent) => parent.free_known);
    const unknown: number[] = [];
    const probes: BlockKey[] = [];
    for (const parent of parents) {
      const blocks = byParent.get(parent.id) ?? [];
      if (blocks.length > FEW) unknown.push(parent.id);
      else {
        for (const block of blocks) {
          for (const [lo, plen] of supernetRows(block))
            if (plen >= parent.plen) probes.push([parent.id, 128 - plen, lo]);
        }
      }
    }
    const found = await this.present(probes);
    const gone: Cidr[] = [];
    const goneOf: number[] = [];
    const left: BlockKey[] = [];
    for (const parent of parents.filter((each) => !unknown.includes(each.id))) {
      const blocks = byParent.get(parent.id) ?? [];
      const around = found.get(parent.id) ?? [];
      // A child that lies in no single free block is on ground that a resource has taken.
      if (!blocks.every((block) => around.some((free) => contains(free, block)))) {
        unknown.push(parent.id);
        continue;
      }
      for (const free of around) {
        gone.push(free);
        goneOf.push(parent.id);
        left.push(...freeBlocks(free, blocks).map((block) => rowOf(parent.id, block)));
      }
    }
    await this.replace(
      gone.map((block, at) => rowOf(goneOf[at] ?? 0, block)),
      left,
    );
    await this.forgetLocked(unknown);
  }

  /** Call after children were removed, and after resources that lost their pool with them. */
  async released(vrfId: number, children: readonly Child[]): Promise<void> {
    const byParent = groupByParent(children);
    const parents = (await this.locked([...byParent.keys()])).filter((parent) => parent.free_known);
    const unknown: number[] = [];
    for (const parent of parents) {
      const blocks = byParent.get(parent.id) ?? [];
      if (blocks.length > FEW || (await this.isTouched(vrfId, blocks))) unknown.push(parent.id);
      else {
        const { added, removed } = await mergedBlocks(
          blockOf(parent),
          blocks,
          async (buddies) =>
            (await this.present(buddies.map((buddy) => rowOf(parent.id, buddy)))).get(parent.id) ??
            [],
        );
        await this.replace(
          removed.map((block) => rowOf(parent.id, block)),
          added.map((block) => rowOf(parent.id, block)),
        );
      }
    }
    await this.forgetLocked(unknown);
  }

  /**
   * Call after resources without a pool came, went or moved: forgets the blocks of all pools that
   * they can touch.
   */
  async resourcesChanged(
    changed: readonly { readonly vrfId: number; readonly cidr: Cidr }[],
  ): Promise<void> {
    for (const vrfId of new Set(changed.map((each) => each.vrfId))) {
      const blocks = outermost(
        changed.filter((each) => each.vrfId === vrfId).map((each) => each.cidr),
      );
      const ids = new Set(
        (
          await containing(
            this.session,
            blocks.map((range) => ({ vrfId, range })),
          )
        ).flat(),
      );
      for (const id of await this.within(vrfId, blocks)) ids.add(id);
      await this.forget([...ids]);
    }
  }

  /**
   * Call after observed addresses came, went or moved: forgets the blocks of the pools that they lie in. What lies in
   * a child of a pool is not free in the pool anyway, so only the smallest pools are looked for.
   */
  async observedChanged(
    changed: readonly { readonly vrfId: number; readonly cidr: Cidr }[],
  ): Promise<void> {
    for (const vrfId of new Set(changed.map((each) => each.vrfId))) {
      const ofVrf = changed.filter((each) => each.vrfId === vrfId).map(({ cidr }) => around(cidr));
      const blocks = outermost(ofVrf);
      const places = blocks.map((range) => ({ vrfId, range }));
      const smallest = await containing(this.session, places);
      const ids = new Set(smallest.flatMap(([id]) => id ?? []));
      for (const id of await this.within(vrfId, blocks)) ids.add(id);
      await this.forget([...ids]);
    }
  }

  /** As `forget`, for the pools of leaves, some of which have none. */
  async forgetPools(poolIds: readonly (number | null)[]): Promise<void> {
    await this.forget([...new Set(poolIds.flatMap((poolId) => poolId ?? []))]);
  }

  /** The blocks of these pools are to be built anew. */
  async forget(poolIds: readonly number[]): Promise<void> {
    const known = (await this.locked(poolIds)).filter((pool) => pool.free_known);
    await this.forgetLocked(known.map((pool) => pool.id));
  }

  /** The pools that lie in one of the blocks. */
  private async within(vrfId: number, blocks: readonly Cidr[]): Promise<number[]> {
    const found: number[] = [];
    for (let start = 0; start < blocks.length; start += CHUNK) {
      const rows = blocks
        .slice(start, start + CHUNK)
        .map((block) => [addressBytes(block.first), addressBytes(block.last)]);
      const ranges = this.session.dialect.table('r', { first: 'bytes', last: 'bytes' }, rows);
      const within = await this.session.rows<{
        id: number;
      }>(sql`select p.id from ${ranges} cross join pool p
          where (p.vrf_id, p.lo) >= (${vrfId}, r.first) and (p.vrf_id, p.lo) <= (${vrfId}, r.last) and p.hi <= r.last`);
      for (const { id } of within) found.push(id);
    }
    return found;
  }

  private async forgetLocked(poolIds: readonly number[]): Promise<void> {
    if (poolIds.length === 0) return;
    const { among } = this.session.dialect;
    this.letGo(poolIds);
    await this.session.change(
      sql`update pool set free_known = false where ${among(sql`id`, 'id', poolIds)}`,
    );
    await this.session.change(
      sql`delete from free_block where ${among(sql`parent_id`, 'id', poolIds)}`,
    );
  }

  /**
   * Locks pools in address order and then reads them: what another run has changed meanwhile is
   * seen.
   */
  private async locked(poolIds: readonly number[]): Promise<KnownPool[]> {
    const missing = poolIds.filter((id) => !this.held.has(id));
    if (missing.length > 0) {
      const { among, lock } = this.session.dialect;
      this.hold(
        await this.session
          .rows<KnownPool>(sql`select p.id, p.vrf_id, p.lo, p.plen, p.free_known from pool p
        where ${among(sql`p.id`, 'id', missing)} order by p.lo, p.plen, p.kind desc ${lock('p')}`),
      );
    }
    return poolIds.flatMap((id) => this.held.get(id) ?? []);
  }

  private async select(pool: KnownPool, query: FreeBlockQuery): Promise<Cidr[]> {
    const { family } = blockOf(pool);
    const minBits =
      query.maxPrefixLength === undefined
        ? 0
        : Math.max(0, familyBits(family) - query.maxPrefixLength);
    if (query.limit < 1) return [];
    if (query.order === 'size') {
      const rows = await this.session.rows<BlockRow>(sql`select bits, lo from free_block
        where parent_id = ${pool.id} and bits >= ${minBits} order by bits, lo limit ${query.limit}`);
      return rows.map(blockFromRow);
    }
    const from = query.order === 'address' && query.after !== undefined ? query.after + 1n : 0n;
    const maxBits = 128 - pool.plen;
    if (from >> 128n || minBits > maxBits) return [];
    // The index is by size first: the first of every size, put in order, has the first of all.
    const rows = await this.session.rows<BlockRow>(
      this.session.dialect.freeBlocksBySize({
        poolId: pool.id,
        minBits,
        maxBits,
        from: addressBytes(from),
        limit: query.limit,
        descending: query.order === 'address_desc',
      }),
    );
    return chosenBlocks(rows.map(blockFromRow), query);
  }

  private async build(pool: KnownPool): Promise<void> {
    const blocks = await spaceLeft(this.session, pool);
    await this.session.insert(
      'free_block',
      FREE_BLOCK,
      blocks.map((block) => rowOf(pool.id, block)),
    );
    await this.session.change(sql`update pool set free_known = true where id = ${pool.id}`);
    this.hold([{ ...pool, free_known: true }]);
  }

  /** Whether a resource without a pool, or an observed address, touches any of the blocks. */
  private async isTouched(vrfId: number, blocks: readonly Cidr[]): Promise<boolean> {
    const inside = this.session.dialect.table(
      't',
      { first: 'bytes', last: 'bytes' },
      blocks.map((block) => [addressBytes(block.first), addressBytes(block.last)]),
    );
    const around = this.session.dialect.table(
      't',
      { lo: 'bytes', plen: 'int' },
      blocks.flatMap(supernetRows),
    );
    const free = sql`r.vrf_id = ${vrfId} and r.pool_id is null`;
    const found = await this.session.rows(sql`
      select 1 from ${inside} cross join resource r where ${free} and r.lo between t.first and t.last
      union all select 1 from ${around} cross join resource r where ${free} and r.lo = t.lo
      and r.plen = t.plen limit 1`);
    if (found.length > 0) return true;
    const ofVrf = sql`o.vrf_id = ${vrfId}`;
    const observed = await this.session.rows(sql`
      select 1 from ${inside} cross join observed_address o where ${ofVrf} and o.lo between t.first and t.last
      union all select 1 from ${around} cross join observed_address o where ${ofVrf} and o.lo = t.lo
      and o.plen = t.plen limit 1`);
    return observed.length > 0;
  }

  /** Which of the blocks are there, by pool. */
  private async present(rows: readonly BlockKey[]): Promise<Map<number, Cidr[]>> {
    const found = new Map<number, Cidr[]>();
    if (rows.length === 0) return found;
    const table = this.session.dialect.table('t', FREE_BLOCK, rows);
    const blocks = await this.session.rows<
      BlockRow & { parent_id: number }
    >(sql`select distinct f.parent_id, f.bits, f.lo from ${table}
      cross join free_block f where f.parent_id = t.parent_id and f.bits = t.bits and f.lo = t.lo`);
    for (const row of blocks) {
      const list = found.get(row.parent_id);
      if (list) list.push(blockFromRow(row));
      else found.set(row.parent_id, [blockFromRow(row)]);
    }
    return found;
  }

  private async replace(gone: readonly BlockKey[], added: readonly BlockKey[]): Promise<void> {
    if (gone.length + added.length === 0) return;
    for (const statement of this.session.dialect.replaceFreeBlocks(gone, added))
      await this.session.change(statement);
  }
}

/** Observed addresses are many, and lie close together: they are looked for by the /24 (IPv6: /64) around them. */
function around(cidr: Cidr): Cidr {
  return blockAround(
    cidr.family,
    cidr.first,
    Math.min(cidr.prefixLength, cidr.family === 4 ? 24 : 64),
  );
}

/** The key of free_block: pool, bits, lo. */
type BlockKey = readonly [number, number, Uint8Array];

interface BlockRow {
  readonly bits: number;
  readonly lo: Uint8Array;
}

function blockFromRow(row: BlockRow): Cidr {
  return cidrOf128(addressFromBytes(row.lo), 128 - row.bits);
}

function rowOf(poolId: number, block: Cidr): BlockKey {
  return [poolId, hostBits(block), addressBytes(block.first)];
}

function groupByParent(children: readonly Child[]): Map<number, Cidr[]> {
  const byParent = new Map<number, Cidr[]>();
  for (const { parentId, cidr } of children) {
    if (parentId === null) continue;
    const list = byParent.get(parentId);
    if (list) list.push(cidr);
    else byParent.set(parentId, [cidr]);
  }
  return byParent;
}
