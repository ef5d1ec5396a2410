import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Client } from 'pg';

/** A PostgreSQL server of its own, with nothing in it that must last. */
export interface PostgresServer {
  /** Makes a database, a copy of the prepared one where there is one; gives its URL. */
  database(): Promise<string>;
  /** Drops a database that `database` made, whoever is connected. */
  drop(url: string): Promise<void>;
  /** Ends the server and deletes its data. */
  stop(): Promise<void>;
}

/**
 * Starts a server on a free port of the loopback; it ends with this process at the latest.
 * @param prepare fills the database that all others are copied from
 * @param settings such as `synchronous_commit=on`, in place of those that are fast
 * @throws Error with what the server said when it does not start
 */
export async function startPostgres(
  prepare?: (url: string) => Promise<void>,
  settings: readonly string[] = [],
): Promise<PostgresServer> {
  const script = join(__dirname, '../../testing/postgres-server.mjs');
  const child = spawn(process.execPath, [script, ...settings], { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => void child.on('close', () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (text) => (said += String(text)));
    child.stdout.once('data', (text) => resolve(Number(String(text))));
    child
      .on('error', reject)
      .on('close', () => reject(new Error(`PostgreSQL did not start: ${said}`)));
  });
  const urlOf = (name: string): string => `postgres://postgres:postgres@127.0.0.1:${port}/${name}`;
  const command = async (text: string): Promise<void> => {
    const client = new Client({ connectionString: urlOf('postgres') });
    await client.connect();
    await client.query(text).finally(() => client.end());
  };
  let count = 0;
  const template = prepare ? 'prepared' : 'template0';
  if (prepare) {
    await command('create database prepared');
    await prepare(urlOf('prepared'));
  }
  return {
    async database() {
      const name = `test_${++count}`;
      await command(`create database ${name} template ${template} strategy file_copy`);
      return urlOf(name);
    },
    drop: (url) => command(`drop database ${new URL(url).pathname.slice(1)} with (force)`),
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
