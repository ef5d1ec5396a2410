import {
  LIVE_KEY_LENGTH,
  POOL_KINDS,
  POOL_SOURCES,
  POOL_STATUSES,
  PROVIDERS,
  SYNC_STATUSES,
} from '@cloudpam/pools';
import {
  bool,
  id,
  integer,
  list,
  nullable,
  object,
  oneOf,
  PAGE,
  recordId,
  ref,
  tags,
  text,
  time,
  type Schema,
} from '../http/schema';

const SORT = {
  type: 'string',
  pattern: '^-?(cidr|name|created_at|updated_at|id)(,-?(cidr|name|created_at|updated_at|id))*$',
  maxLength: 100,
} as const;
const TYPED =
  'Part of a name or cloud id, an ARN, an id, a tag, or an address, CIDR, range or part of one: pools that share addresses with it';
const cidr: Schema = {
  type: 'string',
  maxLength: 64,
  description: 'Canonical CIDR, IPv4 or IPv6 (RFC 4632, RFC 5952)',
};

const RULES = {
  ...object(
    {
      min_prefix_length: nullable(integer(0, 128)),
      max_prefix_length: nullable(integer(0, 128)),
      default_prefix_length: nullable(integer(0, 128)),
      required_tags: list(text(128), { maxItems: 32 }),
    },
    [],
  ),
  description: 'What holds for the direct children of the pool',
};
const FIELDS = {
  name: text(),
  kind: oneOf(POOL_KINDS),
  status: oneOf(POOL_STATUSES),
  account_id: nullable(recordId),
  region: nullable(text(200)),
  description: text(),
  tags,
  vlan_id: nullable(recordId),
  expires_at: nullable(time),
  rules: nullable(RULES),
};

export const NEW_POOL = object({ ...FIELDS, cidr, vrf_id: recordId, parent_id: nullable(id) }, [
  'name',
  'cidr',
]);
export const POOL_PATCH = object({ ...FIELDS, cidr, vrf_id: recordId }, []);
const LIVE_KEY: Schema = {
  ...text(LIVE_KEY_LENGTH),
  minLength: 1,
  description:
    'Unique among the living pools of the VRF. The same key and wish is answered 200 with the living pool, another wish 409 `key_in_use`; it is free again when the pool is gone',
};
const ALLOCATION = {
  ...FIELDS,
  prefix_length: integer(0, 128),
  count: integer(1, 1_000),
  key: LIVE_KEY,
  strategy: oneOf(['first_fit', 'best_fit', 'last_fit']),
  accept_uncounted_hosts: {
    ...bool,
    description:
      'Also takes what looks free in a living subnet of a cloud, whose hosts nobody has counted',
  },
};
export const NEW_ALLOCATION = object(ALLOCATION, ['name']);
export const SELECTED_ALLOCATION = object(
  {
    ...ALLOCATION,
    selector: object(
      {
        tags,
        region: text(200),
        vrf_id: recordId,
        kind: oneOf(POOL_KINDS),
        family: { type: 'integer', enum: [4, 6] },
      },
      [],
    ),
  },
  ['name', 'selector'],
);
export const SPLIT = object({ prefix_length: integer(0, 128) });
export const MERGE = object(
  { pool_ids: list(id, { minItems: 2, maxItems: 1_024 }), name: text() },
  ['pool_ids'],
);
export const MOVE = object(
  {
    cidr,
    vrf_id: recordId,
    with_children: {
      ...bool,
      description: 'Takes everything below the pool along, to a place of the same size',
    },
  },
  ['cidr'],
);

const PAGED = { ...PAGE, cursor: text(2_000), sort: SORT };
export const POOL_FILTER = {
  vrf_id: recordId,
  account_id: recordId,
  parent_id: { type: 'string', pattern: '^(null|[1-9]\\d{0,15})$' },
  kind: oneOf(POOL_KINDS),
  status: oneOf(POOL_STATUSES),
  source: oneOf(POOL_SOURCES),
  sync_status: oneOf(SYNC_STATUSES),
  region: text(200),
  tag: {
    ...list(text(500), { maxItems: 20 }),
    description:
      '`key:value`. A key may hold colons: what is meant is decided by the tags that exist',
  },
  cidr_contains: text(100),
  cidr_within: text(100),
  q: { ...text(500), description: TYPED },
  external_id: text(500),
};
export const POOL_QUERY = object(
  {
    ...PAGED,
    ...POOL_FILTER,
    as_of: {
      ...time,
      description:
        'The pools as they were at this time, by CIDR and with `cursor` only; the answer has PastPools. Reads the audit log up to then.',
    },
  },
  [],
);
export const HISTORY_QUERY = object({ ...PAGE, cursor: text(40) }, []);
export const BLOCKS_QUERY = object(
  {
    ...PAGED,
    accounts: text(2_000),
    pools: text(2_000),
    vrf_id: recordId,
    kind: oneOf(POOL_KINDS),
  },
  [],
);
export const CHILDREN_QUERY = object(PAGED, []);
export const TREE_QUERY = object(
  {
    depth: { ...integer(1, 5), description: 'Levels below the pool; 2 unless it is given' },
    page_size: {
      ...integer(1, 1_000),
      description:
        'Pools below the pool that one answer shows for the first time; 500 unless it is given',
    },
    cursor: {
      ...text(2_000),
      description:
        'next_cursor of the answer before: goes on where it ended, and repeats the pools around that place',
    },
  },
  [],
);
export const CANDIDATES_QUERY = object(
  {
    new_prefix_len: integer(0, 128),
    status: oneOf(['free', 'used', 'all']),
    cursor: text(200),
    ...PAGE,
  },
  ['new_prefix_len'],
);
export const FREE_QUERY = object({ cursor: text(200), page_size: integer(1, 500) }, []);
export const DELETE_QUERY = object({ cascade: bool, dry_run: bool }, []);
export const BULK_QUERY = object({ mode: oneOf(['atomic', 'partial']), dry_run: bool }, []);

const decimal: Schema = {
  type: 'string',
  pattern: '^\\d+$',
  description: 'A count of addresses, which can pass 2^53',
};
const POOL = {
  id,
  vrf_id: recordId,
  parent_id: nullable(id),
  name: text(),
  cidr,
  family: { type: 'integer', enum: [4, 6] },
  kind: oneOf(POOL_KINDS),
  status: oneOf(POOL_STATUSES),
  source: oneOf(POOL_SOURCES),
  account_id: nullable(recordId),
  provider: nullable(oneOf(PROVIDERS)),
  external_id: nullable(text()),
  external_vpc: nullable(text()),
  region: nullable(text()),
  sync_status: nullable(oneOf(SYNC_STATUSES)),
  last_sync_at: nullable(time),
  description: text(),
  tags,
  vlan_id: nullable(recordId),
  expires_at: nullable(time),
  rules: nullable(RULES),
  key: nullable(text(LIVE_KEY_LENGTH)),
  created_at: time,
  updated_at: time,
  version: { type: 'integer' },
  utilization: object({
    total: decimal,
    used: decimal,
    reserved: decimal,
    free: decimal,
    ratio: { type: 'number', minimum: 0, maximum: 1 },
  }),
  uncounted_hosts: {
    ...bool,
    description:
      'A living subnet or secondary range of a cloud: hosts are in it that nobody has counted, and `free` counts them as free',
  },
  child_count: { type: 'integer' },
  warnings: list(object({ code: oneOf(['in_use_by_cloud']), detail: text() }), {
    description: 'Where a pool is made by hand: what a cloud uses in its space',
  }),
};
/**
 * What a list of pools gives and nobody sets: rows of such a list can be posted back, and these say
 * nothing then.
 */
const READ_ONLY = [
  'id',
  'family',
  'source',
  'provider',
  'external_id',
  'external_vpc',
  'sync_status',
  'last_sync_at',
  'created_at',
  'updated_at',
  'version',
  'utilization',
  'uncounted_hosts',
  'key',
  'child_count',
  'warnings',
] as const satisfies readonly (keyof typeof POOL)[];
/** A row of the bulk route. */
export const BULK_ROW = {
  ...object(
    {
      ...(NEW_POOL['properties'] as object),
      ...Object.fromEntries(READ_ONLY.map((name) => [name, {}])),
    },
    ['name', 'cidr'],
  ),
  description: `A new pool. The other fields of a pool (${READ_ONLY.join(', ')}) may stand there and are left out; with an id parent_id is left out too`,
};
/** Every row is checked by itself, against `BULK_ROW`. */
export const BULK = object({
  items: list({}, { minItems: 1, maxItems: 10_000, description: 'Rows as BulkRow describes them' }),
});
const {
  provider: _provider,
  last_sync_at: _lastSyncAt,
  version: _version,
  utilization: _utilization,
  uncounted_hosts: _uncountedHosts,
  child_count: _childCount,
  warnings: _warnings,
  ...PAST
} = POOL;
const REQUIRED = Object.keys(POOL).filter((name) => !['child_count', 'warnings'].includes(name));
const BRIEF = list(object({ pool_id: id, cidr, name: text() }));

const TREE = {
  ...POOL,
  children: list(ref('PoolTree')),
  truncated: { ...bool, description: 'Not all children are in this answer' },
};
const TREE_REQUIRED = [...REQUIRED, 'child_count', 'children', 'truncated'];
export const POOL_COMPONENTS: Record<string, Schema> = {
  Pool: object(POOL, REQUIRED),
  PoolMove: object(
    {
      ...POOL,
      moved_count: { type: 'integer' },
      moved: list(object({ pool_id: id, name: text(), from: cidr, to: cidr }), {
        description: 'With `with_children`: the first 100 pools that move',
      }),
    },
    REQUIRED,
  ),
  PoolTree: object(TREE, TREE_REQUIRED),
  PoolTreePage: object({ ...TREE, next_cursor: nullable(text()) }, [
    ...TREE_REQUIRED,
    'next_cursor',
  ]),
  PastPool: object(PAST),
  BulkRow: BULK_ROW,
  Pools: object({ items: list(ref('Pool')) }),
  Block: object({
    cidr,
    status: oneOf(['free', 'used', 'partial']),
    pool_id: nullable(id),
    pool_name: nullable(text()),
  }),
  BlockPage: object({
    items: list(ref('Block')),
    total: decimal,
    page: { type: 'integer' },
    page_size: { type: 'integer' },
    next_cursor: nullable(text()),
  }),
  FreePage: object({
    items: list(object({ cidr, size: decimal })),
    largest_free: nullable(cidr),
    next_cursor: nullable(text()),
  }),
  Deletion: object({
    deleted: BRIEF,
    deleted_count: { type: 'integer' },
    reparented_count: { type: 'integer' },
  }),
  BulkResult: object({
    created: { type: 'integer' },
    results: list(
      object(
        {
          index: { type: 'integer' },
          status: oneOf(['created', 'error']),
          pool_id: id,
          problem: ref('Problem'),
          warnings: POOL.warnings,
        },
        ['index', 'status'],
      ),
    ),
  }),
  Problem: object(
    {
      type: text(),
      title: text(),
      status: { type: 'integer' },
      detail: text(),
      instance: text(),
      code: text(),
      request_id: text(),
      errors: list(object({ field: text(), code: text(), detail: text() })),
      conflicts: BRIEF,
      largest_free: text(),
    },
    ['type', 'title', 'status', 'detail', 'instance', 'code', 'request_id'],
  ),
};
