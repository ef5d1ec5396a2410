import type { Schemas } from '@cloudpam/api-client';

const COLUMNS = [
  'file',
  'line',
  'column',
  'entity',
  'action',
  'code',
  'detail',
  'label',
  'vrf',
  'cidr',
  'id',
  'changes',
] as const satisfies readonly (keyof Schemas['ImportRow'])[];

/** What begins a formula, as spreadsheets read it. */
const FORMULA = /^[\s=+\-@]/;

/** The rows as CSV (RFC 4180). What a spreadsheet would run as a formula gets an apostrophe in front. */
export function reportCsv(rows: readonly Schemas['ImportRow'][]): string {
  const lines = rows.map((row) => COLUMNS.map((name) => cellOf(row[name])).join(','));
  return [COLUMNS.join(','), ...lines, ''].join('\r\n');
}

function cellOf(value: Schemas['ImportRow'][(typeof COLUMNS)[number]]): string {
  if (value === null) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const safe = typeof value === 'string' && FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** An answer with its rows as JSON. */
export function reportJson(
  answer: Schemas['ImportResult'],
  rows: readonly Schemas['ImportRow'][],
): string {
  const { format, plan, applied, tables, summary } = answer;
  const shown = tables.map(({ sample: _, ...table }) => table);
  return JSON.stringify({ format, plan, applied, summary, tables: shown, rows }, null, 2);
}
