import { cloudEventTypeWords, findingSeverityWords, type Schemas } from '@cloudpam/api-client';
import {
  Code,
  MultiSelect,
  Select,
  SimpleGrid,
  Switch,
  TagsInput,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { notifyDone } from '../actions/notify';
import { ApiProblem } from '../api/api-problem';
import { useWrite } from '../api/use-write';
import { webhooksApi } from '../api/webhooks';
import { PlaceFields } from '../limits/place-fields';
import { DialogForm } from '../pools/dialogs/dialog-form';
import { previewOf, webhookForm, webhookOf, type WebhookForm } from './webhook-form';
import { WebhookSecret } from './webhook-secret';
import { TEMPLATES } from './webhook-words';

/** `org.cloudpam.pool.create.v1` is chosen as `pool.create`, and with the others of pools as `pool.*`. */
const TYPES = [
  ...new Set(
    cloudEventTypeWords.flatMap((word) => {
      const [, , entity = '', verb = ''] = word.split('.');
      return [`${entity}.*`, `${entity}.${verb}`];
    }),
  ),
].sort();

const PREVIEW_DELAY_MS = 400;

/** Makes or changes a webhook, and shows what it would be sent of the newest event. */
export function WebhookDialog({
  webhook: shown,
  onClose,
}: {
  webhook?: Schemas['Webhook'];
  onClose: () => void;
}) {
  // The page behind it reads on: what is saved is held against what the form began with.
  const [webhook] = useState(shown);
  const [form, setForm] = useState(() => webhookForm(webhook));
  const set = (patch: Partial<WebhookForm>): void => setForm((before) => ({ ...before, ...patch }));
  const wanted = webhookOf(form);
  const create = useWrite(
    (body: Schemas['NewWebhook'], key) => webhooksApi.create(body, key),
    undefined,
    wanted,
  );
  const change = useWrite(
    (body: Schemas['NewWebhook']) => webhooksApi.change(webhook as Schemas['Webhook'], body), // only where there is one
    () => {
      notifyDone('Saved the webhook');
      onClose();
    },
    wanted,
  );
  if (create.data) return <WebhookSecret webhook={create.data} onClose={onClose} />;
  const save = webhook ? change : create;
  const faultOf = (field: string): string | undefined =>
    save.error instanceof ApiProblem ? save.error.fieldError(field) : undefined;
  const isKeyMissing = form.template === 'pagerduty' && !webhook && form.routingKey.trim() === '';
  return (
    <DialogForm
      title={webhook ? `Edit webhook ${webhook.name}` : 'New webhook'}
      action={webhook ? 'Save' : 'Create webhook'}
      onSubmit={() => save.mutate(wanted)}
      onClose={onClose}
      busy={save.isPending}
      error={save.error}
      inline={['name', 'url', 'template.text']}
      ready={wanted.name !== '' && wanted.url !== '' && !isKeyMissing}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput
          label="Name"
          required
          data-autofocus
          value={form.name}
          error={faultOf('name')}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <TextInput
          label="URL"
          type="url"
          required
          placeholder="https://hooks.example.com/cloudpam"
          value={form.url}
          error={faultOf('url')}
          onChange={(event) => set({ url: event.currentTarget.value })}
        />
        <TagsInput
          label="Events"
          description="Nothing chosen: all"
          placeholder={form.types.length === 0 ? 'pool.*' : undefined}
          data={TYPES}
          value={[...form.types]}
          onChange={(types) => set({ types })}
        />
        <MultiSelect
          size="xs"
          label="Severity"
          description="Of findings; other events then do not pass"
          data={[...findingSeverityWords]}
          value={[...form.severities]}
          onChange={(severities) =>
            set({ severities: findingSeverityWords.filter((each) => severities.includes(each)) })
          }
          clearable
        />
        <PlaceFields form={form} set={set} tagsAre="As key or key:value" />
        <Select
          label="Body"
          data={Object.entries(TEMPLATES).map(([value, label]) => ({ value, label }))}
          value={form.template}
          allowDeselect={false}
          onChange={(kind) => set({ template: kind as Schemas['TemplateKind'] })} // The choices are the kinds.
        />
        {form.template === 'pagerduty' && (
          <TextInput
            label="Integration key"
            description={webhook ? 'Empty: as it is' : 'Of the service in PagerDuty'}
            required={!webhook}
            value={form.routingKey}
            onChange={(event) => set({ routingKey: event.currentTarget.value })}
          />
        )}
      </SimpleGrid>
      {form.template === 'custom' && (
        <Textarea
          label="Template"
          description="Mustache that makes JSON, without partials"
          autosize
          minRows={3}
          maxRows={12}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          value={form.text}
          error={faultOf('template.text')}
          onChange={(event) => set({ text: event.currentTarget.value })}
        />
      )}
      <Switch
        label="In order: an event waits until the one before it has arrived or is given up"
        checked={form.ordered}
        onChange={(event) => set({ ordered: event.currentTarget.checked })}
      />
      <Preview form={form} />
    </DialogForm>
  );
}

/** What would be sent now. */
function Preview({ form }: { form: WebhookForm }) {
  const [asked] = useDebouncedValue(JSON.stringify(previewOf(form)), PREVIEW_DELAY_MS);
  const { data, error } = useQuery({
    queryKey: ['preview', 'webhook', asked],
    queryFn: ({ signal }) =>
      webhooksApi.preview(JSON.parse(asked) as Schemas['WebhookPreview'], signal),
    placeholderData: keepPreviousData,
    retry: false,
  });
  return (
    <section aria-label="Preview">
      <Text size="sm" fw={500} mb={4}>
        What would be sent
      </Text>
      <Text size="xs" c="dimmed" mb={4} role="status">
        {error
          ? error.message
          : data?.event
            ? `Of the newest event that passes: ${data.event.type}, ${data.event.subject}`
            : data
              ? 'None of the last 5,000 events passes.'
              : ''}
      </Text>
      {!error && data?.body && (
        <Code block tabIndex={0} style={{ maxHeight: 220, overflow: 'auto' }}>
          {indented(data.body)}
        </Code>
      )}
    </section>
  );
}

function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
