import type { Schemas } from '@cloudpam/api-client';
import { formatCidr } from '@cloudpam/cidr';
import type { ScopeSnapshot } from '@cloudpam/reconciliation';
import { VERSION } from '../config/version';

/** Name and version of this program, as the server is told. */
export const COLLECTOR = { name: 'cloudpam-collector', version: VERSION } as const;

// What the server takes.
const LONGEST_NAME = 200;
const LONGEST_CODE = 500;
const LONGEST_KEY = 512;
const LONGEST_MESSAGE = 5_000;

/**
 * The body of `POST /api/v1/discovery` for one scope: `snake_case`, CIDRs as text, times in ISO
 * 8601.
 */
export function discoveryBody(runId: string, snapshot: ScopeSnapshot): Schemas['Snapshot'] {
  return {
    run_id: runId,
    collector: COLLECTOR,
    scopes: [
      {
        provider: snapshot.provider,
        account: snapshot.account,
        ...(snapshot.accountName !== undefined && {
          account_name: snapshot.accountName.slice(0, LONGEST_NAME),
        }),
        ...(snapshot.accountUnproven && { account_unproven: true }),
        region: snapshot.region,
        coverage: snapshot.coverage,
        error: snapshot.error ? errorOf(snapshot.error) : null,
        collected_at: snapshot.collectedAt.toISOString(),
        ...(snapshot.part && { part: snapshot.part }),
        networks: snapshot.networks.map((network) => ({
          external_id: network.externalId,
          owner_account: network.ownerAccount,
          region: network.region,
          name: network.name,
          is_default: network.isDefault,
        })),
        resources: snapshot.resources.map((resource) => ({
          kind: resource.kind,
          external_id: resource.externalId,
          network_external_id: resource.networkExternalId,
          owner_account: resource.ownerAccount,
          region: resource.region,
          zone_id: resource.zoneId,
          outpost: resource.outpost ?? null,
          name: resource.name,
          cidr: formatCidr(resource.cidr),
          tags: resource.tags,
          ...(resource.freeHosts !== undefined && { free_hosts: resource.freeHosts }),
        })),
        ...(snapshot.interfaces && {
          interfaces: {
            coverage: snapshot.interfaces.coverage,
            error: snapshot.interfaces.error ? errorOf(snapshot.interfaces.error) : null,
          },
        }),
        ...(snapshot.addresses && {
          addresses: snapshot.addresses.map((each) => ({
            kind: each.kind,
            external_id: each.externalId,
            network_external_id: each.networkExternalId,
            ...(each.networkOwner !== undefined && { network_owner: each.networkOwner }),
            subnet_external_id: each.subnetExternalId,
            region: each.region,
            name: each.name,
            attached_to: each.attachedTo === null ? null : keyOf(each.attachedTo),
            cidr: formatCidr(each.cidr),
          })),
        }),
      },
    ],
  };
}

function errorOf({ code, message }: NonNullable<ScopeSnapshot['error']>): Schemas['ScopeError'] {
  return { code: code.slice(0, LONGEST_CODE), message: message.slice(0, LONGEST_MESSAGE) };
}

/** Free text of a cloud as the server takes keys: without control characters, and not too long. */
function keyOf(text: string): string {
  // eslint-disable-next-line no-control-regex -- they are what it is about
  return text.replace(/[\u0000-\u001f\u007f]/g, ' ').slice(0, LONGEST_KEY);
}
