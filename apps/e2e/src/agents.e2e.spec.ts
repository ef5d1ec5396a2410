import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import type { List } from './api';
import { eventually } from './eventually';
import { ROOT, startServer, TOKEN, type Server } from './start-server';
import { LASTING, type Database } from './storages';

interface Job {
  readonly id: number;
  readonly account_key: string;
  readonly status: string;
  readonly attempt: number;
  readonly agent: string;
  readonly scopes_done: number;
  readonly counts: { readonly scopes: number; readonly complete: number };
}
interface Agent {
  readonly name: string;
  readonly version: string;
  readonly status: string;
  readonly accounts: readonly string[];
  readonly instance: string;
}

function startAgent(
  server: Server,
  name: string,
): { child: ChildProcess; ended: Promise<number | null> } {
  const child = spawn(
    process.execPath,
    [
      path.join(ROOT, 'apps/collector/dist/main.js'),
      'agent',
      '--provider',
      'files',
      '--path',
      path.join(ROOT, 'examples/estate'),
      '--interval',
      '0',
      '--name',
      name,
    ],
    {
      env: { PATH: process.env['PATH'], CLOUDPAM_SERVER: server.url, CLOUDPAM_TOKEN: TOKEN },
      stdio: 'ignore',
    },
  );
  return { child, ended: new Promise((resolve) => child.once('exit', resolve)) };
}

describe.each(LASTING)('two agents on two servers over $name', ({ name, open }) => {
  let database: Database;
  let servers: Server[];
  let agents: ReturnType<typeof startAgent>[];
  const [api, second] = [() => first().api, () => (servers[1] ?? first()).api];
  const first = (): Server => {
    const [server] = servers;
    if (!server) throw new Error('no server was started');
    return server;
  };
  const jobs = async (): Promise<readonly Job[]> =>
    (await api().expect(200, api().get<List<Job>>('/discovery/jobs?page_size=500'))).items;
  const visible = async (): Promise<readonly Agent[]> =>
    (await api().expect(200, api().get<List<Agent>>('/collectors'))).items;

  beforeAll(async () => {
    database = await open();
    servers = [await startServer(database.url)];
    // SQLite is for one server.
    if (name === 'PostgreSQL') servers.push(await startServer(database.url));
    agents = [startAgent(first(), 'agent-a'), startAgent(servers[1] ?? first(), 'agent-b')];
    await eventually(
      'both agents to be seen',
      async () => (await visible()).filter(({ status }) => status === 'online').length === 2,
    );
  });
  afterAll(async () => {
    for (const { child } of agents) child.kill('SIGKILL');
    for (const server of servers) await server.stop();
    await database.remove();
  });

  it('are listed with what they may see', async () => {
    const list = await visible();
    expect(list.map((agent) => agent.name).sort()).toEqual(['agent-a', 'agent-b']);
    for (const agent of list) {
      expect(agent.version).toMatch(/^\d+\.\d+\.\d+/);
      expect(agent.accounts).toHaveLength(5);
    }
  });

  it('discover each account once for each group of requests, however many ask', async () => {
    const [agent] = await visible();
    const accounts = await Promise.all(
      (agent?.accounts ?? []).map(async (key) => {
        const [provider, external] = key.split(':');
        return (
          await api().expect(
            201,
            api().post<{ id: number }>('/accounts', { name: key, provider, external_id: external }),
          )
        ).id;
      }),
    );
    const asked = await Promise.all(
      Array.from({ length: 100 }, (_, n) => {
        const on = n % 2 === 0 ? api() : second();
        return on.expect(
          202,
          on.post<Job>('/discovery/trigger', { account_id: accounts[n % accounts.length] }),
        );
      }),
    );
    const ids = new Set(asked.map(({ id }) => id));
    await eventually('all jobs to end', async () =>
      (await jobs()).every(({ status }) => status !== 'queued' && status !== 'running'),
    );
    const done = await jobs();
    // Who asked while a job was open got that job; each job was done once, whole, by one agent.
    expect(new Set(done.map(({ id }) => id))).toEqual(ids);
    expect(done.map(({ status, attempt }) => `${status} ${attempt}`)).toEqual(
      done.map(() => 'succeeded 1'),
    );
    expect(
      done.every(
        ({ counts, scopes_done: scopes }) =>
          counts.scopes === counts.complete && counts.scopes === scopes,
      ),
    ).toBe(true);
    expect(new Set(done.map(({ account_key: key }) => key))).toEqual(new Set(agent?.accounts));
    expect(done.length).toBeLessThan(20);
    const networks = await api().expect(
      200,
      api().get<List<unknown>>('/discovery/networks?page_size=1'),
    );
    expect(networks.total).toBe(31);
  });

  it('end when they are told to, and with a server that ends', async () => {
    const [one, other] = agents;
    one?.child.kill('SIGTERM');
    expect(await one?.ended).toBe(0);
    const began = Date.now();
    expect(await servers.at(-1)?.stop()).toBe(0);
    // An agent that waits for a job does not hold the server for the length of its poll.
    expect(Date.now() - began).toBeLessThan(15_000);
    other?.child.kill('SIGTERM');
    expect(await other?.ended).toBe(0);
  });
});
