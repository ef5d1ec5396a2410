import { VRFS, type RecordFilter, type Vrf, type VrfStore } from '@cloudpam/pools';
import { MemoryRecordStore } from './memory-record-store';
import { byText } from './page-of';
import type { Tables } from './stores';

/** VRFs over a Map. */
export class MemoryVrfStore extends MemoryRecordStore<Vrf, RecordFilter> implements VrfStore {
  constructor(tables: Tables) {
    super(tables, tables.vrfs, VRFS);
  }

  protected override texts({ name, rd, description }: Vrf): readonly string[] {
    return [name, rd ?? '', description];
  }

  protected override compare(a: Vrf, b: Vrf): number {
    return byText(a.name, b.name);
  }

  protected override conflict(a: Vrf, b: Vrf): string | undefined {
    if (a.name === b.name) return 'name';
    return a.rd !== null && a.rd === b.rd ? 'rd' : undefined;
  }
}
