import path from 'node:path';
import { parseCidr, parseRange } from '@cloudpam/cidr';
import type { Answer, AuditEntry, Pool, Problem } from '../api';
import { Api } from '../api';
import { HostProcess } from '../host-process';
import { seededRandom } from '../seeded-random';
import { RACE_SCALE } from '../race-scale';
import { ROOT, startServer, type Server } from '../start-server';
import { POSTGRES, type Database } from '../storages';

/** How many times as much is tried by hand. */
jest.setTimeout(120_000 * RACE_SCALE);
const AT_ONCE = 8;
const ROUNDS = 125 * RACE_SCALE;
const NET = '10.0.0.0/24';
const HOUR_MS = 3_600_000;
/** What takes space, by its name in the log. */
const SPACE: readonly string[] = ['pool', 'address', 'range'];

interface Entry extends AuditEntry {
  readonly id: number;
  readonly place: { readonly vrf_id: number | null } | null;
}
interface Leaf {
  readonly id: number;
}
interface Range extends Leaf {
  readonly purpose: string;
  readonly start_address: string;
  readonly end_address: string;
}
interface Held {
  readonly what: string;
  readonly first: bigint;
  readonly last: bigint;
}

/** What holds space, by what the log tells of it. */
function spanOf(facts: Record<string, unknown>): Pick<Held, 'first' | 'last'> {
  const { cidr, address, start_address: start, end_address: end } = facts;
  if (typeof cidr === 'string') return parseCidr(cidr);
  return parseRange(typeof address === 'string' ? address : `${String(start)}-${String(end)}`);
}

describe('leases, quarantine and allocation on two server processes and one that ends leases', () => {
  let database: Database;
  const servers: Server[] = [];
  let ender: HostProcess | undefined;

  beforeAll(async () => {
    database = await POSTGRES.open();
    // The first one brings the database up to date.
    for (let n = 0; n < 2; n++) servers.push(await startServer(database.url));
    const dist = path.join(ROOT, 'apps/api/dist');
    ender = (await HostProcess.start('many-servers/ending-host.mjs', database.url, dist)).host;
  });
  afterAll(async () => {
    await ender?.end();
    for (const server of servers) await server.stop();
    await database.remove();
  });

  it(`give no space twice in ${AT_ONCE * ROUNDS} random steps, ${AT_ONCE} at once`, async () => {
    const [first, second] = servers;
    if (!first || !second) throw new Error('two servers were started');
    const vrfId = await first.api.newVrf('leases');
    const arena = await first.api.expect(
      201,
      first.api.post<Pool>('/pools', {
        name: 'arena',
        cidr: NET,
        vrf_id: vrfId,
        rules: { quarantine_days: 1 },
      }),
    );
    const other = await first.api.expect(
      201,
      first.api.post<{ secret: string }>('/tokens', { name: 'other', role: 'editor' }),
    );
    const actors = [first.api, new Api(second.url, other.secret), second.api];
    const seed = Number(process.env['RACE_SEED'] ?? 20261128);
    const random = seededRandom(seed);
    const below = (n: number): number => Math.floor(random() * n);
    const pick = <T>(all: readonly T[]): T | undefined => all[below(all.length)];
    const statuses = new Map<number, number>();

    const step = async (state: {
      pools: readonly Pool[];
      addresses: readonly Leaf[];
      ranges: readonly Range[];
    }): Promise<void> => {
      const api = pick(actors) ?? first.api;
      const lease =
        random() < 0.5 ? { expires_at: new Date(Date.now() + HOUR_MS / 2).toISOString() } : {};
      const held = pick(state.ranges.filter(({ purpose }) => purpose === 'quarantine'));
      const pool = pick(state.pools);
      const address = pick(state.addresses);
      const steps: readonly (() => Promise<Answer<unknown> | undefined>)[] = [
        () =>
          api.post(`/pools/${arena.id}/allocations`, {
            name: 'net',
            prefix_length: 27 + below(4),
            ...lease,
          }),
        () =>
          api.post(`/pools/${arena.id}/addresses`, { name: 'h', count: 1 + below(4), ...lease }),
        async () => pool && api.delete(`/pools/${pool.id}?cascade=true`),
        async () => address && api.delete(`/addresses/${address.id}`),
        // Takes it back, where the caller has deleted it.
        async () =>
          held && api.post('/addresses', { address: held.start_address, vrf_id: vrfId, ...lease }),
        async () => held && api.post(`/ranges/${held.id}/release`),
        async () =>
          pool && api.patch(`/pools/${pool.id}`, { expires_at: null }, { 'if-match': '*' }),
        async () => {
          // Now and then a day later, when quarantine is over too.
          const later = random() < 0.1 ? 25 * HOUR_MS : HOUR_MS;
          await ender?.tell(new Date(Date.now() + later).toISOString());
          return undefined;
        },
      ];
      const answer = await pick(steps)?.();
      if (answer) statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      if (answer && answer.status >= 500)
        throw new Error(`${answer.status} ${(answer.body as Problem).code}`);
    };
    const stateNow = async () => ({
      pools: (await first.api.all<Pool>(`/pools?vrf_id=${vrfId}`)).filter(
        ({ id }) => id !== arena.id,
      ),
      addresses: await first.api.all<Leaf>(`/addresses?vrf_id=${vrfId}`),
      ranges: await first.api.all<Range>(`/ranges?vrf_id=${vrfId}`),
    });
    // One line to the process that ends leases at a time.
    for (let round = 0; round < ROUNDS; round++) {
      const state = await stateNow();
      await Promise.all(Array.from({ length: AT_ONCE }, () => step(state)));
    }

    const entries = (await first.api.all<Entry>('/audit')).reverse();
    const held = new Map<string, Held>();
    const given: string[] = [];
    const counts = new Map<string, number>();
    for (const group of byRequest(
      entries.filter(
        ({ place, entity_type }) => place?.vrf_id === vrfId && SPACE.includes(entity_type),
      ),
    )) {
      for (const { entity_type, entity_id, diff } of group)
        if (diff.after === null) held.delete(`${entity_type} ${entity_id}`);
      for (const { action, entity_type, entity_id, diff } of group) {
        counts.set(action, (counts.get(action) ?? 0) + 1);
        if (diff.before !== null || entity_id === String(arena.id)) continue;
        const what = `${entity_type} ${entity_id}`;
        const span = spanOf(diff.after as Record<string, unknown>);
        for (const one of held.values())
          if (
            one.first <= span.last &&
            span.first <= one.last &&
            // An address that was asked for by name lies in the pool that is around it by then.
            !(action === 'address.create' && one.what.startsWith('pool '))
          )
            given.push(`${what} was given what ${one.what} has`);
        held.set(what, { what, ...span });
      }
    }
    expect({ seed, given }).toEqual({ seed, given: [] });
    // All of it happened, and what the log tells is what there is.
    expect([...counts.keys()]).toEqual(
      expect.arrayContaining([
        'pool.create',
        'pool.delete',
        'address.allocate',
        'address.delete',
        'range.quarantine',
        'range.release',
      ]),
    );
    const { pools, addresses, ranges } = await stateNow();
    expect([...held.keys()].sort()).toEqual(
      [
        ...pools.map(({ id }) => `pool ${id}`),
        ...addresses.map(({ id }) => `address ${id}`),
        ...ranges.map(({ id }) => `range ${id}`),
      ].sort(),
    );
    expect(statuses.get(201) ?? 0).toBeGreaterThan(ROUNDS);
  });
});

/** The entries of each request, in the order of the first. */
function byRequest(entries: readonly Entry[]): Entry[][] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.request_id);
    if (group) group.push(entry);
    else groups.set(entry.request_id, [entry]);
  }
  return [...groups.values()];
}
