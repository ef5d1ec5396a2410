// `npm run bench -- dashboard`: what the first page costs, and what counting all pools for it does.
import { setTimeout as pause } from 'node:timers/promises';
import { fillInventory } from './history.mjs';
import { count, table } from './printed.mjs';
import { WatchedServer } from './server.mjs';
import { percentile, sampled } from './timing.mjs';

const CALLS = 300;
const BUDGET_MS = 60_000;

/** Prints the table of one database. */
export async function benchDashboard({ database, storage, bare, loaded, heading }) {
  await fillInventory(storage);
  await bare.settle();
  const server = await WatchedServer.start(database);
  try {
    await server.ask('begin');
    while ((await server.send('GET', '/dashboard')).json.estate === null) await pause(200);
    const { block } = await server.ask('report');
    const { tookMs, count: counted } = await storage.unitOfWork.read(({ estate }) =>
      estate.latest(),
    );
    await server.quiet();
    const { json } = await server.send('POST', '/tokens', {
      body: { name: 'limited', role: 'viewer', pools: [loaded.ids[0]] },
    });
    const row = async (title, token) => {
      let bytes = 0;
      const ask = async () => ({ bytes } = await server.send('GET', '/dashboard', { token }));
      const samples = await sampled(ask, { calls: CALLS, budget: BUDGET_MS });
      samples.sort((a, b) => a - b);
      const ms = [0.5, 0.95, 0.99].map((share) => percentile(samples, share).toFixed(1));
      return [title, count(bytes), ...ms];
    };
    table(
      `The dashboard, ${heading}`,
      ['', 'bytes', 'p50, ms', 'p95, ms', 'p99, ms'],
      [
        await row('someone without limits'),
        await row('someone who is limited to a /8 with more pools than are counted', json.secret),
      ],
    );
    table(
      'Counting all pools beside it',
      ['pools', 's', 'longest block, ms'],
      [[count(counted.total.pools), (tookMs / 1e3).toFixed(1), Math.round(block)]],
    );
  } finally {
    await server.stop();
  }
}
