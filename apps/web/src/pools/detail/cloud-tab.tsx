import type { Schemas } from '@cloudpam/api-client';
import { ResourceTable } from '../../discovery/resource-table';

/** The cloud resources that stand behind a pool. */
export function CloudTab({ pool }: { pool: Schemas['Pool'] }) {
  return (
    <ResourceTable
      query={{ pool_id: pool.id }}
      emptyTitle="No cloud resource is linked to this pool"
      emptyText="When a collector sees a network or subnet with this CIDR in this VRF, it is linked here."
    />
  );
}
