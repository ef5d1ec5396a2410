import type { Schemas } from '@cloudpam/api-client';

/** What keys of queries begin with that read something which events tell of. */
type QueryRoot =
  | 'accounts'
  | 'addresses'
  | 'analysis'
  | 'audit'
  | 'dashboard'
  | 'digests'
  | 'discovery'
  | 'forecasts'
  | 'import-maps'
  | 'me'
  | 'pools'
  | 'ranges'
  | 'regions'
  | 'search'
  | 'tokens'
  | 'users'
  | 'vlan-groups'
  | 'vlans'
  | 'vrfs'
  | 'webhooks';

/** Of any event: the trail itself, and the first page, which ends with the last changes. */
const ALWAYS: readonly QueryRoot[] = ['audit', 'dashboard'];

/** What shows something of each kind of entity, by its name or by what is counted of it. */
const TOUCHED: { readonly [Entity in Schemas['EntityType']]: readonly QueryRoot[] } = {
  pool: [
    'pools',
    'addresses',
    'ranges',
    'discovery',
    'forecasts',
    'analysis',
    'accounts',
    'vrfs',
    'vlans',
    'search',
    'regions',
  ],
  address: ['addresses', 'pools', 'ranges', 'discovery', 'search'],
  range: ['ranges', 'addresses', 'pools', 'forecasts', 'search'],
  resource: ['discovery', 'pools', 'addresses', 'search'],
  account: ['accounts', 'pools', 'discovery', 'search', 'regions'],
  vrf: ['vrfs', 'pools', 'addresses', 'analysis', 'search'],
  vlan_group: ['vlan-groups', 'vlans', 'search'],
  vlan: ['vlans', 'vlan-groups', 'pools', 'search'],
  job: ['discovery', 'accounts'],
  network: ['discovery', 'pools'],
  scope: ['discovery', 'pools', 'addresses', 'accounts'],
  token: ['tokens'],
  user: ['users', 'me'],
  import_map: ['import-maps'],
  digest: ['digests'],
  finding: ['discovery'],
  lease: ['pools', 'addresses', 'ranges', 'discovery'],
  webhook: ['webhooks', 'discovery'],
};

/** The roots of the keys of all queries that may show something else after these events. */
export function touchedBy(entities: ReadonlySet<Schemas['EntityType']>): ReadonlySet<string> {
  // A server that is newer than this page may tell of what it does not know.
  return new Set([...ALWAYS, ...[...entities].flatMap((each) => TOUCHED[each] ?? [])]);
}
