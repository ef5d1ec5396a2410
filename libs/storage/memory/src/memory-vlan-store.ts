import { VLANS, type RecordFilter, type Vlan, type VlanStore } from '@cloudpam/pools';
import { MemoryRecordStore } from './memory-record-store';
import { byText } from './page-of';
import type { Tables } from './stores';

/** VLANs over a Map. */
export class MemoryVlanStore extends MemoryRecordStore<Vlan, RecordFilter> implements VlanStore {
  constructor(tables: Tables) {
    super(tables, tables.vlans, VLANS);
  }

  protected override fits(vlan: Vlan, filter: RecordFilter): boolean {
    const { text, ...others } = filter;
    return super.fits(vlan, String(vlan.vid) === text ? others : filter);
  }

  protected override texts({ name, group, description }: Vlan): readonly string[] {
    return [name, group, description];
  }

  protected override compare(a: Vlan, b: Vlan): number {
    return byText(a.group, b.group) || a.vid - b.vid;
  }

  protected override conflict(a: Vlan, b: Vlan): string | undefined {
    return a.group === b.group && a.vid === b.vid ? 'group_vid' : undefined;
  }
}
