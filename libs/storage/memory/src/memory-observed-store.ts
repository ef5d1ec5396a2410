import { isInScope } from '@cloudpam/audit';
import { addressCount, contains, type AddressRange } from '@cloudpam/cidr';
import { StoredConflict, type AddressPage } from '@cloudpam/pools';
import type {
  ObservedAddress,
  ObservedFilter,
  ObservedList,
  ObservedPlace,
  ObservedStore,
} from '@cloudpam/reconciliation';
import { byAddress } from './address-index';
import { joined } from './lookup';
import { cursorPage } from './page-of';
import type { Tables } from './stores';

/** Observed addresses over Maps. */
export class MemoryObservedStore implements ObservedStore {
  constructor(private readonly tables: Tables) {}

  async ofScope(scopeId: number): Promise<ObservedAddress[]> {
    return this.tables.observed
      .getMany(this.tables.observedByScope.ids(joined(scopeId)))
      .sort(byAddress)
      .map(this.present);
  }

  async insert(addresses: readonly Omit<ObservedAddress, 'id'>[]): Promise<void> {
    for (const each of addresses) {
      const row = { ...each, id: this.tables.observed.takeId() };
      if (this.tables.observedByKey.ids(observedKey(row)).size > 0)
        throw new StoredConflict('observed_unique');
      this.tables.observed.set(row.id, row);
    }
  }

  async save(addresses: readonly ObservedAddress[]): Promise<void> {
    for (const each of addresses)
      if (this.tables.observed.has(each.id)) this.tables.observed.set(each.id, each);
  }

  async touch(ids: readonly number[], lastSeenAt: Date): Promise<void> {
    for (const id of ids) this.tables.observed.update(id, (row) => ({ ...row, lastSeenAt }));
  }

  async purge(goneBefore: Date): Promise<number> {
    const gone = this.tables.observed.all().filter(({ goneAt }) => goneAt && goneAt < goneBefore);
    for (const { id } of gone) this.tables.observed.delete(id);
    return gone.length;
  }

  async list(
    { vrfId, within, name, accessScope }: ObservedFilter,
    page: AddressPage,
  ): Promise<ObservedList> {
    const found = this.inside(vrfId, within).filter(
      (each) =>
        (name === undefined || each.name === name) &&
        (!accessScope || isInScope(accessScope, each)),
    );
    const { items, ...rest } = cursorPage(found, page, cursorOf, CURSOR);
    return { items: items.map(this.present), ...rest };
  }

  async equalTo(places: readonly ObservedPlace[]): Promise<ObservedAddress[]> {
    return places.flatMap(({ vrfId, cidr }) =>
      this.inside(vrfId, cidr)
        .filter((each) => each.goneAt === null && each.cidr.prefixLength === cidr.prefixLength)
        .map(this.present),
    );
  }

  async touching(vrfId: number, range: AddressRange, limit: number): Promise<ObservedAddress[]> {
    const found: ObservedAddress[] = [];
    for (const each of this.tables.observedByVrf.touching(vrfId, range)) {
      if (found.length >= limit) break;
      found.push(this.present(each));
    }
    return found;
  }

  async count(vrfId: number, range: AddressRange): Promise<bigint> {
    const present = this.inside(vrfId, range).filter(({ goneAt }) => goneAt === null);
    const blocks = new Map(
      present.map(({ cidr }) => [joined(cidr.first, cidr.prefixLength), cidr]),
    );
    return [...blocks.values()].reduce((sum, cidr) => sum + addressCount(cidr), 0n);
  }

  private inside(vrfId: number, range: AddressRange): ObservedAddress[] {
    return [...this.tables.observedByVrf.touching(vrfId, range)].filter(({ cidr }) =>
      contains(range, { ...cidr, last: cidr.first }),
    );
  }

  /** The address with the last time that interfaces of its scope were listed. */
  private readonly present = (each: ObservedAddress): ObservedAddress => {
    const listed = each.goneAt
      ? null
      : (this.tables.scopes.get(each.scopeId)?.interfacesCompleteAt ?? null);
    return listed && listed > each.lastSeenAt ? { ...each, lastSeenAt: listed } : each;
  };
}

/** What a scope has once. */
export function observedKey({ scopeId, kind, externalId, cidr }: ObservedAddress): string {
  return joined(scopeId, kind, externalId, cidr.first, cidr.family, cidr.prefixLength);
}

const CURSOR = /^[0-9a-f]{32}\.\d{3}\.\d{15}$/;

/** Of fixed width, so that cursors are in the order of the list. */
function cursorOf({ id, cidr }: ObservedAddress): string {
  const parts = [
    cidr.first.toString(16).padStart(32, '0'),
    String(cidr.prefixLength).padStart(3, '0'),
  ];
  return `${parts.join('.')}.${String(id).padStart(15, '0')}`;
}
