/** What a field holds while it is edited. */
export type FieldValue = string | number | readonly string[];
export type RecordForm = Readonly<Record<string, FieldValue>>;
/** What is sent of it. */
export type RecordBody = Readonly<Record<string, FieldValue | null>>;

/** How a field is edited; of `id` the choices are ids. */
export type FieldType = 'text' | 'texts' | 'number' | 'choice' | 'id';

interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly nullable?: boolean;
}

/** A form with nothing filled in. */
export function emptyForm(fields: readonly Field[]): RecordForm {
  return Object.fromEntries(fields.map((field) => [field.name, field.type === 'texts' ? [] : '']));
}

/** A form with what the record has; null is empty. */
export function recordForm(fields: readonly Field[], record: unknown): RecordForm {
  const values = new Map<string, FieldValue | null>(Object.entries(record ?? {}));
  return Object.fromEntries(
    fields.map(({ name, type }) => [name, values.get(name) ?? (type === 'texts' ? [] : '')]),
  );
}

/** What to send for a new record: what is empty is left out. */
export function filledForm(fields: readonly Field[], form: RecordForm): RecordBody {
  return Object.fromEntries(
    fields
      .map(({ name }) => [name, trimmed(form[name] ?? '')] as const)
      .filter(([, value]) => value !== '' && !isEmptyList(value)),
  );
}

/** What to send for a changed record: what differs; an emptied nullable field is null. */
export function changedFields(
  fields: readonly Field[],
  before: RecordForm,
  form: RecordForm,
): RecordBody {
  return Object.fromEntries(
    fields
      .filter(
        ({ name }) =>
          JSON.stringify(trimmed(form[name] ?? '')) !== JSON.stringify(before[name] ?? ''),
      )
      .map(({ name, nullable }) => {
        const value = trimmed(form[name] ?? '');
        return [name, value === '' && nullable ? null : value];
      }),
  );
}

function trimmed(value: FieldValue): FieldValue {
  return typeof value === 'string' ? value.trim() : value;
}

function isEmptyList(value: FieldValue): boolean {
  return Array.isArray(value) && value.length === 0;
}
