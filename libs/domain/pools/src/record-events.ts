import {
  eventsOf,
  eventType,
  type Change,
  type Changed,
  type Created,
  type Deleted,
  type EventState,
  type EventWriter,
  type Facts,
  type NewAuditEntry,
  type Place,
} from '@cloudpam/audit';
import type { DiscoveryPolicy } from './account';
import type { Provider } from '@cloudpam/clouds';

/** An account's facts as its events tell them, in version 1. */
export type AccountFacts = {
  readonly key: string;
  readonly name: string;
  readonly provider: Provider;
  readonly external_id: string;
  readonly platform: string | null;
  readonly tier: string | null;
  readonly environment: string | null;
  readonly regions: readonly string[];
  readonly description: string;
  readonly discovery_policy: DiscoveryPolicy | null;
  /** Seconds */
  readonly discovery_interval: number | null;
};

/** What the event of an account tells that discovery has met: the rest is empty. */
type DiscoveredAccountFacts = Pick<AccountFacts, 'key' | 'name' | 'provider' | 'external_id'>;

/** A VRF's facts as its events tell them, in version 1. */
export type VrfFacts = {
  readonly name: string;
  readonly rd: string | null;
  readonly description: string;
};

/** A VLAN's facts as its events tell them, in version 1. */
export type VlanFacts = {
  readonly vid: number;
  readonly name: string;
  readonly group: string;
  readonly description: string;
};

/** All that happens to one kind of record. */
function recordEventTypes<F extends Facts, MadeFacts extends Facts = F>() {
  return {
    create: eventType<Created<MadeFacts>, Place | null>(),
    update: eventType<Changed<F>, Place | null>(),
    delete: eventType<Deleted<F>, Place | null>(),
  };
}

const [account, vrf, vlan] = [
  recordEventTypes<AccountFacts, AccountFacts | DiscoveredAccountFacts>(),
  recordEventTypes<VrfFacts>(),
  recordEventTypes<VlanFacts>(),
];

/** All that happens to the records beside the pool tree; that of discovery too. */
export const RECORD_EVENTS = {
  'account.create': account.create,
  'account.update': account.update,
  'account.delete': account.delete,
  'vrf.create': vrf.create,
  'vrf.update': vrf.update,
  'vrf.delete': vrf.delete,
  'vlan.create': vlan.create,
  'vlan.update': vlan.update,
  'vlan.delete': vlan.delete,
};

/** Writes the events of accounts, VRFs and VLANs. */
export const recordEvent: EventWriter<typeof RECORD_EVENTS> = eventsOf(RECORD_EVENTS);

/** Writes the events of one type. */
type WriteEvent<State extends EventState> = (
  change: Change,
  id: number,
  told: State & { readonly place: Place | null },
) => NewAuditEntry;

/** How a kind of record tells of itself. */
export interface RecordEvents<F extends Facts> {
  readonly create: WriteEvent<Created<F>>;
  readonly update: WriteEvent<Changed<F>>;
  readonly delete: WriteEvent<Deleted<F>>;
}

export const ACCOUNT_EVENTS: RecordEvents<AccountFacts> = {
  create: (change, id, told) => recordEvent(change, 'account.create', id, told),
  update: (change, id, told) => recordEvent(change, 'account.update', id, told),
  delete: (change, id, told) => recordEvent(change, 'account.delete', id, told),
};

export const VRF_EVENTS: RecordEvents<VrfFacts> = {
  create: (change, id, told) => recordEvent(change, 'vrf.create', id, told),
  update: (change, id, told) => recordEvent(change, 'vrf.update', id, told),
  delete: (change, id, told) => recordEvent(change, 'vrf.delete', id, told),
};

export const VLAN_EVENTS: RecordEvents<VlanFacts> = {
  create: (change, id, told) => recordEvent(change, 'vlan.create', id, told),
  update: (change, id, told) => recordEvent(change, 'vlan.update', id, told),
  delete: (change, id, told) => recordEvent(change, 'vlan.delete', id, told),
};
