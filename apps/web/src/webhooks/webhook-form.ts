import type { Schemas } from '@cloudpam/api-client';
import { placeFilterOf, placeForm, type PlaceForm } from '../limits/place-fields';

/** What a person fills in of a webhook. */
export interface WebhookForm extends PlaceForm {
  readonly name: string;
  readonly url: string;
  readonly types: readonly string[];
  readonly severities: readonly Schemas['FindingSeverity'][];
  readonly template: Schemas['TemplateKind'];
  readonly text: string;
  readonly routingKey: string;
  readonly ordered: boolean;
}

/** A template that makes JSON of any event. */
const EXAMPLE_TEXT = '{ "text": "{{summary}}", "type": "{{type}}", "subject": "{{subject}}" }';

/** The form of a webhook, or of a new one. */
export function webhookForm(webhook?: Schemas['Webhook']): WebhookForm {
  const { filter = {}, template = { kind: 'cloudevents' as const } } = webhook ?? {};
  return {
    name: webhook?.name ?? '',
    url: webhook?.url ?? '',
    types: filter.types ?? [],
    ...placeForm(filter),
    severities: filter.severities ?? [],
    template: template.kind,
    text: template.text ?? EXAMPLE_TEXT,
    routingKey: '',
    ordered: webhook?.ordered ?? true,
  };
}

/** What is asked for by the filter and the template of a form: all that a preview needs. */
export function previewOf(form: WebhookForm): Required<Schemas['WebhookPreview']> {
  const { template: kind, text, routingKey } = form;
  return {
    filter: {
      types: [...form.types],
      ...placeFilterOf(form),
      severities: [...form.severities],
    },
    template: {
      kind,
      ...(kind === 'custom' ? { text } : {}),
      ...(kind === 'pagerduty' && routingKey !== '' ? { routing_key: routingKey } : {}),
    },
  };
}

/** The webhook that a form asks for. */
export function webhookOf(form: WebhookForm): Schemas['NewWebhook'] {
  return {
    name: form.name.trim(),
    url: form.url.trim(),
    ordered: form.ordered,
    ...previewOf(form),
  };
}
