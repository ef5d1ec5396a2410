import type { RecordBase, RecordFilter, RecordKind, RecordStores } from '@cloudpam/pools';
import type { EntitySchema, ObjectLiteral, Repository } from 'typeorm';
import type { Dialect } from './dialect';
import { EntityReader } from './entity-reader';
import { inAccessScope } from './in-access-scope';
import type { Session } from './session';
import { countOf, totalBeside } from './simple-rows';
import { joined, raw, sql, where, type Sql } from './sql';

/** Where each that names records keeps them from being deleted: resources by their network. */
const IN_USE = {
  pool: 'pool',
  resource: 'network',
  address: 'address',
  range: 'address_range',
  vlan: 'vlan',
} as const;
/** Where those are that name records: a VLAN where the pools are that name it. */
const PLACES = {
  pool: 'pool',
  resource: 'resource',
  address: 'address',
  range: 'address_range',
  vlan: `(select p.vrf_id, p.lo, p.plen, p.kind, p.account_id, v.group_id
    from pool p join vlan v on v.id = p.vlan_id)`,
} as const;

/** Whoever sees all. */
const NONE: RecordFilter = {};

/** What the stores of all kinds of records have alike: written by TypeORM, read by plain statements. */
export abstract class TypeOrmRecordStore<
  R extends RecordBase,
  Filter extends RecordFilter,
> implements Pick<RecordStores[keyof RecordStores], 'remove' | 'useCount'> {
  /** The fields in which a text is looked for. */
  protected abstract readonly texts: readonly (keyof R & string)[];
  /** The fields by which lists are in order, before the id. */
  protected abstract readonly order: readonly (keyof R & string)[];

  /** What this run has locked: nobody else changes it until the run ends. */
  private readonly held = new Map<number, R>();
  private readonly reader: EntityReader<R>;

  constructor(
    protected readonly session: Session,
    private readonly kind: Pick<RecordKind<RecordBase>, 'entity' | 'namedBy'>,
    entity: (dialect: Dialect) => EntitySchema<R>,
  ) {
    this.reader = EntityReader.of(entity, session.dialect);
  }

  async get(id: number): Promise<R | undefined> {
    return (
      await this.completed(await this.reader.rows(this.session, sql`where r.id = ${id}`), NONE)
    )[0];
  }

  async getMany(ids: readonly number[]): Promise<R[]> {
    return this.completed(await this.among('id', 'id', ids), NONE);
  }

  async lock(id: number): Promise<R | undefined> {
    const known = this.held.get(id);
    if (known) return known;
    const locked = sql`where r.id = ${id} ${this.session.dialect.lock('r')}`;
    const [record] = await this.completed(await this.reader.rows(this.session, locked), NONE);
    if (record) this.held.set(id, record);
    return record;
  }

  async list(
    filter: Filter,
    page: number,
    pageSize: number,
  ): Promise<{ items: R[]; total: number }> {
    const named = await this.namedInScope(filter);
    const conditions = this.conditionsOf(filter);
    if (named) conditions.push(this.session.dialect.among(raw('r.id'), 'id', named));
    const fitting = where(conditions);
    const order = joined(
      [...this.order, 'id' as const].map((field) => this.reader.column(field)),
      ', ',
    );
    const rows = await this.reader.rows(
      this.session,
      sql`${fitting} order by ${order} limit ${pageSize} offset ${(page - 1) * pageSize}`,
    );
    const counted = sql`select count(*) as n from ${this.reader.table} ${fitting}`;
    const total = await totalBeside(rows, { page, pageSize }, () => countOf(this.session, counted));
    return { items: await this.completed(rows, filter), total };
  }

  async insert(record: Omit<R, 'id'>): Promise<R> {
    const row = { ...record } as R; // but for the id, which the database gives
    const { identifiers } = await this.orm((rows) => rows.insert(row as object));
    return { ...row, id: Number(identifiers[0]?.['id']) };
  }

  async save({ id, ...fields }: R): Promise<void> {
    this.held.delete(id);
    await this.orm((rows) => rows.update(id, fields as object));
  }

  async remove(id: number): Promise<void> {
    this.held.delete(id);
    await this.orm((rows) => rows.delete(id));
  }

  async useCount(id: number): Promise<number> {
    const counts = this.kind.namedBy.map((namer) =>
      countOf(
        this.session,
        sql`select count(*) as n from ${raw(IN_USE[namer])} where ${this.naming} = ${id}`,
      ),
    );
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  }

  /** What fits every field of the filter but the access scope. */
  protected conditionsOf({ text, name, ids }: Filter): Sql[] {
    const { dialect } = this.session;
    const found: Sql[] = [];
    if (name !== undefined) found.push(sql`${this.reader.column('name')} = ${name}`);
    if (ids) found.push(dialect.among(raw('r.id'), 'id', ids));
    if (text !== undefined) {
      const parts = this.texts.map((field) => dialect.hasPart(this.reader.column(field), text));
      found.push(joined([...parts, ...this.whole(text)], ' or '));
    }
    return found;
  }

  /** Rows with what is derived of other rows, as far as the filter lets its caller see. */
  protected async completed(records: R[], _filter: RecordFilter): Promise<R[]> {
    return records;
  }

  /** Also what has this text as a whole. */
  protected whole(_text: string): Sql[] {
    return [];
  }

  /** Those with one of the values in a field. */
  protected async among(
    field: keyof R & string,
    type: 'id' | 'text',
    values: readonly (number | string)[],
  ): Promise<R[]> {
    if (values.length === 0) return [];
    const among = this.session.dialect.among(this.reader.column(field), type, values);
    return this.reader.rows(this.session, sql`where ${among} order by r.id`);
  }

  private orm<T>(work: (rows: Repository<R & ObjectLiteral>) => Promise<T>): Promise<T> {
    return this.session.orm((manager) => work(manager.getRepository(this.kind.entity)));
  }

  /** The column by which others name such a record. */
  protected get naming(): Sql {
    return raw(`${this.kind.entity}_id`);
  }

  /**
   * The ids of the records that pools and discovered resources in the access scope of the filter
   * name; undefined without one.
   */
  private async namedInScope({ accessScope, ids }: Filter): Promise<readonly number[] | undefined> {
    if (!accessScope) return undefined;
    if (ids?.length === 0) return [];
    const { session } = this;
    const { accountIds, under } = accessScope;
    if (this.kind.entity === 'account' && under === null && accountIds) return accountIds;
    const field = sql`r.${this.naming}`;
    const asked = ids ? session.dialect.among(field, 'id', ids) : sql`${field} is not null`;
    const named = new Set<number>();
    for (const namer of this.kind.namedBy) {
      const rows = await session.rows<{ id: number }>(
        sql`select distinct ${field} as id from ${raw(PLACES[namer])} r where ${asked}
          and ${inAccessScope(session, accessScope, 'r')}`,
        { once: true },
      );
      for (const { id } of rows) named.add(id);
    }
    return [...named];
  }
}
