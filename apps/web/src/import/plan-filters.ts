import type { Schemas } from '@cloudpam/api-client';

/** What of a plan is shown; what is empty narrows nothing. */
export interface PlanFilters {
  readonly action: Schemas['ImportAction'] | '';
  readonly entity: Schemas['ImportEntity'] | 'none' | '';
  readonly code: string;
  readonly text: string;
}

/** The rows that all filters let through, in their order. */
export function filteredRows(
  rows: readonly Schemas['ImportRow'][],
  { action, entity, code, text }: PlanFilters,
): readonly Schemas['ImportRow'][] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (action === '' && entity === '' && code === '' && words.length === 0) return rows;
  return rows.filter(
    (row) =>
      (action === '' || row.action === action) &&
      (entity === '' || (row.entity ?? 'none') === entity) &&
      (code === '' || row.code === code) &&
      (words.length === 0 || hasWords(row, words)),
  );
}

function hasWords(row: Schemas['ImportRow'], words: readonly string[]): boolean {
  const { label, cidr, vrf, file, column, detail } = row;
  const text = [label, cidr, vrf, `${file}:${row.line}`, column, detail].join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
}

/** The codes of rows, each with how often it is there, the most frequent first. */
export function codeCounts(
  rows: readonly Schemas['ImportRow'][],
): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { code } of rows) if (code !== null) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}
