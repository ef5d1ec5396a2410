import { Worker } from 'node:worker_threads';
import type { Database as Connection, Statement } from 'better-sqlite3';
import { sqliteDriverPath } from './sqlite-driver';

/** Changed rows from which a transaction has changed much: copying them takes a few milliseconds. */
const MUCH = 5_000;
/** Pages after which a commit copies the WAL by itself, as SQLite has it. */
const PAGES = 1_000;

const COPY = `
const { workerData: { driver, file } } = require('node:worker_threads');
const connection = new (require(driver))(file);
try {
  connection.pragma('wal_checkpoint(passive)');
} finally {
  connection.close();
}`;

/**
 * Copies the WAL into the file after a transaction that has changed much, in a thread of its own: the commit
 * would do it, and keep the event loop for as long as that takes.
 */
export class SqliteCheckpoints {
  private readonly changes: Statement;
  private before = 0;
  private copying: Promise<void> | undefined;

  constructor(private readonly connection: Connection) {
    this.changes = connection.prepare('select total_changes()').pluck();
  }

  /** A transaction begins. */
  begun(): void {
    this.before = this.changed();
  }

  /** It is about to end: whether it has changed much. Then its commit copies nothing. */
  ending(): boolean {
    if (this.connection.memory || this.changed() - this.before < MUCH) return false;
    this.connection.pragma('wal_autocheckpoint = 0');
    return true;
  }

  /** It has ended. Commits copy nothing until it is done. */
  copy(): void {
    this.copying ??= copied(this.connection.name).finally(() => {
      this.copying = undefined;
      this.connection.pragma(`wal_autocheckpoint = ${PAGES}`);
    });
  }

  /** Waits until nothing is copied any more. */
  async close(): Promise<void> {
    await this.copying;
  }

  private changed(): number {
    return this.changes.get() as number; // of the statement above
  }
}

/** What cannot be copied now a later commit copies. */
function copied(file: string): Promise<void> {
  const worker = new Worker(COPY, {
    eval: true,
    workerData: { driver: sqliteDriverPath(), file },
  });
  return new Promise((resolve) =>
    worker.once('error', () => resolve()).once('exit', () => resolve()),
  );
}
