import { isInScope, type AccessScope } from '@cloudpam/audit';
import { formatCidr, parseCidr, parseRange } from '@cloudpam/cidr';
import {
  tagReadings,
  typedIn,
  type AllocationRules,
  type CloudUse,
  type NewPool,
  type Pool,
  type PoolFields,
  type PoolFilter,
  type PoolSort,
  type Tag,
} from '@cloudpam/pools';
import type { PoolBriefDto } from '../http/pool-brief.dto';
import { instantOf, SchemaError } from '../http/schema';
import type { NewPoolDto } from './dto/new-pool.dto';
import type { PoolFieldsDto, RulesDto } from './dto/pool-fields.dto';
import type { PoolQuery } from './dto/pool-query.dto';
import type { WarningDto } from './dto/pool.dto';

/** Of a pool that is one of several, as problems name it. */
export function poolBrief(pool: Pool): PoolBriefDto {
  return { pool_id: pool.id, cidr: formatCidr(pool.cidr), name: pool.name };
}

function rulesOf(body: RulesDto): AllocationRules {
  return {
    minPrefixLength: body.min_prefix_length ?? null,
    maxPrefixLength: body.max_prefix_length ?? null,
    defaultPrefixLength: body.default_prefix_length ?? null,
    requiredTags: body.required_tags ?? [],
  };
}

/** The fields that a body sets; those it leaves out stay undefined. */
export function fieldsOf(body: PoolFieldsDto & { name?: string }): Partial<PoolFields> {
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

/** @throws CidrError */
export function newPoolOf(body: NewPoolDto): NewPool {
  return {
    ...fieldsOf(body),
    name: body.name,
    cidr: parseCidr(body.cidr),
    vrfId: body.vrf_id,
    parentId: body.parent_id,
  };
}

/** @throws CidrError, SchemaError */
export function filterOf(query: Partial<PoolQuery>): PoolFilter {
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
 * access scope of the caller.
 */
export function warningsOf(
  uses: readonly CloudUse[],
  accessScope: AccessScope | undefined,
): { warnings?: WarningDto[] } {
  const told = uses.filter((each) => !accessScope || isInScope(accessScope, each));
  if (told.length === 0) return {};
  return {
    warnings: told.map(({ cidr, kind, externalId, name }): WarningDto => ({
      code: 'in_use_by_cloud',
      detail:
        `A cloud uses ${formatCidr(cidr)} here: ${kind.replace('_', ' ')} ` +
        `${externalId ?? ''}${name !== '' && name !== externalId ? ` (${name})` : ''}.`,
    })),
  };
}
