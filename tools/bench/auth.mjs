// `npm run bench -- auth`: requests a second of one route with a bearer token, and of the same
// route with the check removed. Each server is a process of its own; rounds alternate, so that both
// meet the same moods of the machine.
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { start, TOKEN } from './processes.mjs';
import { say } from './printed.mjs';
import { median } from './timing.mjs';

const THIS = fileURLToPath(import.meta.url);
const ROUTE = '/api/v1/vrfs?page_size=1';
const [ROUNDS, ROUND_MS, CONNECTIONS] = [9, 2_000, 16];

if (process.argv[2] === 'serve') await serve(process.argv[3], process.argv[4]);

/** Prints a table with both rates and their ratio. */
export async function benchAuth() {
  const folder = mkdtempSync(join(tmpdir(), 'cloudpam-bench-'));
  const servers = {
    checked: await start(THIS, ['serve', 'checked', join(folder, 'a.sqlite')]),
    open: await start(THIS, ['serve', 'open', join(folder, 'b.sqlite')]),
  };
  try {
    const rates = { checked: [], open: [] };
    for (let round = 0; round <= ROUNDS; round++) {
      for (const name of ['checked', 'open']) {
        const rate = await load(servers[name].port);
        // The first round warms up.
        if (round > 0) rates[name].push(rate);
      }
      say(
        `round ${round} of ${ROUNDS}: ${Math.round(rates.checked.at(-1) ?? 0)} and ` +
          `${Math.round(rates.open.at(-1) ?? 0)} a second`,
      );
    }
    const ratios = rates.checked.map((rate, at) => rate / rates.open[at]);
    console.log(`### GET ${ROUTE}, SQLite, ${CONNECTIONS} connections\n`);
    console.log('| | requests a second |\n| --- | ---: |');
    console.log(
      `| with a bearer token | ${Math.round(median(rates.checked)).toLocaleString('en')} |`,
    );
    console.log(`| check removed | ${Math.round(median(rates.open)).toLocaleString('en')} |`);
    console.log(
      `| ratio, median of ${ROUNDS} pairs | ${median(ratios).toFixed(2)} ` +
        `(${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}) |\n`,
    );
  } finally {
    await Promise.all(Object.values(servers).map((server) => server.stop()));
    rmSync(folder, { recursive: true, force: true });
  }
}

async function serve(kind, file) {
  const require = createRequire(import.meta.url);
  const dist = (name) => require(join(import.meta.dirname, '../../apps/api/dist', name));
  const config = dist('config/config.js').readConfig({
    PORT: '0',
    LOG_LEVEL: 'error',
    DATABASE_URL: `sqlite:${file}`,
    CLOUDPAM_BOOTSTRAP_TOKEN: TOKEN,
  });
  const storage = await dist('storage/storage.js').openStorageAt(config.databaseUrl);
  const app = await dist('create-app.js').createApp(
    config,
    storage,
    kind === 'open' ? { open: true } : {},
  );
  await app.get(require('@cloudpam/identity').BootstrapToken).execute(new Date(), TOKEN);
  await app.listen(0, '127.0.0.1');
  process.stdout.write(`ready on http://127.0.0.1:${app.getHttpServer().address().port}\n`);
}

/** Requests a second, each connection asking as fast as it is answered. */
async function load(port) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const end = performance.now() + ROUND_MS;
  let answered = 0;
  const ask = () =>
    new Promise((resolve, reject) => {
      request(
        {
          port,
          host: '127.0.0.1',
          path: ROUTE,
          agent,
          headers: { authorization: `Bearer ${TOKEN}` },
        },
        (response) => {
          if (response.statusCode !== 200) reject(new Error(`answered ${response.statusCode}`));
          response.resume().on('end', resolve);
        },
      )
        .on('error', reject)
        .end();
    });
  const began = performance.now();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (performance.now() < end) {
        await ask();
        answered++;
      }
    }),
  );
  agent.destroy();
  return (1_000 * answered) / (performance.now() - began);
}
