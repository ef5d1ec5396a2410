import type { ImportFormat } from '@cloudpam/import';
import { foldWord } from '../text/fold-word';
import type { Reading } from '../rows/reading';
import type { Row } from '../rows/row';
import { leftOut } from '../tables/left-out';
import {
  columnsOf,
  headerAmong,
  type Dialect,
  type ReadItem,
  type TableKind,
} from '../tables/table-kind';
import { exportedVrf, orNone } from './cells';
import {
  aggregates,
  ipAddressReader,
  ipRangeReader,
  prefixReader,
  vlanGroups,
  vlans,
  vrfs,
} from './csv-readers';
import { NetboxNames } from './netbox-names';
import { NOT_KEPT, type NotKept } from './not-kept';
import { HEADERS, LEAF_STATUSES, STATUSES } from './words';

type Header = typeof HEADERS extends ReadonlyMap<string, infer Meaning> ? Meaning : never;

const FORMAT: ImportFormat = 'netbox_export';

/** Columns that follow from the rest, or say nothing of a network. */
const DERIVED = [
  'prefix_flat',
  'utilization',
  'children',
  'depth',
  'created',
  'updated',
  'prefixes',
  'assigned',
  'size',
];

/** The header of a table as NetBox exports it, in any of its languages. */
export const netboxExport: Dialect = (lines) =>
  headerAmong(lines, 1, (cells) => {
    const headers = cells.map((cell) => HEADERS.get(foldWord(cell)));
    return kindOf(cells, headers) ?? allDataByPlace(cells, lines[1]?.cells);
  });

/** In a language without words here: the columns of "All data" stand where they always do. */
const ALL_DATA: readonly Header[] = [
  ...(['prefix', 'status', 'children', 'vrf', 'utilization', 'tenant', 'scope', 'vlan'] as const),
  ...(['role', 'description', 'id', 'prefix_flat', 'tenant_group', 'scope_type'] as const),
  ...(['vlan_group', 'pool', 'marked_utilized', 'contacts', 'comments', 'tags'] as const),
];

function allDataByPlace(
  cells: readonly string[],
  first: readonly string[] | undefined,
): TableKind | undefined {
  const at = ALL_DATA.indexOf('prefix_flat');
  if (cells.length < ALL_DATA.length || !first?.[0]?.includes('/') || first[0] !== first[at])
    return undefined;
  return kindOf(cells, ALL_DATA);
}

function kindOf(
  cells: readonly string[],
  headers: readonly (Header | undefined)[],
): TableKind | undefined {
  const has = new Set(headers);
  const all = (...these: Header[]): boolean => these.every((each) => has.has(each));
  const some = (least: number, ...these: Header[]): boolean =>
    these.filter((each) => has.has(each)).length >= least;
  const table = (
    what: string,
    fields: Readonly<Partial<Record<Header, string>>>,
    rest: Pick<TableKind, 'entity' | 'reader' | 'order'>,
  ): TableKind => ({
    format: FORMAT,
    because: `Its header has the columns of ${what} as NetBox exports them.`,
    fields: Object.values(fields),
    ...columnsOf(cells, (_cell, at) => {
      const header = headers[at];
      if (header === undefined) return undefined;
      return fields[header] ?? (DERIVED.includes(header) ? null : undefined);
    }),
    ...rest,
  });
  const left = (kept: NotKept, label: Header): TableKind =>
    table(kept.what, { [label]: label }, { entity: null, reader: leftOut(kept, label) });

  if (all('aggregate', 'rir') && !has.has('private'))
    return table('aggregates', AGGREGATE_FIELDS, { entity: 'pool', reader: aggregates, order: 2 });
  if (all('vid', 'name')) return table('VLANs', VLAN_FIELDS, { entity: 'vlan', reader: vlans });
  if (all('name', 'rd'))
    return table('VRFs', VRF_FIELDS, { entity: 'vrf', reader: vrfs, order: 0 });
  if (all('start', 'end'))
    return table('IP ranges', RANGE_FIELDS, { entity: 'range', reader: ranges });
  if (has.has('address') && some(2, 'status', 'vrf', 'tenant', 'assigned', 'role'))
    return table('IP addresses', ADDRESS_FIELDS, { entity: 'address', reader: addresses });
  if (all('prefix') && some(2, 'status', 'vrf', 'utilization', 'scope', 'role', 'tenant', 'vlan'))
    return table('prefixes', PREFIX_FIELDS, { entity: 'pool', reader: prefixes });
  if (!has.has('name')) return undefined;
  if (some(1, 'vid_ranges', 'total_vids') || all('scope_type', 'vlans'))
    return table('VLAN groups', VLAN_GROUP_FIELDS, { entity: 'vlan_group', reader: vlanGroups });
  if (has.has('color') && some(1, 'slug', 'items'))
    return table('tags', { name: 'name' }, { entity: null, reader: tags, order: 0 });
  if (has.has('private')) return left(NOT_KEPT.rirs, 'name');
  if (all('facility') || all('region', 'status') || has.has('time_zone'))
    return left(NOT_KEPT.sites, 'name');
  if (has.has('weight') || all('prefixes', 'vlans')) return left(NOT_KEPT.roles, 'name');
  if (has.has('slug') || (has.size === 3 && all('group', 'description')))
    return left(NOT_KEPT.tenants, 'name');
  return undefined;
}

const PREFIX_FIELDS = {
  prefix: 'cidr',
  status: 'status',
  vrf: 'vrf',
  tenant: 'tenant',
  scope: 'scope',
  site: 'site',
  scope_type: 'scope_type',
  vlan: 'vlan',
  vlan_group: 'vlan_group',
  role: 'role',
  description: 'description',
  tags: 'tags',
  id: 'source_id',
} as const;
/** What addresses and ranges have both. */
const LEAF_FIELDS = {
  status: 'status',
  vrf: 'vrf',
  tenant: 'tenant',
  role: 'role',
  description: 'description',
  tags: 'tags',
  id: 'source_id',
} as const;
const ADDRESS_FIELDS = {
  ...LEAF_FIELDS,
  address: 'address',
  dns_name: 'dns_name',
  interface: 'interface',
  parent: 'device',
} as const;
const RANGE_FIELDS = {
  ...LEAF_FIELDS,
  start: 'start_address',
  end: 'end_address',
  marked_utilized: 'mark_utilized',
  marked_populated: 'mark_populated',
} as const;
const AGGREGATE_FIELDS = {
  aggregate: 'cidr',
  rir: 'rir',
  tenant: 'tenant',
  description: 'description',
  tags: 'tags',
} as const;
const VLAN_FIELDS = {
  vid: 'vid',
  name: 'name',
  group: 'group',
  site: 'site',
  description: 'description',
} as const;
const VLAN_GROUP_FIELDS = {
  name: 'name',
  vid_ranges: 'vid_ranges',
  scope: 'scope',
  description: 'description',
} as const;
const VRF_FIELDS = { name: 'name', rd: 'rd', description: 'description' } as const;

/** How an export says what is another cell in an import file. */
const prefixes = prefixReader({
  status: (word) => STATUSES.get(foldWord(word)),
  vrf: (row, reading) => exportedVrf(row.text('vrf'), reading),
  vlanGroup: (row) => orNone(row.text('vlan_group')),
});

const leafCells = {
  status: (word: string) => LEAF_STATUSES.get(foldWord(word)),
  vrf: (row: Row, reading: Reading) => exportedVrf(row.text('vrf'), reading),
};
const addresses = ipAddressReader(leafCells);
const ranges = ipRangeReader(leafCells);

function tags(row: Row, reading: Reading): () => ReadItem {
  const names = reading.shared(NetboxNames);
  const read = leftOut(NOT_KEPT.tags, 'name')(row, reading);
  return () => {
    names.addTag(row.get('name') ?? '');
    return read();
  };
}
