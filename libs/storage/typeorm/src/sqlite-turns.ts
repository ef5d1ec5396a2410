import { setTimeout as sleep } from 'node:timers/promises';
import type { Database as Connection, Statement } from 'better-sqlite3';
import { codeOf } from './errors';

/** How long to wait for another process that writes, in milliseconds. */
const PATIENCE = 30_000;
/** Times between two tries grow up to this, in milliseconds. */
const LONGEST_PAUSE = 10;
/** Another process that has written is taken to go on so long, in milliseconds. */
const GOES_ON = 1_000;
/** What it is left before each transaction then: a few of its tries. */
const LEFT = 2;

/**
 * Turns at a file that several processes write to. SQLite knows no queue: a process that has the next transaction
 * ready when one ends would be first again and again. So it waits a moment where others write too.
 */
export class SqliteTurns {
  private readonly version: Statement;
  private seen: unknown;
  private othersWrote = -GOES_ON;

  constructor(private readonly connection: Connection) {
    // Waiting within SQLite would keep the event loop.
    connection.pragma('busy_timeout = 0');
    this.version = connection.prepare('pragma data_version').pluck();
    this.seen = this.version.get();
  }

  /** Begins a transaction that writes, when it is this process's turn. */
  async begin(): Promise<void> {
    if (performance.now() - this.othersWrote < GOES_ON) await sleep(LEFT);
    await whenFree(() => this.connection.exec('begin immediate'));
    const now = this.version.get(); // changes by what others commit
    if (now === this.seen) return;
    this.seen = now;
    this.othersWrote = performance.now();
  }
}

/** Does something as soon as no other process has the file, without blocking this one meanwhile. */
export async function whenFree(work: () => unknown): Promise<void> {
  const deadline = performance.now() + PATIENCE;
  for (let pause = 1; ; pause = Math.min(pause + 1, LONGEST_PAUSE)) {
    try {
      work();
      return;
    } catch (error) {
      if (!codeOf(error).startsWith('SQLITE_BUSY') || performance.now() > deadline) throw error;
    }
    await sleep(pause * Math.random());
  }
}
