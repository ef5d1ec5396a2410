import type { Reader } from '@cloudpam/audit';
import { recordNotFound } from './pool-rules';
import type { PoolReadStores } from './pool-stores';
import type { RecordFilter } from './record-filter';
import type { RecordBase, RecordKind } from './record';

/** Reads the records of one kind beside the tree: accounts, VRFs, or VLANs. */
export class ReadRecords<R extends RecordBase, Filter extends RecordFilter = RecordFilter> {
  constructor(
    private readonly reader: Reader<PoolReadStores>,
    private readonly kind: RecordKind<R, Filter>,
  ) {}

  /** @throws PoolError `account_not_found` | `vrf_not_found` | `vlan_not_found` */
  async get(id: number): Promise<R> {
    const record = await this.find(id);
    if (!record) throw recordNotFound(this.kind, id);
    return record;
  }

  /** Whether it is there. */
  async has(id: number): Promise<boolean> {
    return (await this.find(id)) !== undefined;
  }

  /** @param page from 1. The total is exact up to 10,000; 10,001 means more. */
  list(
    filter: Filter,
    page: number,
    size: number,
  ): Promise<{ readonly items: readonly R[]; readonly total: number }> {
    return this.reader.read((stores) => this.kind.visible(stores).list(filter, page, size));
  }

  private find(id: number): Promise<R | undefined> {
    return this.reader.read((stores) => this.kind.visible(stores).get(id));
  }
}
