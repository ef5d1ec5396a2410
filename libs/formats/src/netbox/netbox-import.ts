import type { ImportFormat } from '@cloudpam/import';
import { leftOut } from '../tables/left-out';
import { columnsOf, headerAmong, type Dialect, type TableKind } from '../tables/table-kind';
import { importedVrf, leafStatusValue, statusValue } from './cells';
import {
  aggregates,
  ipAddressReader,
  ipRangeReader,
  prefixReader,
  vlanGroups,
  vlans,
  vrfs,
} from './csv-readers';
import { NOT_KEPT, type NotKept } from './not-kept';

const FORMAT: ImportFormat = 'netbox';

/** The header of a table as NetBox takes it: the names of fields, in lower case. */
export const netboxImport: Dialect = (lines) =>
  headerAmong(lines, 1, (cells) => kindOf(cells.map((cell) => cell.trim())));

function kindOf(cells: readonly string[]): TableKind | undefined {
  if (cells.some((cell) => cell !== '' && !/^[a-z\d_.]+$/.test(cell) && !cell.startsWith('cf_')))
    return undefined;
  const has = new Set(cells);
  const all = (...these: string[]): boolean => these.every((each) => has.has(each));
  const some = (...these: string[]): boolean => these.some((each) => has.has(each));
  const table = (
    what: string,
    fields: Readonly<Record<string, string>>,
    rest: Pick<TableKind, 'entity' | 'reader' | 'order'>,
  ): TableKind => ({
    format: FORMAT,
    because: `Its header has the columns of ${what} in a NetBox import file.`,
    fields: Object.values(fields),
    ...columnsOf(cells, (cell) => (Object.hasOwn(fields, cell) ? fields[cell] : undefined)),
    ...rest,
  });
  const left = (kept: NotKept, label: string): TableKind =>
    table(kept.what, { [label]: label }, { entity: null, reader: leftOut(kept, label) });

  // Our own export has these too, and tells when it was written.
  if (all('version', 'created_at')) return undefined;
  if (all('prefix', 'rir'))
    return table('aggregates', AGGREGATE_FIELDS, { entity: 'pool', reader: aggregates, order: 2 });
  if (has.has('prefix') && some(...PREFIX_SIGNS))
    return table('prefixes', PREFIX_FIELDS, { entity: 'pool', reader: prefixes });
  if (all('start_address', 'end_address'))
    return table('IP ranges', RANGE_FIELDS, { entity: 'range', reader: ranges });
  if (has.has('address') && some('status', 'vrf', 'dns_name', 'tenant', 'is_primary'))
    return table('IP addresses', ADDRESS_FIELDS, { entity: 'address', reader: addresses });
  if (!has.has('name')) return undefined;
  if (has.has('vid')) return table('VLANs', VLAN_FIELDS, { entity: 'vlan', reader: vlans });
  if (has.has('rd')) return table('VRFs', VRF_FIELDS, { entity: 'vrf', reader: vrfs, order: 0 });
  if (!has.has('slug')) return undefined;
  if (has.has('color')) return left(NOT_KEPT.tags, 'name');
  if (has.has('is_private')) return left(NOT_KEPT.rirs, 'name');
  if (has.has('weight')) return left(NOT_KEPT.roles, 'name');
  if (some('vid_ranges', 'min_vid', 'scope_type'))
    return table('VLAN groups', VLAN_GROUP_FIELDS, { entity: 'vlan_group', reader: vlanGroups });
  if (some('status', 'facility', 'time_zone')) return left(NOT_KEPT.sites, 'name');
  return left(NOT_KEPT.tenants, 'name');
}

/** With one of these a table with a column `prefix` is of NetBox, and no spreadsheet. */
const PREFIX_SIGNS = [
  ...['status', 'vrf', 'vrf.rd', 'vrf.name', 'vlan_group', 'vlan_site', 'vlan.vid', 'scope_type'],
  ...['scope_name', 'scope_id', 'is_pool', 'mark_utilized', 'tenant', 'role', 'site'],
];
const PREFIX_FIELDS: Readonly<Record<string, string>> = {
  id: 'source_id',
  prefix: 'cidr',
  status: 'status',
  vrf: 'vrf',
  'vrf.name': 'vrf',
  'vrf.rd': 'vrf_rd',
  'vrf.id': 'vrf_id',
  tenant: 'tenant',
  'tenant.name': 'tenant',
  site: 'site',
  'site.name': 'site',
  scope_type: 'scope_type',
  scope_name: 'scope',
  vlan: 'vlan',
  'vlan.vid': 'vlan',
  vlan_group: 'vlan_group',
  'vlan_group.name': 'vlan_group',
  vlan_site: 'vlan_site',
  'vlan_site.name': 'vlan_site',
  role: 'role',
  'role.name': 'role',
  description: 'description',
  tags: 'tags',
};
/** What addresses and ranges have both. */
const LEAF_FIELDS: Readonly<Record<string, string>> = {
  id: 'source_id',
  status: 'status',
  vrf: 'vrf',
  'vrf.name': 'vrf',
  'vrf.rd': 'vrf_rd',
  'vrf.id': 'vrf_id',
  tenant: 'tenant',
  'tenant.name': 'tenant',
  role: 'role',
  'role.name': 'role',
  description: 'description',
  tags: 'tags',
};
const ADDRESS_FIELDS: Readonly<Record<string, string>> = {
  ...LEAF_FIELDS,
  address: 'address',
  dns_name: 'dns_name',
  device: 'device',
  'device.name': 'device',
  virtual_machine: 'virtual_machine',
  'virtual_machine.name': 'virtual_machine',
  interface: 'interface',
  'interface.name': 'interface',
};
const RANGE_FIELDS: Readonly<Record<string, string>> = {
  ...LEAF_FIELDS,
  start_address: 'start_address',
  end_address: 'end_address',
  mark_utilized: 'mark_utilized',
  mark_populated: 'mark_populated',
};
const AGGREGATE_FIELDS: Readonly<Record<string, string>> = {
  prefix: 'cidr',
  rir: 'rir',
  tenant: 'tenant',
  description: 'description',
  tags: 'tags',
};
const VLAN_FIELDS: Readonly<Record<string, string>> = {
  vid: 'vid',
  name: 'name',
  group: 'group',
  'group.name': 'group',
  site: 'site',
  'site.name': 'site',
  description: 'description',
};
const VLAN_GROUP_FIELDS: Readonly<Record<string, string>> = {
  name: 'name',
  vid_ranges: 'vid_ranges',
  min_vid: 'min_vid',
  max_vid: 'max_vid',
  scope_name: 'scope',
  description: 'description',
};
const VRF_FIELDS: Readonly<Record<string, string>> = {
  name: 'name',
  rd: 'rd',
  description: 'description',
};

/** How an import file says what is another cell in an export. */
const prefixes = prefixReader({
  status: statusValue,
  vrf: importedVrf,
  vlanGroup: (row) => row.text('vlan_group') ?? row.text('vlan_site') ?? row.text('site'),
});
const leafCells = { status: leafStatusValue, vrf: importedVrf };
const addresses = ipAddressReader(leafCells);
const ranges = ipRangeReader(leafCells);
