import { auditEntry, write, type Change } from '@cloudpam/audit';
import { DiscoveryError } from './discovery-error';
import type { DiscoveredResource } from './inventory';
import { poolResources } from './pool-resources';
import type { ReconciliationUnitOfWork } from './reconciliation-stores';

/** `import` and `approve` give a resource its pool; `ignore` keeps it out and closes its findings. */
export type Decision = 'import' | 'approve' | 'ignore';

/** A person's decision about one discovered resource. */
export class DecideResource {
  constructor(private readonly unitOfWork: ReconciliationUnitOfWork) {}

  /** @throws DiscoveryError `resource_not_found` | `resource_managed` | `resource_overlaps` */
  async execute(change: Change, id: number, decision: Decision): Promise<DiscoveredResource> {
    return write(this.unitOfWork, change, async (stores) => {
      const resource = await stores.discovery.lockResource(id);
      if (!resource) throw new DiscoveryError('resource_not_found', `There is no discovered resource ${id}.`);
      if (decision === 'ignore') {
        const reason = change.reason ?? 'ignored by a person';
        const ignored: DiscoveredResource = {
          ...resource, management: resource.poolId === null ? 'ignored' : resource.management,
          managementReason: resource.poolId === null ? reason : resource.managementReason,
          overlap: resource.overlap === 'overlapping' ? 'ignored' : resource.overlap,
        };
        await stores.discovery.saveResources([ignored]);
        await stores.audit.append([auditEntry(change, 'resource.ignore', 'resource', id, {
          before: { management: resource.management, overlap_status: resource.overlap }, after: { management: ignored.management, overlap_status: ignored.overlap },
        })]);
        return ignored;
      }
      if (resource.poolId !== null) throw new DiscoveryError('resource_managed', `Resource ${id} has pool ${resource.poolId} already.`);
      const { audit } = await poolResources(stores, change, [{ ...resource, management: 'pending' }], 'auto');
      const decided = await stores.discovery.resource(id);
      if (!decided || decided.poolId === null) {
        throw new DiscoveryError('resource_overlaps', `Resource ${id} ${decided?.overlapReason ?? 'overlaps'}. Give its network its own VRF, or ignore it.`);
      }
      await stores.audit.append(audit);
      return decided;
    });
  }
}
