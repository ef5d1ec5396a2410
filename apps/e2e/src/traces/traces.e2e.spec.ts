import type { Pool } from '../api';
import { eventually } from '../eventually';
import { startServer, type Server } from '../start-server';
import { LASTING, type Database } from '../storages';
import { OtlpReceiver, type Span } from './otlp-receiver';

const ALLOCATE = 'POST /api/v1/pools/:id/allocations';
const SERVER = 2;
const CLIENT = 3;
const ERROR = 2;

/** Names of the spans below one, and of those below them in turn, sorted. */
type Tree = { readonly [name: string]: Tree };

function below(trace: readonly Span[], parent: Span): Span[] {
  return trace.filter((each) => each.parentSpanId === parent.spanId);
}

function named(spans: readonly Span[], name: string): Span {
  const found = spans.find((each) => each.name === name);
  if (!found) throw new Error(`no ${name} in ${spans.map((each) => each.name).join(', ')}`);
  return found;
}

function treeOf(trace: readonly Span[], top: Span): Tree {
  return Object.fromEntries(below(trace, top).map((each) => [each.name, treeOf(trace, each)]));
}

const hex = (length: number): string =>
  Array.from({ length }, () => '123456789abcdef'[Math.floor(Math.random() * 15)]).join('');

describe.each(LASTING)('traces on $name', ({ name: storage, open }) => {
  let database: Database;
  let receiver: OtlpReceiver;
  let server: Server;
  let pool: Pool;

  beforeAll(async () => {
    [database, receiver] = await Promise.all([open(), OtlpReceiver.start()]);
    server = await startServer(database.url, {
      LOG_LEVEL: 'info',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=network',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=planted',
      OTEL_BSP_SCHEDULE_DELAY: '20',
    });
    pool = await server.api.newPool({ name: 'traced', cidr: '10.0.0.0/16', vrf_id: 1 });
  });
  afterAll(async () => {
    await server.stop();
    await Promise.all([receiver.stop(), database.remove()]);
  });

  const allocate = (body: object = {}): Promise<{ readonly status: number }> =>
    server.api.post(`/pools/${pool.id}/allocations`, { prefix_length: 26, name: 'a', ...body });

  /** Asks within a trace of its own, and gives its id. */
  async function ask(path: string, headers: Record<string, string> = {}): Promise<string> {
    const traceId = hex(32);
    await fetch(`${server.url}${path}`, {
      headers: { traceparent: `00-${traceId}-${hex(16)}-01`, ...headers },
    });
    return traceId;
  }

  /** Waits until the request of a trace has ended, and gives all of it. */
  const traceOf = (traceId: string): Promise<Span[]> =>
    receiver.traceWith((span) => span.traceId === traceId && span.kind === SERVER);

  it('an allocation is a request, its use case, a transaction and the statements', async () => {
    await allocate();
    const trace = await receiver.traceWith(({ name }) => name === ALLOCATE);
    const request = named(trace, ALLOCATE);
    expect(request).toMatchObject({
      kind: SERVER,
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/api/v1/pools/:id/allocations',
        'http.response.status_code': 201,
        'url.path': `/api/v1/pools/${pool.id}/allocations`,
      },
      resource: {
        'service.name': 'cloudpam',
        'service.version': expect.stringMatching(/^\d+\.\d+\.\d+/),
        'service.instance.id': expect.stringMatching(/^[\w-]{36}$/),
        'deployment.environment.name': 'planted',
      },
    });
    expect(request.parentSpanId ?? '').toBe('');
    const statements = {
      'SELECT pool': {},
      'INSERT pool': {},
      'UPDATE pool': {},
      'SELECT free_block': {},
      'INSERT free_block': {},
      'INSERT audit_entry': {},
    };
    expect(treeOf(trace, request)).toMatchObject({
      AllocateSubnet: { 'write transaction': statements },
    });
    const transaction = named(trace, 'write transaction');
    expect(below(trace, named(trace, 'AllocateSubnet'))).toEqual([transaction]);
    expect(named(trace, 'INSERT pool')).toMatchObject({
      kind: CLIENT,
      parentSpanId: transaction.spanId,
      attributes: {
        'db.system.name': storage === 'SQLite' ? 'sqlite' : 'postgresql',
        'db.operation.name': 'INSERT',
        'db.collection.name': 'pool',
      },
    });
    expect(receiver.deliveries[0]).toMatchObject({
      path: '/v1/traces',
      headers: { 'x-tenant': 'network' },
    });
  });

  it('the lines of the log have the id of the trace', async () => {
    const traceId = await ask('/api/v1/pools');
    await traceOf(traceId);
    const told = (): string[] =>
      server
        .output()
        .split('\n')
        .filter((line) => line.includes(traceId))
        .map((line) => (JSON.parse(line) as { msg: string }).msg);
    await eventually('both lines', () => Promise.resolve(told().length > 1));
    expect(told()).toEqual(['incoming request', 'request completed']);
  });

  it('a read of any moment is its query and the statements', async () => {
    await server.api.get('/vrfs'); // the token is known for a while from then on
    await server.api.get(`/pools/${pool.id}`);
    const trace = await receiver.traceWith(({ name }) => name === 'GET /api/v1/pools/:id');
    expect(treeOf(trace, named(trace, 'GET /api/v1/pools/:id'))).toEqual({
      'ReadPools.get': { 'SELECT pool': {} },
    });
  });

  it('what TypeORM does has names too', async () => {
    await server.api.post('/vrfs', { name: 'of TypeORM' });
    const trace = await receiver.traceWith(({ name }) => name === 'POST /api/v1/vrfs');
    expect(treeOf(trace, named(trace, 'POST /api/v1/vrfs'))).toMatchObject({
      'KeepRecords.create': { 'write transaction': { 'INSERT vrf': {} } },
    });
  });

  it('a transaction for several callers is in the trace of the first, with links from and to the others', async () => {
    let seen: Span[] = [];
    const shared = (): Span[] =>
      seen.filter((each) => each.name === 'write transaction' && each.links.length > 0);
    await eventually('callers that are served together', async () => {
      const before = receiver.spans.filter((each) => each.name === ALLOCATE).length;
      await Promise.all(Array.from({ length: 30 }, () => allocate({ prefix_length: 30 })));
      await eventually('their traces', () => {
        seen = receiver.spans;
        return Promise.resolve(
          seen.filter((each) => each.name === ALLOCATE).length === before + 30,
        );
      });
      return shared().length > 0;
    });
    const useCases = seen.filter((each) => each.name === 'AllocateSubnet');
    const byId = new Map(useCases.map((each) => [each.spanId, each]));
    for (const transaction of shared()) {
      expect(byId.get(transaction.parentSpanId ?? '')?.traceId).toBe(transaction.traceId);
      const others = transaction.links.map(({ spanId }) => byId.get(spanId));
      expect(others.map((each) => each?.links)).toEqual(
        others.map(() => [expect.objectContaining({ spanId: transaction.spanId })]),
      );
      expect(others.map((each) => each?.traceId)).not.toContain(transaction.traceId);
    }
    // Nobody's allocation is without a transaction.
    const parents = new Set(seen.map((each) => each.parentSpanId));
    expect(useCases.filter((each) => !parents.has(each.spanId) && each.links.length === 0)).toEqual(
      [],
    );
  });

  it('a refusal has its status and its code, and is no fault of the server', async () => {
    expect((await allocate({ prefix_length: 8 })).status).toBe(400);
    const trace = await receiver.traceWith(
      (span) => span.name === ALLOCATE && span.attributes['http.response.status_code'] === 400,
    );
    const refused = { 'error.type': 'invalid_prefix_length' };
    expect(named(trace, ALLOCATE)).toMatchObject({ attributes: refused, status: { code: 0 } });
    expect(named(trace, 'AllocateSubnet')).toMatchObject({
      attributes: refused,
      status: { code: ERROR },
    });
  });

  it('goes on with the trace of its caller, as far as that is kept', async () => {
    const [traceId, spanId, unkept] = [hex(32), hex(16), hex(32)];
    const asked = async (traceparent: string): Promise<Headers> =>
      (await fetch(`${server.url}/healthz`, { headers: { traceparent, tracestate: 'a=leak9' } }))
        .headers;
    const headers = await asked(`00-${unkept}-${spanId}-00`);
    await asked(`00-${traceId}-${spanId}-01`);
    expect(named(await traceOf(traceId), 'GET /healthz')).toMatchObject({ parentSpanId: spanId });
    expect(receiver.spans.filter((each) => each.traceId === unkept)).toEqual([]);
    expect(server.output()).not.toContain(unkept);
    expect([...headers.keys()].filter((each) => each.startsWith('trace'))).toEqual([]);
  });

  it.each([
    ['no trace', '00-00000000000000000000000000000000-1234567890abcdef-01'],
    ['a version that there is not', `ff-${'1'.repeat(32)}-1234567890abcdef-01`],
    ['more than its version has', `00-${'1'.repeat(32)}-1234567890abcdef-01-leak8`],
    ['SQL', `00-${"1'; drop table pool".padEnd(32, '-')}-1234567890abcdef-01`],
    ['a long text', 'leak7'.repeat(500)],
    ['nothing', ''],
  ])('begins a trace of its own for a caller who names %s', async (_, traceparent) => {
    const before = receiver.spans.filter((each) => each.name === 'GET /readyz').length;
    const { status } = await fetch(`${server.url}/readyz`, { headers: { traceparent } });
    expect(status).toBe(200);
    const trace = await receiver.traceWith(
      ({ name }) =>
        name === 'GET /readyz' &&
        receiver.spans.filter((each) => each.name === name).length > before,
    );
    expect(trace.at(-1)?.parentSpanId ?? '').toBe('');
  });

  it('says nothing of what somebody has sent', async () => {
    const secret = `Bearer cpam_${'leak1leak123'}_${'leak'.repeat(13)}`;
    const asked = [
      await ask('/api/v1/pools?q=leak2&tag=leak2:leak2', { authorization: secret }),
      await ask('/leak3/leak3', { 'user-agent': 'leak4', referer: 'https://leak4.example' }),
      await ask('/api/v1/pools/leak5', { cookie: 'leak4=leak4', 'x-request-id': 'leak4' }),
      await ask('/api/v1/pools/1?leak2=leak2', { 'x-forwarded-for': '203.0.113.77' }),
    ];
    for (const body of [
      { name: 'leak6' },
      { name: 'leak6', tags: { leak6: 'leak6' } },
      { leak6: 1 },
    ])
      await allocate({ description: 'leak6', ...body });
    await server.api.post('/pools', { name: 'leak6', cidr: '10.66.0.0/77' });
    await server.api.post('/vrfs', { name: 'leak6' });
    await server.api.post('/vrfs', { name: 'leak6' });
    for (const each of asked) await traceOf(each);
    await receiver.traceWith(
      ({ name, attributes }) =>
        name === 'POST /api/v1/vrfs' && attributes['http.response.status_code'] === 409,
    );
    expect(
      receiver.found(['leak', 'cpam_', '127.0.0.1', '203.0.113.77', '10.66', '10.0.']),
    ).toEqual([]);
    expect(receiver.found(['planted'])).toEqual(['planted']);
  });
});
