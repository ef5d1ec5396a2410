import { addressBytes, addressFromBytes, cidrOf128, prefixLength128 } from '@cloudpam/cidr';
import type {
  BlockCounts,
  PoolDay,
  UsageDay,
  UsageNode,
  UsageRank,
  UsageStore,
  UsageWindow,
} from '@cloudpam/forecast';
import { beginsIn } from './address-condition';
import { rowBatches } from './row-batches';
import type { Session } from './session';
import { sql, type Sql } from './sql';
import { jsonOf } from './values';

const DAY_COLUMNS = { pool_id: 'id', day: 'int', taken: 'json', free: 'json' } as const;

interface NodeRow {
  readonly vrf_id: number;
  readonly lo: Uint8Array;
  readonly plen: number;
  readonly rank: UsageRank;
  readonly id: number;
}

interface DayRow {
  readonly pool_id: number;
  readonly day: number;
  readonly taken: BlockCounts | string;
  readonly free: BlockCounts | string;
}

/** Usage in tables `usage_day` and `usage_tree`. */
export class TypeOrmUsageStore implements UsageStore {
  constructor(private readonly session: Session) {}

  async has(node: UsageNode): Promise<boolean> {
    const found = await this.session.rows(
      sql`select 1 as found from usage_tree u where (u.vrf_id, u.lo, u.plen, u.rank, u.id) = ${keyOf(node)}`,
    );
    return found.length > 0;
  }

  async put({ vrfId, cidr, rank, id }: UsageNode): Promise<void> {
    await this.session.change(sql`insert into usage_tree (vrf_id, lo, plen, rank, id)
      values (${vrfId}, ${addressBytes(cidr.first)}, ${prefixLength128(cidr)}, ${rank}, ${id})
      on conflict do nothing`);
  }

  async drop(node: UsageNode): Promise<void> {
    await this.session.change(
      sql`delete from usage_tree where (vrf_id, lo, plen, rank, id) = ${keyOf(node)}`,
    );
  }

  async poolBefore(node: UsageNode): Promise<UsageNode | undefined> {
    // VRF and address are compared as a row, as the index has them.
    const rows = await this.session.rows<NodeRow>(sql`select u.* from usage_tree u
      where (u.vrf_id, u.lo, u.plen, u.rank, u.id) < ${keyOf(node)}
        and (u.vrf_id, u.lo) >= (${node.vrfId}, ${addressBytes(0n)}) and u.rank < 2
      order by u.vrf_id desc, u.lo desc, u.plen desc, u.rank desc, u.id desc limit 1`);
    return rows.map(nodeOf)[0];
  }

  async lastIn(outer: UsageNode, before: bigint): Promise<UsageNode | undefined> {
    if (before <= outer.cidr.first) return undefined;
    const range = { ...outer.cidr, last: before - 1n };
    const rows = await this.session.rows<NodeRow>(sql`select u.* from usage_tree u
      where u.vrf_id = ${outer.vrfId} and ${beginsIn(range, 'u')} and ${isUnder(outer)}
      order by u.vrf_id desc, u.lo desc, u.plen desc, u.rank desc, u.id desc limit 1`);
    return rows.map(nodeOf)[0];
  }

  async nextIn(outer: UsageNode, from: bigint, limit: number): Promise<readonly UsageNode[]> {
    if (from > outer.cidr.last) return [];
    const range = { ...outer.cidr, first: from > outer.cidr.first ? from : outer.cidr.first };
    const rows = await this.session.rows<NodeRow>(sql`select u.* from usage_tree u
      where u.vrf_id = ${outer.vrfId} and ${beginsIn(range, 'u')} and ${isUnder(outer)}
      order by u.vrf_id, u.lo, u.plen, u.rank, u.id limit ${limit}`);
    return rows.map(nodeOf);
  }

  async latest(poolId: number): Promise<UsageDay | undefined> {
    const rows = await this.session.rows<DayRow>(
      sql`select * from usage_day where pool_id = ${poolId} order by pool_id desc, day desc limit 1`,
    );
    return rows.map(dayOf)[0];
  }

  async save(days: readonly PoolDay[]): Promise<void> {
    for (const rows of rowBatches(days, toRow)) {
      const saved = this.session.dialect.table('t', DAY_COLUMNS, rows);
      // `where true` tells SQLite that `on` begins no join.
      await this.session.change(sql`insert into usage_day (pool_id, day, taken, free)
        select t.pool_id, t.day, t.taken, t.free from ${saved} where true
        on conflict (pool_id, day) do update set taken = excluded.taken, free = excluded.free`);
    }
  }

  async forget(poolIds: readonly number[]): Promise<void> {
    if (poolIds.length === 0) return;
    const { among } = this.session.dialect;
    await this.session.change(
      sql`delete from usage_day where ${among(sql`pool_id`, 'id', poolIds)}`,
    );
  }

  async purge(before: number, limit: number): Promise<number> {
    return this.session.change(sql`delete from usage_day where (pool_id, day) in (
      select d.pool_id, d.day from usage_day d where d.day < ${before} and exists (
        select 1 from usage_day later where later.pool_id = d.pool_id
          and later.day > d.day and later.day <= ${before}) limit ${limit})`);
  }

  async days(
    poolIds: readonly number[],
    { from, to }: UsageWindow,
  ): Promise<ReadonlyMap<number, readonly UsageDay[]>> {
    const found = new Map<number, UsageDay[]>();
    if (poolIds.length === 0) return found;
    const { among } = this.session.dialect;
    const rows = await this.session.rows<DayRow>(sql`select d.* from usage_day d
      where ${among(sql`d.pool_id`, 'id', poolIds)} and d.day <= ${to} and d.day >= coalesce(
        (select max(e.day) from usage_day e where e.pool_id = d.pool_id and e.day <= ${from}), ${from})
      order by d.pool_id, d.day`);
    for (const row of rows) {
      const days = found.get(row.pool_id) ?? [];
      days.push(dayOf(row));
      found.set(row.pool_id, days);
    }
    return found;
  }

  async poolsWithDays(after: number, limit: number): Promise<readonly number[]> {
    const rows = await this.session.rows<{ pool_id: number }>(
      sql`select distinct d.pool_id from usage_day d where d.pool_id > ${after}
        order by d.pool_id limit ${limit}`,
    );
    return rows.map(({ pool_id: id }) => id);
  }
}

function keyOf({ vrfId, cidr, rank, id }: UsageNode): Sql {
  return sql`(${vrfId}, ${addressBytes(cidr.first)}, ${prefixLength128(cidr)}, ${rank}, ${id})`;
}

/** Of what begins in the block of a node: that it comes after the node itself. */
function isUnder({ cidr, rank, id }: UsageNode): Sql {
  return sql`(u.plen, u.rank, u.id) > (${prefixLength128(cidr)}, ${rank}, ${id})`;
}

function nodeOf({ vrf_id: vrfId, lo, plen, rank, id }: NodeRow): UsageNode {
  return { vrfId, cidr: cidrOf128(addressFromBytes(lo), plen), rank, id };
}

function dayOf({ day, taken, free }: DayRow): UsageDay {
  return { day, taken: jsonOf(taken), free: jsonOf(free) };
}

function toRow({ poolId, day }: PoolDay): readonly (string | number)[] {
  return [poolId, day.day, JSON.stringify(day.taken), JSON.stringify(day.free)];
}
