import type { EntityManager } from 'typeorm';
import type { Columns, Row, Session } from './session';
import type { Sql } from './sql';

/**
 * Gives a session to some work, and takes it back when that ends: what was begun is waited for, and nothing of it
 * goes on. Otherwise work that was left behind, beside a failure, would write into whatever comes after its
 * transaction.
 */
export async function lending<T>(
  session: Session,
  work: (lent: Session) => Promise<T>,
): Promise<T> {
  const lent = new LentSession(session);
  try {
    return await work(lent);
  } finally {
    await lent.end();
  }
}

class LentSession implements Session {
  readonly dialect: Session['dialect'];
  readonly readOnly: boolean;
  private running = 0;
  private isOver = false;
  private onIdle: (() => void) | undefined;

  constructor(private readonly session: Session) {
    this.dialect = session.dialect;
    this.readOnly = session.readOnly;
  }

  rows<R>(query: Sql, options?: { readonly once?: boolean }): Promise<R[]> {
    return this.during(() => this.session.rows<R>(query, options));
  }

  change(query: Sql): Promise<number> {
    return this.during(() => this.session.change(query));
  }

  insert(table: string, columns: Columns, rows: readonly Row[]): Promise<void> {
    return this.during(() => this.session.insert(table, columns, rows));
  }

  orm<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.during(() => this.session.orm(work));
  }

  async end(): Promise<void> {
    this.isOver = true;
    if (this.running > 0) await new Promise<void>((resolve) => (this.onIdle = resolve));
  }

  private async during<T>(statement: () => Promise<T>): Promise<T> {
    if (this.isOver) throw new Error('this part of the transaction is over');
    this.running++;
    try {
      return await statement();
    } finally {
      if (--this.running === 0) this.onIdle?.();
    }
  }
}
