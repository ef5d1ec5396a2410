import type { Json } from '../../prepared.fixture';
import type { Estate } from './estate.fixture';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
/** A route of the document. */
export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly parameters: readonly string[];
  readonly takesBody: boolean;
}

/** An id that nothing has. */
export const UNKNOWN = 987_654_321;
/** A text that nothing has. */
export const UNKNOWN_TEXT = 'nothing-is-called-like-this';

interface Document {
  readonly paths: object;
}
interface Operation {
  readonly requestBody?: unknown;
  readonly parameters?: readonly { readonly in?: string; readonly name?: string }[];
}

/** The routes that answer callers with a token. */
export function routesOf({ paths }: Document): Route[] {
  const items = Object.entries(
    paths as Readonly<Record<string, Readonly<Record<string, Operation | undefined>>>>,
  ); // as OpenAPI has them
  const routes = items.flatMap(([path, item]) =>
    (['get', 'post', 'patch', 'delete'] as const).flatMap((method) => {
      const operation = item[method];
      const parameters = (operation?.parameters ?? []).flatMap((each) =>
        each.in === 'query' && each.name !== undefined ? [each.name] : [],
      );
      return operation
        ? [
            {
              path,
              method: method.toUpperCase() as Method,
              parameters,
              takesBody: operation.requestBody !== undefined,
            },
          ]
        : [];
    }),
  );
  return routes.filter(
    ({ path }) =>
      !path.includes('/auth/') &&
      // The stream has no end, and tells what /events does: events.spec.ts listens to it.
      !['/healthz', '/readyz', '/api/v1/events/stream'].includes(path),
  );
}

/** What a route must be asked besides what stands in its path. */
const QUERIES: Readonly<Record<string, string>> = {
  // No pool of the estate is a /25: a candidate of another length is told without what takes it.
  '/api/v1/search': 'limit=100',
  '/api/v1/pools/{id}/blocks': 'new_prefix_len=25',
  '/api/v1/events': 'after=0',
  '/api/v1/export': 'datasets=pools,blocks,accounts,vrfs,vlan-groups,vlans,resources,audit',
};

export function queryOf({ path, method, parameters }: Route, dry: string): string {
  const whole = method === 'GET' && parameters.includes('page_size') ? 'page_size=200' : '';
  const moment = parameters.includes('at') ? `at=${new Date().toISOString()}` : '';
  return [QUERIES[path] ?? '', moment, whole, parameters.includes('dry_run') ? dry : '']
    .filter(Boolean)
    .join('&');
}

const IDS: Readonly<Record<string, string>> = {
  parent_id: 'pools',
  pool_id: 'pools',
  pools: 'pools',
  account_id: 'accounts',
  accounts: 'accounts',
  vrf_id: 'vrfs',
  vlan_id: 'vlans',
  group_id: 'vlan-groups',
  network_id: 'networks',
  entity_id: 'pools',
};
const TEXTS = ['q', 'region', 'external_id', 'actor', 'entity_type', 'tag'];

/**
 * Parameters that name something hidden, each beside one that names nothing: no answer may tell
 * them apart.
 */
export function hiddenParameters(
  { method, parameters }: Route,
  { ids, canaries }: Estate,
): { readonly hidden: string; readonly unknown: string }[] {
  if (method !== 'GET') return [];
  const byId = Object.entries(IDS)
    .filter(([name]) => parameters.includes(name))
    .flatMap(([name, part]) =>
      (ids[part]?.hidden ?? []).slice(0, 1).map((id) => {
        const asked = name === 'entity_id' ? 'entity_type=pool&entity_id' : name;
        return { hidden: `${asked}=${id}`, unknown: `${asked}=${UNKNOWN}` };
      }),
    );
  const words = canaries.filter((each) => each.startsWith('canary')).slice(0, 17);
  const byText = TEXTS.filter((name) => parameters.includes(name)).flatMap((name) =>
    words
      .filter((_, at) => at % 8 === 0)
      .map((word) =>
        name === 'tag'
          ? { hidden: `tag=${word}:x`, unknown: `tag=${UNKNOWN_TEXT}:x` }
          : { hidden: `${name}=${word}`, unknown: `${name}=${UNKNOWN_TEXT}` },
      ),
  );
  return [...byId, ...byText];
}

/**
 * Bodies that a route takes: some that can be done, and some that name what is hidden, beside the
 * same with an id that nothing has.
 */
export function bodiesOf(
  route: Route,
  estate: Estate,
): { readonly body: Json | undefined; readonly unknown?: Json }[] {
  const { account, ids, key } = estate;
  const more = { account_id: account };
  const hidden = (part: string): number => ids[part]?.hidden[0] ?? UNKNOWN;
  const seen = ids['pools']?.seen ?? [];
  const records = (ids['addresses']?.seen ?? []).slice(0, 2);
  const named = (
    body: Json,
    part: string,
    field: string,
    value = (id: number): unknown => id,
  ): { body: Json; unknown: Json } => ({
    body: { ...body, [field]: value(hidden(part)) },
    unknown: { ...body, [field]: value(UNKNOWN) },
  });
  const of = (...some: Json[]): { body: Json }[] => some.map((body) => ({ body }));
  const pool = { name: 'x', cidr: '10.1.16.0/27', ...more };
  const bodies: Readonly<Record<string, { readonly body: Json; readonly unknown?: Json }[]>> = {
    'POST /api/v1/pools': [
      ...of(
        { name: 'x', cidr: '10.0.0.0/12', ...more },
        pool,
        { name: 'x', cidr: '10.2.0.0/16', ...more },
        { name: 'x', cidr: '172.16.3.0/26', ...more },
      ),
      named(pool, 'pools', 'parent_id'),
      named(pool, 'accounts', 'account_id'),
      named(pool, 'vlans', 'vlan_id'),
      named(pool, 'vrfs', 'vrf_id'),
    ],
    'POST /api/v1/pools/bulk': of({
      items: [
        { name: 'x', cidr: '10.2.0.0/16', ...more },
        { name: 'y', cidr: '10.1.0.0/16', ...more },
      ],
    }),
    'PATCH /api/v1/pools/{id}': [
      ...of(
        { name: 'renamed' },
        { cidr: '10.0.0.0/9' },
        { kind: 'subnet' },
        { rules: { required_tags: ['x'] } },
        more,
      ),
      named({}, 'accounts', 'account_id'),
      named({}, 'vlans', 'vlan_id'),
      named({}, 'vrfs', 'vrf_id'),
    ],
    'POST /api/v1/addresses': [
      ...of(
        { address: '10.1.16.5', ...more },
        { address: '10.1.0.37' },
        { address: '203.0.113.5', ...more },
      ),
      named({ address: '10.1.16.77' }, 'accounts', 'account_id'),
      named({ address: '10.1.16.77' }, 'vrfs', 'vrf_id'),
      named({ address: '10.1.16.77' }, 'ranges', 'range_id'),
    ],
    'PATCH /api/v1/addresses/{id}': [
      ...of({ name: 'renamed' }, more),
      named({}, 'accounts', 'account_id'),
    ],
    'POST /api/v1/addresses/bulk': [
      ...of({ action: 'update', ids: records, set: { description: 'renamed' } }),
      named({ action: 'delete' }, 'addresses', 'ids', (id) => [...records, id]),
      named({ action: 'update', set: more }, 'addresses', 'ids', (id) => [id]),
    ],
    'POST /api/v1/pools/{id}/addresses': [
      ...of({ ...more }, { name: 'x', count: 2 }),
      named({}, 'ranges', 'range_id'),
      named({}, 'accounts', 'account_id'),
    ],
    'PATCH /api/v1/ranges/{id}': [
      ...of({ name: 'renamed' }, { counts_as_used: true }),
      named({}, 'accounts', 'account_id'),
    ],
    'POST /api/v1/pools/{id}/ranges': [
      ...of(
        { start_address: '10.1.16.200', end_address: '10.1.16.201', ...more },
        { start_address: '10.1.16.0', end_address: '10.1.16.255', with_addresses: true },
      ),
      named({ start_address: '10.1.16.202', end_address: '10.1.16.203' }, 'accounts', 'account_id'),
    ],
    'POST /api/v1/pools/{id}/allocations': [
      ...of(
        { name: 'x', prefix_length: 28, ...more },
        { name: 'x', prefix_length: 9 },
        { name: 'x', prefix_length: 29, ...more, key },
      ),
      named({ name: 'x', prefix_length: 28 }, 'accounts', 'account_id'),
    ],
    'POST /api/v1/allocations': [
      ...of(
        { name: 'x', prefix_length: 28, ...more, selector: { tags: { own: 'yes' } } },
        { name: 'x', prefix_length: 29, ...more, selector: { tags: { own: 'yes' } }, key },
      ),
      named({ name: 'x', prefix_length: 28, ...more }, 'vrfs', 'selector', (id) => ({
        vrf_id: id,
        tags: { own: 'yes' },
      })),
    ],
    'POST /api/v1/pools/{id}/split': of({ prefix_length: 28 }, { prefix_length: 17 }),
    'POST /api/v1/pools/merge': [
      ...of({ pool_ids: [seen[0] ?? UNKNOWN, seen[1] ?? UNKNOWN - 1] }),
      named({}, 'pools', 'pool_ids', (id) => [seen[0] ?? UNKNOWN - 1, id]),
    ],
    'POST /api/v1/pools/{id}/move': [
      ...of({ cidr: '10.2.0.0/16' }, { cidr: '10.99.0.0/16', with_children: true }),
      named({ cidr: '10.99.0.0/16', with_children: true }, 'vrfs', 'vrf_id'),
    ],
    'POST /api/v1/discovery/decisions': (
      ['import', 'approve', 'reject', 'ignore', 'restore', 'adopt', 'release'] as const
    ).flatMap((decision) => [
      ...of({ decision, resource_ids: ids['resources']?.seen.slice(0, 5) ?? [] }),
      named({ decision }, 'resources', 'resource_ids', (id) => [id]),
    ]),
    'POST /api/v1/discovery/trigger': [...of(more), named({}, 'accounts', 'account_id')],
  };
  return bodies[`${route.method} ${route.path}`] ?? [{ body: route.takesBody ? {} : undefined }];
}
