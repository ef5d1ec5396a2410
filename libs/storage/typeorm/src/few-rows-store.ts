import { replacedColumns } from './replaced-rows';
import type { Columns, Row, Session } from './session';
import { raw, sql, type Sql } from './sql';

/** A table whose rows are read and written whole. */
export interface FewRowsTable<T, Stored> {
  readonly name: string;
  /** All but `id`. */
  readonly columns: Columns;
  /** The values of the columns, in their order. */
  toRow(one: Omit<T, 'id'>): Row;
  fromRow(row: Stored): T;
}

/** What the stores of those have alike of which there are at most some hundred, as webhooks and digests. */
export abstract class FewRowsStore<T extends { readonly id: number }, Stored> {
  private readonly name: Sql;
  private readonly changed: Sql;
  private readonly names: Sql;
  private readonly selected: Sql;

  constructor(
    protected readonly session: Session,
    private readonly table: FewRowsTable<T, Stored>,
  ) {
    const { names, selected } = replacedColumns(table.columns);
    this.name = raw(table.name);
    this.names = names;
    this.selected = selected;
    this.changed = raw(
      Object.keys(table.columns)
        .map((name) => `${name} = t.${name}`)
        .join(', '),
    );
  }

  async hold(): Promise<void> {
    await this.session.rows(this.session.dialect.hold(this.table.name));
  }

  all(): Promise<T[]> {
    return this.those(sql`select r.* from ${this.name} r order by r.id`);
  }

  async get(id: number): Promise<T | undefined> {
    return (await this.those(sql`select r.* from ${this.name} r where r.id = ${id}`))[0];
  }

  async lock(id: number): Promise<T | undefined> {
    const lock = this.session.dialect.lock('r');
    return (await this.those(sql`select r.* from ${this.name} r where r.id = ${id} ${lock}`))[0];
  }

  async insert(one: Omit<T, 'id'>): Promise<T> {
    const [row] = await this.session.rows<{ id: number }>(
      sql`insert into ${this.name} (${this.names}) select ${this.selected} from ${this.given(one)} returning id`,
    );
    return { ...one, id: row?.id ?? 0 } as T; // what the id was left out of
  }

  async save(one: T): Promise<void> {
    await this.session.change(
      sql`update ${this.name} set ${this.changed} from ${this.given(one)} where ${this.name}.id = ${one.id}`,
    );
  }

  async remove(id: number): Promise<void> {
    await this.session.change(sql`delete from ${this.name} where id = ${id}`);
  }

  private given(one: Omit<T, 'id'>): Sql {
    return this.session.dialect.table('t', this.table.columns, [this.table.toRow(one)]);
  }

  private async those(query: Sql): Promise<T[]> {
    return (await this.session.rows<Stored>(query)).map((row) => this.table.fromRow(row));
  }
}
