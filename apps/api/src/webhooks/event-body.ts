import type { CloudEvent, Template } from '@cloudpam/events';
import { customBody } from './custom-template';

/** A body as it is sent. */
export interface EventBody {
  readonly contentType: string;
  readonly text: string;
}

const JSON_TYPE = 'application/json; charset=utf-8';

/**
 * What a webhook is sent of an event: the same, byte by byte, each time.
 * @param routingKey of PagerDuty
 * @throws WebhookError `invalid_template`
 */
export function eventBody(
  { kind, text }: Template,
  event: CloudEvent,
  routingKey: string | null,
): EventBody {
  const json = (value: unknown): EventBody => ({
    contentType: JSON_TYPE,
    text: JSON.stringify(value),
  });
  switch (kind) {
    case 'cloudevents':
      return { ...json(event), contentType: 'application/cloudevents+json; charset=utf-8' };
    case 'slack':
      return json({ text: escapedForSlack(summaryOf(event)) });
    case 'teams':
      return json({
        type: 'message',
        attachments: [
          {
            contentType: 'application/vnd.microsoft.card.adaptive',
            content: {
              type: 'AdaptiveCard',
              version: '1.4',
              body: [{ type: 'TextBlock', wrap: true, text: summaryOf(event) }],
            },
          },
        ],
      });
    case 'pagerduty':
      return json({
        routing_key: routingKey,
        event_action: 'trigger',
        dedup_key: `cloudpam-${event.id}`,
        payload: {
          summary: summaryOf(event).slice(0, 1_024),
          source: event.source,
          severity: 'info',
          timestamp: event.time,
          custom_details: event.data,
        },
      });
    case 'custom':
      return {
        contentType: JSON_TYPE,
        text: customBody(text ?? '', { ...event, summary: summaryOf(event) }),
      };
  }
}

/** The event in a line, for people: `pool.create: office (10.1.0.0/16), pools/42, by Ada. CHG-1234` */
export function summaryOf({ type, subject, data }: CloudEvent): string {
  const action = type.replace(/^org\.cloudpam\./, '').replace(/\.v\d+$/, '');
  const name = data.after?.['name'] ?? data.before?.['name'];
  const what = [
    typeof name === 'string' ? name : undefined,
    data.place?.cidr ? `(${data.place.cidr})` : undefined,
  ].filter((each) => each !== undefined);
  const told = [...(what.length > 0 ? [what.join(' ')] : []), subject, `by ${data.actor.name}`];
  return `${action}: ${told.join(', ')}.${data.reason === null ? '' : ` ${data.reason}`}`;
}

/** Slack's three (https://api.slack.com/reference/surfaces/formatting#escaping). */
function escapedForSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
