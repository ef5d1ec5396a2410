import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { undeclared } from './events/declared-facts.fixture';
import { EVENT_EXAMPLES } from './http/document/generated/event-examples';
import { EVENT_SCHEMAS } from './http/document/generated/event-schemas';
import { openApiDocument } from './openapi-document';
import { OTHERWISE_TOLD } from './otherwise-told.fixture';
import { Prepared, type Entry } from './prepared.fixture';
import { resetClocks, setClocks } from './testing/clocks';
import { WRITES } from './writes.fixture';

const told = new Map<string, object>();

/** All entries, each of which tells what its type declares. */
async function declared(server: Prepared): Promise<Entry[]> {
  const entries = await server.entries();
  expect(entries.flatMap(undeclared)).toEqual([]);
  for (const { action, entity_id, place, former_place, diff } of entries.toReversed())
    if (!told.has(action)) told.set(action, { entity_id, place, former_place, ...diff });
  return entries;
}

/** `EVENT_EXAMPLES=write` writes the examples of events anew, of those that are told here. */
afterAll(() => {
  if (process.env['EVENT_EXAMPLES'] === 'write') writeExamples(told);
});

describe('every route that changes something', () => {
  let server: Prepared;

  beforeEach(async () => {
    server = await Prepared.open();
  });
  afterEach(() => server.app.close());

  it('is declared here, with its entry or the reason for none', () => {
    const routes = Object.entries(openApiDocument(server.app).paths).flatMap(([path, item]) =>
      Object.keys(item)
        .filter((method) => ['post', 'put', 'patch', 'delete'].includes(method))
        .map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(routes.length).toBeGreaterThan(30);
    expect(Object.keys(WRITES).sort()).toEqual(routes.sort());
  });

  it.each(
    Object.entries(WRITES).flatMap(([route, declared]) =>
      'ask' in declared ? [{ route, ...declared }] : [],
    ),
  )('$route tells the audit log of $tell', async ({ route, tell, ask }) => {
    const { url, body } = await ask(server);
    const known = new Set((await server.entries()).map((entry) => entry.id));
    const answer = await server.send(route.split(' ')[0] ?? '', url, body);
    expect({ ...answer, isDone: answer.status < 300 }).toMatchObject({ isDone: true });
    const entries = await declared(server);
    const added = entries.filter((entry) => !known.has(entry.id));
    expect(added.map((entry) => entry.action)).toContain(tell);
    for (const { actor, request_id: requestId, reason, diff } of added) {
      expect([actor.type, actor.id, requestId, reason]).toEqual([
        'token',
        server.token.split('_')[1],
        'the-walk',
        'walked',
      ]);
      expect(Object.keys({ ...diff.before, ...diff.after })).not.toEqual([]);
    }
  });

  it.each(
    Object.entries(WRITES).flatMap(([route, declared]) =>
      'ask' in declared && route.startsWith('POST') && !declared.givesSecret
        ? [{ route, ...declared }]
        : [],
    ),
  )('$route is done and told once for each idempotency key', async ({ ask }) => {
    const { url, body } = await ask(server);
    const first = await server.send('POST', url, body, server.token, 'once');
    expect({ ...first, isDone: first.status < 300 }).toMatchObject({ isDone: true });
    const entries = await server.entries();
    expect(await server.send('POST', url, body, server.token, 'once')).toEqual(first);
    expect(await server.entries()).toEqual(entries);
  });

  it.each(
    Object.entries(WRITES).flatMap(([route, declared]) =>
      'ask' in declared && route.includes('pools') ? [{ route, ...declared }] : [],
    ),
  )('$route tells nothing of a dry run', async ({ route, ask }) => {
    const { url, body } = await ask(server);
    const before = (await server.entries()).length;
    expect((await server.send(route.split(' ')[0] ?? '', `${url}?dry_run=true`, body)).status).toBe(
      200,
    );
    expect(await server.entries()).toHaveLength(before);
  });
});

describe('what follows from time', () => {
  let server: Prepared;
  beforeAll(async () => {
    server = await Prepared.open();
  });
  afterAll(() => server.app.close());

  it('tells what its types declare', async () => {
    const expires_at = new Date(Date.now() + 2 * 86_400_000).toISOString();
    await server.pool('10.0.0.0/16', { expires_at });
    await server.tellFindings();
    const lent = await server.pool('10.2.0.0/16', { expires_at });
    await server.tellFindings();
    await server.send('PATCH', `/pools/${lent}`, { expires_at: null });
    await server.tellFindings();
    const entries = await declared(server);
    const expected = ['finding.begin', 'finding.open', 'finding.close', 'lease.warning'];
    const actions = entries.map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(expected));
  });
});

describe('what no write of a caller is answered with', () => {
  let server: Prepared;
  beforeEach(async () => {
    server = await Prepared.open();
  });
  afterEach(async () => {
    resetClocks();
    await server.app.close();
  });

  it.each(Object.entries(OTHERWISE_TOLD))('tells %s as it is declared', async (type, cause) => {
    await cause(server, (ms) => (resetClocks(), setClocks({ ofDay: ms, elapsed: ms })));
    expect((await declared(server)).map(({ action }) => action)).toContain(type);
  });
});

describe('the examples of events', () => {
  it('are of all types, and tell what these declare', () => {
    const examples = Object.entries(EVENT_EXAMPLES);
    expect(examples.map(([type]) => type).sort()).toEqual(Object.keys(EVENT_SCHEMAS).sort());
    expect(examples.flatMap(([action, diff]) => undeclared({ action, diff }))).toEqual([]);
  });
});

function writeExamples(told: ReadonlyMap<string, object>): void {
  const file = path.join(__dirname, 'http/document/generated/event-examples.ts');
  const examples = Object.fromEntries([...told].sort(([a], [b]) => (a < b ? -1 : 1)));
  const text = readFileSync(file, 'utf8');
  const head = text.slice(0, text.lastIndexOf(' = {') + 3);
  writeFileSync(file, `${head}${JSON.stringify(examples, null, 2)};\n`);
}
