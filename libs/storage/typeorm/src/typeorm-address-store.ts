import {
  addressBytes,
  addressFromBytes,
  cidrOf128,
  type AddressRange,
  type Cidr,
} from '@cloudpam/cidr';
import {
  type AddressFilter,
  type AddressList,
  type AddressPage,
  type AddressRecord,
  type AddressStore,
} from '@cloudpam/pools';
import { beginsIn } from './address-condition';
import type { FreeSpace } from './free-space';
import { inAccessScope } from './in-access-scope';
import { LeafRows } from './leaf-rows';
import { rowBatches } from './row-batches';
import type { Columns, Row, Session } from './session';
import { raw, sql, type Sql } from './sql';
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

/** A row of table `address`. */
export interface AddressRow {
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
  private readonly rows: LeafRows<AddressRow, AddressRecord>;

  constructor(
    private readonly session: Session,
    private readonly freeSpace: FreeSpace,
  ) {
    this.rows = new LeafRows(session, 'address', 'a', COLUMNS, addressFromRow);
  }

  async get(id: number): Promise<AddressRecord | undefined> {
    return (await this.rows.where(sql`a.id = ${id}`))[0];
  }

  getMany(ids: readonly number[]): Promise<AddressRecord[]> {
    return this.rows.among('id', ids);
  }

  lock(ids: readonly number[]): Promise<AddressRecord[]> {
    return this.rows.lock(ids);
  }

  async list(filter: AddressFilter, page: AddressPage): Promise<AddressList> {
    return this.rows.list(await this.conditionsOf(filter), page);
  }

  async equalTo(vrfId: number, hosts: readonly Cidr[]): Promise<AddressRecord[]> {
    if (hosts.length === 0) return [];
    const rows = hosts.map(({ first }) => [vrfId, addressBytes(first)]);
    const asked = this.session.dialect.table('h', { vrf_id: 'int', lo: 'bytes' }, rows);
    const found = await this.session.rows<AddressRow>(
      this.session.dialect.forEach(asked, {
        select: raw('a.*'),
        from: raw('address a'),
        where: sql`a.vrf_id = h.vrf_id and a.lo = h.lo`,
      }),
    );
    return found.map(addressFromRow).sort(byAddress);
  }

  inPool(
    vrfId: number,
    poolId: number | null,
    ranges: readonly AddressRange[],
  ): Promise<AddressRecord[]> {
    return this.rows.inPool(vrfId, poolId, ranges);
  }

  ofPools(poolIds: readonly number[]): Promise<AddressRecord[]> {
    return this.rows.among('pool_id', poolIds);
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
    await this.rows.save(rowBatches(records, toRow));
    const touched = records.flatMap(({ id, poolId, cidr }) => {
      const old = before.get(id);
      const stays = old && old.poolId === poolId && old.cidr.first === cidr.first;
      return stays ? [] : [poolId, old?.poolId ?? null];
    });
    await this.freeSpace.forgetPools(touched);
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
    await this.freeSpace.forgetPools(await this.rows.setPool(values));
  }

  async remove(ids: readonly number[]): Promise<void> {
    const gone = await this.rows.remove(ids);
    for (const vrfId of new Set(gone.map((record) => record.vrfId))) {
      const ofVrf = gone.filter((record) => record.vrfId === vrfId && record.rangeId === null);
      await this.freeSpace.released(
        vrfId,
        ofVrf.map(({ poolId, cidr }) => ({ parentId: poolId, cidr })),
      );
    }
  }

  private async conditionsOf(filter: AddressFilter): Promise<Sql[]> {
    const { vrfId, accountId, poolId, rangeId, within, status, role, name } = filter;
    const { expiredAt, typed, accessScope } = filter;
    const found: Sql[] = [];
    if (vrfId !== undefined) found.push(sql`a.vrf_id = ${vrfId}`);
    if (accountId !== undefined) found.push(sql`a.account_id = ${accountId}`);
    if (poolId !== undefined) found.push(sql`a.pool_id = ${poolId}`);
    if (rangeId !== undefined) found.push(sql`a.range_id = ${rangeId}`);
    if (expiredAt) found.push(sql`a.expires_at <= ${expiredAt}`);
    if (within) found.push(beginsIn(within, 'a'));
    if (status) found.push(sql`a.status = ${status}`);
    if (role) found.push(sql`a.role = ${role}`);
    if (name !== undefined) found.push(sql`a.name = ${name}`);
    if (typed) found.push(await addressMeant(this.session, typed));
    if (accessScope) found.push(inAccessScope(this.session, accessScope, 'a'));
    return found;
  }
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

/** The record of a row. */
export function addressFromRow(row: AddressRow): AddressRecord {
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
