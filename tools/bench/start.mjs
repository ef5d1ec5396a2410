// `npm run bench -- start`: how long a server takes until it is ready on a database that is there,
// and what it has in memory when it does nothing, beside Fastify with one route.
import { join } from 'node:path';
import { count, megabytes, say, table } from './printed.mjs';
import { AUTHORIZED, memoryOf, processorTime, PRODUCT, settingsOf, start } from './processes.mjs';
import { median } from './timing.mjs';
import { sent } from './wire.mjs';

const STARTS = 5;
const IDLE_MS = 10_000;

/** Prints the table of one database. */
export async function benchStart({ database, heading }) {
  const servers = {
    CloudPAM: { file: PRODUCT, env: settingsOf(database), heap: heapOfMetrics },
    'Fastify with one route': {
      file: join(import.meta.dirname, 'bare-start.mjs'),
      env: {},
      heap: heapOfAnswer,
    },
  };
  const measured = Object.fromEntries(Object.keys(servers).map((name) => [name, []]));
  for (let n = 0; n <= STARTS; n++)
    for (const [name, server] of Object.entries(servers)) {
      const figures = await started(server);
      say(`${name}: ${Object.values(figures).map(Math.round).join(', ')}`);
      if (n > 0) measured[name].push(figures); // the first reads the files from the disk
    }
  table(
    `Start, ${heading}, medians of ${STARTS}`,
    ['', 'to ready, ms', 'processor, ms', 'memory (RSS), MB', '... of its own, MB', 'heap, MB'],
    Object.entries(measured).map(([name, all]) => {
      const of = (figure) => median(all.map((each) => each[figure]));
      return [
        name,
        count(of('took')),
        count(of('processor')),
        megabytes(of('all')),
        megabytes(of('own')),
        megabytes(of('heap')),
      ];
    }),
  );
}

/** One start: milliseconds until it is ready, and bytes when it has been idle. */
async function started({ file, env, heap }) {
  const began = performance.now();
  const server = await start(file, [], env);
  try {
    await sent(server, 'GET', '/readyz');
    const took = performance.now() - began;
    const processor = 1e3 * processorTime(server.pid);
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    const { all, own } = memoryOf(server.pid);
    return { took, processor, all, own, heap: await heap(server) };
  } finally {
    await server.stop();
  }
}

async function heapOfMetrics(server) {
  const { body } = await sent(server, 'GET', '/metrics', { headers: AUTHORIZED });
  return Number(/^nodejs_heap_size_used_bytes (.*)$/m.exec(body)[1]);
}

async function heapOfAnswer(server) {
  return JSON.parse((await sent(server, 'GET', '/heap')).body).heapUsed;
}
