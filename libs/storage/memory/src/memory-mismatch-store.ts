import { isInScope } from '@cloudpam/audit';
import { contains } from '@cloudpam/cidr';
import type { AddressRecord } from '@cloudpam/pools';
import type {
  DiscoveredResource,
  MismatchFilter,
  MismatchList,
  MismatchPage,
  MismatchStore,
  ObservedAddress,
  StaleAddress,
  UnknownAddress,
} from '@cloudpam/reconciliation';
import { byAddress } from './address-index';
import { joined } from './lookup';
import { totalOf } from './page-of';
import type { Tables } from './stores';

/** A difference: of a record, or of an observed address. */
export interface MismatchRow {
  readonly scopeId: number;
  readonly of: 'address' | 'observed';
  readonly id: number;
  readonly since: Date;
}

/** Differences of records and clouds over Maps. */
export class MemoryMismatchStore implements MismatchStore {
  constructor(private readonly tables: Tables) {}

  async compare(scopeId: number, startedAt: Date, at: Date): Promise<void> {
    this.replace(scopeId, 'address', this.unseen(scopeId, startedAt), at);
    this.replace(scopeId, 'observed', this.unrecorded(scopeId), at);
  }

  async forget(scopeId: number): Promise<void> {
    for (const [key, row] of this.tables.mismatches.entries())
      if (row.scopeId === scopeId) this.tables.mismatches.delete(key);
  }

  async stale(filter: MismatchFilter, page: MismatchPage): Promise<MismatchList<StaleAddress>> {
    const found = this.rows('address').flatMap(({ scopeId, id, since }) => {
      const record = this.tables.addresses.get(id);
      const scope = this.tables.scopes.get(scopeId);
      return record?.status === 'active' && scope
        ? [{ record, accountId: scope.accountId, region: scope.region, since }]
        : [];
    });
    return pageOf(
      found.filter(({ record, accountId, since }) =>
        isWanted(filter, accountId, since, record.id, { ...record, kind: 'address' }),
      ),
      page,
      ({ record }) => record,
    );
  }

  async unknown(filter: MismatchFilter, page: MismatchPage): Promise<MismatchList<UnknownAddress>> {
    const found = this.rows('observed').flatMap(({ id, since }) => {
      const observed = this.tables.observed.get(id);
      return observed && observed.goneAt === null && !this.hasRecord(observed)
        ? [{ observed, since }]
        : [];
    });
    return pageOf(
      found.filter(({ observed, since }) =>
        isWanted(filter, observed.accountId, since, observed.id, observed),
      ),
      page,
      ({ observed }) => observed,
    );
  }

  async idsAfter(kind: 'stale' | 'unknown', id: number, limit: number): Promise<number[]> {
    return this.rows(kind === 'stale' ? 'address' : 'observed')
      .map((row) => row.id)
      .filter((each) => each > id)
      .sort((a, b) => a - b)
      .slice(0, limit);
  }

  private unseen(scopeId: number, startedAt: Date): number[] {
    const present = this.tables.observed.all().filter(({ goneAt }) => goneAt === null);
    return this.recordsIn(this.subnets().filter((each) => each.scopeId === scopeId))
      .filter(
        ({ vrfId, cidr, createdAt }) =>
          createdAt < startedAt &&
          !present.some((each) => each.vrfId === vrfId && contains(each.cidr, cidr)),
      )
      .map(({ id }) => id);
  }

  private unrecorded(scopeId: number): number[] {
    const kept = new Set(
      this.subnets()
        .filter((each) => this.recordsIn([each]).length > 0)
        .map(({ networkId, externalId }) => joined(networkId, externalId)),
    );
    return this.tables.observed
      .getMany(this.tables.observedByScope.ids(joined(scopeId)))
      .filter(
        (each) =>
          each.goneAt === null &&
          each.cidr.first === each.cidr.last &&
          kept.has(joined(each.networkId ?? 0, each.subnetExternalId ?? '')) &&
          !this.hasRecord(each),
      )
      .map(({ id }) => id);
  }

  private subnets(): DiscoveredResource[] {
    return this.tables.resources
      .all()
      .filter(({ kind, sync }) => kind === 'subnet' && sync !== 'orphaned');
  }

  private recordsIn(subnets: readonly DiscoveredResource[]): AddressRecord[] {
    return this.tables.addresses
      .all()
      .filter(({ vrfId, cidr }) =>
        subnets.some((each) => each.vrfId === vrfId && contains(each.cidr, cidr)),
      );
  }

  private hasRecord({ vrfId, cidr }: ObservedAddress): boolean {
    return this.tables.addressesByPlace.ids(joined(vrfId, cidr.first)).size > 0;
  }

  private rows(of: MismatchRow['of']): MismatchRow[] {
    return this.tables.mismatches.all().filter((row) => row.of === of);
  }

  private replace(scopeId: number, of: MismatchRow['of'], ids: readonly number[], at: Date): void {
    const now = new Set(ids);
    for (const row of this.rows(of))
      if (row.scopeId === scopeId && !now.has(row.id))
        this.tables.mismatches.delete(joined(of, row.id));
    for (const id of now) {
      const known = this.tables.mismatches.get(joined(of, id));
      if (known?.scopeId !== scopeId)
        this.tables.mismatches.set(joined(of, id), { scopeId, of, id, since: known?.since ?? at });
    }
  }
}

function isWanted(
  { accountId, vrfId, ids, since, accessScope }: MismatchFilter,
  listed: number,
  at: Date,
  id: number,
  place: Parameters<typeof isInScope>[1],
): boolean {
  return (
    (accountId === undefined || listed === accountId) &&
    (vrfId === undefined || place.vrfId === vrfId) &&
    (ids === undefined || ids.includes(id)) &&
    (since === undefined || at >= since) &&
    (!accessScope || isInScope(accessScope, place))
  );
}

function pageOf<Row>(
  rows: readonly Row[],
  { skip, size }: MismatchPage,
  placeOf: (row: Row) => AddressRecord | ObservedAddress,
): MismatchList<Row> {
  const items = [...rows].sort((a, b) => byAddress(placeOf(a), placeOf(b)));
  return { items: items.slice(skip, skip + size), total: totalOf(rows) };
}
