import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Client } from 'pg';
import { migrationsIn } from './migrations';
import { MIGRATIONS } from './testing/storages';
import { startPostgres, type PostgresServer } from './testing';
import { openStorage } from './typeorm-storage';

/** The migrations of a folder in their order: names and numbers. */
const numbersOf = (folder: string): [string, number][] =>
  readdirSync(join(folder, 'sqlite'))
    .sort()
    .map((file) => [file.replace(/\.sql$/, ''), Number(file.slice(0, 4))]);

describe('migrations', () => {
  let folder: string;
  let server: PostgresServer;

  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cloudpam-migrations-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each([
    ['PostgreSQL', () => server.database()],
    ['SQLite', async () => `sqlite:${join(folder, 'a', 'b.sqlite')}`],
  ])('run once on %s when several servers start at the same time', async (_, database) => {
    const url = await database();
    const told: string[] = [];
    const storages = await Promise.all(
      [1, 2, 3].map(() =>
        openStorage({ url, migrationsDir: MIGRATIONS, log: (message) => told.push(message) }),
      ),
    );
    expect(told.filter((message) => message.startsWith('migrated'))).toEqual(
      numbersOf(MIGRATIONS).map(
        ([name, number]) => `migrated: ${name}-${1_000_000_000_000 + number}`,
      ),
    );
    for (const storage of storages) {
      expect(await storage.pendingMigrations()).toEqual([]);
      await storage.ping();
      await storage.close();
    }
  });

  it.each([
    ['PostgreSQL', 'postgres', () => server.database()],
    ['SQLite', 'sqlite', async () => `sqlite:${join(folder, 'b.sqlite')}`],
  ] as const)('leave nothing behind on %s when one fails', async (_, dialect, database) => {
    const url = await database();
    mkdirSync(join(folder, dialect));
    writeFileSync(join(folder, dialect, '0001-good.sql'), 'create table good (id int);');
    writeFileSync(
      join(folder, dialect, '0002-bad.sql'),
      'create table half (id int); create nonsense;',
    );
    const failed: unknown = await openStorage({ url, migrationsDir: folder }).catch(
      (error: unknown) => error,
    );
    expect(failed).toHaveProperty('message', expect.stringContaining('nonsense'));
    writeFileSync(join(folder, dialect, '0002-bad.sql'), 'create table half (id int);');
    await (await openStorage({ url, migrationsDir: folder })).close();
  });

  it.each([
    ['PostgreSQL', 'postgres', () => server.database()],
    ['SQLite', 'sqlite', async () => `sqlite:${join(folder, 'n.sqlite')}`],
  ] as const)(
    'of a newer version are refused by an older one on %s, by name',
    async (_, dialect, database) => {
      const url = await database();
      mkdirSync(join(folder, dialect));
      writeFileSync(join(folder, dialect, '0001-good.sql'), 'create table good (id int);');
      writeFileSync(join(folder, dialect, '0002-tomorrow.sql'), 'create table tomorrow (id int);');
      await (await openStorage({ url, migrationsDir: folder })).close();
      rmSync(join(folder, dialect, '0002-tomorrow.sql'));
      await expect(openStorage({ url, migrationsDir: folder })).rejects.toThrow(
        'this one does not know 0002-tomorrow',
      );
    },
  );

  it('keep a SQLite file from everybody but its owner', async () => {
    const file = join(folder, 'mine.sqlite');
    writeFileSync(file, '', { mode: 0o644 });
    const storage = await openStorage({ url: `sqlite:${file}`, migrationsDir: MIGRATIONS });
    for (const each of [file, `${file}-wal`, `${file}-shm`])
      expect([each, statSync(each).mode & 0o777]).toEqual([each, 0o600]);
    await storage.close();
  });

  it.each([
    ['pages written over', 4_096],
    ['no database at all', 0],
  ])('are not run on a damaged SQLite file: %s', async (_, from) => {
    const file = join(folder, 'damaged.sqlite');
    await (await openStorage({ url: `sqlite:${file}`, migrationsDir: MIGRATIONS })).close();
    const bytes = readFileSync(file);
    bytes.fill(0x55, from, Math.min(from + 40_960, bytes.length));
    writeFileSync(file, bytes);
    await expect(openStorage({ url: `sqlite:${file}`, migrationsDir: MIGRATIONS })).rejects.toThrow(
      /damaged\.sqlite is damaged \(.+\)\. Restore a backup/,
    );
  });

  it('tell a readiness check what a newer version brings', async () => {
    mkdirSync(join(folder, 'sqlite'));
    writeFileSync(join(folder, 'sqlite', '0001-good.sql'), 'create table good (id int);');
    const storage = await openStorage({ url: 'sqlite::memory:', migrationsDir: folder });
    expect(await storage.pendingMigrations()).toEqual([]);
    await storage.unitOfWork.read(async () => undefined);
    await storage.close();
    await expect(storage.ping()).rejects.toThrow('closed');
  });

  it('are numbered, each number once', () => {
    writeFileSync(join(folder, '0001-a.sql'), '');
    writeFileSync(join(folder, '0001-b.sql'), '');
    expect(() => migrationsIn(folder, async () => undefined)).toThrow('0001-b.sql needs a number');
  });

  it('are of a database that the URL names', async () => {
    await expect(
      openStorage({ url: 'mysql://localhost', migrationsDir: MIGRATIONS }),
    ).rejects.toThrow('must begin with postgres:// or sqlite:');
  });

  it('make PostgreSQL refuse siblings that overlap, whoever writes them', async () => {
    const url = await server.database();
    await (await openStorage({ url, migrationsDir: MIGRATIONS })).close();
    const client = new Client({ connectionString: url });
    await client.connect();
    const insert = (
      id: number,
      parent: number | null,
      cidr: string,
      lo: string,
      hi: string,
      plen: number,
    ): Promise<unknown> =>
      client.query(
        `insert into pool (id, vrf_id, parent_id, lo, hi, plen, cidr, name, kind, status,
          source, description, tags, created_at, updated_at, version, child_used)
       values ($1, 1, $2, decode('00000000000000000000ffff' || $4, 'hex'),
          decode('00000000000000000000ffff' || $5, 'hex'), $6, $3, '', 'container', 'active',
         'manual', '', '{}', now(), now(), 1, 0)`,
        [id, parent, cidr, lo, hi, plen],
      );
    await insert(1, null, '10.0.0.0/8', '0a000000', '0affffff', 104);
    await expect(insert(2, null, '10.1.0.0/16', '0a010000', '0a01ffff', 112)).rejects.toThrow(
      'pool_siblings_disjoint',
    );
    await insert(2, 1, '10.1.0.0/16', '0a010000', '0a01ffff', 112);
    await expect(insert(3, 1, '10.1.2.0/24', '0a010200', '0a0102ff', 120)).rejects.toThrow(
      'pool_siblings_disjoint',
    );
    await client.end();
  });

  describe.each([
    ['PostgreSQL', 'postgres', () => server.database()],
    ['SQLite', 'sqlite', async () => `sqlite:${join(folder, 'c.sqlite')}`],
  ] as const)('of %s', (_, dialect, database) => {
    const isPostgres = dialect === 'postgres';
    const at = (text: string): string =>
      isPostgres ? `to_timestamp(${Date.parse(text) / 1_000})` : String(Date.parse(text));
    const [late, early, now] = [
      '+010000-01-01T11:59:59.000Z',
      '0000-06-01T00:00:00.000Z',
      '2026-01-01T00:00:00.000Z',
    ];
    const bytes = (hex: string): string => (isPostgres ? `'\\x${hex}'` : `x'${hex}'`);
    const no = isPostgres ? 'false' : '0';
    const indexesOf = async (url: string): Promise<string[]> => {
      const client = new Client({ connectionString: url });
      await client.connect();
      const { rows } = await client.query<{ indexdef: string }>(
        "select indexdef from pg_indexes where schemaname = 'public' order by 1",
      );
      await client.end();
      return rows.map(({ indexdef }) => indexdef);
    };
    const execute = async (url: string, text: string): Promise<void> => {
      if (!isPostgres) {
        const file = new Database(url.slice('sqlite:'.length));
        file.exec(text);
        file.close();
        return;
      }
      const client = new Client({ connectionString: url });
      await client.connect();
      await client.query(text);
      await client.end();
    };

    it('mend moments that cannot be written', async () => {
      const url = await database();
      mkdirSync(join(folder, dialect));
      for (const [name, number] of numbersOf(MIGRATIONS)) {
        if (number < 9)
          copyFileSync(
            join(MIGRATIONS, dialect, `${name}.sql`),
            join(folder, dialect, `${name}.sql`),
          );
      }
      await (await openStorage({ url, migrationsDir: folder })).close();
      const [lo, hi] = [
        bytes('00000000000000000000ffff0a000000'),
        bytes('00000000000000000000ffff0affffff'),
      ];
      const ignored = JSON.stringify({
        conflict: { reason: 'a', by: 'Ada', until: late },
        drift: { reason: 'b', by: 'Ada', until: null },
        orphan: { reason: 'c', by: 'Ada', until: now },
      });
      await execute(
        url,
        `
        insert into token (public_id, name, role, secret_hash, read_only, created_by, created_at, expires_at)
          values ('abcdefghijkl', 'late', 'viewer', ${bytes('00'.repeat(32))}, ${no}, 'ada', ${at(now)}, ${at(late)});
        insert into account
          (id, key, name, provider, external_id, regions, description, created_at, updated_at, version)
          values (1, 'aws:1', 'one', 'aws', '1', '[]', '', ${at(now)}, ${at(now)}, 1);
        insert into pool (id, vrf_id, lo, hi, plen, cidr, name, kind, status, source, last_sync_at, description, tags,
          expires_at, created_at, updated_at, version, child_used)
          values (1, 1, ${lo}, ${hi}, 104, '10.0.0.0/8', 'a', 'reservation', 'active', 'manual', ${at(early)}, '', '{}',
          ${at(late)}, ${at(now)}, ${at(now)}, 1, '0');
        insert into network (id, account_id, region, external_id, name, is_default, vrf_id, first_seen_at, last_seen_at)
          values (1, 1, 'r', 'vpc-1', '', ${no}, 1, ${at(early)}, ${at(early)});
        insert into scope (id, account_id, region, coverage, collected_at, complete_at)
          values (1, 1, 'r', 'complete', ${at(early)}, ${at(early)});
        insert into resource (id, network_id, vrf_id, scope_id, account_id, region, kind,
          external_id, network_external_id,
          name, lo, hi, plen, cidr, tags, management, management_reason, overlap,
          overlap_reason, sync, sync_reason, first_seen_at,
          last_seen_at, dismissals, dismissed_until)
          values (1, 1, 1, 1, 1, 'r', 'vpc', 'vpc-1', 'vpc-1', '', ${lo}, ${hi}, 104, '10.0.0.0/8', '{}', 'unmanaged',
            '', 'nonoverlapping', '', 'synced', '',
            ${at(early)}, ${at(early)}, '${ignored}', ${at(late)});`,
      );
      const storage = await openStorage({ url, migrationsDir: MIGRATIONS });
      const stored = await storage.unitOfWork.read(async (stores) => ({
        token: (await stores.tokens.list({}, 1, 1)).items[0]?.expiresAt,
        pool: await stores.pools.get(1),
        resource: await stores.discovery.resource(1),
        scopes: await stores.discovery.scopes(),
      }));
      const [first, last] = [
        new Date('0001-01-01T00:00:00.000Z'),
        new Date('9999-12-31T23:59:59.999Z'),
      ];
      expect(stored).toMatchObject({
        token: last,
        pool: { expiresAt: last, lastSyncAt: first },
        resource: { firstSeenAt: first, lastSeenAt: first },
        scopes: [{ scope: { collectedAt: first, completeAt: first } }],
      });
      const mended = { conflict: { reason: 'a', by: 'Ada', until: last.toISOString() } };
      expect(stored.resource?.dismissals).toEqual({
        ...(JSON.parse(ignored) as object),
        ...mended,
      });
      await storage.close();
      if (dialect !== 'postgres') return;
      // What they changed before must not keep later ones from making an index.
      const fresh = await database();
      await (await openStorage({ url: fresh, migrationsDir: MIGRATIONS })).close();
      expect(await indexesOf(url)).toEqual(await indexesOf(fresh));
    });
  });
});
