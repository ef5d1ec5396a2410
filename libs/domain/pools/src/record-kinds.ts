import {
  diffOf,
  placeOfAccount,
  type Change,
  type Facts,
  type NewAuditEntry,
  type Place,
} from '@cloudpam/audit';
import type { Account, AccountFilter } from './account';
import { PoolError, type PoolErrorCode } from './pool-error';
import type { PoolReadStores, PoolStores } from './pool-stores';
import { ACCOUNT_EVENTS, VLAN_EVENTS, VRF_EVENTS, type RecordEvents } from './record-events';
import type { RecordFilter } from './record-filter';
import type { Vlan, Vrf } from './vrf';

/** What every record beside the tree has. */
export interface RecordBase {
  readonly id: number;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly name: string;
  readonly description: string;
}

/** What use cases ask of the storage of one kind of record. */
export interface RecordStore<R extends RecordBase> {
  get(id: number): Promise<R | undefined>;
  lock(id: number): Promise<R | undefined>;
  insert(record: Omit<R, 'id'>): Promise<R>;
  save(record: R): Promise<void>;
  remove(id: number): Promise<void>;
  useCount(id: number): Promise<number>;
}

/** What queries read of the records of one kind. */
export interface RecordReader<R, Filter> {
  get(id: number): Promise<R | undefined>;
  list(filter: Filter, page: number, size: number): Promise<{ items: R[]; total: number }>;
}

/** What tells one kind of record from another. */
export interface RecordKind<R extends RecordBase, Filter extends RecordFilter = RecordFilter> {
  readonly entity: string;
  readonly notFound: PoolErrorCode;
  readonly taken: string;
  store(stores: PoolStores): RecordStore<R>;
  visible(stores: PoolReadStores): RecordReader<R, Filter>;
  /** What its events tell of a record that is made, changed or deleted; nothing of one that stays. */
  tell(change: Change, before: R | null, after: R | null): readonly NewAuditEntry[];
  /** @throws PoolError */
  check(record: Omit<R, 'id'>): void;
}

/** @param place where the events of a record happen, by its id */
function eventsOfRecord<R extends RecordBase, F extends Facts>(
  events: RecordEvents<F>,
  place: (id: number) => Place | null,
  facts: (record: R) => F,
): RecordKind<R>['tell'] {
  return (change, before, after) => {
    if (before && after) {
      const diff = diffOf(facts(before), facts(after));
      return diff ? [events.update(change, after.id, { ...diff, place: place(after.id) })] : [];
    }
    if (after) {
      const told = { before: null, after: facts(after), place: place(after.id) };
      return [events.create(change, after.id, told)];
    }
    if (!before) return [];
    const told = { before: facts(before), after: null, place: place(before.id) };
    return [events.delete(change, before.id, told)];
  };
}

function placeOfVrf(vrfId: number): Place {
  return { accountId: null, vrfId, cidr: null, kind: null };
}

/** Cloud accounts and projects, as records. */
export const ACCOUNTS: RecordKind<Account, AccountFilter> = {
  entity: 'account',
  notFound: 'account_not_found',
  taken: 'key',
  store: (stores) => stores.accounts,
  visible: (stores) => stores.accounts,
  tell: eventsOfRecord(
    ACCOUNT_EVENTS,
    placeOfAccount,
    ({
      key,
      name,
      provider,
      externalId,
      platform,
      tier,
      environment,
      regions,
      description,
      discoveryPolicy,
      discoveryInterval,
    }) => ({
      key,
      name,
      provider,
      external_id: externalId,
      platform,
      tier,
      environment,
      regions,
      description,
      discovery_policy: discoveryPolicy,
      discovery_interval: discoveryInterval,
    }),
  ),
  check: ({ key, provider, externalId }) => {
    if (!/^[a-z]+:[\w.:-]{1,128}$/.test(key) || key !== `${provider}:${externalId}`) {
      throw new PoolError(
        'invalid_field',
        `The key of an account is provider:external_id, here ${provider}:${externalId}; ` +
          'letters, digits and . _ : - only.',
        { field: 'key' },
      );
    }
  },
};

/** VRFs, as records (RFC 4364). */
export const VRFS: RecordKind<Vrf> = {
  entity: 'vrf',
  notFound: 'vrf_not_found',
  taken: 'name',
  store: (stores) => stores.vrfs,
  visible: (stores) => stores.vrfs,
  tell: eventsOfRecord(VRF_EVENTS, placeOfVrf, ({ name, rd, description }) => ({
    name,
    rd,
    description,
  })),
  check: ({ rd }) => {
    // RFC 4364 section 4.2: AS number or IPv4 address, a colon, an assigned number.
    if (rd !== null && !/^(\d{1,10}|\d{1,3}(\.\d{1,3}){3}):\d{1,10}$/.test(rd)) {
      throw new PoolError('invalid_field', 'rd must look like 65000:1 or 192.0.2.1:1 (RFC 4364).', {
        field: 'rd',
      });
    }
  },
};

/** VLANs, as records (IEEE 802.1Q). */
export const VLANS: RecordKind<Vlan> = {
  entity: 'vlan',
  notFound: 'vlan_not_found',
  taken: 'vid',
  store: (stores) => stores.vlans,
  visible: (stores) => stores.vlans,
  tell: eventsOfRecord(
    VLAN_EVENTS,
    () => null,
    ({ vid, name, group, description }) => ({ vid, name, group, description }),
  ),
  check: ({ vid }) => {
    if (!Number.isInteger(vid) || vid < 1 || vid > 4094)
      throw new PoolError('invalid_field', 'vid must be from 1 to 4094 (IEEE 802.1Q).', {
        field: 'vid',
      });
  },
};
