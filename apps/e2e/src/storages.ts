import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';

/** An empty database for servers to share. */
export interface Database {
  /** As `DATABASE_URL` takes it. */
  readonly url: string;
  remove(): Promise<void>;
}

/** What a server can keep its data in. */
export interface StorageKind {
  readonly name: 'memory' | 'SQLite' | 'PostgreSQL';
  open(): Promise<Database>;
}

const memory: StorageKind = { name: 'memory', open: () => Promise.resolve({ url: 'memory:', remove: () => Promise.resolve() }) };
export const SQLITE: StorageKind = { name: 'SQLite', open: () => Promise.resolve(sqliteFile()) };
export const POSTGRES: StorageKind = { name: 'PostgreSQL', open: postgresDatabase };

export const STORAGES: readonly StorageKind[] = [memory, SQLITE, POSTGRES];
/** Those that outlive the server. */
export const LASTING: readonly StorageKind[] = [SQLITE, POSTGRES];

function sqliteFile(): Database {
  const folder = mkdtempSync(path.join(tmpdir(), 'cloudpam-e2e-'));
  return {
    url: `sqlite:${path.join(folder, 'cloudpam.sqlite')}`,
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A database in a real PostgreSQL that lives as long as the database does. */
async function postgresDatabase(): Promise<Database> {
  const host = spawn(process.execPath, [path.join(__dirname, 'postgres-host.mjs')], { stdio: ['pipe', 'pipe', 'inherit'] });
  const port = await firstLine(host);
  const name = `cloudpam_${randomUUID().replaceAll('-', '')}`;
  const client = new Client(`postgres://postgres:password@127.0.0.1:${port}/postgres`);
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return {
    url: `postgres://postgres:password@127.0.0.1:${port}/${name}`,
    remove: async () => {
      const ended = once(host, 'exit');
      host.stdin.end();
      await ended;
    },
  };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const end = text.indexOf('\n');
      if (end >= 0) resolve(text.slice(0, end));
    });
    child.once('exit', (code) => reject(new Error(`PostgreSQL did not start (${String(code)})`)));
  });
}
