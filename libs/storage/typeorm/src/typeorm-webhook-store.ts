import type {
  EventFilter,
  TemplateKind,
  Webhook,
  WebhookState,
  WebhookStore,
} from '@cloudpam/events';
import { FewRowsStore } from './few-rows-store';
import { freeFor } from './free-for';
import type { Columns, Row, Session } from './session';
import { sql } from './sql';
import { jsonOf, optionalTimeOf, timeOf } from './values';

const COLUMNS = {
  name: 'text',
  url: 'text',
  secret: 'text',
  former_secret: 'text',
  former_until: 'time',
  routing_key: 'text',
  filter: 'json',
  template: 'text',
  template_text: 'text',
  is_ordered: 'bool',
  state: 'text',
  failure: 'text',
  seq: 'id',
  replay_seq: 'id',
  replay_until: 'id',
  waiting: 'int',
  next_at: 'time',
  dead_in_row: 'int',
  holder: 'text',
  lease_until: 'time',
  created_at: 'time',
  updated_at: 'time',
  version: 'int',
} as const satisfies Columns;

type Time = Date | number;

interface WebhookRow {
  readonly id: number;
  readonly name: string;
  readonly url: string;
  readonly secret: string;
  readonly former_secret: string | null;
  readonly former_until: Time | null;
  readonly routing_key: string | null;
  readonly filter: EventFilter | string;
  readonly template: TemplateKind;
  readonly template_text: string | null;
  readonly is_ordered: boolean | number;
  readonly state: WebhookState;
  readonly failure: string | null;
  readonly seq: number;
  readonly replay_seq: number | null;
  readonly replay_until: number | null;
  readonly waiting: number;
  readonly next_at: Time | null;
  readonly dead_in_row: number;
  readonly holder: string | null;
  readonly lease_until: Time | null;
  readonly created_at: Time;
  readonly updated_at: Time;
  readonly version: number;
}

/** Webhooks in table `webhook`. */
export class TypeOrmWebhookStore extends FewRowsStore<Webhook, WebhookRow> implements WebhookStore {
  constructor(session: Session) {
    super(session, { name: 'webhook', columns: COLUMNS, toRow, fromRow });
  }

  async moveOn(
    ids: readonly number[],
    { from, to }: Parameters<WebhookStore['moveOn']>[1],
    at: Date,
  ): Promise<void> {
    await this.session.change(sql`update webhook set seq = ${to}
      where ${this.session.dialect.among(sql`id`, 'id', ids)} and seq = ${from}
        and ${freeFor(null, at)}`);
  }
}

function toRow(webhook: Omit<Webhook, 'id'>): Row {
  const { replay, template } = webhook;
  return [
    webhook.name,
    webhook.url,
    webhook.secret,
    webhook.formerSecret,
    webhook.formerUntil,
    webhook.routingKey,
    JSON.stringify(webhook.filter),
    template.kind,
    template.text,
    webhook.isOrdered,
    webhook.state,
    webhook.failure,
    webhook.seq,
    replay?.seq ?? null,
    replay?.until ?? null,
    webhook.waiting,
    webhook.nextAt,
    webhook.deadInRow,
    webhook.holder,
    webhook.leaseUntil,
    webhook.createdAt,
    webhook.updatedAt,
    webhook.version,
  ];
}

function fromRow(row: WebhookRow): Webhook {
  const { replay_seq: seq, replay_until: until } = row;
  return {
    id: row.id,
    name: row.name,
    url: row.url,
    secret: row.secret,
    formerSecret: row.former_secret,
    formerUntil: optionalTimeOf(row.former_until),
    routingKey: row.routing_key,
    filter: jsonOf(row.filter),
    template: { kind: row.template, text: row.template_text },
    isOrdered: Boolean(row.is_ordered),
    state: row.state,
    failure: row.failure,
    seq: row.seq,
    replay: seq === null || until === null ? null : { seq, until },
    waiting: row.waiting,
    nextAt: optionalTimeOf(row.next_at),
    deadInRow: row.dead_in_row,
    holder: row.holder,
    leaseUntil: optionalTimeOf(row.lease_until),
    createdAt: timeOf(row.created_at),
    updatedAt: timeOf(row.updated_at),
    version: row.version,
  };
}
