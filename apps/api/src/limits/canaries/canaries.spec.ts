import { isInScope } from '@cloudpam/audit';
import { parseCidr } from '@cloudpam/cidr';
import { openApiDocument } from '../../openapi-document';
import { REPLICATED, STORAGES } from '../storages.fixture';
import { draws } from './draws.fixture';
import { estate, type Estate } from './estate.fixture';
import { allRead, idsIn, Listener, withoutAsked } from './listener.fixture';
import { bodiesOf, hiddenParameters, routesOf, UNKNOWN, type Route } from './requests.fixture';

/** `npm run fuzz` tries more of them. */
const CASES = {
  memory: Number(process.env['CANARY_CASES'] ?? 2),
  databases: Number(process.env['CANARY_DATABASE_CASES'] ?? 1),
};
const SEED = Number(process.env['CANARY_SEED'] ?? 1);
const ONLY = process.env['CANARY_STORAGE'];
/** So many requests, whose answers were looked through, are the least. */
const LEAST = Number(process.env['CANARY_LEAST'] ?? 0);

/** Thousands of requests. */
const WALK_MS = 300_000;

/** Routes, by whether one answer of theirs was more than that the request was wrong. */
const answered = new Map<string, boolean>();
/** A case is one request of the limited caller of one estate. */
let cases = 0;

/** Walks an estate; where that fails, says by which command it is walked again. */
async function replayable(
  storage: string,
  seed: number,
  { listener, it: { server } }: { listener: Listener; it: Estate },
  walk: () => Promise<void>,
): Promise<void> {
  try {
    await walk();
    await server.close();
  } catch (error) {
    const again = `npm run fuzz -- --only canaries --storage ${storage} --estates 1 --seed ${seed}`;
    process.stderr.write(`[cloudpam] seed ${seed}, ${listener.asked}\n  again by: ${again}\n`);
    throw error;
  }
}

describe.each([...STORAGES, REPLICATED].filter(({ name }) => ONLY === undefined || name === ONLY))(
  'no canary of what is hidden, on $name,',
  (kind) => {
    const open = kind.register();
    const seeds = Array.from(
      { length: kind.name === 'memory' ? CASES.memory : CASES.databases },
      (_, at) => SEED + at,
    );
    const prepared = async (
      seed: number,
    ): Promise<{ it: Estate; listener: Listener; routes: Route[] }> => {
      const it = await estate(await open(), draws(seed));
      expect(it.canaries.length).toBeGreaterThan(20);
      const listener = new Listener(it, ({ method, path }, status, code) => {
        cases += 1;
        const name = `${method} ${path}`;
        answered.set(
          name,
          (answered.get(name) ?? false) ||
            (status !== 400 && status !== 404) ||
            code === 'forbidden',
        );
      });
      return { it, listener, routes: routesOf(openApiDocument(it.server.app)) };
    };

    it.each(seeds)(
      'stands in any answer of any route, by seed %i',
      async (seed) => {
        const walked = await prepared(seed);
        const { it, listener, routes } = walked;
        await replayable(kind.name, seed, walked, async () => {
          for (const route of routes) {
            for (const { hidden, unknown } of hiddenParameters(route, it)) {
              const part = idsIn(route);
              const id = part === undefined ? UNKNOWN : (it.ids[part]?.seen[0] ?? UNKNOWN);
              const [told, wanted] = [
                await listener.ask(route, id, hidden),
                await listener.ask(route, id, unknown),
              ];
              expect([route.path, hidden, told]).toEqual([route.path, hidden, wanted]);
            }
          }
          for (const dry of ['dry_run=true', '']) {
            for (const route of routes) {
              const part = idsIn(route);
              const known = part === undefined ? undefined : it.ids[part];
              for (const { body, unknown } of bodiesOf(route, it)) {
                for (const id of known?.seen.slice(0, 3) ?? [UNKNOWN]) {
                  const told = await listener.ask(route, id, '', body, dry);
                  if (unknown === undefined) continue;
                  const wanted = await listener.ask(route, id, '', unknown, dry);
                  const named = (text: unknown): number =>
                    Number(/\d+(?=\D*$)/.exec(JSON.stringify(text))?.[0]);
                  // Both may be refused for the same other reason, in which the same number may stand.
                  if (told.status === wanted.status && told.text === wanted.text) continue;
                  expect([route.path, body, withoutAsked(told, named(body), ' ')]).toEqual([
                    route.path,
                    body,
                    withoutAsked(wanted, named(unknown), ' '),
                  ]);
                }
                const wanted = withoutAsked(
                  await listener.ask(route, UNKNOWN, '', body, dry),
                  UNKNOWN,
                );
                for (const id of known?.hidden.slice(0, 2) ?? []) {
                  expect([
                    route.path,
                    body,
                    withoutAsked(await listener.ask(route, id, '', body, dry), id),
                  ]).toEqual([route.path, body, wanted]);
                }
              }
            }
          }
        });
      },
      WALK_MS,
    );

    it.each(seeds)(
      'changes any count or answer when it comes or goes, by seed %i',
      async (seed) => {
        const walked = await prepared(seed);
        const { it, listener, routes } = walked;
        await replayable(kind.name, seed, walked, async () => {
          const { server, hiddenAccount, accessScope } = it;
          const before = await allRead(listener, routes, it);
          const made: string[] = [];
          const add = async (url: string, body: object): Promise<void> => {
            made.push(`${url}/${await server.made(url, body as Record<string, unknown>)}`);
          };
          await add('/pools', {
            name: 'added',
            cidr: '198.51.100.0/24',
            account_id: hiddenAccount,
            tags: { added: 'x' },
            region: 'added',
          });
          await add('/pools', {
            name: 'added',
            cidr: '198.51.100.0/28',
            account_id: hiddenAccount,
          });
          await add('/addresses', { address: '198.51.100.7', account_id: hiddenAccount });
          await add('/vrfs', { name: 'added' });
          await add('/vlans', { vid: 99, name: 'added' });
          await add('/accounts', { name: 'added', provider: 'gcp', external_id: 'added' });
          const again = async (): Promise<void> => {
            const after = await allRead(listener, routes, it);
            for (const [asked, answer] of before)
              expect([asked, after.get(asked)]).toEqual([asked, answer]);
          };
          await again();
          for (const url of made.reverse())
            expect((await server.send('DELETE', url)).status).toBe(200);
          await again();
          // Within what is seen it takes space, which cannot be hidden; and nothing else.
          const inside = {
            vrfId: 1,
            cidr: parseCidr('10.0.240.0/24'),
            kind: 'container',
            accountId: hiddenAccount,
          };
          if (!isInScope(accessScope, inside)) {
            await add('/pools', {
              name: 'added',
              cidr: '10.0.240.0/24',
              account_id: hiddenAccount,
            });
            const after = await allRead(listener, routes, it);
            const besides = (text: string | undefined): string | undefined =>
              text?.replaceAll(/"utilization":\{[^}]*\}|(?<=,(?:true|false)),\d+,\d+(?=,)/g, '');
            for (const [asked, answer] of before) {
              if (/\/(free|blocks|host-usage) \d/.test(asked)) continue;
              expect([asked, besides(after.get(asked))]).toEqual([asked, besides(answer)]);
            }
          }
        });
      },
      WALK_MS,
    );
  },
);

describe('canaries', () => {
  it('are listened for in as many answers as were asked for', () => {
    if (LEAST > 0)
      process.stderr.write(`[cloudpam] ${cases} answers looked through, seed ${SEED}\n`);
    expect(cases).toBeGreaterThanOrEqual(LEAST);
  });
  // One estate does not have something of everything.
  (ONLY === undefined && CASES.memory > 2 ? it : it.skip)('are listened for on every route', () => {
    expect(answered.size).toBeGreaterThan(60);
    expect([...answered].filter(([, isAnswered]) => !isAnswered).map(([name]) => name)).toEqual([]);
  });
});
