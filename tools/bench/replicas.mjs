// `npm run bench -- replicas`: two servers and two streaming replicas of one PostgreSQL, all on this machine.
// Whoever writes by one server reads by the other, PAIRS times, while replay is paused at random and a replica
// is killed on the way: no read may miss the write, none may fail. Then what reads cost with and without a
// replica.
import { setTimeout as sleep } from 'node:timers/promises';
import { startReplica } from '@cloudpam/storage-typeorm/testing';
import { DATABASES, storageOf } from './databases.mjs';
import { load } from './load.mjs';
import { count, say, table } from './printed.mjs';
import { AUTHORIZED, startProduct } from './processes.mjs';
import { median, randomNumbers } from './timing.mjs';
import { loaded, Wire } from './wire.mjs';

const PAIRS = Number(process.env.BENCH_PAIRS ?? 100_000);
const [POOLS, CLIENTS, SEED] = [10_000, 16, 13];
const [ROUNDS, ROUND_MS, CONNECTIONS] = [5, 1_500, 16];
/** Longest times without, and with, a change of what is paused. */
const PAUSES_MS = 400;
const KILLED_AT = 0.5;
const BACK_AT = 0.7;

/** Prints both tables. */
export async function benchReplicas() {
  const database = await DATABASES.postgres();
  const replicas = [];
  try {
    const storage = await storageOf(database);
    say(`loading ${POOLS} pools ...`);
    const { ids } = await load(storage, POOLS);
    await storage.close();
    for (let n = 0; n < 2; n++) replicas.push(await startReplica(database.url));
    await benchPairs(database.url, replicas);
    await benchScale(database.url, replicas, ids);
  } finally {
    for (const replica of replicas) await replica.stop();
    await database.close();
  }
}

async function benchPairs(url, replicas) {
  const servers = [await serverWith(url, replicas), await serverWith(url, replicas)];
  const random = randomNumbers(SEED);
  const tally = { written: [], told: [], untold: [], stale: 0, errors: 0, pairs: 0 };
  try {
    await ready(servers, replicas.length);
    const reads = await readsOf(servers);
    const began = performance.now();
    const chaos = disturb(replicas, random, tally);
    await Promise.all(
      Array.from({ length: CLIENTS }, (_, client) => pairs(client, servers, random, tally)),
    );
    const perSecond = (1_000 * tally.pairs) / (performance.now() - began);
    await chaos;
    const after = await readsOf(servers);
    const [here, away] = [after.primary - reads.primary, after.replicas - reads.replicas];
    const { stale, errors } = tally;
    table(
      `Write, then read by the other server: ${count(PAIRS)} pairs, ${CLIENTS} clients`,
      ['stale', 'errors', 'pairs a second', 'reads by replicas'],
      [[stale, errors, count(perSecond), `${Math.round((100 * away) / (here + away))}%`]],
    );
    table(
      'Times, ms',
      ['', 'p50', 'p99', 'longest'],
      [
        ['write', ...timesOf(tally.written)],
        ['read with the position of the write', ...timesOf(tally.told)],
        ['read without', ...timesOf(tally.untold)],
      ],
    );
    if (stale + errors > 0) process.exitCode = 1;
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

/** A client changes a pool of its own and reads it back. */
async function pairs(client, servers, random, tally) {
  const wires = servers.map(({ port }) => new Wire(port));
  const [write, read] = [wires[client % 2], wires[(client + 1) % 2]];
  const made = await write.send('POST', '/api/v1/pools', {
    headers: AUTHORIZED,
    body: { name: `client ${client}`, cidr: `172.${16 + client}.0.0/16` },
  });
  const path = `/api/v1/pools/${JSON.parse(made.body).id}`;
  while (tally.pairs < PAIRS) {
    const description = String(tally.pairs++);
    const written = await timed(tally.written, () =>
      write.send('PATCH', path, { headers: AUTHORIZED, body: { description } }),
    );
    const [, position] = /\nx-cloudpam-position: (\w+)/i.exec(written.head) ?? [];
    const isTold = position !== undefined && random() < 0.5;
    const headers = isTold ? { ...AUTHORIZED, 'x-cloudpam-position': position } : AUTHORIZED;
    const found = await timed(isTold ? tally.told : tally.untold, () =>
      read.send('GET', path, { headers }),
    );
    if (written.status !== 200 || found.status !== 200) tally.errors++;
    else if (JSON.parse(found.body).description !== description) tally.stale++;
    if (tally.pairs % 10_000 === 0) say(`${count(tally.pairs)} pairs, ${tally.stale} stale`);
  }
  for (const wire of wires) wire.close();
}

/** Pauses and resumes replay at random; kills the second replica, and starts it again. */
async function disturb([first, second], random, tally) {
  let isAlive = true;
  while (tally.pairs < PAIRS) {
    await sleep(random() * PAUSES_MS);
    const share = tally.pairs / PAIRS;
    if (isAlive && share > KILLED_AT && share < BACK_AT) {
      await second.kill();
      isAlive = false;
    } else if (!isAlive && share > BACK_AT) {
      await second.start();
      isAlive = true;
    }
    const replica = isAlive && random() < 0.5 ? second : first;
    await (random() < 0.4 ? replica.pause() : replica.goOn());
  }
  if (!isAlive) await second.start();
  for (const replica of [first, second]) await replica.goOn();
}

/** Reads a second of one server, in turn without and with one replica. */
async function benchScale(url, [replica], ids) {
  const asked = {
    'pool with utilization': (n) => `/pools/${ids[(n * 7_919) % ids.length]}`,
    'list of 50': () => '/pools?page_size=50',
    'tree: 1,000 pools': () => `/pools/${ids[0]}/tree?page_size=1000`,
  };
  const servers = [await serverWith(url, []), await serverWith(url, [replica])];
  const rows = [];
  try {
    await ready(servers.slice(1), 1);
    for (const [title, path] of Object.entries(asked)) {
      const ask = (n) => ['GET', `/api/v1${path(n)}`, { headers: AUTHORIZED }];
      const [rates, used] = [[], []];
      for (let round = 0; round <= ROUNDS; round++) {
        const figures = [];
        for (const server of servers)
          figures.push(
            await server.used(() =>
              loaded([server.port], ask, { connections: CONNECTIONS, ms: ROUND_MS }),
            ),
          );
        if (round === 0) continue; // it warms up
        rates.push(figures.map(({ perSecond }) => perSecond));
        used.push(figures.map((figure) => figure.used));
      }
      const of = (figures, at) => count(median(figures.map((pair) => pair[at])));
      const ratio = median(rates.map(([without, beside]) => beside / without)).toFixed(2);
      rows.push([title, of(rates, 0), of(rates, 1), ratio, of(used, 0), of(used, 1)]);
      say(rows.at(-1).join(', '));
    }
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
  table(
    `Reads of one server, ${count(POOLS)} pools, ${CONNECTIONS} connections`,
    ['', 'a second', 'with a replica', 'ratio', 'its processor, us', 'with a replica'],
    rows,
  );
}

function serverWith(url, replicas) {
  return startProduct(
    { url },
    { DATABASE_REPLICAS: replicas.map((replica) => replica.url(url)).join(',') },
  );
}

/** Until each server reads from so many replicas. */
async function ready(servers, expected) {
  for (const server of servers)
    while (
      (await metric(server, 'cloudpam_replica_in')).filter(([, is]) => is === 1).length < expected
    )
      await sleep(100);
}

async function readsOf(servers) {
  const sums = { primary: 0, replicas: 0 };
  for (const server of servers)
    for (const [target, reads] of await metric(server, 'cloudpam_database_reads_total'))
      sums[target === 'primary' ? 'primary' : 'replicas'] += reads;
  return sums;
}

async function metric({ port }, name) {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`, { headers: AUTHORIZED });
  const lines = (await answer.text()).matchAll(new RegExp(`^${name}{\\w+="(.*)"} (\\S+)$`, 'gm'));
  return [...lines].map(([, label, value]) => [label, Number(value)]);
}

async function timed(times, work) {
  const began = performance.now();
  const result = await work();
  times.push(performance.now() - began);
  return result;
}

function timesOf(times) {
  const sorted = times.sort((a, b) => a - b);
  return [0.5, 0.99, 1].map((share) =>
    sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)].toFixed(1),
  );
}
