import type { AccessScope } from '@cloudpam/audit';
import { sameCidr, type AddressRange, type Cidr } from '@cloudpam/cidr';
import type {
  CountedPool,
  FreeBlockQuery,
  Pool,
  PoolFilter,
  PoolList,
  PoolPage,
  PoolStore,
} from '@cloudpam/pools';
import type { FreeSpace, KnownPool } from './free-space';
import { listPools } from './pool-list';
import {
  blockOf,
  IN_TREE_ORDER,
  POOL_COLUMNS,
  POOL_TABLES,
  poolFields,
  poolsOf,
  poolToRow,
  type PoolRow,
} from './pool-row';
import {
  ancestors,
  belowAny,
  childrenWithin,
  equalTo,
  poolsById,
  poolsWhere,
  smallestContaining,
} from './pool-tree';
import { inAccessScope } from './in-access-scope';
import { rowBatches } from './row-batches';
import type { Columns, Session } from './session';
import { raw, sql } from './sql';

const { child_used: _, ...SAVED } = POOL_COLUMNS;
const SAVED_COLUMNS: Columns = SAVED;
const ASSIGNMENTS = raw(
  Object.keys(SAVED_COLUMNS)
    .filter((name) => name !== 'id')
    .map((name) => `${name} = t.${name}`)
    .join(', '),
);

/** Values of a tag in one statement that keeps the process waiting. */
const VALUES_AT_ONCE = 1_000;

interface PlaceRow {
  readonly id: number;
  readonly vrf_id: number;
  readonly parent_id: number | null;
  readonly lo: Uint8Array;
  readonly plen: number;
}

/** The pool tree in table `pool`, and the free space of every pool in `free_block`. */
export class TypeOrmPoolStore implements PoolStore {
  constructor(
    private readonly session: Session,
    private readonly freeSpace: FreeSpace,
  ) {}

  async get(id: number): Promise<Pool | undefined> {
    const rows = await this.session.rows<PoolRow>(
      sql`select ${poolFields(this.session)} from ${POOL_TABLES} where p.id = ${id}`,
    );
    return poolsOf(rows)[0];
  }

  getMany(ids: readonly number[]): Promise<Pool[]> {
    return poolsById(this.session, ids);
  }

  async lock(ids: readonly number[]): Promise<Pool[]> {
    if (ids.length === 0) return [];
    const { among, lock } = this.session.dialect;
    const rows = await this.session.rows<
      PoolRow & KnownPool
    >(sql`select ${poolFields(this.session)}, p.id, p.vrf_id, p.lo, p.plen, p.free_known
      from ${POOL_TABLES}
      where ${among(sql`p.id`, 'id', ids)} order by ${IN_TREE_ORDER} ${lock('p')}`);
    this.freeSpace.hold(rows);
    return poolsOf(rows);
  }

  list(filter: PoolFilter, page: PoolPage): Promise<PoolList> {
    return listPools(this.session, filter, page);
  }

  smallestContaining(
    vrfId: number,
    ranges: readonly AddressRange[],
  ): Promise<(Pool | undefined)[]> {
    return smallestContaining(this.session, vrfId, ranges);
  }

  equalTo(vrfId: number, cidrs: readonly Cidr[]): Promise<Pool[]> {
    return equalTo(this.session, vrfId, cidrs);
  }

  ancestors(id: number): Promise<Pool[]> {
    return ancestors(this.session, id);
  }

  childrenWithin(
    vrfId: number,
    parentId: number | null,
    ranges: readonly AddressRange[],
  ): Promise<Pool[]> {
    return childrenWithin(this.session, vrfId, parentId, ranges);
  }

  async descendants(ids: readonly number[]): Promise<Pool[]> {
    const below = await belowAny(this.session, ids);
    return below ? poolsWhere(this.session, below) : [];
  }

  async counted(id: number): Promise<CountedPool | undefined> {
    const [row] = await this.session.rows<PoolRow & { child_count: number }>(
      sql`select ${poolFields(this.session)},
        (select count(*) from pool c where c.parent_id = p.id) as child_count
        from ${POOL_TABLES} where p.id = ${id}`,
    );
    const [pool] = poolsOf(row ? [row] : []);
    return row && pool && { pool, childCount: row.child_count };
  }

  async childCounts(
    ids: readonly number[],
    accessScope?: AccessScope,
  ): Promise<Map<number, number>> {
    if (ids.length === 0) return new Map();
    const seen = accessScope ? sql` and ${inAccessScope(this.session, accessScope, 'p')}` : sql``;
    const rows = await this.session.rows<{ parent_id: number; n: number }>(
      sql`select parent_id, count(*) as n from pool p
        where ${this.session.dialect.among(sql`parent_id`, 'id', ids)}${seen} group by parent_id`,
      { once: accessScope !== undefined },
    );
    return new Map(rows.map((row) => [row.parent_id, row.n]));
  }

  async regions(accessScope?: AccessScope): Promise<string[]> {
    const seen = accessScope ? sql` and ${inAccessScope(this.session, accessScope, 'p')}` : sql``;
    const rows = await this.session.rows<{ region: string }>(
      sql`select distinct p.region ${this.session.dialect.byBytes} as region from pool p
        where p.region is not null${seen} order by 1`,
      { once: accessScope !== undefined },
    );
    return rows.map(({ region }) => region);
  }

  withRules(vrfId: number): Promise<Pool[]> {
    return poolsWhere(this.session, sql`p.vrf_id = ${vrfId} and p.rules is not null`);
  }

  async byExternalId(vrfId: number, externalIds: readonly string[]): Promise<Pool[]> {
    if (externalIds.length === 0) return [];
    return poolsWhere(
      this.session,
      sql`p.vrf_id = ${vrfId} and ${this.session.dialect.among(sql`p.external_id`, 'text', externalIds)}`,
    );
  }

  async byTag(key: string, values: readonly string[]): Promise<Pool[]> {
    const { dialect } = this.session;
    const size = dialect.blocks ? VALUES_AT_ONCE : Math.max(values.length, 1);
    const found: Pool[] = [];
    for (let start = 0; start < values.length; start += size)
      found.push(
        ...(await poolsWhere(
          this.session,
          dialect.poolTaggedAmong(key, values.slice(start, start + size)),
        )),
      );
    return found;
  }

  byLiveKey(key: string, vrfId?: number): Promise<Pool[]> {
    return poolsWhere(
      this.session,
      vrfId === undefined
        ? sql`p.live_key = ${key}`
        : sql`p.vrf_id = ${vrfId} and p.live_key = ${key}`,
    );
  }

  async reserveIds(count: number): Promise<number[]> {
    return count === 0 ? [] : this.session.dialect.takeIds(this.session, 'pool', count);
  }

  async insert(pools: readonly Pool[]): Promise<void> {
    if (pools.length === 0) return;
    // What is free around them is looked up while they go in.
    await Promise.all([this.insertRows(pools), this.freeSpace.taken(pools)]);
  }

  async save(pools: readonly Pool[]): Promise<void> {
    if (pools.length === 0) return;
    const ids = pools.map((pool) => pool.id);
    const before = new Map((await this.places(ids)).map((row) => [row.id, row]));
    this.freeSpace.letGo(ids);
    for (const rows of rowBatches(pools, (pool) => poolToRow(pool).slice(0, -1))) {
      await this.session.change(
        sql`update pool set ${ASSIGNMENTS} from ${this.session.dialect.table('t', SAVED_COLUMNS, rows)}
          where pool.id = t.id`,
      );
    }
    const touched = pools.flatMap((pool) => {
      const old = before.get(pool.id);
      const stays =
        !old ||
        (old.vrf_id === pool.vrfId &&
          old.parent_id === pool.parentId &&
          sameCidr(blockOf(old), pool.cidr));
      return stays ? [] : [pool.id, pool.parentId, old.parent_id];
    });
    await this.forget(touched);
  }

  async setParent(ids: readonly number[], parentId: number | null): Promise<void> {
    if (ids.length === 0) return;
    const former = (await this.places(ids)).map((row) => row.parent_id);
    await this.session.change(
      sql`update pool set parent_id = ${parentId} where ${this.session.dialect.among(sql`id`, 'id', ids)}`,
    );
    await this.forget([...former, parentId]);
  }

  async setChildUsed(
    values: readonly { readonly id: number; readonly childUsed: bigint }[],
  ): Promise<void> {
    if (values.length === 0) return;
    const rows = values.map(({ id, childUsed }) => [id, childUsed]);
    await this.session.change(sql`update pool set child_used = t.child_used
      from ${this.session.dialect.table('t', { id: 'id', child_used: 'numeric' }, rows)} where pool.id = t.id`);
  }

  async touch(ids: readonly number[], lastSyncAt: Date): Promise<void> {
    if (ids.length === 0) return;
    await this.session.change(
      sql`update pool set last_sync_at = ${lastSyncAt} where ${this.session.dialect.among(sql`id`, 'id', ids)}`,
    );
  }

  async remove(ids: readonly number[]): Promise<void> {
    if (ids.length === 0) return;
    const { among } = this.session.dialect;
    const gone = await this.places(ids);
    this.freeSpace.letGo(ids);
    // Resources that still name the pools lose them by the foreign key, and take space from then
    // on.
    const withoutPool = await this.session.rows<PlaceRow>(
      sql`select id, vrf_id, lo, plen from resource where ${among(sql`pool_id`, 'id', ids)}`,
    );
    await this.session.change(sql`delete from pool where ${among(sql`id`, 'id', ids)}`);
    await this.freeSpace.resourcesChanged(
      withoutPool.map((row) => ({ vrfId: row.vrf_id, cidr: blockOf(row) })),
    );
    for (const vrfId of new Set(gone.map((row) => row.vrf_id))) {
      const children = gone
        .filter((row) => row.vrf_id === vrfId)
        .map((row) => ({ parentId: row.parent_id, cidr: blockOf(row) }));
      await this.freeSpace.released(vrfId, children);
    }
  }

  freeBlocks(id: number, query: FreeBlockQuery): Promise<Cidr[]> {
    return this.freeSpace.find(id, query);
  }

  private async insertRows(pools: readonly Pool[]): Promise<void> {
    for (const rows of rowBatches(pools, poolToRow))
      await this.session.insert('pool', POOL_COLUMNS, rows);
  }

  private async places(ids: readonly number[]): Promise<PlaceRow[]> {
    return this.session.rows<PlaceRow>(
      sql`select id, vrf_id, parent_id, lo, plen from pool where ${this.session.dialect.among(sql`id`, 'id', ids)}`,
    );
  }

  private async forget(ids: readonly (number | null)[]): Promise<void> {
    await this.freeSpace.forget([...new Set(ids.flatMap((id) => id ?? []))]);
  }
}
