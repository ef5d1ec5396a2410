import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';

/** A streaming replica of a PostgreSQL server: a server of its own that can be read. */
export interface PostgresReplica {
  /** The URL of the same database here. */
  url(primary: string): string;
  /** Ends the server at once, as a crash would. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Has it receive what is written and not show it, until it may `go on`. */
  pause(): Promise<void>;
  goOn(): Promise<void>;
  /** Has it take writes of its own from now on. */
  promote(): Promise<void>;
  /** Ends the server and deletes its data. */
  stop(): Promise<void>;
}

/**
 * Makes a replica on this machine; it ends with this process at the latest.
 * @param primaryUrl of a superuser, on a server whose files this process may read
 * @param settings such as `max_standby_streaming_delay=0`
 * @throws Error with what the server said when it does not start
 */
export async function startReplica(
  primaryUrl: string,
  settings: readonly string[] = [],
): Promise<PostgresReplica> {
  const script = join(__dirname, '../../testing/postgres-replica.mjs');
  const child = spawn(process.execPath, [script, primaryUrl, ...settings], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => void child.on('close', () => resolve()));
  let said = '';
  child.stderr.on('data', (text) => (said += String(text)));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const line = await lines.next();
    if (line.done === true) throw new Error(`the replica ended: ${said}`);
    return line.value;
  };
  const port = await next();
  const url = (primary: string): string => Object.assign(new URL(primary), { port }).href;
  const tell = async (command: string): Promise<void> => {
    child.stdin.write(`${command}\n`);
    await next();
  };
  const query = async (text: string): Promise<void> => {
    const client = new Client({ connectionString: url(primaryUrl) });
    await client.connect();
    try {
      for (let isDone = false; !isDone;) {
        isDone = await client.query(text).then(() => true, wasCancelled);
      }
    } finally {
      await client.end();
    }
  };
  return {
    url,
    kill: () => tell('kill'),
    start: () => tell('start'),
    pause: () => query('select pg_wal_replay_pause()'),
    goOn: () => query('select pg_wal_replay_resume()'),
    promote: () => query('select pg_promote(true)'),
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}

/** Replay cancels what is in its way (SQLSTATE 40001), the words to it as well. @throws any other error */
function wasCancelled(error: unknown): false {
  if ((error as { code?: string }).code !== '40001') throw error;
  return false;
}
