import { eventsOf, type EventWriter } from '@cloudpam/audit';
import { ACCOUNT_EVENTS, ACCOUNTS, type AccountStore } from './account';
import { VLAN_EVENTS, VLANS, type VlanStore } from './vlan';
import { VLAN_GROUP_EVENTS, VLAN_GROUPS, type VlanGroupStore } from './vlan-group';
import { VRF_EVENTS, VRFS, type VrfStore } from './vrf';

export {
  ACCOUNTS,
  bareAccount,
  DISCOVERY_POLICIES,
  type Account,
  type AccountFilter,
  type AccountStore,
  type DiscoveryPolicy,
} from './account';
export { VLANS, type Vlan, type VlanFilter, type VlanInGroup, type VlanStore } from './vlan';
export { VLAN_GROUPS, vidOutsideGroup, type VlanGroup, type VlanGroupStore } from './vlan-group';
export { GLOBAL_VRF_ID, VRFS, type Vrf, type VrfStore } from './vrf';

/** The stores of the records beside the pool tree: every storage offers them. */
export interface RecordStores {
  readonly accounts: AccountStore;
  readonly vrfs: VrfStore;
  readonly vlanGroups: VlanGroupStore;
  readonly vlans: VlanStore;
}

/**
 * The kinds of records beside the pool tree, by the names of their stores, each after those that it
 * names.
 * What storages, access scopes, permissions, problem codes and the log need to know of a kind follows
 * from here.
 */
export const RECORDS = {
  accounts: ACCOUNTS,
  vrfs: VRFS,
  vlanGroups: VLAN_GROUPS,
  vlans: VLANS,
} as const satisfies { readonly [Name in keyof RecordStores]: unknown };

/** All that happens to the records beside the pool tree; that of discovery too. */
export const RECORD_EVENTS = {
  ...ACCOUNT_EVENTS,
  ...VRF_EVENTS,
  ...VLAN_GROUP_EVENTS,
  ...VLAN_EVENTS,
};

/** The name of a store of records: `vlanGroups`. */
export type RecordsName = keyof RecordStores;

/** The name of a list of records: `vlan-groups`. */
export type RecordsList = (typeof RECORDS)[RecordsName]['list'];

/** What the events of a kind of record are about: `vlan`. */
export type RecordEntity = (typeof RECORDS)[RecordsName]['entity'];

/** What can be read of the records of each kind. */
export type RecordReaders = {
  readonly [Name in RecordsName]: Pick<
    RecordStores[Name],
    Extract<keyof RecordStores[Name], 'get' | 'getMany' | 'list'>
  >;
};

/** Writes the events of records. */
export const recordEvent: EventWriter<typeof RECORD_EVENTS> = eventsOf(RECORD_EVENTS);
