import type { AddressRange } from '@cloudpam/cidr';
import type { DiscoveredResource } from '@cloudpam/reconciliation';
import { AddressIndex } from './address-index';
import type { Index } from './table';

/**
 * The discovered resources that have no pool of their own, by VRF and address. They may overlap in
 * any way.
 */
export class UnpooledResources implements Index<DiscoveredResource> {
  private readonly byVrf = new Map<number, AddressIndex<DiscoveredResource>>();

  /** In address order. */
  touching(vrfId: number, range: AddressRange): Iterable<DiscoveredResource> {
    return this.byVrf.get(vrfId)?.touching(range) ?? [];
  }

  changed(before: DiscoveredResource | undefined, after: DiscoveredResource | undefined): void {
    if (before?.poolId === null) this.byVrf.get(before.vrfId)?.remove(before);
    if (after?.poolId === null) {
      const resources = this.byVrf.get(after.vrfId) ?? new AddressIndex<DiscoveredResource>();
      resources.add(after);
      this.byVrf.set(after.vrfId, resources);
    }
  }
}
