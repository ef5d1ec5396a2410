import type { AddressRange } from '@cloudpam/cidr';
import type { ObservedAddress } from '@cloudpam/reconciliation';
import { AddressIndex } from './address-index';
import type { Index } from './table';

/** The observed addresses, by VRF and address. They may overlap in any way. */
export class ObservedByVrf implements Index<ObservedAddress> {
  private readonly byVrf = new Map<number, AddressIndex<ObservedAddress>>();

  /** In address order. */
  touching(vrfId: number, range: AddressRange): Iterable<ObservedAddress> {
    return this.byVrf.get(vrfId)?.touching(range) ?? [];
  }

  changed(before: ObservedAddress | undefined, after: ObservedAddress | undefined): void {
    if (before && after && before.vrfId === after.vrfId) {
      this.byVrf.get(after.vrfId)?.replace(after);
      return;
    }
    if (before) this.byVrf.get(before.vrfId)?.remove(before);
    if (after) {
      const addresses = this.byVrf.get(after.vrfId) ?? new AddressIndex<ObservedAddress>();
      addresses.add(after);
      this.byVrf.set(after.vrfId, addresses);
    }
  }
}
