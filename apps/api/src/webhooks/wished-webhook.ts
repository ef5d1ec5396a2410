import {
  placeFilterOf,
  WebhookError,
  type EventFilter,
  type Template,
  type WebhookSettings,
} from '@cloudpam/events';
import { SchemaError } from '../http/schema';
import { isWantedOfAny } from '../limits/event-types';
import type {
  EventFilterDto,
  NewWebhookDto,
  NewWebhookTemplateDto,
  WebhookPatchDto,
} from './dto/webhook.dto';
import { actionOf, eventBody } from './event-body';
import { SAMPLE_EVENTS } from './sample-event';
import { RefusedTarget, type TargetGuard } from './target-guard';

/** The settings of a webhook that is to be made, checked. */
export function newSettings(
  { name, url, filter = {}, template = { kind: 'cloudevents' }, ordered = true }: NewWebhookDto,
  guard: TargetGuard,
): WebhookSettings {
  return {
    name,
    url: checkedUrl(url, guard),
    filter: filterOf(filter),
    template: templateOf(template),
    isOrdered: ordered,
  };
}

/** The settings that a body gives, checked; those that it leaves out are left out. */
export function wishedSettings(
  body: WebhookPatchDto,
  guard: TargetGuard,
): Partial<WebhookSettings> {
  const { name, url, filter, template, ordered } = body;
  return {
    ...(name === undefined ? {} : { name }),
    ...(url === undefined ? {} : { url: checkedUrl(url, guard) }),
    ...(filter === undefined ? {} : { filter: filterOf(filter) }),
    ...(template === undefined ? {} : { template: templateOf(template) }),
    ...(ordered === undefined ? {} : { isOrdered: ordered }),
  };
}

/** @throws SchemaError for a type that no event has */
export function filterOf(dto: EventFilterDto): EventFilter {
  const { types, severities } = dto;
  types?.forEach((type, at) => {
    if (!isWantedOfAny(type))
      throw new SchemaError([
        {
          field: `filter.types.${at}`,
          code: 'invalid_field',
          detail: `no event has the type ${type}`,
        },
      ]);
  });
  return {
    ...(types?.length ? { types } : {}),
    ...placeFilterOf(dto),
    ...(severities?.length ? { severities } : {}),
  };
}

/** @throws WebhookError `invalid_template` for what makes no body of an event of some kind, whatever the filter */
export function templateOf({
  kind,
  text = null,
  routing_key: key,
}: NewWebhookTemplateDto): Template {
  if ((kind === 'custom') !== (text !== null))
    throw new WebhookError(
      'invalid_template',
      'A text goes with the kind `custom`, and with no other.',
      'template.text',
    );
  if (key !== undefined && kind !== 'pagerduty')
    throw new WebhookError(
      'invalid_template',
      'A routing key goes with the kind `pagerduty` alone.',
      'template.routing_key',
    );
  const template = { kind, text };
  for (const event of SAMPLE_EVENTS) {
    try {
      eventBody(template, event, null);
    } catch (error) {
      if (!(error instanceof WebhookError)) throw error;
      const type = actionOf(event);
      const detail = `${error.message} It was tried with what is told of a ${type}.`;
      throw new WebhookError(error.code, detail, error.field);
    }
  }
  return template;
}

/** The URL as it is kept. @throws WebhookError `refused_url` */
function checkedUrl(url: string, guard: TargetGuard): string {
  try {
    return guard.checkUrl(url).href;
  } catch (error) {
    if (!(error instanceof RefusedTarget)) throw error;
    throw new WebhookError('refused_url', `${error.message} See WEBHOOK_ALLOW.`, 'url');
  }
}
