import {
  addressBytes,
  addressFromBytes,
  cidrOf128,
  type AddressRange,
  type Cidr,
} from '@cloudpam/cidr';
import {
  InvalidCursor,
  type AddressFilter,
  type AddressList,
  type AddressPage,
  type AddressRecord,
  type AddressStore,
} from '@cloudpam/pools';
import { beginsIn } from './address-condition';
import type { FreeSpace } from './free-space';
import { inAccessScope } from './in-access-scope';
import { rowBatches } from './row-batches';
import type { Columns, Row, Session } from './session';
import { totalOf } from './simple-rows';
import { raw, sql, where, type Sql } from './sql';
import { addressMeant } from './typed-conditions';
import { jsonOf, optionalTimeOf, timeOf } from './values';

const COLUMNS = {
  id: 'id',
  vrf_id: 'int',
  pool_id: 'id',
  range_id: 'id',
  lo: 'bytes',
  plen: 'int',
  kind: 'text',
  name: 'text',
  status: 'text',
  role: 'text',
  dns_name: 'text',
  mac: 'text',
  account_id: 'int',
  description: 'text',
  tags: 'json',
  expires_at: 'time',
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

const FIELDS = raw('a.*');

interface AddressRow {
  readonly id: number;
  readonly vrf_id: number;
  readonly pool_id: number | null;
  readonly range_id: number | null;
  readonly lo: Uint8Array;
  readonly name: string;
  readonly status: AddressRecord['status'];
  readonly role: AddressRecord['role'];
  readonly dns_name: string | null;
  readonly mac: string | null;
  readonly account_id: number | null;
  readonly description: string;
  readonly tags: AddressRecord['tags'] | string;
  readonly expires_at: Date | number | null;
  readonly created_at: Date | number;
  readonly updated_at: Date | number;
  readonly version: number;
}

/** Address records in table `address`; each takes its address out of the free space of its pool. */
export class TypeOrmAddressStore implements AddressStore {
  constructor(
    private readonly session: Session,
    private readonly freeSpace: FreeSpace,
  ) {}

  async get(id: number): Promise<AddressRecord | undefined> {
    return (await this.where(sql`a.id = ${id}`))[0];
  }

  async getMany(ids: readonly number[]): Promise<AddressRecord[]> {
    return ids.length === 0 ? [] : this.where(this.among('a.id', ids));
  }

  async lock(ids: readonly number[]): Promise<AddressRecord[]> {
    if (ids.length === 0) return [];
    const rows = await this.session.rows<AddressRow>(
      sql`select ${FIELDS} from address a where ${this.among('a.id', ids)}
        order by a.lo, a.id ${this.session.dialect.lock('a')}`,
    );
    return rows.map(fromRow);
  }

  async list(filter: AddressFilter, { size, page = 1, after }: AddressPage): Promise<AddressList> {
    const conditions = this.conditionsOf(filter);
    const place = after === undefined ? [] : [sql`(a.lo, a.id) > ${placeOf(after)}`];
    const skipped = after === undefined ? (page - 1) * size : 0;
    const once = { once: true };
    const rows = await this.session.rows<AddressRow>(
      sql`select ${FIELDS} from address a ${where([...conditions, ...place])}
        order by a.lo, a.id limit ${size + 1} offset ${skipped}`,
      once,
    );
    const last = rows.length > size ? rows[size - 1] : undefined;
    return {
      items: rows.slice(0, size).map(fromRow),
      total: await totalOf(this.session, sql`select 1 from address a ${where(conditions)}`, once),
      nextCursor: last ? `${Buffer.from(last.lo).toString('hex')}.${last.id}` : null,
    };
  }

  async equalTo(vrfId: number, hosts: readonly Cidr[]): Promise<AddressRecord[]> {
    if (hosts.length === 0) return [];
    const rows = hosts.map(({ first }) => [vrfId, addressBytes(first)]);
    const asked = this.session.dialect.table('h', { vrf_id: 'int', lo: 'bytes' }, rows);
    const found = await this.session.rows<AddressRow>(
      this.session.dialect.forEach(asked, {
        select: FIELDS,
        from: raw('address a'),
        where: sql`a.vrf_id = h.vrf_id and a.lo = h.lo`,
      }),
    );
    return found.map(fromRow).sort(byAddress);
  }

  async inPool(
    vrfId: number,
    poolId: number | null,
    ranges: readonly AddressRange[],
  ): Promise<AddressRecord[]> {
    if (ranges.length === 0) return [];
    const rows = ranges.map(({ first, last }) => [addressBytes(first), addressBytes(last)]);
    const asked = this.session.dialect.table('h', { first: 'bytes', last: 'bytes' }, rows);
    const { range } = this.session.dialect;
    const inside = (key: string, of: number): Sql =>
      range(raw(key), sql`${of}`, raw('a.lo'), raw('h.first'), raw('h.last'));
    const found = await this.session.rows<AddressRow>(
      this.session.dialect.forEach(asked, {
        select: FIELDS,
        from: raw('address a'),
        where:
          poolId === null
            ? sql`a.pool_id is null and ${inside('a.vrf_id', vrfId)}`
            : inside('a.pool_id', poolId),
      }),
    );
    // Ranges can lie in each other.
    return [...new Map(found.map((row) => [row.id, fromRow(row)])).values()].sort(byAddress);
  }

  async ofPools(poolIds: readonly number[]): Promise<AddressRecord[]> {
    return poolIds.length === 0 ? [] : this.where(this.among('a.pool_id', poolIds));
  }

  async insert(records: readonly Omit<AddressRecord, 'id'>[]): Promise<AddressRecord[]> {
    if (records.length === 0) return [];
    const ids = await this.session.dialect.takeIds(this.session, 'address', records.length);
    const made = records.map((record, at) => ({ ...record, id: ids[at] ?? 0 }));
    for (const rows of rowBatches(made, toRow)) await this.session.insert('address', COLUMNS, rows);
    // What a range keeps is not free anyway.
    const free = made.filter(({ rangeId }) => rangeId === null);
    await this.freeSpace.taken(free.map(({ poolId, cidr }) => ({ parentId: poolId, cidr })));
    return made;
  }

  async save(records: readonly AddressRecord[]): Promise<void> {
    if (records.length === 0) return;
    const before = new Map(
      (await this.getMany(records.map(({ id }) => id))).map((record) => [record.id, record]),
    );
    for (const rows of rowBatches(records, toRow))
      await this.session.change(sql`update address set ${ASSIGNMENTS}
        from ${this.session.dialect.table('t', COLUMNS, rows)} where address.id = t.id`);
    const touched = records.flatMap(({ id, poolId, cidr }) => {
      const old = before.get(id);
      const stays = old && old.poolId === poolId && old.cidr.first === cidr.first;
      return stays ? [] : [poolId, old?.poolId ?? null];
    });
    await this.freeSpace.forget([...new Set(touched.flatMap((poolId) => poolId ?? []))]);
  }

  async setRange(ids: readonly number[], rangeId: number | null): Promise<void> {
    if (ids.length === 0) return;
    await this.session.change(
      sql`update address set range_id = ${rangeId} where ${this.session.dialect.among(raw('id'), 'id', ids)}`,
    );
  }

  async setPool(
    values: readonly { readonly id: number; readonly poolId: number | null }[],
  ): Promise<void> {
    if (values.length === 0) return;
    const { dialect } = this.session;
    const ids = values.map(({ id }) => id);
    const former = await this.getMany(ids);
    const rows = values.map(({ id, poolId }) => [id, poolId]);
    await this.session.change(sql`update address set pool_id = t.pool_id
      from ${dialect.table('t', { id: 'id', pool_id: 'id' }, rows)} where address.id = t.id`);
    const touched = [...former, ...values].flatMap(({ poolId }) => poolId ?? []);
    await this.freeSpace.forget([...new Set(touched)]);
  }

  async remove(ids: readonly number[]): Promise<void> {
    if (ids.length === 0) return;
    const gone = await this.getMany(ids);
    await this.session.change(
      sql`delete from address where ${this.session.dialect.among(raw('id'), 'id', ids)}`,
    );
    for (const vrfId of new Set(gone.map((record) => record.vrfId))) {
      const ofVrf = gone.filter((record) => record.vrfId === vrfId && record.rangeId === null);
      await this.freeSpace.released(
        vrfId,
        ofVrf.map(({ poolId, cidr }) => ({ parentId: poolId, cidr })),
      );
    }
  }

  private async where(condition: Sql): Promise<AddressRecord[]> {
    const rows = await this.session.rows<AddressRow>(
      sql`select ${FIELDS} from address a where ${condition} order by a.lo, a.id`,
    );
    return rows.map(fromRow);
  }

  private among(column: string, ids: readonly number[]): Sql {
    return this.session.dialect.among(raw(column), 'id', ids);
  }

  private conditionsOf(filter: AddressFilter): Sql[] {
    const { vrfId, poolId, rangeId, within, status, role, name, expiredAt, typed, accessScope } =
      filter;
    const found: Sql[] = [];
    if (vrfId !== undefined) found.push(sql`a.vrf_id = ${vrfId}`);
    if (poolId !== undefined) found.push(sql`a.pool_id = ${poolId}`);
    if (rangeId !== undefined) found.push(sql`a.range_id = ${rangeId}`);
    if (expiredAt) found.push(sql`a.expires_at <= ${expiredAt}`);
    if (within) found.push(beginsIn(within, 'a'));
    if (status) found.push(sql`a.status = ${status}`);
    if (role) found.push(sql`a.role = ${role}`);
    if (name !== undefined) found.push(sql`a.name = ${name}`);
    if (typed) found.push(addressMeant(this.session, typed));
    if (accessScope) found.push(inAccessScope(this.session, accessScope, 'a'));
    return found;
  }
}

/** The place in the list that a cursor tells. @throws InvalidCursor */
function placeOf(cursor: string): Sql {
  const [, lo, id] = /^([0-9a-f]{32})\.(\d{1,15})$/.exec(cursor) ?? [];
  if (lo === undefined) throw new InvalidCursor();
  return sql`(${Uint8Array.from(Buffer.from(lo, 'hex'))}, ${Number(id)})`;
}

function byAddress(a: AddressRecord, b: AddressRecord): number {
  return a.cidr.first < b.cidr.first ? -1 : a.cidr.first > b.cidr.first ? 1 : a.id - b.id;
}

/** Values in the order of COLUMNS. */
function toRow(record: AddressRecord): Row {
  return [
    record.id,
    record.vrfId,
    record.poolId,
    record.rangeId,
    addressBytes(record.cidr.first),
    128,
    'address',
    record.name,
    record.status,
    record.role,
    record.dnsName,
    record.mac,
    record.accountId,
    record.description,
    JSON.stringify(record.tags),
    record.expiresAt,
    record.createdAt,
    record.updatedAt,
    record.version,
  ];
}

function fromRow(row: AddressRow): AddressRecord {
  return {
    id: row.id,
    vrfId: row.vrf_id,
    poolId: row.pool_id,
    rangeId: row.range_id,
    cidr: cidrOf128(addressFromBytes(row.lo), 128),
    name: row.name,
    status: row.status,
    role: row.role,
    dnsName: row.dns_name,
    mac: row.mac,
    accountId: row.account_id,
    description: row.description,
    tags: jsonOf(row.tags),
    expiresAt: optionalTimeOf(row.expires_at),
    createdAt: timeOf(row.created_at),
    updatedAt: timeOf(row.updated_at),
    version: row.version,
  };
}
