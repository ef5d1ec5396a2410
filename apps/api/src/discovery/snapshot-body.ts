import { CidrError, parseCidr, type Cidr } from '@cloudpam/cidr';
import { DiscoveryError, problemOfGiven, type ScopeSnapshot } from '@cloudpam/reconciliation';
import { instantOf } from '../http/schema';
import {
  checkAccounts,
  checkOwners,
  withoutForeignAddresses,
  type Deliverer,
} from './check-accounts';
import type { ScopeSnapshotDto, SnapshotDto } from './dto/snapshot.dto';

const CLOCK_SKEW_MS = 5 * 60_000;

/**
 * The scopes that a collector delivers.
 * @param by what its token is limited to
 * @throws DiscoveryError `invalid_snapshot`; AccessError `forbidden` for an account, or the owner
 *   of a resource, outside of the token's
 */
export function scopesOf(body: SnapshotDto, by: Deliverer): ScopeSnapshot[] {
  const scopes = body.scopes.map((scope) => snapshotOf(scope));
  checkAccounts(
    scopes.map((scope) => `${scope.provider}:${scope.account}`),
    by.accounts,
  );
  checkOwners(scopes, by);
  return scopes.map((scope) => withoutForeignAddresses(scope, by));
}

function snapshotOf(body: ScopeSnapshotDto): ScopeSnapshot {
  const collectedAt = instantOf(body.collected_at, 'collected_at');
  if (collectedAt.getTime() > new Date().getTime() + CLOCK_SKEW_MS) {
    throw new DiscoveryError(
      'invalid_snapshot',
      `collected_at lies in the future (${body.collected_at}); set the collector's clock.`,
      'collected_at',
    );
  }
  return {
    provider: body.provider,
    account: body.account,
    region: body.region,
    coverage: body.coverage,
    collectedAt,
    ...(body.account_name === undefined ? {} : { accountName: body.account_name }),
    ...(body.account_unproven ? { accountUnproven: true } : {}),
    ...(body.error ? { error: body.error } : {}),
    ...(body.part ? { part: body.part } : {}),
    networks: body.networks.map((each) => ({
      externalId: each.external_id,
      ownerAccount: each.owner_account,
      region: each.region,
      name: each.name,
      isDefault: each.is_default ?? false,
    })),
    resources: body.resources.map((each, index) => ({
      kind: each.kind,
      externalId: each.external_id,
      networkExternalId: each.network_external_id,
      ownerAccount: each.owner_account,
      region: each.region,
      zoneId: each.zone_id ?? null,
      ...(each.outpost ? { outpost: each.outpost } : {}),
      name: each.name,
      ...(each.free_hosts === undefined ? {} : { freeHosts: each.free_hosts }),
      tags: each.tags ?? {},
      cidr: cidrAt(each.cidr, `resources.${index}.cidr`),
    })),
    ...(body.interfaces && {
      interfaces: {
        coverage: body.interfaces.coverage,
        ...(body.interfaces.error && { error: body.interfaces.error }),
      },
    }),
    ...(body.addresses && {
      addresses: body.addresses.map((each, index) => ({
        kind: each.kind,
        externalId: each.external_id,
        networkExternalId: each.network_external_id ?? null,
        ...(each.network_owner === undefined ? {} : { networkOwner: each.network_owner }),
        subnetExternalId: each.subnet_external_id ?? null,
        region: each.region,
        name: each.name,
        attachedTo: each.attached_to ?? null,
        cidr: givenAt(each.cidr, `addresses.${index}.cidr`),
      })),
    }),
  };
}

/** An address, or a block that a cloud can have given as one: what it covers is nobody else's. */
function givenAt(text: string, field: string): Cidr {
  const cidr = cidrAt(text, field);
  const problem = problemOfGiven(cidr);
  if (problem === undefined) return cidr;
  throw new DiscoveryError('invalid_snapshot', problem, field);
}

function cidrAt(text: string, field: string): Cidr {
  try {
    return parseCidr(text);
  } catch (error) {
    throw error instanceof CidrError
      ? new DiscoveryError('invalid_snapshot', error.message, field)
      : error;
  }
}
