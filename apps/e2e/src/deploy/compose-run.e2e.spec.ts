import { chmodSync, copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { Api, type List } from '../api';
import { eventually } from '../eventually';
import { freePort } from '../free-port';
import { HostProcess } from '../host-process';
import { ROOT } from '../start-server';
import { ComposeRun, type Started } from './compose-run';
import { DOCKER } from './dockerfiles';
import { firstStart } from './first-start';

/** Accounts and regions of examples/estate. */
const SCOPES = 11;

describe('what compose.yaml starts', () => {
  const volumes = mkdtempSync(path.join(tmpdir(), 'cloudpam-compose-'));
  let database: HostProcess;
  let superuser: string;
  let run: ComposeRun;
  let url: string;
  let printed: string;
  let started: Started[] = [];

  const secret = (file: string): string => readFileSync(path.join(volumes, file), 'utf8');
  const begin = (): string => firstStart(DOCKER, volumes, run.environment('first-start'));
  const api = (): Api => new Api(url, /cpam_\w+/.exec(printed)?.[0] ?? '');

  /** The database as its image makes it: roles first, then with the arguments of the file. */
  async function makeDatabase(): Promise<void> {
    const client = new Client(superuser);
    await client.connect();
    for (const statement of secret('database-secrets/roles.sql').split(';\n'))
      await client.query(statement);
    const { command = [] } = run.service('database');
    for (const [name = '', value = ''] of command
      .join(' ')
      .split(' -c ')
      .slice(1)
      .map((each) => each.split('='))) {
      // As root the server is another user, who may not reach the checkout.
      const here = name.endsWith('_file') ? reachable(run.here('database', value)) : value;
      await client.query(`ALTER SYSTEM SET ${name} = '${here}'`);
    }
    await client.end();
    for (const word of ['kill', 'start']) await database.tell(word);
  }
  function reachable(file: string): string {
    const copy = path.join(volumes, path.basename(file));
    copyFileSync(file, copy);
    chmodSync(copy, 0o644);
    return copy;
  }

  async function up(): Promise<void> {
    const server = run.start('server');
    started.push(server);
    await eventually('the server', async () => {
      if (server.child.exitCode !== null) throw new Error(server.output());
      return server.output().includes('CloudPAM is ready');
    });
    expect(await run.check('server')).toBe(0);
    const collector = run.start('collector');
    started.push(collector);
    await eventually('the collector', async () => {
      if (collector.child.exitCode !== null) throw new Error(collector.output());
      return (await run.check('collector')) === 0;
    });
  }
  async function down(): Promise<(number | null)[]> {
    for (const { child } of started) child.kill('SIGTERM');
    const codes = await Promise.all(started.map(({ ended }) => ended));
    started = [];
    return codes;
  }

  beforeAll(async () => {
    chmodSync(volumes, 0o755);
    const { host, line } = await HostProcess.start('postgres-host.mjs', 'durable');
    database = host;
    superuser = `postgres://postgres:password@127.0.0.1:${line}/postgres`;
    const address = `127.0.0.1:${await freePort()}`;
    url = `http://${address}`;
    run = new ComposeRun(volumes, {
      'database:5432': `127.0.0.1:${line}`,
      'server:8080': address,
      'localhost:8080': address,
    });
    printed = begin();
    await makeDatabase();
    await up();
  });
  afterAll(async () => {
    await down();
    await database.end();
    rmSync(volumes, { recursive: true, force: true });
  });

  const complete = (): Promise<void> =>
    eventually('the estate', async () => {
      const answer = await fetch(`${url}/metrics`, {
        headers: { authorization: `Bearer ${secret('prometheus-secrets/token')}` },
      });
      return (await answer.text()).includes(`cloudpam_scopes{coverage="complete"} ${SCOPES}\n`);
    });
  const pools = async (): Promise<number> =>
    (await api().expect(200, api().get<List<unknown>>('/pools'))).total;

  it('discovers the sample estate, as Prometheus sees with its token', async () => {
    await complete();
    expect(await pools()).toBeGreaterThan(20);
  });

  it('lets people in with the printed token, and the others only where they belong', async () => {
    const roleOf = async (token: string): Promise<string> =>
      (await new Api(url, token).get<{ role: string }>('/me')).body.role;
    expect([
      await roleOf(secret('server-secrets/admin-token')),
      await roleOf(secret('collector-secrets/token')),
      await roleOf(secret('prometheus-secrets/token')),
    ]).toEqual(['admin', 'collector', 'viewer']);
    expect(printed).toContain(`${url}/login`);
  });

  it('keeps the superuser of the database out, and lets the replica in', async () => {
    const connect = async (text: string): Promise<string> => {
      const client = new Client(text);
      return client.connect().then(
        () => client.end().then(() => 'in'),
        (error: Error) => error.message,
      );
    };
    expect(await connect(superuser)).toMatch(/no pg_hba\.conf entry .*"postgres"/);
    const server = secret('server-secrets/database-url');
    expect(await connect(server)).toBe('in');
    expect(await connect(server.replace(/:[^:@]+@/, ':other@'))).toMatch(/password authentication/);
    const [host, port, , user, password] = secret('replica-secrets/pgpass').trim().split(':');
    const replica = `postgres://${user}:${password}@${host}:${port}/cloudpam`;
    expect(await connect(`${replica}?replication=true`)).toBe('in');
    expect(await connect(replica)).toMatch(/no pg_hba\.conf entry .*"replica"/);
  });

  it('backs up as the documentation tells', async () => {
    const [, command = ''] =
      /main\.js (backup \S+)$/m.exec(
        readFileSync(path.join(ROOT, 'docs/deploy/compose.md'), 'utf8'),
      ) ?? [];
    const backup = run.start('server', command.split(' '));
    expect([await backup.ended, backup.output()]).toEqual([0, expect.stringContaining('pool')]);
    expect(readdirSync(path.join(volumes, 'backups'))).toEqual([path.basename(command)]);
  });

  it('keeps its secrets and its data when it is started again', async () => {
    const before = [await pools(), secret('secrets/secrets.json')];
    expect(await down()).toEqual([0, 0]);
    expect(begin()).toBe('');
    await up();
    await complete();
    expect([await pools(), secret('secrets/secrets.json')]).toEqual(before);
  });
});
