import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { List, Pool } from './api';
import { runCli, type CommandResult } from './run-cli';
import { startServer, type Server } from './start-server';
import { LASTING, POSTGRES, SQLITE, type Database } from './storages';

/** So many that the rows of one table come in several pieces. */
const MANY = 5_000;
const PASSWORD = 'hunter2-is-secret';

describe('backup, restore and move', () => {
  let source: Database;
  let server: Server;
  let folder: string;
  let pool: Pool;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'cloudpam-backup-'));
    source = await SQLITE.open();
    server = await startServer(source.url);
    const { api } = server;
    pool = await api.expect(201, api.post<Pool>('/pools', { name: 'büro', cidr: '10.0.0.0/8' }));
    const items = Array.from({ length: MANY }, (_, at) => ({
      name: `pool ${at}`,
      cidr: `11.${at >> 8}.${at & 255}.0/24`,
    }));
    await api.expect(200, api.post('/pools/bulk', { items }));
  }, 60_000);
  afterAll(async () => {
    await server.stop();
    await source.remove();
    rmSync(folder, { recursive: true });
  });

  const file = (name: string): string => path.join(folder, name);
  const cli = (url: string, ...args: string[]): Promise<CommandResult> =>
    runCli({ DATABASE_URL: url }, args);
  const allocate = async ({ api }: Server): Promise<Pool | undefined> => {
    const wish = { name: 'new', prefix_length: 24 };
    const answer = api.post<List<Pool>>(`/pools/${pool.id}/allocations`, wish);
    return (await api.expect(201, answer)).items[0];
  };
  const newest = async ({ api }: Server): Promise<readonly Pool[]> =>
    (await api.expect(200, api.get<List<Pool>>('/pools?sort=-updated_at&page_size=200'))).items;

  it('take what a running server has to PostgreSQL, where another one goes on with the same token', async () => {
    const before = await allocate(server);
    const backup = await cli(source.url, 'backup', file('a.gz'));
    expect(backup).toMatchObject({ code: 0, output: expect.stringMatching(/^pool +5002$/m) });
    await allocate(server);
    const target = await POSTGRES.open();
    const restored = await cli(target.url, 'restore', file('a.gz'));
    expect(restored.errors).toContain('pool: ');
    expect(restored).toMatchObject({
      code: 0,
      output: expect.stringMatching(/\d+ sealed entries of the audit log are as they were sealed/),
    });
    const other = await startServer(target.url);
    try {
      const after = await allocate(other);
      expect(after).toMatchObject({ id: (before?.id ?? 0) + 1, cidr: '10.0.1.0/24' });
      expect((await cli(target.url, 'audit', 'verify')).code).toBe(0);
      expect(await cli(target.url, 'doctor')).toMatchObject({ code: 0, errors: '' });
      expect(await cli(target.url, 'restore', file('a.gz'))).toMatchObject({
        code: 1,
        errors: expect.stringContaining('the database is not empty'),
      });
    } finally {
      await other.stop();
      await target.remove();
    }
  });

  it('write the same from the other database when it was moved in one command', async () => {
    // A server counts and seals beside its requests: what is compared must rest.
    await server.stop();
    const target = await POSTGRES.open();
    const back = await SQLITE.open();
    for (const [from, to] of [
      [source.url, target.url],
      [target.url, back.url],
    ] as const)
      expect(await cli(from, 'move', to)).toMatchObject({ code: 0 });
    const dumps: string[] = [];
    for (const [at, url] of [source.url, target.url, back.url].entries()) {
      expect(await cli(url, 'backup', file(`move-${at}`))).toMatchObject({ code: 0 });
      const dump = readFileSync(file(`move-${at}`), 'utf8');
      dumps.push(dump.slice(dump.indexOf('\n'), dump.lastIndexOf('"sha256"')));
    }
    expect(dumps[1] === dumps[0]).toBe(true);
    expect(dumps[2] === dumps[0]).toBe(true);
    await target.remove();
    await back.remove();
    server = await startServer(source.url);
  });

  it.each(LASTING)(
    'leave nothing half-written on $name when a restore is killed',
    async ({ open }) => {
      await cli(source.url, 'backup', file('b'), '--force');
      const target = await open();
      const killed = await runCli(
        { DATABASE_URL: target.url },
        ['restore', file('b')],
        /^audit_entry: /m,
      );
      expect(killed.code).toBeNull();
      const restored = await cli(target.url, 'restore', file('b'));
      expect(restored).toMatchObject({ code: 0 });
      await target.remove();
    },
  );

  it('make a copy of an SQLite file, beside a running server, that a server starts with', async () => {
    const copy = file('copy.sqlite');
    expect(await cli(source.url, 'backup', '--native', copy)).toMatchObject({ code: 0 });
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    expect((await cli(source.url, 'backup', '--native', copy)).errors).toContain('--force');
    const other = await startServer(`sqlite:${copy}`);
    expect((await newest(other)).length).toBe(200);
    await other.stop();
    expect((await cli('sqlite:x', 'restore', copy)).errors).toContain('is an SQLite file');
    expect(existsSync('x')).toBe(false);
  });

  it('say what is missing where pg_dump is, and tell no password', async () => {
    const url = `postgres://someone:${PASSWORD}@127.0.0.1:1/nowhere`;
    const without = await runCli({ DATABASE_URL: url, PATH: folder }, [
      'backup',
      '--native',
      file('n'),
    ]);
    expect(without).toMatchObject({
      code: 1,
      errors: expect.stringContaining('pg_dump is not installed'),
    });
    for (const args of [['backup', file('n')], ['restore', file('a.gz')], ['doctor']]) {
      const { code, output, errors } = await cli(url, ...args);
      expect(code).not.toBe(0);
      expect(output + errors).toContain('127.0.0.1:1/nowhere');
      expect(output + errors).not.toContain(PASSWORD);
    }
    expect(existsSync(file('n'))).toBe(false);
  });

  it('fail with the same words and code in an image, which starts main.js', async () => {
    const args = ['restore', file('none')];
    const env = { DATABASE_URL: source.url };
    const failed = await runCli(env, args);
    expect(failed).toMatchObject({ code: 1, errors: expect.stringMatching(/^there is no file/) });
    expect(await runCli(env, args, undefined, 'main.js')).toEqual(failed);
  });

  it('have nothing to do with what lives in memory', async () => {
    expect(await cli('memory:', 'backup', file('m'))).toMatchObject({
      code: 1,
      errors: expect.stringContaining('what a server keeps in memory ends with it'),
    });
  });

  it('are watched by a doctor who tells JSON beside a running server', async () => {
    const { code, output } = await cli(source.url, 'doctor', '--json');
    const { ok, checks } = JSON.parse(output) as { ok: boolean; checks: { level: string }[] };
    expect([code, ok]).toEqual([0, true]);
    expect(checks.length).toBeGreaterThan(8);
    await allocate(server);
  });
});
