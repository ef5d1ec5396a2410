/** One field that an audit entry changed; a missing side means the field wasn't there. */
export interface DiffLine {
  readonly field: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

type Fields = Readonly<Record<string, unknown>> | null | undefined;

/** The fields that differ, in the order of the entry, nested objects as `tags.env`. */
export function diffLines(before: Fields, after: Fields): DiffLine[] {
  const left = flattened(before);
  const right = flattened(after);
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((field) => ({ field, before: left.get(field), after: right.get(field) }))
    .filter((line) => line.before !== line.after);
}

/** A change in a few words for a table cell: `cidr 10.0.0.0/16 → 10.0.0.0/17, +2 more`. */
export function diffSummary(lines: readonly DiffLine[]): string {
  const [first] = lines;
  if (!first) return 'nothing changed';
  const created = lines.every((line) => line.before === undefined);
  const removed = lines.every((line) => line.after === undefined);
  if (created || removed) {
    return ['cidr', 'name', 'key']
      .flatMap((field) => lines.find((line) => line.field === field) ?? [])
      .map((line) => (created ? line.after : line.before))
      .join(' · ');
  }
  const rest = lines.length > 1 ? `, +${lines.length - 1} more` : '';
  return `${first.field} ${first.before ?? '–'} → ${first.after ?? '–'}${rest}`;
}

function flattened(
  fields: Fields,
  prefix = '',
  into = new Map<string, string>(),
): Map<string, string> {
  for (const [name, value] of Object.entries(fields ?? {})) {
    if (value === undefined) continue;
    if (isFields(value)) flattened(value, `${prefix}${name}.`, into);
    else into.set(`${prefix}${name}`, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return into;
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
