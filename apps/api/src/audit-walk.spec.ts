import { openApiDocument } from './openapi-document';
import { Prepared } from './prepared.fixture';
import { WRITES } from './writes.fixture';

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
    const added = (await server.entries()).filter((entry) => !known.has(entry.id));
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
