import type { Schemas } from '@cloudpam/api-client';
import type { ImportMap } from '../api/import';

/** What people read for a field; one that is not here is called as on the wire. */
const FIELD_LABELS: Readonly<Record<string, string>> = {
  cidr: 'CIDR',
  address: 'Address',
  mask: 'Mask',
  prefix_length: 'Prefix length',
  first: 'First address',
  last: 'Last address',
  name: 'Name',
  description: 'Description',
  vrf: 'VRF',
  vrf_rd: 'Route distinguisher',
  vlan: 'VLAN number',
  vlan_name: 'VLAN name',
  vlan_group: 'VLAN group',
  vid_ranges: 'VLAN ids',
  status: 'Status',
  kind: 'Kind',
  role: 'Role',
  site: 'Site',
  tenant: 'Tenant',
  account: 'Account',
  region: 'Region',
  source_id: 'Id elsewhere',
  scope: 'Scope',
  scope_type: 'Type of scope',
  rir: 'RIR',
  tags: 'Tags',
};

/** What people read for a field. */
export function fieldLabel(field: string): string {
  return FIELD_LABELS[field] ?? field;
}

/** The fields that a table can have; of a format that is known those that it has. */
export function fieldsOf({ format, fields, mapping }: Schemas['ImportTable']): readonly string[] {
  if (format === 'spreadsheet') return fields;
  return Object.keys(mapping).filter((field) => !field.startsWith('tag:'));
}

/** Which column says a field: as it was set, or as it was found; null for none. */
export function columnOf(
  table: Schemas['ImportTable'],
  map: ImportMap,
  field: string,
): string | null {
  const set = map.columns?.[field];
  if (set !== undefined && (set === null || table.columns.includes(set))) return set;
  return table.mapping[field] ?? null;
}

/** Has a column say a field. */
export function withColumn(map: ImportMap, field: string, column: string | null): ImportMap {
  return { ...map, columns: { ...map.columns, [field]: column } };
}

/**
 * Has columns become tags, or none.
 * @param everyUnknown the columns without a meaning of all tables, which a map can mean by `all`
 */
export function withTags(
  map: ImportMap,
  everyUnknown: readonly string[],
  columns: readonly string[],
  areTags: boolean,
): ImportMap {
  const was = map.tags === 'all' ? everyUnknown : (map.tags ?? []);
  const others = was.filter((one) => !columns.includes(one));
  return { ...map, tags: areTags ? [...others, ...columns] : others };
}

/** Whether a column without a meaning becomes a tag. */
export function isTag({ tags }: ImportMap, column: string): boolean {
  return tags === 'all' || (tags?.includes(column) ?? false);
}

type Words = NonNullable<ImportMap['words']>;

/** Has a word of the files mean something; with undefined, what it usually means. */
export function withWord<Kind extends keyof Words>(
  map: ImportMap,
  kind: Kind,
  word: string,
  meaning: NonNullable<Words[Kind]>[string] | undefined,
): ImportMap {
  const { [word]: _, ...others } = (map.words?.[kind] ?? {}) as Record<string, unknown>;
  const words = meaning === undefined ? others : { ...others, [word]: meaning };
  return { ...map, words: { ...map.words, [kind]: words } };
}

/** The words that the first rows of tables have in a column, without those that are set. */
export function sampleWords(
  tables: readonly Schemas['ImportTable'][],
  map: ImportMap,
  field: string,
): readonly string[] {
  const words = tables.flatMap((table) => {
    const at = table.columns.indexOf(columnOf(table, map, field) ?? '');
    return at === -1 ? [] : table.sample.map((cells) => cells[at]?.trim() ?? '');
  });
  return [...new Set(words)].filter((word) => word !== '').sort();
}
