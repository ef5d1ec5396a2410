import type { ImportMap, ImportTable } from '../api/import';

/** What a column of a table of pools can say. */
export const POOL_FIELDS: Readonly<Record<string, string>> = {
  cidr: 'CIDR',
  name: 'Name',
  vrf: 'VRF',
  kind: 'Kind',
  status: 'Status',
  role: 'Role',
  account: 'Account',
  tenant: 'Tenant',
  region: 'Region',
  vlan: 'VLAN',
  description: 'Description',
  expires_at: 'Expires',
  tags: 'Tags',
};

/** What people read for a field. */
export function fieldLabel(field: string): string {
  return POOL_FIELDS[field] ?? field;
}

/** The fields that a table can have, those of its own mapping included. */
export function fieldsOf({ entity, mapping }: ImportTable): readonly string[] {
  const own = Object.keys(mapping).filter((field) => !field.startsWith('tag:'));
  if (entity !== null && entity !== 'pool') return own;
  return [...new Set([...Object.keys(POOL_FIELDS), ...own])];
}

/** Which column says a field: as it was set, or as it was found; null for none. */
export function columnOf(table: ImportTable, map: ImportMap, field: string): string | null {
  const set = map.columns?.[field];
  if (set !== undefined && (set === null || table.columns.includes(set))) return set;
  return table.mapping[field] ?? null;
}

/** Has a column say a field. */
export function withColumn(map: ImportMap, field: string, column: string | null): ImportMap {
  return { ...map, columns: { ...map.columns, [field]: column } };
}

/** Has a column become a tag, or none. */
export function withTag(
  map: ImportMap,
  columns: readonly string[],
  column: string,
  isTag: boolean,
): ImportMap {
  const was = map.tags === 'all' ? columns : (map.tags ?? []);
  return { ...map, tags: [...was.filter((one) => one !== column), ...(isTag ? [column] : [])] };
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
  tables: readonly ImportTable[],
  map: ImportMap,
  field: string,
): readonly string[] {
  const words = tables.flatMap((table) => {
    const at = table.columns.indexOf(columnOf(table, map, field) ?? '');
    return at === -1 ? [] : table.sample.map((cells) => cells[at]?.trim() ?? '');
  });
  return [...new Set(words)].filter((word) => word !== '').sort();
}
