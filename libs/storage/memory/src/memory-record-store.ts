import { blockAroundSpan, type RangeRecord } from '@cloudpam/pools';
import { isInScope, type Located } from '@cloudpam/audit';
import {
  StoredConflict,
  type RecordBase,
  type RecordFilter,
  type RecordKind,
  type Vlan,
} from '@cloudpam/pools';
import { isPartOf, pageOf } from './page-of';
import type { Tables } from './stores';
import type { Table } from './table';

/** What the stores of all kinds of records have alike. */
export abstract class MemoryRecordStore<R extends RecordBase, Filter extends RecordFilter> {
  constructor(
    protected readonly tables: Tables,
    protected readonly rows: Table<R>,
    private readonly kind: Pick<RecordKind<RecordBase>, 'entity' | 'namedBy'>,
  ) {}

  /** Where a text is looked for. */
  protected abstract texts(record: R): readonly string[];
  /** The order of lists. */
  protected abstract compare(a: R, b: R): number;
  /** The name of what another record has too and none may; undefined without one. */
  protected abstract conflict(a: R, b: R): string | undefined;

  async get(id: number): Promise<R | undefined> {
    return this.rows.getMany([id]).map((record) => this.completed(record, {} as Filter))[0];
  }

  async getMany(ids: readonly number[]): Promise<R[]> {
    return this.rows.getMany(ids).map((record) => this.completed(record, {} as Filter));
  }

  async lock(id: number): Promise<R | undefined> {
    return this.get(id);
  }

  async list(
    filter: Filter,
    page: number,
    pageSize: number,
  ): Promise<{ items: R[]; total: number }> {
    const named = this.namedInScope(filter);
    const found = this.rows
      .all()
      .filter((record) => (!named || named.has(record.id)) && this.fits(record, filter));
    const { items, total } = pageOf(
      found.sort((a, b) => this.compare(a, b)),
      page,
      pageSize,
    );
    return { items: items.map((record) => this.completed(record, filter)), total };
  }

  async insert(record: Omit<R, 'id'>): Promise<R> {
    const stored = { ...record, id: this.rows.takeId() } as R; // what the id was left out of
    this.check(stored);
    this.rows.set(stored.id, stored);
    return stored;
  }

  async save(record: R): Promise<void> {
    this.check(record);
    this.rows.update(record.id, () => record);
  }

  async remove(id: number): Promise<void> {
    if (this.uses(id) > 0) throw new StoredConflict(`${this.kind.entity}_in_use`);
    this.rows.delete(id);
  }

  async useCount(id: number): Promise<number> {
    return this.uses(id);
  }

  /** A row with what is derived of other rows. */
  protected completed(record: R, _filter: Filter): R {
    return record;
  }

  /** The field by which others name such a record. */
  protected get naming(): string {
    return `${this.kind.entity}Id`;
  }

  /** Whether a record fits every field of the filter but the access scope. */
  protected fits(record: R, { text, name, ids }: Filter): boolean {
    return (
      (name === undefined || record.name === name) &&
      (!ids || ids.includes(record.id)) &&
      (text === undefined || isPartOf(text, ...this.texts(record)))
    );
  }

  /** What names a record. */
  protected uses(id: number): number {
    const { pools, networks, addresses, ranges, vlans } = this.tables;
    const rows = {
      pool: pools,
      resource: networks,
      address: addresses,
      range: ranges,
      vlan: vlans,
    };
    return this.kind.namedBy
      .flatMap((namer): object[] => rows[namer].all())
      .filter((each) => this.namedOf(each) === id).length;
  }

  /** @throws StoredConflict */
  protected check(record: R): void {
    for (const other of this.rows.all()) {
      const conflict = other.id === record.id ? undefined : this.conflict(record, other);
      if (conflict !== undefined) throw new StoredConflict(`${this.kind.entity}_${conflict}`);
    }
  }

  /** The ids of the records that pools and discovered resources in the access scope name. */
  private namedInScope({ accessScope }: Filter): ReadonlySet<number> | undefined {
    if (!accessScope) return undefined;
    const { pools, resources, addresses, ranges, vlans } = this.tables;
    const groupOf = (vlanId: number | null): Pick<Vlan, 'groupId'> => ({
      groupId: vlanId === null ? null : (vlans.get(vlanId)?.groupId ?? null),
    });
    const rows = {
      pool: () => pools.all(),
      resource: () => resources.all(),
      address: () => addresses.all().map((record) => ({ ...record, kind: 'address' })),
      range: () => ranges.all().map(locatedRange),
      // A VLAN is where the pools are that name it.
      vlan: () => pools.all().map((pool) => ({ ...pool, ...groupOf(pool.vlanId) })),
    };
    const ids = this.kind.namedBy
      .flatMap((namer): Located[] => rows[namer]())
      .filter((each) => isInScope(accessScope, each))
      .flatMap((each) => this.namedOf(each) ?? []);
    const { accountIds, under } = accessScope;
    const whole = this.kind.entity === 'account' && under === null ? (accountIds ?? []) : [];
    return new Set([...ids, ...whole]);
  }

  private namedOf(row: object): number | null {
    return (row as Record<string, number | null>)[this.naming] ?? null; // as all that names one
  }
}

/** Where a range is, for limits of access. */
export function locatedRange(record: RangeRecord): Located {
  return { ...record, cidr: blockAroundSpan(record.span), kind: 'range' };
}
