import { findingSeverityWords, type Schemas } from '@cloudpam/api-client';
import { Checkbox, Group, Select, SimpleGrid, Switch, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { notifyDone } from '../actions/notify';
import { ApiProblem } from '../api/api-problem';
import { digestsApi } from '../api/digests';
import { useWrite } from '../api/use-write';
import { PlaceFields } from '../limits/place-fields';
import { DialogForm } from '../pools/dialogs/dialog-form';
import { digestForm, digestOf, type DigestForm } from './digest-form';
import { hourText, SECTIONS, WEEKDAYS } from './digest-words';

const RECIPIENTS_LIMIT = 50;
const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: hourText(hour),
}));
const DAYS = [
  { value: '0', label: 'Every day' },
  ...WEEKDAYS.map((day, at) => ({ value: String(at + 1), label: `${day}s` })),
];
const ANY_SEVERITY = { value: '', label: 'Any' };

/** Makes or changes a digest. */
export function DigestDialog({
  digest,
  onClose,
}: {
  digest?: Schemas['Digest'];
  onClose: () => void;
}) {
  const [form, setForm] = useState(() => digestForm(digest));
  const set = (patch: Partial<DigestForm>): void => setForm((before) => ({ ...before, ...patch }));
  const wanted = digestOf(form);
  const save = useWrite(
    (body: Schemas['NewDigest'], key) =>
      digest ? digestsApi.change(digest, body) : digestsApi.create(body, key),
    ({ name }) => {
      notifyDone(digest ? `Saved the digest ${name}` : `Created the digest ${name}`);
      onClose();
    },
    wanted,
  );
  const faultOf = (field: string): string | undefined =>
    save.error instanceof ApiProblem ? save.error.fieldError(field) : undefined;
  const recipientFault = form.recipients
    .map((_, at) => faultOf(`recipients.${at}`))
    .find((fault) => fault !== undefined);
  return (
    <DialogForm
      title={digest ? `Edit digest ${digest.name}` : 'New digest'}
      action={digest ? 'Save' : 'Create digest'}
      onSubmit={() => save.mutate(wanted)}
      onClose={onClose}
      busy={save.isPending}
      error={save.error}
      inline={['name', 'schedule.time_zone', ...form.recipients.map((_, at) => `recipients.${at}`)]}
      ready={wanted.name !== '' && wanted.recipients.length > 0 && wanted.sections.length > 0}
    >
      <TextInput
        label="Name"
        required
        data-autofocus
        value={form.name}
        error={faultOf('name')}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <TagsInput
        label="Recipients"
        description="E-mail addresses; they do not see each other"
        placeholder={form.recipients.length === 0 ? 'net-team@example.com' : undefined}
        required
        maxTags={RECIPIENTS_LIMIT}
        splitChars={[',', ';', ' ']}
        value={[...form.recipients]}
        error={recipientFault}
        onChange={(recipients) => set({ recipients })}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <Group grow gap="xs" align="flex-start">
          <Select
            label="Day"
            data={DAYS}
            value={form.every === 'daily' ? '0' : String(form.weekday)}
            allowDeselect={false}
            onChange={(day) =>
              set(day === '0' ? { every: 'daily' } : { every: 'weekly', weekday: Number(day) })
            }
          />
          <Select
            label="Hour"
            data={HOURS}
            value={String(form.hour)}
            allowDeselect={false}
            onChange={(hour) => set({ hour: Number(hour) })}
          />
        </Group>
        <Select
          label="Time zone"
          data={zonesWith(form.timeZone)}
          value={form.timeZone}
          error={faultOf('schedule.time_zone')}
          allowDeselect={false}
          searchable
          limit={100}
          onChange={(timeZone) => timeZone !== null && set({ timeZone })}
        />
        <PlaceFields form={form} set={set} tagsAre="Of pools, as key or key:value" />
        <Select
          label="Findings at least"
          data={[ANY_SEVERITY, ...findingSeverityWords.map((value) => ({ value, label: value }))]}
          value={form.severity ?? ANY_SEVERITY.value}
          allowDeselect={false}
          // The choices are the severities, and none.
          onChange={(severity) =>
            set({ severity: (severity || null) as Schemas['FindingSeverity'] | null })
          }
        />
        <Checkbox.Group
          label="Tells of"
          value={[...form.sections]}
          // The boxes have these values alone.
          onChange={(sections) => set({ sections: sections as Schemas['DigestSection'][] })}
        >
          <Group gap="sm" mt={4}>
            {Object.entries(SECTIONS).map(([value, label]) => (
              <Checkbox key={value} size="xs" value={value} label={label} />
            ))}
          </Group>
        </Checkbox.Group>
      </SimpleGrid>
      <Switch
        label="Send it also when there is nothing new"
        checked={form.sendEmpty}
        onChange={(event) => set({ sendEmpty: event.currentTarget.checked })}
      />
      <Switch
        label="On"
        checked={form.enabled}
        onChange={(event) => set({ enabled: event.currentTarget.checked })}
      />
    </DialogForm>
  );
}

/** The zones that the browser knows, and the one that is chosen. */
function zonesWith(chosen: string): string[] {
  return [...new Set(['UTC', chosen, ...Intl.supportedValuesOf('timeZone')])];
}
