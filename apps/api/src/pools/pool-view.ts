import { reaches, type Reach } from '@cloudpam/audit';
import { formatCidr, parseCidr, parseRange } from '@cloudpam/cidr';
import {
  hasUncountedHosts,
  tagReadings,
  typedIn,
  utilizationOf,
  type AllocationRules,
  type CloudUse,
  type NewPool,
  type Pool,
  type PoolFields,
  type PoolFilter,
  type PoolSort,
  type Tag,
} from '@cloudpam/pools';
import { instantOf, SchemaError } from '../http/schema';

/** A pool on the wire. */
export function poolView(pool: Pool, childCount?: number): Record<string, unknown> {
  const { total, used, reserved, ratio } = utilizationOf(pool);
  return {
    id: pool.id,
    vrf_id: pool.vrfId,
    parent_id: pool.parentId,
    name: pool.name,
    cidr: formatCidr(pool.cidr),
    family: pool.cidr.family,
    kind: pool.kind,
    status: pool.status,
    source: pool.source,
    account_id: pool.accountId,
    provider: pool.provider,
    external_id: pool.externalId,
    external_vpc: pool.externalVpc,
    region: pool.region,
    sync_status: pool.syncStatus,
    last_sync_at: pool.lastSyncAt,
    description: pool.description,
    tags: pool.tags,
    vlan_id: pool.vlanId,
    expires_at: pool.expiresAt,
    rules: pool.rules && rulesView(pool.rules),
    key: pool.liveKey?.key ?? null,
    created_at: pool.createdAt,
    updated_at: pool.updatedAt,
    version: pool.version,
    uncounted_hosts: hasUncountedHosts(pool),
    utilization: {
      total: String(total),
      used: String(used),
      reserved: String(reserved),
      free: String(total - used),
      ratio,
    },
    ...(childCount === undefined ? {} : { child_count: childCount }),
  };
}

/** Of a pool that is one of several, as problems name it. */
export function poolBrief(pool: Pool): { pool_id: number; cidr: string; name: string } {
  return { pool_id: pool.id, cidr: formatCidr(pool.cidr), name: pool.name };
}

export interface PoolFieldsBody {
  name?: string;
  kind?: PoolFields['kind'];
  status?: PoolFields['status'];
  account_id?: number | null;
  region?: string | null;
  description?: string;
  tags?: Record<string, string>;
  vlan_id?: number | null;
  expires_at?: string | null;
  rules?: RulesBody | null;
}

interface RulesBody {
  min_prefix_length?: number | null;
  max_prefix_length?: number | null;
  default_prefix_length?: number | null;
  required_tags?: string[];
}

function rulesView(rules: AllocationRules): Required<RulesBody> {
  return {
    min_prefix_length: rules.minPrefixLength,
    max_prefix_length: rules.maxPrefixLength,
    default_prefix_length: rules.defaultPrefixLength,
    required_tags: [...rules.requiredTags],
  };
}

function rulesOf(body: RulesBody): AllocationRules {
  return {
    minPrefixLength: body.min_prefix_length ?? null,
    maxPrefixLength: body.max_prefix_length ?? null,
    defaultPrefixLength: body.default_prefix_length ?? null,
    requiredTags: body.required_tags ?? [],
  };
}

/** The fields that a body sets; those it leaves out stay undefined. */
export function fieldsOf(body: PoolFieldsBody): Partial<PoolFields> {
  return {
    name: body.name,
    kind: body.kind,
    status: body.status,
    accountId: body.account_id,
    region: body.region,
    description: body.description,
    tags: body.tags,
    vlanId: body.vlan_id,
    expiresAt:
      typeof body.expires_at === 'string'
        ? instantOf(body.expires_at, 'expires_at')
        : body.expires_at,
    rules: body.rules && rulesOf(body.rules),
  };
}

export interface NewPoolBody extends PoolFieldsBody {
  name: string;
  cidr: string;
  vrf_id?: number;
  parent_id?: number | null;
}

/** @throws CidrError */
export function newPoolOf(body: NewPoolBody): NewPool {
  return {
    ...fieldsOf(body),
    name: body.name,
    cidr: parseCidr(body.cidr),
    vrfId: body.vrf_id,
    parentId: body.parent_id,
  };
}

export interface PoolQuery {
  page?: number;
  page_size?: number;
  cursor?: string;
  sort?: string;
  vrf_id?: number;
  account_id?: number;
  parent_id?: string;
  kind?: PoolFilter['kind'];
  status?: PoolFilter['status'];
  source?: PoolFilter['source'];
  sync_status?: PoolFilter['syncStatus'];
  region?: string;
  tag?: string[];
  cidr_contains?: string;
  cidr_within?: string;
  q?: string;
  external_id?: string;
  as_of?: string;
}

/** @throws CidrError, SchemaError */
export function filterOf(query: PoolQuery): PoolFilter {
  return {
    vrfId: query.vrf_id,
    accountIds: query.account_id === undefined ? undefined : [query.account_id],
    parentId:
      query.parent_id === undefined
        ? undefined
        : query.parent_id === 'null'
          ? null
          : Number(query.parent_id),
    kind: query.kind,
    status: query.status,
    source: query.source,
    syncStatus: query.sync_status,
    region: query.region,
    externalId: query.external_id,
    tags: query.tag?.map(tagsOf),
    contains: query.cidr_contains === undefined ? undefined : parseRange(query.cidr_contains),
    within: query.cidr_within === undefined ? undefined : parseRange(query.cidr_within),
    typed: typedIn(query.q),
  };
}

/** The tags that `key:value` can mean: a key may hold colons itself. */
function tagsOf(text: string): Tag[] {
  const readings = tagReadings(text);
  if (readings.length === 0)
    throw new SchemaError([{ field: 'tag', code: 'invalid_field', detail: 'must be key:value' }]);
  return readings;
}

/** `cidr,-created_at` as the store takes it; by CIDR when nothing is said. */
export function sortOf(text = 'cidr'): PoolSort[] {
  return text.split(',').map((each) => ({
    field: each.replace(/^-/, '') as PoolSort['field'], // the schema has let nothing else pass
    descending: each.startsWith('-'),
  }));
}

/**
 * What is told of a pool that was made where a cloud has something; nothing of what lies beyond the
 * caller's reach.
 */
export function warningsOf(
  uses: readonly CloudUse[],
  reach: Reach | undefined,
): { warnings?: { code: 'in_use_by_cloud'; detail: string }[] } {
  const told = uses.filter((each) => !reach || reaches(reach, each));
  if (told.length === 0) return {};
  return {
    warnings: told.map(({ cidr, kind, externalId, name }) => ({
      code: 'in_use_by_cloud',
      detail: `A cloud uses ${formatCidr(cidr)} here: ${kind.replace('_', ' ')} ${externalId ?? ''}${name !== '' && name !== externalId ? ` (${name})` : ''}.`,
    })),
  };
}
