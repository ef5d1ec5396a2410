import path from 'node:path';
import { runCollector } from '../run-collector';
import { seededRandom } from '../seeded-random';
import { ROOT, startServer, TOKEN } from '../start-server';
import { LASTING } from '../storages';
import { RequestGenerator, type Document, type GeneratedRequest } from './request-generator';

/** `npm run fuzz` sets these; without it the run is short. */
const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? 1_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_127);
const AT_ONCE = 8;
const MOST_FAULTS = 20;

describe.each(LASTING)('generated requests on $name', ({ open }) => {
  it(
    'are answered as the document says, without an error of the server',
    async () => {
      const database = await open();
      const server = await startServer(database.url);
      try {
        await runCollector(server, path.join(ROOT, 'examples/estate'));
        const document = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as Document;
        const generator = new RequestGenerator(document, seededRandom(SEED));
        const statuses = new Map<number, number>();
        const faults: string[] = [];
        let left = REQUESTS;
        const send = async (request: GeneratedRequest): Promise<void> => {
          const { operation, url, headers, body } = request;
          const answer = await fetch(`${server.url}${url}`, {
            method: operation.method.toUpperCase(),
            headers: { authorization: `Bearer ${TOKEN}`, ...headers },
            redirect: 'manual',
            ...(body === undefined ? {} : { body }),
          });
          const text = await answer.text();
          statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
          // What the document does not know, the server tells when it stops.
          if (answer.status >= 500)
            faults.push(
              `${operation.method} ${url.slice(0, 300)} ${JSON.stringify(headers)} ` +
                `${(body ?? '').slice(0, 500)}\n  ${answer.status}: ${text.slice(0, 300)}`,
            );
        };
        await Promise.all(
          Array.from({ length: AT_ONCE }, async () => {
            while (left > 0 && faults.length < MOST_FAULTS) {
              left -= 1;
              await send(generator.next());
            }
          }),
        );
        if (process.env['FUZZ_REQUESTS'] !== undefined)
          process.stderr.write(`${JSON.stringify(Object.fromEntries(statuses))}\n`);
        expect(faults).toEqual([]);
        expect(statuses.get(200) ?? 0).toBeGreaterThan(REQUESTS / 20);
      } finally {
        await server.stop();
        await database.remove();
      }
    },
    60_000 + REQUESTS * 60,
  );
});
