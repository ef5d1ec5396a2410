import { PoolError } from './pool-error';
import { recordEventTypes, tellOf, type RecordKind } from './record';
import type { RecordFilter } from './record-filter';

/** A VLAN (IEEE 802.1Q), 1-4094, unique by vid within its group. */
export interface Vlan {
  readonly id: number;
  readonly vid: number;
  readonly name: string;
  /** A site or switch fabric; vids are unique inside it. Empty: the default group. */
  readonly group: string;
  readonly description: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
}

/** VLANs, by group and vid in lists. */
export interface VlanStore {
  get(id: number): Promise<Vlan | undefined>;
  getMany(ids: readonly number[]): Promise<Vlan[]>;
  lock(id: number): Promise<Vlan | undefined>;
  /** Its texts are name, group and description, and the vid as a whole. */
  list(
    filter: RecordFilter,
    page: number,
    pageSize: number,
  ): Promise<{ items: Vlan[]; total: number }>;
  /** @throws StoredConflict when group and vid are taken. */
  insert(vlan: Omit<Vlan, 'id'>): Promise<Vlan>;
  save(vlan: Vlan): Promise<void>;
  remove(id: number): Promise<void>;
  /** Pools that name the VLAN. */
  useCount(id: number): Promise<number>;
}

/** A VLAN's facts as its events tell them, in version 1. */
export type VlanFacts = {
  readonly vid: number;
  readonly name: string;
  readonly group: string;
  readonly description: string;
};

/** All that happens to VLANs. */
export const VLAN_EVENTS = recordEventTypes<'vlan', VlanFacts>('vlan');

/** VLANs, as records (IEEE 802.1Q). */
export const VLANS: RecordKind<Vlan, RecordFilter, 'vlan'> = {
  entity: 'vlan',
  title: 'VLAN',
  taken: 'vid',
  namedBy: ['pool'],
  store: (stores) => stores.vlans,
  visible: (stores) => stores.vlans,
  tell: tellOf(
    'vlan',
    VLAN_EVENTS,
    () => null,
    ({ vid, name, group, description }: Vlan) => ({ vid, name, group, description }),
  ),
  check: ({ vid }) => {
    if (!Number.isInteger(vid) || vid < 1 || vid > 4094)
      throw new PoolError('invalid_field', 'vid must be from 1 to 4094 (IEEE 802.1Q).', {
        field: 'vid',
      });
  },
};
