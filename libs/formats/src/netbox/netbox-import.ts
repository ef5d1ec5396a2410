import type { ImportFormat } from '@cloudpam/import';
import { vidOf } from '../rows/pool-parts';
import type { Reading } from '../rows/reading';
import type { Row } from '../rows/row';
import {
  columnsOf,
  headerAmong,
  type Dialect,
  type ReadItem,
  type TableKind,
} from '../tables/table-kind';
import { importedVrf, tagNames, vlanNamed } from './cells';
import { leftOut, NOT_KEPT, type NotKept } from './not-kept';
import { poolOfAggregate, poolOfPrefix, vlanOf, vrfOf, type Status } from './records';

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
  if (all('start_address', 'end_address')) return left(NOT_KEPT.ranges, 'start_address');
  if (has.has('address') && some('status', 'vrf', 'dns_name', 'tenant', 'is_primary'))
    return left(NOT_KEPT.addresses, 'address');
  if (!has.has('name')) return undefined;
  if (has.has('vid')) return table('VLANs', VLAN_FIELDS, { entity: 'vlan', reader: vlans });
  if (has.has('rd')) return table('VRFs', VRF_FIELDS, { entity: 'vrf', reader: vrfs, order: 0 });
  if (!has.has('slug')) return undefined;
  if (has.has('color')) return left(NOT_KEPT.tags, 'name');
  if (has.has('is_private')) return left(NOT_KEPT.rirs, 'name');
  if (has.has('weight')) return left(NOT_KEPT.roles, 'name');
  if (some('vid_ranges', 'min_vid', 'scope_type')) return left(NOT_KEPT.vlanGroups, 'name');
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
const VRF_FIELDS: Readonly<Record<string, string>> = {
  name: 'name',
  rd: 'rd',
  description: 'description',
};

const STATUSES: readonly string[] = ['container', 'active', 'reserved', 'deprecated'];

/** By its value, as NetBox takes it and its API says it. */
export function statusValue(word: string): Status | undefined {
  const value = word.toLowerCase();
  // One of the list is one of the type.
  return STATUSES.includes(value) ? (value as Status) : undefined;
}

/** The tag that a place becomes: a site, or what else can be the scope of a prefix. */
export function placeKey(scopeType: string | null): 'site' | 'scope' {
  return scopeType === null || /(^|\.)site$/i.test(scopeType) ? 'site' : 'scope';
}

function prefixes(row: Row, reading: Reading): () => ReadItem {
  return () => {
    const prefix = row.get('cidr') ?? '';
    const site = row.text('site');
    const group = row.text('vlan_group') ?? row.text('vlan_site') ?? site;
    return {
      label: prefix,
      item: poolOfPrefix(
        {
          prefix,
          status: row.text('status'),
          vrf: importedVrf(row.text('vrf'), row.text('vrf_rd'), reading),
          tenant: row.text('tenant'),
          place: {
            key: site === null ? placeKey(row.text('scope_type')) : 'site',
            name: site ?? row.text('scope'),
          },
          vlan: row.has('vlan') ? vlanNamed(row.text('vlan'), group, reading) : undefined,
          role: row.text('role'),
          description: row.text('description'),
          tags: tagNames(row.text('tags'), reading),
          id: row.text('source_id'),
          asked: row.tags(),
        },
        statusValue,
        reading,
      ),
    };
  };
}

function aggregates(row: Row, reading: Reading): () => ReadItem {
  return () => {
    const prefix = row.get('cidr') ?? '';
    return {
      label: prefix,
      item: poolOfAggregate(
        {
          prefix,
          rir: row.text('rir'),
          tenant: row.text('tenant'),
          description: row.text('description'),
          tags: tagNames(row.text('tags'), reading),
          asked: row.tags(),
        },
        reading,
      ),
    };
  };
}

function vlans(row: Row): () => ReadItem {
  return () =>
    vlanOf(
      vidOf(row.get('vid') ?? '', 'vid'),
      row.text('name'),
      row.text('group') ?? row.text('site'),
      row.get('description'),
    );
}

function vrfs(row: Row): () => ReadItem {
  return () =>
    vrfOf(row.text('name'), row.has('rd') ? row.text('rd') : undefined, row.get('description'));
}
