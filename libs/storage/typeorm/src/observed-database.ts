import type { EntityManager, EntityTarget, ObjectLiteral, Repository } from 'typeorm';
import type { Since } from '@cloudpam/audit';
import type { Dialect } from './dialect';
import type { Totals } from './kept-totals';
import type { Columns, Database, Outcome, Row, Session } from './session';
import type { Sql } from './sql';
import { StatementNames } from './statement-name';
import type { End, StatementName, TracePoint, TracePoints } from './trace-point';
import type { Readiness } from './writability';

/** A database that tells of its transactions and statements, where the call is traced. */
export class ObservedDatabase implements Database {
  readonly dialect: Dialect;
  private readonly names: StatementNames;

  constructor(
    private readonly database: Database,
    private readonly points: TracePoints,
  ) {
    this.dialect = database.dialect;
    this.names = new StatementNames(this.dialect.name === 'postgres' ? 'postgresql' : 'sqlite');
  }

  run<T>(work: (session: Session) => Promise<T>, callers = this.callers()): Promise<T> {
    return this.during('write', callers, (observed) => this.database.run(observed(work)));
  }

  runEach<T>(
    works: readonly ((session: Session) => Promise<T>)[],
    callers = this.callers(),
  ): Promise<Outcome<T>[]> {
    return this.during('write', callers, (observed) => this.database.runEach(works.map(observed)));
  }

  read<T>(work: (session: Session) => Promise<T>, since?: Since): Promise<T> {
    return this.during('read', this.callers(), (observed) =>
      this.database.read(observed(work), since),
    );
  }

  ask<T>(work: (session: Session) => Promise<T>, since?: Since): Promise<T> {
    const point = this.points();
    return this.database.ask(point ? observing(point, this.names)(work) : work, since);
  }

  ping(): Promise<Readiness> {
    return this.database.ping();
  }

  pendingMigrations(): Promise<string[]> {
    return this.database.pendingMigrations();
  }

  close(): Promise<void> {
    return this.database.close();
  }

  private callers(): readonly TracePoint[] {
    const point = this.points();
    return point ? [point] : [];
  }

  /** What serves several is told at the first of them. */
  private async during<T>(
    name: 'read' | 'write',
    [first, ...others]: readonly TracePoint[],
    run: (observed: Observing) => Promise<T>,
  ): Promise<T> {
    if (!first) return run((work) => work);
    const { point, end } = first.transaction(name, others);
    return ended(() => run(observing(point, this.names)), end);
  }
}

type Observing = <T>(work: (session: Session) => Promise<T>) => (session: Session) => Promise<T>;

function observing(point: TracePoint, names: StatementNames): Observing {
  return (work) => (session) => work(new ObservedSession(session, point, names));
}

async function ended<T>(work: () => Promise<T>, end: End): Promise<T> {
  try {
    const result = await work();
    end();
    return result;
  } catch (error) {
    end(error);
    throw error;
  }
}

class ObservedSession implements Session {
  readonly dialect: Dialect;
  readonly readOnly: boolean;
  readonly totals?: Totals;

  constructor(
    private readonly session: Session,
    private readonly point: TracePoint,
    private readonly names: StatementNames,
  ) {
    this.dialect = session.dialect;
    this.readOnly = session.readOnly;
    if (session.totals) this.totals = session.totals;
  }

  rows<R>(query: Sql, options?: { readonly once?: boolean }): Promise<R[]> {
    return this.told(this.names.of(query.strings), () => this.session.rows<R>(query, options));
  }

  change(query: Sql): Promise<number> {
    return this.told(this.names.of(query.strings), () => this.session.change(query));
  }

  insert(table: string, columns: Columns, rows: readonly Row[]): Promise<void> {
    // Of no rows there is no statement.
    if (rows.length === 0) return this.session.insert(table, columns, rows);
    return this.told(this.names.of([`insert into ${table}`]), () =>
      this.session.insert(table, columns, rows),
    );
  }

  orm<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.session.orm((manager) =>
      work(
        replacing(manager, 'getRepository', (target: EntityTarget<ObjectLiteral>) =>
          this.observed(manager.getRepository(target)),
        ),
      ),
    );
  }

  /** The calls of a repository as statements: `findOneBy` as SELECT, `insert` as INSERT. */
  private observed(rows: Repository<ObjectLiteral>): Repository<ObjectLiteral> {
    return new Proxy(rows, {
      get: (_, key) => {
        const value: unknown = Reflect.get(rows, key);
        if (typeof value !== 'function') return value;
        const [operation = 'SELECT'] = /^(insert|update|delete)$/.exec(String(key)) ?? [];
        const name = {
          system: this.names.system,
          operation: operation.toUpperCase(),
          table: rows.metadata.tableName,
        };
        return (...args: unknown[]) =>
          this.told(name, () => Reflect.apply(value, rows, args) as Promise<unknown>);
      },
    });
  }

  private told<T>(name: StatementName, statement: () => Promise<T>): Promise<T> {
    const end = this.point.statement(name);
    return ended(statement, end);
  }
}

/** An object with another method in place of its own. */
function replacing<T extends object>(whole: T, key: keyof T, method: unknown): T {
  return new Proxy(whole, {
    get: (_, asked) => (asked === key ? method : (Reflect.get(whole, asked) as unknown)),
  });
}
