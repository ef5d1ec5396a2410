import type { RecordFilter } from './record-filter';

/** One routing domain: inside it an address means one thing. */
export interface Vrf {
  readonly id: number;
  readonly name: string;
  /** Route distinguisher (RFC 4364), unique when set. */
  readonly rd: string | null;
  readonly description: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
}

/** The VRF that exists from the start has this id and the name `global`. */
export const GLOBAL_VRF_ID = 1;

/** VRFs, by name in lists. */
export interface VrfStore {
  get(id: number): Promise<Vrf | undefined>;
  /** Locks the VRF until the end of the run: one change of its tree's shape at a time. */
  lock(id: number): Promise<Vrf | undefined>;
  /** Its texts are name, route distinguisher and description. */
  list(
    filter: RecordFilter,
    page: number,
    pageSize: number,
  ): Promise<{ items: Vrf[]; total: number }>;
  /** @throws StoredConflict when name or rd is taken. */
  insert(vrf: Omit<Vrf, 'id'>): Promise<Vrf>;
  save(vrf: Vrf): Promise<void>;
  remove(id: number): Promise<void>;
  /** Pools and networks in the VRF. */
  useCount(id: number): Promise<number>;
}

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
