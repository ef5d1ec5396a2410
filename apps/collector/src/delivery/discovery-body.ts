import type { Schemas } from '@cloudpam/api-client';
import { formatCidr } from '@cloudpam/cidr';
import type { ScopeSnapshot } from '@cloudpam/reconciliation';
import { VERSION } from '../config/version';

/** Name and version of this program, as the server is told. */
export const COLLECTOR = { name: 'cloudpam-collector', version: VERSION } as const;

// What the server takes.
const LONGEST_NAME = 200;
const LONGEST_CODE = 500;
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
        error: snapshot.error
          ? {
              code: snapshot.error.code.slice(0, LONGEST_CODE),
              message: snapshot.error.message.slice(0, LONGEST_MESSAGE),
            }
          : null,
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
      },
    ],
  };
}
