import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { openApiDocument } from './openapi-document';
import { Prepared, type Json } from './prepared.fixture';
import { DocumentCheck } from './testing/document/document-check';
import type { Body, Document, Operation, Parameter } from './testing/document/document-types';
import { WRITES } from './writes.fixture';

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
interface Case {
  readonly method: Method;
  readonly path: string;
  readonly operation: Operation;
}

/** Operations that no example alone can carry, each with the reason. */
const NOT_SENT: Readonly<Record<string, string>> = {
  startLogin: 'asks an OpenID provider, and the examples have none; login.spec.ts does it',
  finishLogin: 'needs a login that a provider has answered; login.spec.ts does it',
  logOutAtProvider: 'needs a session of a provider; provider-sessions.spec.ts does it',
  logOutByProvider: 'needs a token that a provider has signed; provider-sessions.spec.ts does it',
  streamEvents: 'has no end; events.spec.ts does it',
  logOut: 'needs the session of a browser; login.spec.ts does it',
};
/** What an example cannot know: ids and proofs of the server that is asked. */
const OF_THE_SERVER = [
  'account_id',
  'accounts',
  'ids',
  'instance',
  'lease',
  'pool_ids',
  'pools',
  'resource_ids',
  'vrf_id',
];
/** Writes that change nothing that the log tells of, as they are asked. */
const ASKED: Readonly<Record<string, (server: Prepared) => Promise<{ url: string; body: Json }>>> =
  {
    'POST /api/v1/collectors/jobs/{id}/progress': async (server) => {
      const { id, lease } = await server.claimed();
      return { url: `/collectors/jobs/${id}/progress`, body: { lease } };
    },
    'POST /api/v1/webhooks/preview': async () => ({ url: '/webhooks/preview', body: {} }),
  };
/** How a read gets an id that is there. */
const READS: Readonly<Record<string, (server: Prepared) => Promise<number>>> = {
  pools: (server) => server.pool('10.30.0.0/16'),
  addresses: (server) => server.made('/addresses', { address: '10.20.1.7' }),
  ranges: (server) => server.range(),
  accounts: (server) => server.account(),
  vrfs: (server) => server.made('/vrfs', { name: 'lab' }),
  'vlan-groups': (server) => server.made('/vlan-groups', { name: 'lab' }),
  vlans: (server) => server.made('/vlans', { name: 'lab', vid: 7 }),
  tokens: (server) => server.made('/tokens', { name: 'ci', role: 'viewer' }),
  users: (server) => server.user(),
  webhooks: (server) => server.webhook(),
  digests: (server) => server.digest(),
  jobs: (server) => server.job(),
  resources: async (server) => {
    await server.discover(['172.16.1.0/24']);
    return server.resource();
  },
};

const isSearch = ({ operationId }: Operation): boolean => operationId === 'search';

describe('the examples of the document', () => {
  let server: Prepared;
  let document: Document;
  let ids: Map<string, number>;
  const cases = async (): Promise<Case[]> => {
    const reading = await Prepared.open();
    const { paths } = openApiDocument(reading.app) as unknown as Document; // as it is served
    await reading.close();
    return Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({
        method: method.toUpperCase() as Method,
        path,
        operation,
      })),
    );
  };
  beforeEach(async () => {
    server = await Prepared.open();
    ids = new Map();
    document = openApiDocument(server.app) as unknown as Document; // as it is served
  });
  afterEach(() => server.close());

  const exampleOf = (body: Body | undefined, type = 'application/json'): unknown => {
    const { examples = {} } = body?.content?.[type] ?? {};
    const [example] = Object.keys(examples);
    const { value } = (document.components['examples']?.[example ?? ''] ?? {}) as {
      value?: unknown;
    };
    return value;
  };
  const parametersOf = ({ parameters = [] }: Operation): readonly Parameter[] =>
    parameters.filter((each): each is Parameter => 'name' in each);
  const valueOf = ({ schema, ...parameter }: Parameter & { example?: unknown }): unknown =>
    parameter.example ?? schema['example'] ?? schema['default'];

  it('are there for every body, every answer and every parameter that must be given', async () => {
    const missing = (await cases()).flatMap(({ operation }) => {
      const { operationId, requestBody, responses } = operation;
      const bodies = [['body', requestBody], ...Object.entries(responses)] as [string, Body][];
      const without = bodies
        .filter(([status]) => status === 'body' || status < '300')
        .filter(([, body]) => body?.content?.['application/json'])
        .filter(([, body]) => exampleOf(body) === undefined)
        .map(([status]) => status);
      const parameters = parametersOf(operation)
        .filter((each) => each.required === true && valueOf(each) === undefined)
        .map(({ name }) => name);
      return [...without, ...parameters].map((each) => `${operationId} ${each}`);
    });
    expect(missing).toEqual([]);
  });

  it('fit their schemas', () => {
    const check = new DocumentCheck(document);
    const examples = Object.entries(document.components['examples'] ?? {});
    expect(examples.length).toBeGreaterThan(60);
    const faults = examples.flatMap(([name, example]) =>
      check.exampleFaults(name, (example as { value: unknown }).value),
    );
    expect(faults).toEqual([]);
  });

  // Each write has a server of its own, and so have metrics, which are of the whole process. Each test has a minute.
  it.each([1, 2, 3, 4, 5])('are served when they are sent: part %s of 5', async (part) => {
    const failed: unknown[] = [];
    const all = await cases();
    const isSent = ({ operation: { operationId } }: Case): boolean => !(operationId in NOT_SENT);
    expect(all.length - all.filter(isSent).length).toBe(Object.keys(NOT_SENT).length);
    for (const { method, path, operation } of all
      .filter(isSent)
      .filter((_, at) => at % 5 === part - 1)) {
      const isRead = method === 'GET' && path !== '/metrics';
      const on = isRead ? server : await Prepared.open();
      const { url, body } = await requestOf(on, method, path, operation);
      for (const each of [url, ...optional(method, url, operation)]) {
        const { statusCode, body: text } = await sent(on, method, each, body);
        if (statusCode >= 400 || !(String(statusCode) in operation.responses))
          failed.push([operation.operationId, each, body, statusCode, text]);
      }
      if (on !== server) await on.close();
    }
    expect(failed).toEqual([]);
  });

  /** A read with each parameter that may be left out, where that has an example. */
  const optional = (method: Method, url: string, operation: Operation): string[] => {
    // A filter of the export is one of some of its tables.
    if (method !== 'GET' || operation.operationId === 'export') return [];
    const query = parametersOf(operation).filter(
      (each) => each.in === 'query' && valueOf(each) !== undefined,
    );
    return query
      .filter(({ name, required }) => required !== true && !(isSearch(operation) && name === 'q'))
      .map(
        (each) =>
          `${url}${url.includes('?') ? '&' : '?'}${each.name}=${encodeURIComponent(String(valueOf(each)))}`,
      );
  };

  /** Made once for all that read on one server. */
  const idFor = async (on: Prepared, kind: string): Promise<number | undefined> => {
    if (on !== server) return READS[kind]?.(on);
    const made = ids.get(kind) ?? (await READS[kind]?.(on));
    if (made !== undefined) ids.set(kind, made);
    return made;
  };
  const requestOf = async (
    on: Prepared,
    method: Method,
    path: string,
    operation: Operation,
  ): Promise<{ url: string; body?: Json }> => {
    const query = parametersOf(operation)
      .filter((each) => each.in === 'query')
      // The search is one for something.
      .filter(({ name, required }) => required === true || (isSearch(operation) && name === 'q'))
      .map((each) => `${each.name}=${encodeURIComponent(String(valueOf(each)))}`);
    const example = exampleOf(operation.requestBody) as Json | undefined;
    const write = WRITES[`${method} ${path}`];
    const asked = await (write && 'ask' in write ? write.ask : ASKED[`${method} ${path}`])?.(on);
    const limits = example?.['pools'] ? { pools: [await on.pool('10.99.0.0/16')] } : {};
    const known = Object.entries({ ...asked?.body, ...limits }).filter(
      ([name]) => OF_THE_SERVER.includes(name) && example?.[name] !== undefined,
    );
    const kind = /\/([\w-]+)\/\{id\}/.exec(path)?.[1] ?? '';
    const id = asked ? '' : String((await idFor(on, kind)) ?? '');
    const url = asked ? `/api/v1${asked.url}` : path.replace('{id}', id);
    return {
      url: query.length > 0 ? `${url}?${query.join('&')}` : url,
      ...(example && { body: { ...example, ...Object.fromEntries(known) } }),
    };
  };
  const sent = (
    { app, token }: { app: NestFastifyApplication; token: string },
    method: Method,
    url: string,
    payload?: Json,
  ) =>
    app.inject({
      method,
      url,
      headers: { authorization: `Bearer ${token}` },
      ...(payload && { payload }),
    });
});
