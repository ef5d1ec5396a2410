import type { CloudEvent, Template } from '@cloudpam/events';
import { FINDING_SEVERITIES, type FindingSeverity } from '@cloudpam/reconciliation';
import { oneLine } from '../events/one-line';
import { customBody } from './custom-template';

/** A body as it is sent. */
export interface EventBody {
  readonly contentType: string;
  readonly text: string;
}

const JSON_TYPE = 'application/json; charset=utf-8';
/** Characters of a line for people. */
const LINE_LENGTH = 2_000;
/** Characters of a key that PagerDuty takes. */
const PAGERDUTY_KEY = 255;

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
              // A `TextBlock` would read names as Markdown, with links to wherever they say.
              body: [
                { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: summaryOf(event) }] },
              ],
            },
          },
        ],
      });
    case 'pagerduty':
      return json({ routing_key: routingKey, ...alertOf(event) });
    case 'custom':
      return {
        contentType: JSON_TYPE,
        text: customBody(text ?? '', { ...event, summary: summaryOf(event) }),
      };
  }
}

/**
 * The event for Events API v2 of PagerDuty: a finding is an alert of its own severity from its beginning to its end;
 * everything else is one of its own, with the severity that it tells or `info`.
 * https://developer.pagerduty.com/docs/send-alert-event
 */
function alertOf(event: CloudEvent): object {
  const isFinding = event.data.entity_type === 'finding';
  // The end of the text is what tells findings apart.
  const dedup_key = isFinding
    ? `${event.source}/${event.subject}`.slice(-PAGERDUTY_KEY)
    : `cloudpam-${event.id}`;
  if (isFinding && event.data.after === null) return { event_action: 'resolve', dedup_key };
  return {
    event_action: 'trigger',
    dedup_key,
    payload: {
      summary: summaryOf(event).slice(0, 1_024),
      source: event.source,
      severity: severityIn(event) ?? 'info',
      timestamp: event.time,
      custom_details: event.data,
    },
  };
}

/** How much what the event tells of matters; undefined where it does not say. */
function severityIn(event: CloudEvent): FindingSeverity | undefined {
  const told = factOf(event, 'severity');
  return FINDING_SEVERITIES.find((each) => each === told);
}

/** What an event tells of a fact: as it is, or as it was at the end. */
function factOf({ data: { after, before } }: CloudEvent, name: string): unknown {
  return after?.[name] ?? before?.[name];
}

/**
 * The event in a line, for people: `pool.create: office (10.1.0.0/16), pools/42, by Ada. CHG-1234`. That of a finding
 * begins with its severity and ends with why it is one.
 */
export function summaryOf(event: CloudEvent): string {
  const { subject, data } = event;
  const action = actionOf(event);
  const severity = severityIn(event);
  const name = factOf(event, 'name');
  const why = data.entity_type === 'finding' ? factOf(event, 'detail') : undefined;
  const what = [
    typeof name === 'string' ? name : undefined,
    data.place?.cidr ? `(${data.place.cidr})` : undefined,
  ].filter((each) => each !== undefined);
  const told = [...(what.length > 0 ? [what.join(' ')] : []), subject, `by ${data.actor.name}`];
  const line = `${severity === undefined ? '' : `[${severity}] `}${action}: ${told.join(', ')}.`;
  const rest = [typeof why === 'string' ? why : '', data.reason ?? ''];
  return oneLine([line, ...rest.filter((each) => each !== '')].join(' '), LINE_LENGTH);
}

/** What happened, as filters name it: `pool.create`. */
export function actionOf({ type }: CloudEvent): string {
  return type.replace(/^org\.cloudpam\./, '').replace(/\.v\d+$/, '');
}

/** Slack's three (https://api.slack.com/reference/surfaces/formatting#escaping). */
function escapedForSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
