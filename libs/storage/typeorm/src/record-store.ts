import type { RecordBase, RecordFilter, RecordKind, RecordStores } from '@cloudpam/pools';
import type { ObjectLiteral, Repository, SelectQueryBuilder } from 'typeorm';
import { likePattern } from './dialect';
import { inAccessScope } from './in-access-scope';
import type { Session } from './session';
import { countOf } from './simple-rows';
import { raw, sql, type Sql } from './sql';

/** Where each that names records keeps them from being deleted: resources by their network. */
const IN_USE = { pool: 'pool', resource: 'network' } as const;

/** What the stores of all kinds of records have alike: the table has the name of their entity. */
export abstract class TypeOrmRecordStore<
  R extends RecordBase,
  Filter extends RecordFilter,
> implements Pick<RecordStores[keyof RecordStores], 'remove' | 'useCount'> {
  /** The columns in which a text is looked for. */
  protected abstract readonly texts: readonly string[];
  /** The fields by which lists are in order, before the id. */
  protected abstract readonly order: readonly (keyof R & string)[];

  /** What this run has locked: nobody else changes it until the run ends. */
  private readonly held = new Map<number, R>();

  constructor(
    protected readonly session: Session,
    private readonly kind: Pick<RecordKind<RecordBase>, 'entity' | 'namedBy'>,
  ) {}

  async get(id: number): Promise<R | undefined> {
    return (await this.orm((rows) => rows.findOne({ where: { id } as object }))) ?? undefined;
  }

  async lock(id: number): Promise<R | undefined> {
    const known = this.held.get(id);
    if (known) return known;
    // It is read behind the lock, which it goes out with.
    const [, record] = await Promise.all([
      this.session.rows(sql`select id from ${raw(this.kind.entity)} t
        where id = ${id} ${this.session.dialect.lock('t')}`),
      this.get(id),
    ]);
    if (record) this.held.set(id, record);
    return record;
  }

  async list(
    filter: Filter,
    page: number,
    pageSize: number,
  ): Promise<{ items: R[]; total: number }> {
    const named = await this.namedInScope(filter);
    return this.orm(async (rows) => {
      const query = rows
        .createQueryBuilder('r')
        .offset((page - 1) * pageSize)
        .limit(pageSize);
      for (const field of [...this.order, 'id']) query.addOrderBy(`r.${field}`);
      this.narrow(query, filter);
      if (named) among(query, 'named', named);
      const [items, total] = await query.getManyAndCount();
      return { items, total };
    });
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
  protected narrow(query: SelectQueryBuilder<R & ObjectLiteral>, filter: Filter): void {
    const { text, name, ids } = filter;
    if (name !== undefined) query.andWhere('r.name = :name', { name });
    if (ids) among(query, 'ids', ids);
    if (text === undefined) return;
    const parts = this.texts.map(
      (column) => `r.${column} ${this.session.dialect.like} :pattern escape '!'`,
    );
    const also = this.whole(text);
    if (also) parts.push(also.condition);
    query.andWhere(`(${parts.join(' or ')})`, { ...also?.values, pattern: likePattern(text) });
  }

  /** Also what has this text as a whole. */
  protected whole(_text: string): { condition: string; values: ObjectLiteral } | undefined {
    return undefined;
  }

  protected orm<T>(work: (rows: Repository<R & ObjectLiteral>) => Promise<T>): Promise<T> {
    return this.session.orm((manager) => work(manager.getRepository(this.kind.entity)));
  }

  private get naming(): Sql {
    return raw(`${this.kind.entity}_id`);
  }

  /**
   * The ids of the records that pools and discovered resources in the access scope of the filter
   * name; undefined without one.
   */
  private async namedInScope({ accessScope, ids }: Filter): Promise<readonly number[] | undefined> {
    if (!accessScope) return undefined;
    const { session } = this;
    const { accountIds, under } = accessScope;
    if (this.kind.entity === 'account' && under === null && accountIds) return accountIds;
    const field = sql`r.${this.naming}`;
    const asked = ids ? session.dialect.among(field, 'id', ids) : sql`${field} is not null`;
    const named = new Set<number>();
    for (const namer of this.kind.namedBy) {
      const rows = await session.rows<{ id: number }>(
        sql`select distinct ${field} as id from ${raw(namer)} r where ${asked}
          and ${inAccessScope(session, accessScope, 'r')}`,
        { once: true },
      );
      for (const { id } of rows) named.add(id);
    }
    return [...named];
  }
}

function among<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  parameter: string,
  ids: readonly number[],
): void {
  query.andWhere(ids.length === 0 ? '1 = 0' : `r.id in (:...${parameter})`, { [parameter]: ids });
}
