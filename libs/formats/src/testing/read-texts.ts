import { formatCidr } from '@cloudpam/cidr';
import type { ImportRow, ImportSource } from '@cloudpam/import';
import { formatHost, formatSpan } from '@cloudpam/pools';
import { readImport } from '../read-import';
import type { ReadingOptions } from '../reading-options';

export const OPTIONS: ReadingOptions = {
  format: 'auto',
  map: {},
  fix: null,
  pause: () => Promise.resolve(),
  limit: 1_000,
};

/** Reads texts as files, by their names. */
export function readTexts(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: Partial<ReadingOptions> = {},
): Promise<ImportSource> {
  const given = Object.entries(files).map(([name, content]) => ({
    name,
    bytes: typeof content === 'string' ? Buffer.from(content) : content,
  }));
  return readImport(given, { ...OPTIONS, ...options });
}

/** The rows of a text as `shown` has them. */
export async function rowsOf(
  files: string | Readonly<Record<string, string | Uint8Array>>,
  options: Partial<ReadingOptions> = {},
): Promise<string[]> {
  const source = await readTexts(typeof files === 'string' ? { 'a.csv': files } : files, options);
  return source.rows.map(shown);
}

/** A row in one line: its place, and what it says. */
export function shown({ table, line, item }: ImportRow): string {
  const place = `${table}:${line}`;
  if ('skip' in item) return `${place} skip ${item.skip}`;
  if ('error' in item) return `${place} error ${item.error} ${item.field ?? '-'}`;
  const parts: (string | null | undefined)[] = [place, item.entity];
  if (!('vrf' in item)) return [...parts, json(item.set), json(item.history)].join(' ').trim();
  if (item.entity === 'pool') parts.push(formatCidr(item.cidr));
  else parts.push(item.entity === 'range' ? formatSpan(item.span) : formatHost(item.cidr));
  if (item.vrf) parts.push(`vrf=${item.vrf.name ?? ''}(${item.vrf.rd ?? ''})`);
  parts.push(json(item.set), `fresh=${Object.values(item.fresh).join('/')}`);
  if (item.account !== undefined) parts.push(`account=${item.account ?? 'none'}`);
  if (item.entity === 'pool') {
    if (item.vlan) parts.push(`vlan=${json(Object.values(item.vlan))}`);
    if (item.vlan === null) parts.push('vlan=none');
  }
  parts.push(`${item.tags.are}=${json(item.tags.values)}`);
  if (item.sourceId) parts.push(`${item.sourceId.system}:${item.sourceId.id}`);
  if (item.entity === 'pool') {
    if (item.fixedFrom !== undefined) parts.push(`from=${item.fixedFrom}`);
    parts.push(json(item.cloud));
  }
  parts.push(json(item.history));
  return parts.filter(Boolean).join(' ');
}

function json(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value);
}
