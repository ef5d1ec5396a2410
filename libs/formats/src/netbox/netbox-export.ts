import type { ImportFormat } from '@cloudpam/import';
import { foldWord } from '../text/fold-word';
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
import { exportedVrf, orNone, tagNames, vlanNamed } from './cells';
import { NetboxNames } from './netbox-names';
import { placeKey } from './netbox-import';
import { leftOut, NOT_KEPT, type NotKept } from './not-kept';
import { poolOfAggregate, poolOfPrefix, vlanOf, vrfOf, type Status } from './records';
import { HEADERS, STATUSES } from './words';

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
  if (all('start', 'end')) return left(NOT_KEPT.ranges, 'start');
  if (has.has('address') && some(2, 'status', 'vrf', 'tenant', 'assigned', 'role'))
    return left(NOT_KEPT.addresses, 'address');
  if (all('prefix') && some(2, 'status', 'vrf', 'utilization', 'scope', 'role', 'tenant', 'vlan'))
    return table('prefixes', PREFIX_FIELDS, { entity: 'pool', reader: prefixes });
  if (!has.has('name')) return undefined;
  if (some(1, 'vid_ranges', 'total_vids') || all('scope_type', 'vlans'))
    return left(NOT_KEPT.vlanGroups, 'name');
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
const VRF_FIELDS = { name: 'name', rd: 'rd', description: 'description' } as const;

function statusWord(word: string): Status | undefined {
  return STATUSES.get(foldWord(word));
}

function prefixes(row: Row, reading: Reading): () => ReadItem {
  return () => {
    const prefix = row.get('cidr') ?? '';
    const site = orNone(row.text('site'));
    const group = orNone(row.text('vlan_group'));
    return {
      label: prefix,
      item: poolOfPrefix(
        {
          prefix,
          status: orNone(row.text('status')),
          vrf: exportedVrf(row.text('vrf'), reading),
          tenant: orNone(row.text('tenant')),
          place: {
            key: site === null ? placeKey(row.text('scope_type')) : 'site',
            name: site ?? orNone(row.text('scope')),
          },
          vlan: row.has('vlan') ? vlanNamed(row.text('vlan'), group, reading) : undefined,
          role: orNone(row.text('role')),
          description: orNone(row.text('description')),
          tags: tagNames(row.text('tags'), reading),
          id: row.text('source_id'),
          asked: row.tags(),
        },
        statusWord,
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
          rir: orNone(row.text('rir')),
          tenant: orNone(row.text('tenant')),
          description: orNone(row.text('description')),
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
      orNone(row.text('group')) ?? orNone(row.text('site')),
      row.get('description'),
    );
}

function vrfs(row: Row, reading: Reading): () => ReadItem {
  return () => {
    const name = row.text('name');
    const rd = orNone(row.text('rd'));
    const read = vrfOf(name, row.has('rd') ? rd : undefined, row.get('description'));
    if (name !== null)
      reading
        .shared(NetboxNames)
        .vrfs.set(rd === null ? name : `${name} (${rd})`, reading.interned.vrf(name, rd));
    return read;
  };
}

function tags(row: Row, reading: Reading): () => ReadItem {
  const names = reading.shared(NetboxNames);
  const read = leftOut(NOT_KEPT.tags, 'name')(row, reading);
  return () => {
    names.tags.add(row.get('name') ?? '');
    return read();
  };
}
