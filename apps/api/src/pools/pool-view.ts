import { isInScope, type AccessScope } from '@cloudpam/audit';
import { formatCidr, parseCidr } from '@cloudpam/cidr';
import type { AllocationRules, CloudUse, NewPool, PoolFields, PoolPatch } from '@cloudpam/pools';
import { instantOf } from '../http/schema';
import type { NewPoolDto, PoolPatchDto } from './dto/new-pool.dto';
import type { PoolFieldsDto, RulesDto } from './dto/pool-fields.dto';
import type { WarningDto } from './dto/pool.dto';

function rulesOf(body: RulesDto): AllocationRules {
  return {
    minPrefixLength: body.min_prefix_length ?? null,
    maxPrefixLength: body.max_prefix_length ?? null,
    defaultPrefixLength: body.default_prefix_length ?? null,
    requiredTags: body.required_tags ?? [],
    ...(body.quarantine_days === undefined ? {} : { quarantineDays: body.quarantine_days }),
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

/** What a body changes of a pool. @throws CidrError, SchemaError */
export function patchOf(body: PoolPatchDto): PoolPatch {
  return {
    ...fieldsOf(body),
    cidr: body.cidr === undefined ? undefined : parseCidr(body.cidr),
    vrfId: body.vrf_id,
  };
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
