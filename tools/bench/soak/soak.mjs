// `npm run bench -- soak`: mixed load on the real server for minutes, and what becomes of its
// answers, its event loop and its memory.
import { fillHistory } from '../history.mjs';
import { count, megabytes, milliseconds, say, table } from '../printed.mjs';
import { WatchedServer } from '../server.mjs';
import { median, randomNumbers } from '../timing.mjs';
import { rareRoutesOf, routesOf } from './routes.mjs';
import { Tally } from './tally.mjs';

const CLIENTS = 16;
const LOOK_MS = 1_000;
/** A run is told in parts of a minute, or ten where it is shorter. */
const [PART_MS, PARTS] = [60_000, 10];
/** Memory is flat when the last part has at most so much more than the second. */
const FLAT = 0.1;

/** Prints the tables of one database. */
export async function benchSoak({ database, storage, bare, loaded, heading, minutes }) {
  say('writing the log and the inventory of that tree ...');
  await fillHistory(storage, loaded);
  await bare.settle();
  const server = await WatchedServer.start(database, { DISCOVERY_POLICY: 'auto' });
  try {
    say('waiting until the log is sealed ...');
    await server.quiet();
    const random = randomNumbers(3);
    const routes = await routesOf(server, loaded, random);
    const rare = rareRoutesOf(server, loaded);
    const tally = new Tally();
    await server.ask('watch');
    const end = performance.now() + minutes * 60_000;
    const [parts] = await Promise.all([
      watched(server, tally, minutes * 60_000),
      ...Array.from({ length: CLIENTS }, () => client(routes, tally, random, end)),
      ...Object.entries(rare).map((route) => nowAndThen(route, tally, end)),
    ]);
    print(heading, { minutes, tally, parts, whole: await server.ask('whole') });
  } finally {
    await server.stop();
  }
}

/** Asks for one thing after the other, by their weights. */
async function client(routes, tally, random, end) {
  const all = Object.entries(routes);
  const weights = all.reduce((sum, [, [weight]]) => sum + weight, 0);
  while (performance.now() < end) {
    let at = random() * weights;
    const [title, [, work, expected = [200]]] = all.find(([, [weight]]) => (at -= weight) < 0);
    await tally.call(title, work, expected);
  }
}

/** Asks for something so many times until the end. */
async function nowAndThen([title, [times, work]], tally, end) {
  const pause = (end - performance.now()) / times;
  for (let next = performance.now() + pause / 2; next < end; next += pause) {
    await new Promise((resolve) => setTimeout(resolve, next - performance.now()));
    await tally.call(title, work, [200]);
  }
}

/** What the server tells of each part of the time. */
async function watched(server, tally, ms) {
  const length = Math.min(PART_MS, ms / PARTS);
  const parts = [];
  const began = performance.now();
  for (let part = 1; part * length <= ms + 1; part++) {
    const before = tally.total;
    const looks = [];
    while (performance.now() < began + part * length) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      looks.push(await server.ask('memory'));
    }
    const of = (name) => median(looks.map((look) => look[name]));
    parts.push({
      ...(await server.ask('lately')),
      own: of('own'),
      heap: of('heap'),
      perSecond: (1_000 * (tally.total - before)) / length,
    });
    const { own, heap, perSecond, p99 } = parts.at(-1);
    say(
      `part ${part}: ${count(perSecond)} a second, ${megabytes(own)} MB, heap ${megabytes(heap)} MB, ` +
        `loop p99 ${milliseconds(p99)} ms`,
    );
  }
  return parts;
}

function print(heading, { minutes, tally, parts, whole }) {
  const rows = tally.rows();
  const errors = rows.reduce((sum, row) => sum + row.at(-1), 0);
  table(
    `Soak, ${heading}, ${minutes} minutes, ${CLIENTS} clients`,
    ['', 'requests', 'p50, ms', 'p99, ms', 'longest, ms', 'answers', 'errors'],
    rows,
  );
  const late = ({ p50, p99, longest }) => [p50, p99, longest].map(milliseconds);
  table(
    'Its memory and event loop',
    ['part', 'a second', 'memory of its own, MB', 'heap, MB', 'loop p50, ms', 'p99', 'longest'],
    [
      ...parts.map((part, at) => [
        at + 1,
        count(part.perSecond),
        megabytes(part.own),
        megabytes(part.heap),
        ...late(part),
      ]),
      ['all', count(tally.total / (minutes * 60)), '', '', ...late(whole)],
    ],
  );
  console.log(`${count(tally.total)} requests, ${errors} errors. ${verdict(parts)}\n`);
}

/** Whether memory stays what it was: of the process, and on the heap. */
function verdict(parts) {
  const [second, last] = [parts[1], parts.at(-1)];
  return ['own', 'heap']
    .map((name) => {
      const growth = last[name] / second[name] - 1;
      const change = `${growth < 0 ? '' : '+'}${(100 * growth).toFixed(0)}% from the second part to the last`;
      return `${name === 'own' ? 'Memory' : 'Heap'} ${growth <= FLAT ? 'is flat' : 'GROWS'}: ${change}.`;
    })
    .join(' ');
}
