import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import Sqlite from 'better-sqlite3';
import type { AuditList } from './api';
import { eventually } from './eventually';
import { runCli, type CommandResult } from './run-cli';
import { startServer, type Server } from './start-server';
import { LASTING, type Database } from './storages';

interface Line {
  readonly seq: number;
  readonly hash: string;
  readonly entity_id: string;
  readonly action: string;
}

const cli = (databaseUrl: string, ...args: string[]): Promise<CommandResult> =>
  runCli({ DATABASE_URL: databaseUrl }, args);
const headOf = (output: string): string => /^head ([0-9a-f]{64})$/m.exec(output)?.[1] ?? '';
const linesOf = (text: string): Line[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

/**
 * As the documentation tells operators to do it: keys in order, without seq and hash, after the
 * hash before.
 */
function faultsOf(lines: readonly Line[]): number[] {
  let previous = '0'.repeat(64);
  return lines.flatMap(({ hash, seq, ...record }) => {
    const sorted = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(sorted)
        : value !== null && typeof value === 'object'
          ? Object.fromEntries(
              Object.entries(value)
                .sort(([a], [b]) => (a < b ? -1 : 1))
                .map(([key, each]) => [key, sorted(each)]),
            )
          : value;
    const right =
      createHash('sha256')
        .update(previous + JSON.stringify(sorted(record)))
        .digest('hex') === hash;
    previous = hash;
    return right ? [] : [seq];
  });
}

async function tamper(url: string): Promise<void> {
  const change =
    "update audit_entry set actor_name = 'nobody' where id = (select entry_id from audit_seal where seq = 5)";
  if (url.startsWith('sqlite:')) {
    const file = new Sqlite(url.slice('sqlite:'.length));
    file.exec(`drop trigger audit_entry_no_update; ${change}`);
    file.close();
    return;
  }
  const client = new Client(url);
  await client.connect();
  await client.query(`set session_replication_role = replica; ${change}`);
  await client.end();
}

describe.each(LASTING)('the audit log over $name', ({ open }) => {
  let database: Database;
  let servers: Server[] = [];
  let folder: string;
  const start = async (): Promise<Server> => {
    const server = await startServer(database.url, {
      AUDIT_FORWARD: `file:${path.join(folder, 'audit.jsonl')}`,
    });
    servers.push(server);
    return server;
  };
  const forwarded = (): Line[] =>
    existsSync(path.join(folder, 'audit.jsonl'))
      ? linesOf(readFileSync(path.join(folder, 'audit.jsonl'), 'utf8'))
      : [];
  const count = async ({ api }: Server): Promise<number> =>
    (await api.expect(200, api.get<AuditList>('/audit?page_size=1'))).total;

  beforeAll(async () => {
    database = await open();
    folder = mkdtempSync(path.join(tmpdir(), 'cloudpam-audit-'));
  });
  afterAll(async () => {
    for (const server of servers) await server.stop();
    await database.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is one chain whatever several servers write, forwarded once and in order, verified while they run', async () => {
    const [one, two] = [await start(), await start()];
    const roots = await Promise.all(
      [one, two].map(({ api }, at) =>
        api.newPool({ name: 'root', cidr: `10.${at}.0.0/16`, vrf_id: 1 }),
      ),
    );
    await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        [one, two][n % 2]?.api.post(`/pools/${roots[n % 2]?.id ?? 0}/allocations`, {
          name: `p${n}`,
          prefix_length: 26,
        }),
      ),
    );
    const total = await count(one);
    expect(total).toBeGreaterThan(60);
    const { code, output } = await cli(database.url, 'audit', 'verify');
    expect([code, output]).toEqual([
      0,
      expect.stringContaining(`${total} sealed entries are as they were sealed\nhead `),
    ]);
    await eventually('all entries in the file', async () => forwarded().length === total);
    expect(forwarded().map((line) => line.seq)).toEqual(
      Array.from({ length: total }, (_, at) => at + 1),
    );
    const exported = linesOf((await cli(database.url, 'audit', 'export')).output);
    expect(exported).toEqual(forwarded());
    expect(faultsOf(exported)).toEqual([]);
    expect(
      (await cli(database.url, 'audit', 'verify', '--expect-head', exported[10]?.hash ?? '')).code,
    ).toBe(0);
    expect((await cli(database.url, 'audit', 'export', '--until', '2020-01-01')).output).toBe('');
  }, 120_000);

  it('loses nothing that was answered when servers are killed', async () => {
    const [one, two] = servers;
    if (!one || !two) throw new Error('the test before starts them');
    const vrfs = Array.from({ length: 40 }, (_, n) => `vrf ${n}`);
    const answered: string[] = [];
    const writing = Promise.allSettled(
      vrfs.map(async (name, n) => {
        const { status, body } = (await [one, two][n % 2]?.api.post<{ id: number }>('/vrfs', {
          name,
        })) ?? { status: 0, body: { id: 0 } };
        if (status === 201) answered.push(String(body.id));
      }),
    );
    await eventually('some of them', async () => answered.length > 5);
    await Promise.all([one.kill(), two.kill()]);
    await writing;
    servers = [];
    const next = await start();
    await next.api.newVrf('after the crash');
    const total = await count(next);
    await eventually(
      'all entries in the file',
      async () => new Set(forwarded().map((line) => line.seq)).size === total,
    );
    // At least once: what was on its way during the crash may be there twice, the same each time.
    const unique = [...new Map(forwarded().map((line) => [line.seq, line])).values()];
    expect(faultsOf(unique)).toEqual([]);
    const told = unique
      .filter((line) => line.action === 'vrf.create')
      .map((line) => line.entity_id);
    for (const id of answered) expect(told).toContain(id);
    expect((await cli(database.url, 'audit', 'verify')).code).toBe(0);
  }, 120_000);

  it('shows that someone changed an entry, and where', async () => {
    const head = headOf((await cli(database.url, 'audit', 'verify')).output);
    expect(head).not.toBe('');
    await tamper(database.url);
    const { code, output } = await cli(database.url, 'audit', 'verify', '--expect-head', head);
    expect([code, output]).toEqual([
      1,
      expect.stringMatching(
        /^4 sealed entries[\s\S]*broken at seq 5: entry \d+ is not the one that was sealed/,
      ),
    ]);
  }, 60_000);
});
