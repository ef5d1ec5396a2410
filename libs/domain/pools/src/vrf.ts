import { PoolError } from './pool-error';
import { checkStoredText, NAME_LENGTH } from './pool-rules';
import { recordEventTypes, tellOf, type RecordKind } from './record';
import type { RecordFilter } from './record-filter';

/** One routing domain: inside it an address means one thing. */
export interface Vrf {
  readonly id: number;
  readonly name: string;
  /** Route distinguisher (RFC 4364), unique when set. */
  readonly rd: string | null;
  /** VRFs of one name here can reach each other, by leaked routes or a firewall; null: it reaches no other. */
  readonly reachabilityDomain: string | null;
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
  getMany(ids: readonly number[]): Promise<Vrf[]>;
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

/** A VRF's facts as its events tell them, in version 1. */
export type VrfFacts = {
  readonly name: string;
  readonly rd: string | null;
  readonly reachability_domain: string | null;
  readonly description: string;
};

/** All that happens to VRFs. */
export const VRF_EVENTS = recordEventTypes<'vrf', VrfFacts>('vrf');

/** VRFs, as records (RFC 4364). */
export const VRFS: RecordKind<Vrf, RecordFilter, 'vrf', 'vrfs'> = {
  entity: 'vrf',
  list: 'vrfs',
  title: 'VRF',
  taken: 'name',
  namedBy: ['pool', 'resource', 'address', 'range'],
  users: 'pools, addresses, ranges or discovered networks',
  store: (stores) => stores.vrfs,
  visible: (stores) => stores.vrfs,
  tell: tellOf(
    'vrf',
    VRF_EVENTS,
    ({ id }) => ({ accountId: null, vrfId: id, cidr: null, kind: null }),
    ({ name, rd, reachabilityDomain, description }: Vrf) => ({
      name,
      rd,
      reachability_domain: reachabilityDomain,
      description,
    }),
  ),
  check: ({ rd, reachabilityDomain }) => {
    checkStoredText('reachability_domain', reachabilityDomain, NAME_LENGTH);
    // RFC 4364 section 4.2: AS number or IPv4 address, a colon, an assigned number.
    if (rd !== null && !/^(\d{1,10}|\d{1,3}(\.\d{1,3}){3}):\d{1,10}$/.test(rd)) {
      throw new PoolError('invalid_field', 'rd must look like 65000:1 or 192.0.2.1:1 (RFC 4364).', {
        field: 'rd',
      });
    }
  },
};
