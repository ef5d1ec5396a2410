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
  InvalidCursor,
  type AddressPage,
  type RangeFilter,
  type RangeList,
  type RangeRecord,
  type RangeStore,
} from '@cloudpam/pools';
import type { FreeSpace } from './free-space';
import { inAccessScope } from './in-access-scope';
import { rowBatches } from './row-batches';
import type { Columns, Row, Session } from './session';
import { totalOf } from './simple-rows';
import { raw, sql, where, type Sql } from './sql';
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

const ASSIGNMENTS = raw(
  Object.keys(COLUMNS)
    .filter((name) => name !== 'id')
    .map((name) => `${name} = t.${name}`)
    .join(', '),
);

const FIELDS = raw('r.*');

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
  constructor(
    private readonly session: Session,
    private readonly freeSpace: FreeSpace,
  ) {}

  async get(id: number): Promise<RangeRecord | undefined> {
    return (await this.where(sql`r.id = ${id}`))[0];
  }

  async getMany(ids: readonly number[]): Promise<RangeRecord[]> {
    return ids.length === 0 ? [] : this.where(this.among('r.id', ids));
  }

  async lock(ids: readonly number[]): Promise<RangeRecord[]> {
    if (ids.length === 0) return [];
    const rows = await this.session.rows<RangeRow>(
      sql`select ${FIELDS} from address_range r where ${this.among('r.id', ids)}
        order by r.lo, r.id ${this.session.dialect.lock('r')}`,
    );
    return rows.map(fromRow);
  }

  async list(filter: RangeFilter, { size, page = 1, after }: AddressPage): Promise<RangeList> {
    const conditions = this.conditionsOf(filter);
    const place = after === undefined ? [] : [sql`(r.lo, r.id) > ${placeOf(after)}`];
    const skipped = after === undefined ? (page - 1) * size : 0;
    const once = { once: true };
    const rows = await this.session.rows<RangeRow>(
      sql`select ${FIELDS} from address_range r ${where([...conditions, ...place])}
        order by r.lo, r.id limit ${size + 1} offset ${skipped}`,
      once,
    );
    const last = rows.length > size ? rows[size - 1] : undefined;
    return {
      items: rows.slice(0, size).map(fromRow),
      total: await totalOf(
        this.session,
        sql`select 1 from address_range r ${where(conditions)}`,
        once,
      ),
      nextCursor: last ? `${Buffer.from(last.lo).toString('hex')}.${last.id}` : null,
    };
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

  async inPool(
    vrfId: number,
    poolId: number | null,
    spans: readonly AddressRange[],
  ): Promise<RangeRecord[]> {
    if (spans.length === 0) return [];
    const rows = spans.map(({ first, last }) => [addressBytes(first), addressBytes(last)]);
    const asked = this.session.dialect.table('h', { first: 'bytes', last: 'bytes' }, rows);
    const { range } = this.session.dialect;
    const inside = (key: string, of: number): Sql =>
      range(raw(key), sql`${of}`, raw('r.lo'), raw('h.first'), raw('h.last'));
    const found = await this.session.rows<RangeRow>(
      this.session.dialect.forEach(asked, {
        select: FIELDS,
        from: raw('address_range r'),
        where:
          poolId === null
            ? sql`r.pool_id is null and ${inside('r.vrf_id', vrfId)} and r.hi <= h.last`
            : sql`${inside('r.pool_id', poolId)} and r.hi <= h.last`,
      }),
    );
    // Spans can lie in each other.
    return [...new Map(found.map((row) => [row.id, fromRow(row)])).values()].sort(byFirst);
  }

  async ofPools(poolIds: readonly number[]): Promise<RangeRecord[]> {
    return poolIds.length === 0 ? [] : this.where(this.among('r.pool_id', poolIds));
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
    for (const rows of rowBatches(records, toRow))
      await this.session.change(sql`update address_range set ${ASSIGNMENTS}
        from ${this.session.dialect.table('t', COLUMNS, rows)} where address_range.id = t.id`);
    const touched = records.flatMap(({ id, poolId, span }) => {
      const old = before.get(id);
      const stays =
        old?.poolId === poolId && old.span.first === span.first && old.span.last === span.last;
      return stays ? [] : [poolId, old?.poolId ?? null];
    });
    await this.forget(touched);
  }

  async setPool(
    values: readonly { readonly id: number; readonly poolId: number | null }[],
  ): Promise<void> {
    if (values.length === 0) return;
    const former = await this.getMany(values.map(({ id }) => id));
    const rows = values.map(({ id, poolId }) => [id, poolId]);
    await this.session.change(sql`update address_range set pool_id = t.pool_id
      from ${this.session.dialect.table('t', { id: 'id', pool_id: 'id' }, rows)} where address_range.id = t.id`);
    await this.forget([...former, ...values].map(({ poolId }) => poolId));
  }

  async remove(ids: readonly number[]): Promise<void> {
    if (ids.length === 0) return;
    const gone = await this.getMany(ids);
    await this.session.change(
      sql`delete from address_range where ${this.session.dialect.among(raw('id'), 'id', ids)}`,
    );
    await this.forget(gone.map(({ poolId }) => poolId));
  }

  private forget(poolIds: readonly (number | null)[]): Promise<void> {
    return this.freeSpace.forget([...new Set(poolIds.flatMap((poolId) => poolId ?? []))]);
  }

  private async where(condition: Sql): Promise<RangeRecord[]> {
    const rows = await this.session.rows<RangeRow>(
      sql`select ${FIELDS} from address_range r where ${condition} order by r.lo, r.id`,
    );
    return rows.map(fromRow);
  }

  private among(column: string, ids: readonly number[]): Sql {
    return this.session.dialect.among(raw(column), 'id', ids);
  }

  private conditionsOf(filter: RangeFilter): Sql[] {
    const { vrfId, poolId, purpose, name, endedAt, accessScope } = filter;
    const found: Sql[] = [];
    if (vrfId !== undefined) found.push(sql`r.vrf_id = ${vrfId}`);
    if (poolId !== undefined) found.push(sql`r.pool_id = ${poolId}`);
    if (purpose) found.push(sql`r.purpose = ${purpose}`);
    if (name !== undefined) found.push(sql`r.name = ${name}`);
    if (endedAt) found.push(sql`r.until <= ${endedAt}`);
    if (accessScope) found.push(inAccessScope(this.session, accessScope, 'r'));
    return found;
  }
}

/** The place in the list that a cursor tells. @throws InvalidCursor */
function placeOf(cursor: string): Sql {
  const [, lo, id] = /^([0-9a-f]{32})\.(\d{1,15})$/.exec(cursor) ?? [];
  if (lo === undefined) throw new InvalidCursor();
  return sql`(${Uint8Array.from(Buffer.from(lo, 'hex'))}, ${Number(id)})`;
}

function byFirst(a: RangeRecord, b: RangeRecord): number {
  return a.span.first < b.span.first ? -1 : a.span.first > b.span.first ? 1 : a.id - b.id;
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
