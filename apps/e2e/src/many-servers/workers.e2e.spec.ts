import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Api, type Pool } from '../api';
import { eventually } from '../eventually';
import { startServer, type Server } from '../start-server';
import { LASTING, type Database } from '../storages';
import { treeFaults } from '../tree-faults';

const ADMIN_TOKEN = /cpam_[a-z2-7]{12}_[a-z2-7]{52}/g;
const CLIENTS = 16;

/** What a client got: an answer, or undefined when its connection was cut. */
type Got = { readonly status: number; readonly body: string } | undefined;

/** A client with one connection of its own, and another one when that is cut. */
class Client {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  ask(method: string, at: string, body = '', headers: Record<string, string> = {}): Promise<Got> {
    return new Promise((resolve) => {
      const sent = request(`${this.url}${at}`, {
        method,
        agent: this.agent,
        headers: {
          authorization: `Bearer ${this.token}`,
          ...(body === '' ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
      });
      sent.once('error', () => resolve(undefined));
      sent.once('response', (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        answer.once('error', () => resolve(undefined));
        answer.once('end', () => resolve({ status: answer.statusCode ?? 0, body: text }));
      });
      sent.end(body);
    });
  }

  end(): void {
    this.agent.destroy();
  }
}

describe.each(LASTING)('a server with two workers on $name', ({ open }) => {
  let database: Database;
  let folder: string;
  let server: Server;
  let token: string;
  let api: Api;
  const start = (more: Record<string, string> = {}): Promise<Server> =>
    startServer(database.url, {
      CLOUDPAM_WORKERS: '2',
      CLOUDPAM_BOOTSTRAP_TOKEN: '',
      LOG_LEVEL: 'info',
      AUDIT_FORWARD: `file:${path.join(folder, 'audit.jsonl')}`,
      ...more,
    });
  /** Processes of workers that are told of, from the start on. */
  const told = (pattern: RegExp): number[] =>
    [...server.output().matchAll(pattern)]
      .flatMap((found) => found.slice(1))
      .filter(Boolean)
      .map(Number);
  const everReady = (): number[] =>
    told(/workers are the processes (\d+), (\d+)|Worker (\d+) is ready/g);
  const pids = (): number[] => {
    const ended = told(/worker (\d+) ended/g);
    return everReady().filter((pid) => !ended.includes(pid));
  };
  const client = (): Client => new Client(server.url, token);
  /** So many requests, each on a connection of its own. */
  const healthz = (count: number): Promise<unknown> =>
    Promise.all(
      Array.from({ length: count }, async () => {
        const one = client();
        expect((await one.ask('GET', '/healthz'))?.status).toBe(200);
        one.end();
      }),
    );
  /** How many answers to `/healthz` the metrics tell of. */
  const counted = async (): Promise<number> => {
    const one = client();
    const text = (await one.ask('GET', '/metrics'))?.body ?? '';
    one.end();
    const line = /^cloudpam_http_request_duration_seconds_count\{.*"\/healthz".*\} (\d+)$/m;
    return Number(line.exec(text)?.[1] ?? 0);
  };
  /** Kills a worker, and waits until another one is in its place. */
  const killWorker = async (pid: number): Promise<void> => {
    const before = everReady().length;
    process.kill(pid, 'SIGKILL');
    await eventually('another worker', () => Promise.resolve(everReady().length > before));
  };

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'cloudpam-workers-'));
    database = await open();
    server = await start();
    await eventually('its workers', () => Promise.resolve(pids().length === 2));
    token = server.output().match(ADMIN_TOKEN)?.[0] ?? '';
    api = new Api(server.url, token);
  });
  afterAll(async () => {
    await server.stop();
    await database.remove();
    rmSync(folder, { recursive: true });
  });

  it('tells once where it is, and one admin token', () => {
    expect(server.output().match(/is ready on/g)).toHaveLength(1);
    expect(server.output().match(ADMIN_TOKEN)).toHaveLength(1);
  });

  it('is answered by both, each with its process in the log, and adds up what they count', async () => {
    const before = await counted();
    await healthz(20);
    expect((await counted()) - before).toBe(20);
    const logged = new Set(
      [...server.output().matchAll(/"pid":(\d+)/g)].map((found) => Number(found[1])),
    );
    expect([...logged].sort()).toEqual(pids().sort());
  });

  it('goes on when a worker is killed under load: others are answered, nothing is lost or done twice', async () => {
    const vrf_id = await api.newVrf('load');
    const root = await api.newPool({ name: 'root', cidr: '10.0.0.0/12', vrf_id });
    const taken = new Map<string, string>();
    const others = new Set<string>();
    let cuts = 0;
    let isOver = false;
    const clients = Array.from({ length: CLIENTS }, async () => {
      const one = client();
      for (let key = randomUUID(); !isOver;) {
        const got = await one.ask(
          'POST',
          `/api/v1/pools/${root.id}/allocations`,
          JSON.stringify({ prefix_length: 28, name: key }),
          { 'idempotency-key': key },
        );
        if (!got) {
          cuts += 1;
          continue; // asks again with the same key
        }
        if (got.status !== 201) others.add(`${got.status} ${got.body}`);
        const { items } = JSON.parse(got.body) as { items?: Pool[] };
        taken.set(key, items?.[0]?.cidr ?? '');
        key = randomUUID();
      }
      one.end();
    });
    const further = async (count: number): Promise<void> => {
      const until = taken.size + count;
      await eventually('more allocations', () => Promise.resolve(taken.size >= until));
    };
    await further(50);
    for (const pid of pids()) {
      await killWorker(pid);
      await further(50);
    }
    isOver = true;
    await Promise.all(clients);
    expect([...others]).toEqual([]);
    expect(cuts).toBeGreaterThan(0);
    const pools = await api.all<Pool>(`/pools?vrf_id=${vrf_id}`);
    expect(treeFaults(pools)).toEqual([]);
    const kept = new Map(pools.map(({ name, cidr }) => [name, cidr]));
    kept.delete('root');
    for (const [key, cidr] of taken) expect([key, kept.get(key)]).toEqual([key, cidr]);
    // What was asked last, and cut off with nobody to ask again.
    expect(kept.size).toBe(pools.length - 1);
    expect(kept.size - taken.size).toBeLessThanOrEqual(CLIENTS);
  });

  it('keeps in its metrics what workers counted that are gone', async () => {
    await healthz(10);
    const before = await counted();
    await killWorker(pids().at(-1) ?? 0);
    await healthz(10);
    expect(await counted()).toBe(before + 10);
  });

  it('does the work beside the requests also when the worker that did it is gone', async () => {
    for (const pid of pids()) await killWorker(pid);
    await api.newVrf('told by others');
    const file = path.join(folder, 'audit.jsonl');
    await eventually('the entry to be forwarded', () =>
      Promise.resolve(existsSync(file) && readFileSync(file, 'utf8').includes('told by others')),
    );
    const seqs = readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { seq: number }).seq);
    expect([...new Set(seqs)]).toEqual(Array.from({ length: new Set(seqs).size }, (_, n) => n + 1));
  });

  it('ends by SIGTERM with all that it acknowledged, and with 0', async () => {
    const vrf_id = await api.newVrf('end');
    const root = await api.newPool({ name: 'root', cidr: '10.0.0.0/12', vrf_id });
    const acknowledged: string[] = [];
    const others = new Set<string>();
    const clients = Array.from({ length: CLIENTS }, async () => {
      const one = client();
      for (;;) {
        const got = await one.ask(
          'POST',
          `/api/v1/pools/${root.id}/allocations`,
          JSON.stringify({ prefix_length: 28, name: 'last' }),
        );
        // It answers so to what comes when it ends.
        if (!got || got.status === 503) break;
        if (got.status !== 201) others.add(`${got.status} ${got.body}`);
        const { items } = JSON.parse(got.body) as { items?: Pool[] };
        acknowledged.push(items?.[0]?.cidr ?? '');
      }
      one.end();
    });
    await eventually('allocations', () => Promise.resolve(acknowledged.length > 30));
    expect(await server.stop()).toBe(0);
    await Promise.all(clients);
    for (const pid of everReady()) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect([...others]).toEqual([]);
    server = await start();
    api = new Api(server.url, token);
    const kept = (await api.all<Pool>(`/pools?vrf_id=${vrf_id}`)).map(({ cidr }) => cidr);
    expect(new Set(acknowledged).size).toBe(acknowledged.length);
    expect(acknowledged.filter((cidr) => !kept.includes(cidr))).toEqual([]);
    // The database knows no allocation that nobody was told of: what had begun was answered.
    expect(kept.length - 1).toBe(acknowledged.length);
  });

  it('does not start where another server has its port, and says so once', async () => {
    const { port } = new URL(server.url);
    const failed: unknown = await start({ PORT: port }).catch((error: unknown) => error);
    expect(String(failed)).toContain('ended with 1');
    expect(String(failed).match(/CloudPAM did not start\. .*EADDRINUSE/g)).toHaveLength(1);
  });

  it('limits the requests of an address for all workers together', async () => {
    const limited = await start({ CLOUDPAM_WORKERS: '4', RATE_LIMIT_RPS: '5' });
    const began = performance.now();
    const statuses = await Promise.all(
      Array.from({ length: 60 }, async () => {
        const one = new Client(limited.url, token);
        const got = await one.ask('GET', '/healthz');
        one.end();
        return got?.status;
      }),
    );
    const windows = Math.floor((performance.now() - began) / 1_000) + 1;
    const passed = statuses.filter((status) => status === 200).length;
    expect(statuses.filter((status) => status === 429)).toHaveLength(60 - passed);
    expect([passed >= 5, passed <= 5 * windows]).toEqual([true, true]);
    await limited.stop();
  });
});
