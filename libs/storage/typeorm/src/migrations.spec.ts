import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { migrationsIn } from './migrations';
import { MIGRATIONS } from './testing/storages';
import { startPostgres, type PostgresServer } from './testing';
import { openStorage } from './typeorm-storage';

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

  it.each([['PostgreSQL', () => server.database()], ['SQLite', async () => `sqlite:${join(folder, 'a', 'b.sqlite')}`]])(
    'run once on %s when several servers start at the same time', async (_, database) => {
      const url = await database();
      const told: string[] = [];
      const storages = await Promise.all([1, 2, 3].map(() => openStorage({ url, migrationsDir: MIGRATIONS, log: (message) => told.push(message) })));
      expect(told.filter((message) => message.startsWith('migrated'))).toEqual([
        'migrated: 0001-initial-1000000000001',
        'migrated: 0002-discovery-1000000000002',
        'migrated: 0003-audit-seals-1000000000003',
        'migrated: 0004-access-1000000000004',
        'migrated: 0005-limits-1000000000005',
        'migrated: 0006-audit-order-1000000000006',
        'migrated: 0007-former-pools-1000000000007',
        'migrated: 0008-token-makers-1000000000008',
        'migrated: 0009-instants-1000000000009',
      ]);
      for (const storage of storages) {
        expect(await storage.pendingMigrations()).toEqual([]);
        await storage.ping();
        await storage.close();
      }
    });

  it.each([['PostgreSQL', 'postgres', () => server.database()], ['SQLite', 'sqlite', async () => `sqlite:${join(folder, 'b.sqlite')}`]] as const)(
    'leave nothing behind on %s when one fails', async (_, dialect, database) => {
      const url = await database();
      mkdirSync(join(folder, dialect));
      writeFileSync(join(folder, dialect, '0001-good.sql'), 'create table good (id int);');
      writeFileSync(join(folder, dialect, '0002-bad.sql'), 'create table half (id int); create nonsense;');
      const failed: unknown = await openStorage({ url, migrationsDir: folder }).catch((error: unknown) => error);
      expect(failed).toHaveProperty('message', expect.stringContaining('nonsense'));
      writeFileSync(join(folder, dialect, '0002-bad.sql'), 'create table half (id int);');
      await (await openStorage({ url, migrationsDir: folder })).close();
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
    await expect(openStorage({ url: 'mysql://localhost', migrationsDir: MIGRATIONS })).rejects.toThrow('must begin with postgres:// or sqlite:');
  });

  it('make PostgreSQL refuse siblings that overlap, whoever writes them', async () => {
    const url = await server.database();
    await (await openStorage({ url, migrationsDir: MIGRATIONS })).close();
    const client = new Client({ connectionString: url });
    await client.connect();
    const insert = (id: number, parent: number | null, cidr: string, lo: string, hi: string, plen: number): Promise<unknown> => client.query(
      `insert into pool (id, vrf_id, parent_id, lo, hi, plen, cidr, name, kind, status, source, description, tags, created_at, updated_at, version, child_used)
       values ($1, 1, $2, decode('00000000000000000000ffff' || $4, 'hex'), decode('00000000000000000000ffff' || $5, 'hex'), $6, $3, '', 'container', 'active',
         'manual', '', '{}', now(), now(), 1, 0)`, [id, parent, cidr, lo, hi, plen]);
    await insert(1, null, '10.0.0.0/8', '0a000000', '0affffff', 104);
    await expect(insert(2, null, '10.1.0.0/16', '0a010000', '0a01ffff', 112)).rejects.toThrow('pool_siblings_disjoint');
    await insert(2, 1, '10.1.0.0/16', '0a010000', '0a01ffff', 112);
    await expect(insert(3, 1, '10.1.2.0/24', '0a010200', '0a0102ff', 120)).rejects.toThrow('pool_siblings_disjoint');
    await client.end();
  });
});
