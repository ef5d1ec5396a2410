import type { EntitySchema, EntitySchemaColumnOptions, ValueTransformer } from 'typeorm';
import type { Dialect } from './dialect';
import type { Session } from './session';
import { raw, sql, type Sql } from './sql';

interface Field {
  readonly name: string;
  readonly read: (value: unknown) => unknown;
}

const readers = new Map<unknown, Map<Dialect, unknown>>();

/** Reads what TypeORM writes, by plain statements: building a query by it costs more than the query itself. */
export class EntityReader<R> {
  /** The table, as `r`. */
  readonly table: Sql;
  private readonly columns = new Map<string, Sql>();
  private readonly fields: Field[] = [];
  private readonly selected: Sql;

  private constructor({ options }: EntitySchema<R>) {
    this.table = raw(`${options.tableName ?? options.name} r`);
    for (const [name, column] of Object.entries<EntitySchemaColumnOptions | undefined>(
      options.columns,
    )) {
      if (!column) continue;
      const transformer = column.transformer as ValueTransformer | undefined; // none has several
      this.columns.set(name, raw(`r.${column.name ?? name}`));
      this.fields.push({ name, read: (value) => (transformer ? transformer.from(value) : value) });
    }
    this.selected = raw(
      [...this.columns].map(([name, { strings }]) => `${strings[0]} as "${name}"`).join(', '),
    );
  }

  /** The one for an entity on a database. */
  static of<R>(entity: (dialect: Dialect) => EntitySchema<R>, dialect: Dialect): EntityReader<R> {
    const known = readers.get(entity) ?? new Map<Dialect, unknown>();
    readers.set(entity, known);
    const reader = known.get(dialect) ?? new EntityReader(entity(dialect));
    known.set(dialect, reader);
    return reader as EntityReader<R>; // made of this entity
  }

  /** The column of a field. */
  column(field: keyof R & string): Sql {
    const column = this.columns.get(field);
    if (!column) throw new Error(`${field} is no column`);
    return column;
  }

  /** @param rest of the statement: its condition, order and limit, over the table as `r` */
  async rows(session: Session, rest: Sql): Promise<R[]> {
    const rows = await session.rows<Record<string, unknown>>(
      sql`select ${this.selected} from ${this.table} ${rest}`,
    );
    for (const row of rows) for (const { name, read } of this.fields) row[name] = read(row[name]);
    return rows as R[]; // with a value of each field
  }
}
