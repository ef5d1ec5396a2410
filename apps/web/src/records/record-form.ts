import { localText, momentOf } from '../format/local-time';

/** Tags by key. */
export type FieldTags = Readonly<Record<string, string>>;
/** What a field holds while it is edited. */
export type FieldValue = string | number | boolean | readonly string[] | FieldTags;
export type RecordForm = Readonly<Record<string, FieldValue>>;
/** What is sent of it. */
export type RecordBody = Readonly<Record<string, FieldValue | null>>;

/** How a field is edited; of `id` the choices are ids, `yes` is a tick, `time` is local. */
export type FieldType = 'text' | 'texts' | 'tags' | 'number' | 'choice' | 'id' | 'yes' | 'time';

interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly nullable?: boolean;
}

/**
 * A form for a new record.
 * @param filled what is filled in already, by the name of the field; '' for nothing
 */
export function emptyForm(
  fields: readonly Field[],
  filled: (name: string) => string = () => '',
): RecordForm {
  return Object.fromEntries(
    fields.map(({ name, type }) => {
      const text = filled(name);
      const isNumber = type === 'id' || type === 'number';
      if (text === '') return [name, nothingOf(type)];
      return [name, isNumber ? Number(text) : type === 'yes' ? text === 'true' : text];
    }),
  );
}

/** A form with what the record has; null is empty. */
export function recordForm(fields: readonly Field[], record: unknown): RecordForm {
  const values = new Map<string, FieldValue | null>(Object.entries(record ?? {}));
  return Object.fromEntries(
    fields.map(({ name, type }) => {
      const value = values.get(name) ?? nothingOf(type);
      return [name, type === 'time' ? localText(String(value)) : value];
    }),
  );
}

/** What to send for a new record: what is empty is left out. */
export function filledForm(fields: readonly Field[], form: RecordForm): RecordBody {
  return Object.fromEntries(
    fields
      .map(({ name, type }) => [name, sent(type, form[name] ?? '')] as const)
      .filter(([, value]) => value !== '' && value !== null && !isEmpty(value)),
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
      .map(({ name, type, nullable }) => {
        const value = sent(type, form[name] ?? '');
        return [name, value === '' && nullable ? null : value];
      }),
  );
}

function sent(type: FieldType, value: FieldValue): FieldValue | null {
  return type === 'time' && value !== '' ? momentOf(String(value)) : trimmed(value);
}

function trimmed(value: FieldValue): FieldValue {
  return typeof value === 'string' ? value.trim() : value;
}

function nothingOf(type: FieldType): FieldValue {
  return type === 'texts' ? [] : type === 'tags' ? {} : '';
}

function isEmpty(value: FieldValue): boolean {
  return typeof value === 'object' && Object.keys(value).length === 0;
}
