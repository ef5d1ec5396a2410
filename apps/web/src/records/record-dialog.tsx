import {
  Autocomplete,
  Checkbox,
  NumberInput,
  Select,
  SimpleGrid,
  TagsInput,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import type { ComponentType } from 'react';
import { notifyDone } from '../actions/notify';
import { ApiProblem } from '../api/api-problem';
import type { RecordsApi } from '../api/records';
import { useWrite } from '../api/use-write';
import { DialogForm } from '../pools/dialogs/dialog-form';
import { TagsField } from '../tags/tags-field';
import { changedFields, emptyForm, filledForm, recordForm } from './record-form';
import type { FieldTags, FieldType, FieldValue, RecordBody, RecordForm } from './record-form';

/** A field of a record's form. */
export interface RecordField {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  readonly required?: boolean;
  readonly placeholder?: string;
  readonly description?: string;
  readonly choices?: readonly (string | { readonly value: string; readonly label: string })[];
  /** What is offered for a text, which may be another one. */
  readonly suggestions?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  /** Set once, at the creation. */
  readonly fixed?: boolean;
  /** Empty travels as null rather than as an empty text. */
  readonly nullable?: boolean;
}

/** What a preview is of: a record that is there, and what would be sent for it. */
export interface PreviewProps<T> {
  readonly record: T | undefined;
  readonly body: RecordBody;
}

interface RecordDialogProps<T, New, Patch> {
  readonly api: RecordsApi<T, New, Patch>;
  readonly one: string;
  readonly title: string;
  readonly fields: readonly RecordField[];
  /** The record to change; without one a new one is created. */
  readonly record: T | undefined;
  /** What is filled in of a new one, by the name of the field; '' for nothing. */
  readonly filled?: (name: string) => string;
  /** What the button says that creates one. */
  readonly action?: string;
  /** What is said when that is done. */
  readonly done?: string;
  /** Shows what would happen. */
  readonly preview?: ComponentType<PreviewProps<T>>;
  readonly onClose: () => void;
}

/** Creates or changes a record. */
export function RecordDialog<T, New, Patch>({
  api,
  one,
  title,
  fields,
  record,
  filled,
  action = `Create ${one}`,
  done = `Created the ${one}`,
  preview: Preview,
  onClose,
}: RecordDialogProps<T, New, Patch>) {
  const before = record === undefined ? emptyForm(fields, filled) : recordForm(fields, record);
  const [form, setForm] = useState<RecordForm>(before);
  const set = (name: string, value: FieldValue): void => setForm({ ...form, [name]: value });
  const shown = record === undefined ? fields : fields.filter((field) => field.fixed !== true);
  const body = record === undefined ? filledForm(fields, form) : changedFields(shown, before, form);
  const save = useWrite(
    // The fields are named after those of the bodies.
    (input: RecordBody, key) =>
      record === undefined ? api.create(input as New, key) : api.change(record, input as Patch),
    () => {
      notifyDone(record === undefined ? done : `Saved the ${one}`);
      onClose();
    },
    body,
  );
  const tags = shown.filter(({ type }) => type === 'tags');
  const inputs = shown.filter(({ type }) => type !== 'tags');
  const missing = shown.some((field) => field.required && isMissing(form[field.name]));
  return (
    <DialogForm
      title={title}
      action={record === undefined ? action : 'Save'}
      onSubmit={() => save.mutate(body)}
      onClose={onClose}
      busy={save.isPending}
      error={save.error}
      inline={shown.map(({ name }) => name)}
      ready={!missing && (needsNothing(record, fields) || Object.keys(body).length > 0)}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
        {inputs.map((field) => (
          <FieldInput
            key={field.name}
            field={field}
            value={form[field.name] ?? ''}
            onChange={(value) => set(field.name, value)}
            error={save.error instanceof ApiProblem ? save.error.fieldError(field.name) : undefined}
          />
        ))}
      </SimpleGrid>
      {tags.map(({ name }) => (
        <TagsField
          key={name}
          value={(form[name] ?? {}) as FieldTags /* what a field of tags holds */}
          onChange={(value) => set(name, value)}
        />
      ))}
      {Preview && !save.error && <Preview record={record} body={body} />}
    </DialogForm>
  );
}

function isMissing(value: FieldValue | undefined): boolean {
  return value === undefined || (typeof value === 'string' && value.trim() === '');
}

/** Whether a new one can be made without filling anything in. */
function needsNothing(record: unknown, fields: readonly RecordField[]): boolean {
  return record === undefined && !fields.some((field) => field.required);
}

interface FieldInputProps {
  readonly field: RecordField;
  readonly value: FieldValue;
  readonly onChange: (value: FieldValue) => void;
  readonly error: string | undefined;
}

function FieldInput({ field, value, onChange, error }: FieldInputProps) {
  const { label, required, placeholder, description } = field;
  const common = { label, required, placeholder, description, error };
  if (field.type === 'texts') {
    return (
      <TagsInput {...common} value={Array.isArray(value) ? [...value] : []} onChange={onChange} />
    );
  }
  if (field.type === 'yes') {
    return (
      <Checkbox
        {...common}
        mt="sm"
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  }
  if (field.type === 'number') {
    return (
      <NumberInput
        {...common}
        min={field.min}
        max={field.max}
        allowDecimal={false}
        value={Number(value) || ''}
        onChange={onChange}
      />
    );
  }
  if (field.type === 'choice' || field.type === 'id') {
    return (
      <Select
        {...common}
        data={field.choices ?? []}
        value={textOf(value) || null}
        clearable={field.nullable}
        searchable={field.type === 'id'}
        onChange={(next) => onChange(field.type === 'id' && next ? Number(next) : (next ?? ''))}
      />
    );
  }
  if (field.suggestions && field.suggestions.length > 0) {
    return (
      <Autocomplete
        {...common}
        data={[...field.suggestions]}
        value={textOf(value)}
        onChange={onChange}
      />
    );
  }
  return (
    <TextInput
      {...common}
      type={field.type === 'time' ? 'datetime-local' : undefined}
      value={textOf(value)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** What a text input shows of a value. */
function textOf(value: FieldValue): string {
  return typeof value === 'object' ? '' : String(value);
}
