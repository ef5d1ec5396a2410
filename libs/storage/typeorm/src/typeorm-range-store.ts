import {
  addressBytes,
  addressFromBytes,
  cidrOf128,
  prefixLength128,
  rangeToCidrs,
  type AddressRange,
  type Cidr,
} from '@cloudpam/cidr';
import {
  blockAroundSpan,
  type AddressPage,
  type RangeFilter,
  type RangeList,
  type RangeRecord,
  type RangeStore,
} from '@cloudpam/pools';
import { liesIn } from './address-condition';
import type { FreeSpace } from './free-space';
import { inAccessScope } from './in-access-scope';
import { LeafRows } from './leaf-rows';
import { rowBatches } from './row-batches';
import type { Columns, Row, Session } from './session';
import { raw, sql, type Sql } from './sql';
import { rangeMeant } from './typed-conditions';
import { jsonOf, optionalTimeOf, timeOf } from './values';

const COLUMNS = {
  id: 'id',
  vrf_id: 'int',
  pool_id: 'id',
  lo: 'bytes',
  hi: 'bytes',
  plen: 'int',
  kind: 'text',
  name: 'text',
  purpose: 'text',
  counts_as_used: 'bool',
  account_id: 'int',
  description: 'text',
  tags: 'json',
  until: 'time',
  holder: 'json',
  created_at: 'time',
  updated_at: 'time',
  version: 'int',
} as const satisfies Columns;

interface RangeRow {
  readonly id: number;
  readonly vrf_id: number;
  readonly pool_id: number | null;
  readonly lo: Uint8Array;
  readonly hi: Uint8Array;
  readonly plen: number;
  readonly name: string;
  readonly purpose: RangeRecord['purpose'];
  readonly counts_as_used: boolean | number;
  readonly account_id: number | null;
  readonly description: string;
  readonly tags: RangeRecord['tags'] | string;
  readonly until: Date | number | null;
  readonly holder: NonNullable<RangeRecord['holder']> | string | null;
  readonly created_at: Date | number;
  readonly updated_at: Date | number;
  readonly version: number;
}

/** Ranges in table `address_range`; each takes its addresses out of the free space of its pool. */
export class TypeOrmRangeStore implements RangeStore {
  private readonly rows: LeafRows<RangeRow, RangeRecord>;

  constructor(
    private readonly session: Session,
    private readonly freeSpace: FreeSpace,
  ) {
    this.rows = new LeafRows(session, 'address_range', 'r', COLUMNS, fromRow);
  }

  async get(id: number): Promise<RangeRecord | undefined> {
    return (await this.rows.where(sql`r.id = ${id}`))[0];
  }

  getMany(ids: readonly number[]): Promise<RangeRecord[]> {
    return this.rows.among('id', ids);
  }

  lock(ids: readonly number[]): Promise<RangeRecord[]> {
    return this.rows.lock(ids);
  }

  async list(filter: RangeFilter, page: AddressPage): Promise<RangeList> {
    return this.rows.list(await this.conditionsOf(filter), page);
  }

  async at(vrfId: number, hosts: readonly Cidr[]): Promise<(RangeRecord | undefined)[]> {
    const none = hosts.map(() => undefined);
    if (hosts.length === 0) return none;
    // Most VRFs have none, which one look tells.
    const any = await this.session.rows(
      sql`select 1 from address_range r where r.vrf_id = ${vrfId} limit 1`,
    );
    if (any.length === 0) return none;
    const rows = hosts.map(({ first }, at) => [at, addressBytes(first)]);
    const asked = this.session.dialect.table('h', { at: 'int', lo: 'bytes' }, rows);
    const found = await this.session.rows<RangeRow & { at: number }>(
      this.session.dialect.forEach(asked, {
        select: raw('h.at, r.*'),
        from: raw('address_range r'),
        where: sql`r.vrf_id = ${vrfId} and r.hi >= h.lo and r.lo = (select max(o.lo)
          from address_range o where o.vrf_id = ${vrfId} and o.lo <= h.lo)`,
      }),
    );
    const byPlace = new Map(found.map((row) => [row.at, fromRow(row)]));
    return hosts.map((_, at) => byPlace.get(at));
  }

  inPool(
    vrfId: number,
    poolId: number | null,
    spans: readonly AddressRange[],
  ): Promise<RangeRecord[]> {
    return this.rows.inPool(vrfId, poolId, spans, raw('r.hi <= h.last'));
  }

  ofPools(poolIds: readonly number[]): Promise<RangeRecord[]> {
    return this.rows.among('pool_id', poolIds);
  }

  async insert(records: readonly Omit<RangeRecord, 'id'>[]): Promise<RangeRecord[]> {
    if (records.length === 0) return [];
    const ids = await this.session.dialect.takeIds(this.session, 'address_range', records.length);
    const made = records.map((record, at) => ({ ...record, id: ids[at] ?? 0 }));
    for (const rows of rowBatches(made, toRow))
      await this.session.insert('address_range', COLUMNS, rows);
    await this.freeSpace.taken(
      made.flatMap(({ poolId, span }) =>
        rangeToCidrs(span).map((cidr) => ({ parentId: poolId, cidr })),
      ),
    );
    return made;
  }

  async save(records: readonly RangeRecord[]): Promise<void> {
    if (records.length === 0) return;
    const before = new Map(
      (await this.getMany(records.map(({ id }) => id))).map((record) => [record.id, record]),
    );
    await this.rows.save(rowBatches(records, toRow));
    const touched = records.flatMap(({ id, poolId, span }) => {
      const old = before.get(id);
      const stays =
        old?.poolId === poolId && old.span.first === span.first && old.span.last === span.last;
      return stays ? [] : [poolId, old?.poolId ?? null];
    });
    await this.freeSpace.forgetPools(touched);
  }

  async setPool(
    values: readonly { readonly id: number; readonly poolId: number | null }[],
  ): Promise<void> {
    await this.freeSpace.forgetPools(await this.rows.setPool(values));
  }

  async remove(ids: readonly number[]): Promise<void> {
    const gone = await this.rows.remove(ids);
    await this.freeSpace.forgetPools(gone.map(({ poolId }) => poolId));
  }

  private async conditionsOf(filter: RangeFilter): Promise<Sql[]> {
    const { vrfId, poolId, purpose, touching, within, name, typed, endedAt, accessScope } = filter;
    const found: Sql[] = [];
    if (vrfId !== undefined) found.push(sql`r.vrf_id = ${vrfId}`);
    if (poolId !== undefined) found.push(sql`r.pool_id = ${poolId}`);
    if (purpose) found.push(sql`r.purpose = ${purpose}`);
    if (touching)
      found.push(
        sql`r.lo <= ${addressBytes(touching.last)} and r.hi >= ${addressBytes(touching.first)}`,
      );
    if (within) found.push(liesIn(within, 'r'));
    if (name !== undefined) found.push(sql`r.name = ${name}`);
    if (typed) found.push(await rangeMeant(this.session, typed));
    if (endedAt) found.push(sql`r.until <= ${endedAt}`);
    if (accessScope) found.push(inAccessScope(this.session, accessScope, 'r'));
    return found;
  }
}

/** Values in the order of COLUMNS. */
function toRow(record: RangeRecord): Row {
  return [
    record.id,
    record.vrfId,
    record.poolId,
    addressBytes(record.span.first),
    addressBytes(record.span.last),
    prefixLength128(blockAroundSpan(record.span)),
    'range',
    record.name,
    record.purpose,
    record.countsAsUsed,
    record.accountId,
    record.description,
    JSON.stringify(record.tags),
    record.until,
    record.holder === null ? null : JSON.stringify(record.holder),
    record.createdAt,
    record.updatedAt,
    record.version,
  ];
}

function fromRow(row: RangeRow): RangeRecord {
  const first = addressFromBytes(row.lo);
  const bits = BigInt(128 - row.plen);
  return {
    id: row.id,
    vrfId: row.vrf_id,
    poolId: row.pool_id,
    // Both families share one space: the block around it tells which one it is of.
    span: {
      family: cidrOf128((first >> bits) << bits, row.plen).family,
      first,
      last: addressFromBytes(row.hi),
    },
    name: row.name,
    purpose: row.purpose,
    countsAsUsed: Boolean(row.counts_as_used),
    accountId: row.account_id,
    description: row.description,
    tags: jsonOf(row.tags),
    until: optionalTimeOf(row.until),
    holder: row.holder === null ? null : jsonOf(row.holder),
    createdAt: timeOf(row.created_at),
    updatedAt: timeOf(row.updated_at),
    version: row.version,
  };
}
