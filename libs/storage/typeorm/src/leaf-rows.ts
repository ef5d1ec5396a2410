import { addressBytes, type AddressRange } from '@cloudpam/cidr';
import { InvalidCursor, type AddressPage } from '@cloudpam/pools';
import type { Columns, Row, Session } from './session';
import { totalOf } from './simple-rows';
import { raw, sql, where, type Sql } from './sql';

/** What the rows of leaves have alike. */
interface LeafRow {
  readonly id: number;
  readonly lo: Uint8Array;
}
interface PooledLeaf {
  readonly id: number;
  readonly poolId: number | null;
}

/** Rows of a table of leaves of the pool tree: of addresses, or of ranges of them. All lists are in address order. */
export class LeafRows<Stored extends LeafRow, Leaf extends PooledLeaf> {
  private readonly from: Sql;
  private readonly order: Sql;
  private readonly assignments: Sql;

  /** @param alias of the table in conditions */
  constructor(
    private readonly session: Session,
    private readonly table: 'address' | 'address_range',
    private readonly alias: string,
    private readonly columns: Columns,
    private readonly fromRow: (row: Stored) => Leaf,
  ) {
    this.from = raw(`${table} ${alias}`);
    this.order = raw(`order by ${alias}.lo, ${alias}.id`);
    const set = Object.keys(columns).filter((name) => name !== 'id');
    this.assignments = raw(set.map((name) => `${name} = t.${name}`).join(', '));
  }

  async where(condition: Sql, ending: Sql = raw('')): Promise<Leaf[]> {
    const rows = await this.session.rows<Stored>(
      sql`select ${this.fields} from ${this.from} where ${condition} ${this.order} ${ending}`,
    );
    return rows.map(this.fromRow);
  }

  async among(column: 'id' | 'pool_id', ids: readonly number[]): Promise<Leaf[]> {
    return ids.length === 0 ? [] : this.where(this.isAmong(column, ids));
  }

  async lock(ids: readonly number[]): Promise<Leaf[]> {
    const { dialect } = this.session;
    return ids.length === 0 ? [] : this.where(this.isAmong('id', ids), dialect.lock(this.alias));
  }

  async list(
    conditions: readonly Sql[],
    { size, page = 1, after }: AddressPage,
  ): Promise<{ items: Leaf[]; total: number; nextCursor: string | null }> {
    const at = raw(`(${this.alias}.lo, ${this.alias}.id)`);
    const place = after === undefined ? [] : [sql`${at} > ${placeOf(after)}`];
    const skipped = after === undefined ? (page - 1) * size : 0;
    const once = { once: true };
    const rows = await this.session.rows<Stored>(
      sql`select ${this.fields} from ${this.from} ${where([...conditions, ...place])}
        ${this.order} limit ${size + 1} offset ${skipped}`,
      once,
    );
    const last = rows.length > size ? rows[size - 1] : undefined;
    const all = sql`select 1 from ${this.from} ${where(conditions)}`;
    return {
      items: rows.slice(0, size).map(this.fromRow),
      total: await totalOf(this.session, all, once),
      nextCursor: last ? `${Buffer.from(last.lo).toString('hex')}.${last.id}` : null,
    };
  }

  /**
   * Those of a pool, or of no pool of the VRF, that begin in one of the spans.
   * @param ends what more holds of a leaf of the span `h.first`, `h.last`
   */
  async inPool(
    vrfId: number,
    poolId: number | null,
    spans: readonly AddressRange[],
    ends: Sql = raw('1 = 1'),
  ): Promise<Leaf[]> {
    if (spans.length === 0) return [];
    const { alias, session } = this;
    const rows = spans.map(({ first, last }) => [addressBytes(first), addressBytes(last)]);
    const asked = session.dialect.table('h', { first: 'bytes', last: 'bytes' }, rows);
    const inside = (key: string, of: number): Sql =>
      session.dialect.range(
        raw(`${alias}.${key}`),
        sql`${of}`,
        raw(`${alias}.lo`),
        raw('h.first'),
        raw('h.last'),
      );
    const found = await session.rows<Stored>(
      session.dialect.forEach(asked, {
        select: this.fields,
        from: this.from,
        where:
          poolId === null
            ? sql`${raw(alias)}.pool_id is null and ${inside('vrf_id', vrfId)} and ${ends}`
            : sql`${inside('pool_id', poolId)} and ${ends}`,
      }),
    );
    // Spans can lie in each other.
    const each = [...new Map(found.map((row) => [row.id, row])).values()];
    return each.sort((a, b) => Buffer.compare(a.lo, b.lo) || a.id - b.id).map(this.fromRow);
  }

  /** Overwrites all columns of rows, in batches. */
  async save(batches: Iterable<readonly Row[]>): Promise<void> {
    for (const rows of batches)
      await this.session.change(sql`update ${raw(this.table)} set ${this.assignments}
        from ${this.session.dialect.table('t', this.columns, rows)} where ${raw(this.table)}.id = t.id`);
  }

  /** Gives leaves another pool; tells of all pools that this touches. */
  async setPool(
    values: readonly { readonly id: number; readonly poolId: number | null }[],
  ): Promise<(number | null)[]> {
    if (values.length === 0) return [];
    const former = await this.among(
      'id',
      values.map(({ id }) => id),
    );
    const rows = values.map(({ id, poolId }) => [id, poolId]);
    const asked = this.session.dialect.table('t', { id: 'id', pool_id: 'id' }, rows);
    await this.session.change(sql`update ${raw(this.table)} set pool_id = t.pool_id
      from ${asked} where ${raw(this.table)}.id = t.id`);
    return [...former, ...values].map(({ poolId }) => poolId);
  }

  /** Deletes rows; gives what they were. */
  async remove(ids: readonly number[]): Promise<Leaf[]> {
    const gone = await this.among('id', ids);
    if (ids.length > 0)
      await this.session.change(
        sql`delete from ${raw(this.table)} where ${this.session.dialect.among(raw('id'), 'id', ids)}`,
      );
    return gone;
  }

  private get fields(): Sql {
    return raw(`${this.alias}.*`);
  }

  private isAmong(column: 'id' | 'pool_id', ids: readonly number[]): Sql {
    return this.session.dialect.among(raw(`${this.alias}.${column}`), 'id', ids);
  }
}

/** The place in the list that a cursor tells. @throws InvalidCursor */
function placeOf(cursor: string): Sql {
  const [, lo, id] = /^([0-9a-f]{32})\.(\d{1,15})$/.exec(cursor) ?? [];
  if (lo === undefined) throw new InvalidCursor();
  return sql`(${Uint8Array.from(Buffer.from(lo, 'hex'))}, ${Number(id)})`;
}
