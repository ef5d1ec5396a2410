/** What begins a formula, also after blanks and in full width, as spreadsheets read it. */
const FORMULA = /^[\s\p{Cc}\p{Cf}=+\-@＝＋－＠]/u;

/** A cell as text. One that a spreadsheet would run as a formula gets an apostrophe in front. */
export function csvCell(value: unknown): string {
  const plain = value === null || value === undefined ? '' : value instanceof Date ? value.toISOString() : typeof value === 'object' ? JSON.stringify(value) : String(value as string);
  return FORMULA.test(plain) ? `'${plain}` : plain;
}
