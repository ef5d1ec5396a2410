import type { ImportEntity, ImportFormat } from '@cloudpam/import';
import { columnsOf, headerAmong, type Dialect, type TableKind } from '../tables/table-kind';
import { addresses, ranges } from './own-leaves';
import { accounts, vlanGroups, vlans, vrfs } from './own-records';
import { pools } from './own-pools';

const FORMAT: ImportFormat = 'cloudpam';

interface OwnTable {
  /** As the export calls it. */
  readonly name: string;
  /** Without these columns it is another table, or none of ours. */
  readonly signs: readonly string[];
  readonly fields: readonly string[];
  /** Columns that follow from the others, or are ids of another server. */
  readonly derived?: readonly string[];
  /** As in `TableKind`. */
  readonly order: number;
  readonly reader: TableKind['reader'];
}

/** Each has columns that no other has; they are looked for in this order. */
const TABLES: Readonly<Record<ImportEntity, OwnTable>> = {
  address: {
    name: 'addresses',
    signs: ['address', 'dns_name', 'role'],
    fields: [
      ...['address', 'name', 'status', 'role', 'dns_name', 'mac', 'vrf', 'vrf_rd', 'account'],
      ...['vrf_id', 'account_id', 'range_id', 'description', 'tags', 'expires_at'],
      ...['created_at', 'updated_at', 'version'],
    ],
    derived: ['id', 'pool_id', 'observed'],
    order: 1,
    reader: addresses,
  },
  range: {
    name: 'ranges',
    signs: ['start_address', 'end_address', 'purpose'],
    fields: [
      ...['start_address', 'end_address', 'name', 'purpose', 'counts_as_used', 'vrf', 'vrf_rd'],
      ...['account', 'vrf_id', 'account_id', 'description', 'tags'],
      ...['created_at', 'updated_at', 'version'],
    ],
    derived: ['id', 'pool_id', 'until', 'held_by'],
    order: 1,
    reader: ranges,
  },
  pool: {
    name: 'pools',
    signs: ['name', 'cidr', 'kind', 'status'],
    fields: [
      ...['cidr', 'name', 'kind', 'status', 'vrf', 'vrf_rd', 'account', 'vlan_group', 'vlan_vid'],
      ...['vrf_id', 'account_id', 'vlan_id', 'source', 'external_id', 'external_vpc', 'region'],
      ...['sync_status', 'last_sync_at', 'description', 'tags', 'expires_at', 'rules', 'key'],
      ...['key_request', 'created_at', 'updated_at', 'version'],
    ],
    derived: [
      ...['id', 'parent_id', 'family', 'provider'],
      ...['uncounted_hosts', 'used', 'total', 'child_count'],
    ],
    order: 1,
    reader: pools,
  },
  account: {
    name: 'accounts',
    signs: ['key', 'provider', 'external_id', 'name', 'version'],
    fields: [
      ...['id', 'key', 'name', 'provider', 'external_id', 'platform', 'tier', 'environment'],
      ...['regions', 'description', 'discovery_policy', 'discovery_interval'],
      ...['created_at', 'updated_at', 'version'],
    ],
    order: 0,
    reader: accounts,
  },
  vlan_group: {
    name: 'vlan-groups',
    signs: ['name', 'vid_ranges', 'version'],
    fields: [
      ...['name', 'vid_ranges', 'account', 'site', 'description'],
      ...['created_at', 'updated_at', 'version'],
    ],
    derived: ['id', 'vid_count', 'vlan_count', 'account_id'],
    // After the accounts, whose keys they name.
    order: 1,
    reader: vlanGroups,
  },
  vlan: {
    name: 'vlans',
    signs: ['vid', 'name', 'group', 'version'],
    fields: ['id', 'vid', 'name', 'group', 'description', 'created_at', 'updated_at', 'version'],
    derived: ['group_id'],
    order: 0,
    reader: vlans,
  },
  vrf: {
    name: 'vrfs',
    signs: ['name', 'rd', 'version'],
    fields: [
      ...['id', 'name', 'rd', 'reachability_domain', 'description'],
      ...['created_at', 'updated_at', 'version'],
    ],
    order: 0,
    reader: vrfs,
  },
};
const ENTITIES = Object.keys(TABLES) as readonly ImportEntity[]; // as its type says

/** Tables whose columns others may have too: they are of ours where they have one of these. */
const MAYBE_OTHERS: ReadonlySet<ImportEntity> = new Set(['pool', 'address', 'range']);
const OF_OURS = ['vrf_id', 'vrf_rd', 'parent_id', 'version'];

/** Tables of ours that are not read, by columns that they alone have. */
const NOT_READ = [
  {
    what: 'resources',
    signs: ['external_id', 'overlap_status'],
    detail: 'Discovered resources are not imported: a collector brings them.',
  },
  {
    what: 'audit',
    signs: ['timestamp', 'actor', 'action'],
    detail: 'The audit log is not imported: it tells what happened on the server that it is of.',
  },
] as const;

/** A table of our own export. */
export const ownExport: Dialect = (lines, file) =>
  headerAmong(lines, 1, (cells) => kindOf(cells, file));

function kindOf(cells: readonly string[], file: string): TableKind | undefined {
  const has = new Set(cells);
  const all = (signs: readonly string[]): boolean => signs.every((each) => has.has(each));
  for (const { what, signs, detail } of NOT_READ) {
    if (all(signs)) return notRead(what, detail);
  }
  for (const entity of ENTITIES) {
    const { name, signs, fields, derived = [], order, reader } = TABLES[entity];
    if (!all(signs)) continue;
    if (MAYBE_OTHERS.has(entity) && !OF_OURS.some((sign) => has.has(sign))) continue;
    if (entity === 'pool' && /(^|\/)blocks[^/]*$/i.test(file))
      return notRead('blocks', 'Blocks are not read: they are among the pools.');
    return {
      format: FORMAT,
      because: becauseOf(name),
      entity,
      order,
      fields,
      ...columnsOf(cells, (cell) =>
        fields.includes(cell) ? cell : derived.includes(cell) ? null : undefined,
      ),
      reader,
    };
  }
  return undefined;
}

function notRead(what: string, detail: string): TableKind {
  return {
    format: FORMAT,
    because: becauseOf(what),
    entity: null,
    columns: new Map(),
    fields: [],
    unknown: [],
    instead: { skip: 'not_kept', detail },
    reader: () => () => ({ label: '', item: { skip: 'not_kept', detail } }),
  };
}

function becauseOf(table: string): string {
  return `Its header has the columns of ${table} in our own export.`;
}
