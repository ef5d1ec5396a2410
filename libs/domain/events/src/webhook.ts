import {
  eventsOf,
  eventType,
  type Changed,
  type Created,
  type Deleted,
  type EventWriter,
  type Hold,
} from '@cloudpam/audit';
import { placeFilterFacts, type EventFilter } from './event-filter';

/** What the bodies of a webhook are: CloudEvents, what a service takes, or a text of one's own. */
export const TEMPLATE_KINDS = ['cloudevents', 'slack', 'teams', 'pagerduty', 'custom'] as const;
/** One of `TEMPLATE_KINDS`. */
export type TemplateKind = (typeof TEMPLATE_KINDS)[number];

/** What a webhook sends. */
export interface Template {
  readonly kind: TemplateKind;
  /** Of `custom`: the template. */
  readonly text: string | null;
}

/** How a webhook fares: nothing waits, something is tried again, or nothing is told until someone resumes it. */
export const WEBHOOK_STATES = ['ok', 'retrying', 'paused'] as const;
/** One of `WEBHOOK_STATES`. */
export type WebhookState = (typeof WEBHOOK_STATES)[number];

/** A part of the log that is told again: what follows `seq`, until a seal. */
export interface Replay {
  readonly seq: number;
  /** Inclusive. */
  readonly until: number;
}

/** What people say of a webhook. */
export interface WebhookSettings {
  /** Unique. */
  readonly name: string;
  /** http or https, without user and password. */
  readonly url: string;
  readonly filter: EventFilter;
  readonly template: Template;
  /** Whether an event waits until the one before it has arrived, or is dead. */
  readonly isOrdered: boolean;
}

/** Its secrets, each encrypted by the key of the servers; nobody is told them. */
export interface WebhookSecrets {
  readonly secret: string;
  /** Signs too, until `formerUntil`. */
  readonly formerSecret: string | null;
  readonly formerUntil: Date | null;
  /** What the service knows us by, where its template needs one: of PagerDuty. */
  readonly routingKey: string | null;
}

/** How far a webhook is: what delivering changes of it. */
export interface WebhookProgress {
  readonly state: WebhookState;
  /** Why it is paused or tried again; null where all is well. */
  readonly failure: string | null;
  /** Every event up to this seal is delivered, dead, not for it, or one of those that wait. */
  readonly seq: number;
  /** What is told again before what is new; null: nothing. */
  readonly replay: Replay | null;
  /** Deliveries that are tried again. */
  readonly waiting: number;
  /** When the first of them is; null where none waits. */
  readonly nextAt: Date | null;
  /** Events in a row that could not be delivered at all. */
  readonly deadInRow: number;
}

/** Someone who is told of events by HTTP. */
export interface Webhook extends WebhookSettings, WebhookSecrets, WebhookProgress, Hold {
  readonly id: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Counts the changes of its settings. */
  readonly version: number;
}

/** Webhooks, at most `WEBHOOKS_LIMIT`. */
export interface WebhookStore {
  /** Waits for others who make one, and keeps them from it until the end of the run: before they are counted. */
  hold(): Promise<void>;
  /** By id. */
  all(): Promise<Webhook[]>;
  get(id: number): Promise<Webhook | undefined>;
  /** Locks the row until the end of the run. */
  lock(id: number): Promise<Webhook | undefined>;
  /** @throws StoredConflict where another one has the name */
  insert(webhook: Omit<Webhook, 'id'>): Promise<Webhook>;
  /** @throws StoredConflict where another one has the name */
  save(webhook: Webhook): Promise<void>;
  /** Has those of them be at `to` that are at `from` and that no process holds at a time. */
  moveOn(
    ids: readonly number[],
    seqs: { readonly from: number; readonly to: number },
    at: Date,
  ): Promise<void>;
  /** Its deliveries go with it. */
  remove(id: number): Promise<void>;
}

/** Webhooks that there may be. */
export const WEBHOOKS_LIMIT = 100;

/** What the audit trail tells of a webhook, in version 1: no secret, and of its URL no path, which may be one. */
export type WebhookFacts = {
  readonly name: string;
  /** Scheme, host and port. */
  readonly origin: string;
  readonly filter: {
    readonly types: readonly string[];
    readonly vrf_ids: readonly number[];
    readonly account_ids: readonly number[];
    readonly pool_ids: readonly number[];
    readonly tags: readonly string[];
    readonly severities: readonly string[];
  };
  readonly template: TemplateKind;
  readonly ordered: boolean;
  readonly version: number;
};

/** What a test of a webhook tells, in version 1. */
export type WebhookTestFacts = Pick<WebhookFacts, 'name' | 'origin'>;

/** All that happens to webhooks. None of it has a place. */
export const WEBHOOK_EVENTS = {
  'webhook.create': eventType<Created<WebhookFacts>>(),
  'webhook.update': eventType<Changed<WebhookFacts>>(),
  'webhook.delete': eventType<Deleted<WebhookFacts>>(),
  /** Words for the secrets, never these. */
  'webhook.rotate': eventType<Changed<{ readonly secret: 'former' | 'new' }>>(),
  /** The secrets stay what they are, kept by another key of the servers. */
  'webhook.encrypt': eventType<Changed<{ readonly key: 'former' | 'new' }>>(),
  /** By someone, or by the server, which says why. */
  'webhook.pause':
    eventType<Changed<{ readonly state: WebhookState; readonly failure: string | null }>>(),
  'webhook.resume':
    eventType<Changed<{ readonly state: WebhookState; readonly failure: string | null }>>(),
  'webhook.test': eventType<Created<WebhookTestFacts>>(),
  /** Seals that are told again, or how many dead deliveries are. */
  'webhook.replay':
    eventType<
      Created<
        | { readonly from_seq: number; readonly to_seq: number }
        | { readonly dead_deliveries: number }
      >
    >(),
};

/** Writes the events of webhooks. */
export const webhookEvent: EventWriter<typeof WEBHOOK_EVENTS> = eventsOf(WEBHOOK_EVENTS);

/** What the audit trail tells of a webhook. */
export function webhookFacts(webhook: WebhookSettings & Pick<Webhook, 'version'>): WebhookFacts {
  const { name, url, filter, template, isOrdered, version } = webhook;
  return {
    name,
    origin: new URL(url).origin,
    filter: {
      types: filter.types ?? [],
      ...placeFilterFacts(filter),
      severities: filter.severities ?? [],
    },
    template: template.kind,
    ordered: isOrdered,
    version,
  };
}

/** What a test tells of the webhook that it is of. */
export function testFacts({ name, url }: Pick<Webhook, 'name' | 'url'>): WebhookTestFacts {
  return { name, origin: new URL(url).origin };
}

/** Why a webhook cannot be kept. */
export type WebhookErrorCode =
  | 'webhook_not_found'
  | 'too_many_webhooks'
  | 'name_taken'
  | 'version_mismatch'
  | 'secret_key_missing'
  | 'refused_url'
  | 'invalid_template'
  | 'invalid_replay';

/** A webhook cannot be kept, or told something, as it was asked. */
export class WebhookError extends Error {
  constructor(
    readonly code: WebhookErrorCode,
    message: string,
    /** Of the request, where one is wrong. */
    readonly field?: string,
  ) {
    super(message);
    this.name = 'WebhookError';
  }
}
