import {
  addressBytes,
  cidrAt,
  familyBits,
  prefixLength128,
  type AddressRange,
  type Cidr,
} from '@cloudpam/cidr';
import { InvalidCursor, type AddressPage } from '@cloudpam/pools';
import type {
  ObservedAddress,
  ObservedFilter,
  ObservedList,
  ObservedPlace,
  ObservedStore,
} from '@cloudpam/reconciliation';
import { beginsIn } from './address-condition';
import type { FreeSpace } from './free-space';
import { inAccessScope } from './in-access-scope';
import { blockOf } from './pool-row';
import { supernetRows } from './pool-tree';
import { rowBatches } from './row-batches';
import type { Columns, Row, Session } from './session';
import { totalOf } from './simple-rows';
import { raw, sql, where, type Sql } from './sql';
import { optionalTimeOf, timeOf } from './values';

const COLUMNS = {
  scope_id: 'int',
  account_id: 'int',
  network_id: 'id',
  vrf_id: 'int',
  region: 'text',
  kind: 'text',
  external_id: 'text',
  subnet_external_id: 'text',
  name: 'text',
  attached_to: 'text',
  lo: 'bytes',
  plen: 'int',
  first_seen_at: 'time',
  last_seen_at: 'time',
  gone_at: 'time',
} as const satisfies Columns;

const SAVED: Columns = { id: 'id', ...COLUMNS };
const IDENTITY = ['scope_id', 'account_id', 'kind', 'external_id', 'lo', 'plen', 'first_seen_at'];
const ASSIGNMENTS = raw(
  Object.keys(COLUMNS)
    .filter((name) => !IDENTITY.includes(name))
    .map((name) => `${name} = t.${name}`)
    .join(', '),
);

// A complete listing touches no row of what it found as it was: the scope's time stands for all.
/** Of `observed_address o` joined with `scope s`. */
export const OBSERVED_FIELDS = raw(
  `o.id, ${Object.keys(COLUMNS)
    .filter((name) => name !== 'last_seen_at')
    .map((name) => `o.${name}`)
    .join(', ')}, case when o.gone_at is null and s.interfaces_complete_at > o.last_seen_at ` +
    'then s.interfaces_complete_at else o.last_seen_at end as last_seen_at',
);
const TABLES = raw('observed_address o join scope s on s.id = o.scope_id');
const BY_ADDRESS = raw('o.lo, o.plen, o.id');

/** A row of table `observed_address`, as `OBSERVED_FIELDS` reads it. */
export interface ObservedRow {
  readonly id: number;
  readonly scope_id: number;
  readonly account_id: number;
  readonly network_id: number | null;
  readonly vrf_id: number;
  readonly region: string;
  readonly kind: ObservedAddress['kind'];
  readonly external_id: string;
  readonly subnet_external_id: string | null;
  readonly name: string;
  readonly attached_to: string | null;
  readonly lo: Uint8Array;
  readonly plen: number;
  readonly first_seen_at: Date | number;
  readonly last_seen_at: Date | number;
  readonly gone_at: Date | number | null;
}

/** Observed addresses in table `observed_address`; each takes its addresses out of the free space. */
export class TypeOrmObservedStore implements ObservedStore {
  constructor(
    private readonly session: Session,
    private readonly freeSpace: FreeSpace,
  ) {}

  ofScope(scopeId: number): Promise<ObservedAddress[]> {
    return this.where(sql`o.scope_id = ${scopeId}`);
  }

  async insert(addresses: readonly Omit<ObservedAddress, 'id'>[]): Promise<void> {
    for (const rows of rowBatches(addresses, toRow))
      await this.session.insert('observed_address', COLUMNS, rows);
    await this.freeSpace.observedChanged(addresses);
  }

  async save(addresses: readonly ObservedAddress[]): Promise<void> {
    const before = await this.vrfsOf(addresses.map(({ id }) => id));
    const toSaved = (each: ObservedAddress): Row => [each.id, ...toRow(each)];
    for (const rows of rowBatches(addresses, toSaved))
      await this.session.change(sql`update observed_address set ${ASSIGNMENTS}
        from ${this.session.dialect.table('t', SAVED, rows)} where observed_address.id = t.id`);
    // Those that are gone are still held; only another VRF is another space.
    const moved = addresses.filter(({ id, vrfId }) => (before.get(id) ?? vrfId) !== vrfId);
    await this.freeSpace.observedChanged([
      ...moved,
      ...moved.map(({ id, vrfId, cidr }) => ({ vrfId: before.get(id) ?? vrfId, cidr })),
    ]);
  }

  async touch(ids: readonly number[], lastSeenAt: Date): Promise<void> {
    if (ids.length > 0)
      await this.session.change(
        sql`update observed_address set last_seen_at = ${lastSeenAt} where ${this.among('id', ids)}`,
      );
  }

  async purge(goneBefore: Date): Promise<number> {
    const gone = await this.where(sql`o.gone_at < ${goneBefore}`);
    if (gone.length === 0) return 0;
    const ids = gone.map(({ id }) => id);
    const count = await this.session.change(
      sql`delete from observed_address where ${this.among('id', ids)} and gone_at < ${goneBefore}`,
    );
    await this.freeSpace.observedChanged(gone);
    return count;
  }

  async list(
    { vrfId, within, name, accessScope }: ObservedFilter,
    { size, page = 1, after }: AddressPage,
  ): Promise<ObservedList> {
    const conditions = [sql`o.vrf_id = ${vrfId}`, beginsIn(within, 'o')];
    if (name !== undefined) conditions.push(sql`o.name = ${name}`);
    if (accessScope) conditions.push(inAccessScope(this.session, accessScope, 'o'));
    const place = after === undefined ? [] : [sql`(o.lo, o.plen, o.id) > ${placeOf(after)}`];
    const skipped = after === undefined ? (page - 1) * size : 0;
    const rows = await this.session.rows<ObservedRow>(
      sql`select ${OBSERVED_FIELDS} from ${TABLES} ${where([...conditions, ...place])}
        order by ${BY_ADDRESS} limit ${size + 1} offset ${skipped}`,
      { once: true },
    );
    const last = rows.length > size ? rows[size - 1] : undefined;
    return {
      items: rows.slice(0, size).map(observedFromRow),
      total: await totalOf(
        this.session,
        sql`select 1 from observed_address o ${where(conditions)}`,
        { once: true },
      ),
      nextCursor: last ? `${Buffer.from(last.lo).toString('hex')}.${last.plen}.${last.id}` : null,
    };
  }

  async equalTo(places: readonly ObservedPlace[]): Promise<ObservedAddress[]> {
    if (places.length === 0) return [];
    const { dialect } = this.session;
    const asked = dialect.table(
      'h',
      { vrf_id: 'int', lo: 'bytes' },
      places.map(({ vrfId, cidr }) => [vrfId, addressBytes(cidr.first)]),
    );
    const found = await this.session.rows<ObservedRow>(
      dialect.forEach(asked, {
        select: OBSERVED_FIELDS,
        from: TABLES,
        where: sql`o.vrf_id = h.vrf_id and o.lo = h.lo and o.plen = 128 and o.gone_at is null`,
      }),
    );
    return found.map(observedFromRow);
  }

  async touching(vrfId: number, range: AddressRange, limit: number): Promise<ObservedAddress[]> {
    const first = cidrAt(range.family, range.first, familyBits(range.family));
    const columns: Columns = { lo: 'bytes', plen: 'int' };
    const around = this.session.dialect.table('s', columns, supernetRows(first));
    const found = await this.session.rows<{ id: number }>(sql`
      select id from (
        select q.id, q.lo, q.plen from ${around} cross join observed_address q
        where q.vrf_id = ${vrfId} and q.lo = s.lo and q.plen = s.plen
        and q.lo < ${addressBytes(range.first)}
        union all select * from (
          select q.id, q.lo, q.plen from observed_address q
          where q.vrf_id = ${vrfId} and ${beginsIn(range, 'q')}
          order by q.lo, q.plen, q.id limit ${limit}) inside
      ) touching order by lo, plen, id limit ${limit}`);
    return found.length === 0
      ? []
      : this.where(
          this.among(
            'o.id',
            found.map(({ id }) => id),
          ),
        );
  }

  async count(vrfId: number, range: AddressRange): Promise<bigint> {
    const rows = await this.session.rows<{ plen: number; n: number }>(
      sql`select plen, count(*) as n from (select distinct o.lo, o.plen from observed_address o
        where o.vrf_id = ${vrfId} and ${beginsIn(range, 'o')} and o.gone_at is null) once group by plen`,
    );
    return rows.reduce((sum, { plen, n }) => sum + (BigInt(n) << BigInt(128 - plen)), 0n);
  }

  private async where(condition: Sql): Promise<ObservedAddress[]> {
    const rows = await this.session.rows<ObservedRow>(
      sql`select ${OBSERVED_FIELDS} from ${TABLES} where ${condition} order by ${BY_ADDRESS}`,
    );
    return rows.map(observedFromRow);
  }

  private async vrfsOf(ids: readonly number[]): Promise<Map<number, number>> {
    if (ids.length === 0) return new Map();
    const rows = await this.session.rows<{ id: number; vrf_id: number }>(
      sql`select id, vrf_id from observed_address where ${this.among('id', ids)}`,
    );
    return new Map(rows.map(({ id, vrf_id }) => [id, vrf_id]));
  }

  private among(column: string, ids: readonly number[]): Sql {
    return this.session.dialect.among(raw(column), 'id', ids);
  }
}

/** The place in the list that a cursor tells. @throws InvalidCursor */
function placeOf(cursor: string): Sql {
  const [, lo, plen, id] = /^([0-9a-f]{32})\.(\d{1,3})\.(\d{1,15})$/.exec(cursor) ?? [];
  if (lo === undefined) throw new InvalidCursor();
  return sql`(${Uint8Array.from(Buffer.from(lo, 'hex'))}, ${Number(plen)}, ${Number(id)})`;
}

/** Values in the order of COLUMNS. */
function toRow(each: Omit<ObservedAddress, 'id'>): Row {
  return [
    each.scopeId,
    each.accountId,
    each.networkId,
    each.vrfId,
    each.region,
    each.kind,
    each.externalId,
    each.subnetExternalId,
    each.name,
    each.attachedTo,
    addressBytes(each.cidr.first),
    prefixLength128(each.cidr),
    each.firstSeenAt,
    each.lastSeenAt,
    each.goneAt,
  ];
}

/** The observed address of a row. */
export function observedFromRow(row: ObservedRow): ObservedAddress {
  const cidr: Cidr = blockOf(row);
  return {
    id: row.id,
    scopeId: row.scope_id,
    accountId: row.account_id,
    networkId: row.network_id,
    vrfId: row.vrf_id,
    region: row.region,
    kind: row.kind,
    externalId: row.external_id,
    subnetExternalId: row.subnet_external_id,
    name: row.name,
    attachedTo: row.attached_to,
    cidr,
    firstSeenAt: timeOf(row.first_seen_at),
    lastSeenAt: timeOf(row.last_seen_at),
    goneAt: optionalTimeOf(row.gone_at),
  };
}
