import { addressFromBytes } from '@cloudpam/cidr';
import type {
  MismatchFilter,
  MismatchList,
  MismatchPage,
  MismatchStore,
  StaleAddress,
  UnknownAddress,
} from '@cloudpam/reconciliation';
import { inAccessScope } from './in-access-scope';
import { rowBatches } from './row-batches';
import type { Columns, Session } from './session';
import { totalOf } from './simple-rows';
import { raw, sql, where, type Sql } from './sql';
import { addressFromRow, type AddressRow } from './typeorm-address-store';
import { OBSERVED_FIELDS, observedFromRow, type ObservedRow } from './typeorm-observed-store';
import { timeOf } from './values';

/** The tables, and what their rows are of. */
const KEYS = { stale_address: 'address_id', unknown_address: 'observed_id' } as const;
type TableName = keyof typeof KEYS;

interface CandidateRow {
  readonly id: number;
  readonly vrf_id: number;
  readonly lo: Uint8Array;
}
interface Place {
  readonly vrf_id: number;
  readonly plen: number;
  readonly lo: Uint8Array;
}

/** Differences of records and clouds in tables `stale_address` and `unknown_address`. */
export class TypeOrmMismatchStore implements MismatchStore {
  constructor(private readonly session: Session) {}

  async compare(scopeId: number, startedAt: Date, at: Date): Promise<void> {
    await this.replace(scopeId, 'stale_address', await this.unseen(scopeId, startedAt), at);
    await this.replace(scopeId, 'unknown_address', await this.unrecorded(scopeId), at);
  }

  async forget(scopeId: number): Promise<void> {
    for (const table of Object.keys(KEYS))
      await this.session.change(sql`delete from ${raw(table)} where scope_id = ${scopeId}`);
  }

  async stale(filter: MismatchFilter, page: MismatchPage): Promise<MismatchList<StaleAddress>> {
    const from = raw(`stale_address m join address a on a.id = m.address_id
      join scope s on s.id = m.scope_id`);
    const conditions = [sql`a.status = 'active'`, ...this.conditionsOf(filter, 's', 'a')];
    const { rows, total } = await this.page<
      AddressRow & { since: Date | number; of_account: number; of_region: string }
    >(
      raw('a.*, m.since, s.account_id as of_account, s.region as of_region'),
      from,
      conditions,
      raw('a.lo, a.id'),
      page,
    );
    const items = rows.map((row) => ({
      record: addressFromRow(row),
      accountId: row.of_account,
      region: row.of_region,
      since: timeOf(row.since),
    }));
    return { items, total };
  }

  async unknown(filter: MismatchFilter, page: MismatchPage): Promise<MismatchList<UnknownAddress>> {
    const from = raw(`unknown_address m join observed_address o on o.id = m.observed_id
      join scope s on s.id = m.scope_id`);
    const conditions = [
      sql`o.gone_at is null`,
      raw('not exists (select 1 from address a where a.vrf_id = o.vrf_id and a.lo = o.lo)'),
      ...this.conditionsOf(filter, 's', 'o'),
    ];
    const { rows, total } = await this.page<ObservedRow & { since: Date | number }>(
      sql`${OBSERVED_FIELDS}, m.since`,
      from,
      conditions,
      raw('o.lo, o.plen, o.id'),
      page,
    );
    const items = rows.map((row) => ({ observed: observedFromRow(row), since: timeOf(row.since) }));
    return { items, total };
  }

  async idsAfter(kind: 'stale' | 'unknown', id: number, limit: number): Promise<number[]> {
    const table = kind === 'stale' ? 'stale_address' : 'unknown_address';
    const key = raw(`m.${KEYS[table]}`);
    const rows = await this.session.rows<{ id: number }>(
      sql`select ${key} as id from ${raw(table)} m where ${key} > ${id} order by ${key} limit ${limit}`,
    );
    return rows.map((row) => row.id);
  }

  private async page<Row extends object>(
    fields: Sql,
    from: Sql,
    conditions: readonly Sql[],
    order: Sql,
    { skip, size }: MismatchPage,
  ): Promise<{ rows: Row[]; total: number }> {
    const found = sql`from ${from} ${where(conditions)}`;
    return {
      rows:
        size === 0
          ? []
          : await this.session.rows<Row>(
              sql`select ${fields} ${found} order by ${order} limit ${size} offset ${skip}`,
            ),
      total: await totalOf(this.session, sql`select 1 ${found}`),
    };
  }

  private conditionsOf(
    { accountId, vrfId, ids, since, accessScope }: MismatchFilter,
    scope: string,
    place: string,
  ): Sql[] {
    return [
      ...(accountId === undefined ? [] : [sql`${raw(scope)}.account_id = ${accountId}`]),
      ...(vrfId === undefined ? [] : [sql`${raw(place)}.vrf_id = ${vrfId}`]),
      ...(ids ? [this.session.dialect.among(raw(`${place}.id`), 'id', ids)] : []),
      ...(since ? [sql`m.since >= ${since}`] : []),
      ...(accessScope ? [inAccessScope(this.session, accessScope, place)] : []),
    ];
  }

  /** Records in subnets of the scope that nothing has the address of, alone or in a block. */
  private async unseen(scopeId: number, startedAt: Date): Promise<number[]> {
    const found = await this.session.rows<CandidateRow>(sql`
      select distinct a.id, a.vrf_id, a.lo from resource r
      join address a on a.vrf_id = r.vrf_id and a.lo between r.lo and r.hi
      where r.scope_id = ${scopeId} and r.kind = 'subnet' and r.sync <> 'orphaned'
        and a.created_at < ${startedAt}
        and not exists (select 1 from observed_address o
          where o.vrf_id = a.vrf_id and o.lo = a.lo and o.plen = 128 and o.gone_at is null)`);
    if (found.length === 0) return [];
    const blocks = await this.session.rows<Place>(sql`
      select distinct vrf_id, plen, lo from observed_address
      where ${this.among(
        'vrf_id',
        found.map((row) => row.vrf_id),
      )} and plen < 128 and gone_at is null`);
    const lengths = [...new Set(blocks.map(({ plen }) => plen))];
    const given = new Set(blocks.map(({ vrf_id, plen, lo }) => keyOf(vrf_id, plen, lo)));
    return found
      .filter(({ vrf_id, lo }) => !lengths.some((plen) => given.has(keyOf(vrf_id, plen, lo))))
      .map(({ id }) => id);
  }

  /** Observed addresses of the scope without a record, in subnets in which there are records. */
  private async unrecorded(scopeId: number): Promise<number[]> {
    const subnets = await this.session.rows<{ network_id: number; external_id: string }>(sql`
      select r.network_id, r.external_id from resource r
      where r.network_id in (select o.network_id from observed_address o where o.scope_id = ${scopeId})
        and r.kind = 'subnet' and r.sync <> 'orphaned'
        and exists (select 1 from address a where a.vrf_id = r.vrf_id and a.lo between r.lo and r.hi)`);
    if (subnets.length === 0) return [];
    const kept = this.session.dialect.table(
      'k',
      { network_id: 'id', external_id: 'text' },
      subnets.map((row) => [row.network_id, row.external_id]),
    );
    const found = await this.session.rows<{ id: number }>(sql`
      select distinct o.id from ${kept}
      join observed_address o on o.network_id = k.network_id and o.subnet_external_id = k.external_id
      where o.scope_id = ${scopeId} and o.plen = 128 and o.gone_at is null
        and not exists (select 1 from address a where a.vrf_id = o.vrf_id and a.lo = o.lo)`);
    return found.map(({ id }) => id);
  }

  private async replace(
    scopeId: number,
    table: TableName,
    ids: readonly number[],
    at: Date,
  ): Promise<void> {
    const key = KEYS[table];
    const known = await this.session.rows<{ id: number }>(
      sql`select ${raw(key)} as id from ${raw(table)} where scope_id = ${scopeId}`,
    );
    const now = new Set(ids);
    const before = new Set(known.map(({ id }) => id));
    const gone = [...before].filter((id) => !now.has(id));
    const added = ids.filter((id) => !before.has(id));
    const present = await this.present(table, added);
    // What another scope had found is of this one now, and is so since then.
    const theirs = await this.sinceOf(table, present);
    if (gone.length + theirs.size > 0)
      await this.session.change(
        sql`delete from ${raw(table)} where ${this.among(key, [...gone, ...theirs.keys()])}`,
      );
    const columns: Columns = { [key]: 'id', scope_id: 'int', since: 'time' };
    for (const rows of rowBatches(present, (id) => [id, scopeId, theirs.get(id) ?? at]))
      await this.session.insert(table, columns, rows);
  }

  /** Since when rows are there already. */
  private async sinceOf(table: TableName, ids: readonly number[]): Promise<Map<number, Date>> {
    if (ids.length === 0) return new Map();
    const key = KEYS[table];
    const rows = await this.session.rows<{ id: number; since: Date | number }>(
      sql`select ${raw(key)} as id, since from ${raw(table)} where ${this.among(key, ids)}`,
    );
    return new Map(rows.map(({ id, since }) => [id, timeOf(since)]));
  }

  /** Those of the rows that nobody has removed meanwhile, and that nobody removes until the end of the run. */
  private async present(table: TableName, ids: readonly number[]): Promise<number[]> {
    if (ids.length === 0) return [];
    const of = raw(table === 'stale_address' ? 'address' : 'observed_address');
    const rows = await this.session.rows<{ id: number }>(
      sql`select r.id from ${of} r where ${this.among('r.id', ids)} order by r.id ${this.session.dialect.lock('r')}`,
    );
    return rows.map(({ id }) => id);
  }

  private among(column: string, ids: readonly number[]): Sql {
    return this.session.dialect.among(raw(column), 'id', [...new Set(ids)]);
  }
}

/** The block of a length around an address. */
function keyOf(vrfId: number, plen: number, lo: Uint8Array): string {
  const bits = BigInt(128 - plen);
  return `${vrfId} ${plen} ${addressFromBytes(lo) >> bits}`;
}
