import {
  diffOf,
  NO_HOLD,
  write,
  type AuditStores,
  type Change,
  type UnitOfWork,
  type WriteStores,
} from '@cloudpam/audit';
import type { DeliveryOrder, DeliveryStore } from './delivery';
import {
  testFacts,
  WebhookError,
  WEBHOOKS_LIMIT,
  webhookEvent,
  webhookFacts,
  type Webhook,
  type WebhookSettings,
  type WebhookStore,
} from './webhook';

/** What webhooks ask of a storage. */
export interface WebhookStores {
  readonly webhooks: WebhookStore;
  readonly deliveries: DeliveryStore;
}

/** So long the former secret signs too. */
export const FORMER_SECRET_MS = 24 * 3_600_000;

type Stores = WriteStores & WebhookStores & Pick<AuditStores, 'seals'>;

/** What is to be told again: a part of the chain, both ends inclusive, or what is dead. */
export type ReplayWish = { readonly fromSeq: number; readonly toSeq: number } | 'dead';

/** Makes and changes webhooks. Each write of a webhook that is not there throws `webhook_not_found`. */
export class KeepWebhooks {
  constructor(private readonly unitOfWork: UnitOfWork<Stores>) {}

  /**
   * Makes a webhook, which is told of what happens from now on.
   * @param secrets encrypted
   * @throws WebhookError `too_many_webhooks`, `name_taken`, `invalid_template`
   */
  create(
    change: Change,
    settings: WebhookSettings,
    secrets: Pick<Webhook, 'secret' | 'routingKey'>,
  ): Promise<Webhook> {
    return write(this.unitOfWork, change, async ({ webhooks, seals, audit }) => {
      await webhooks.hold();
      const others = await webhooks.all();
      if (others.length >= WEBHOOKS_LIMIT)
        throw new WebhookError(
          'too_many_webhooks',
          `There are ${WEBHOOKS_LIMIT} webhooks already. Delete one that nobody uses.`,
        );
      checkName(settings.name, others);
      checkRoutingKey({ ...settings, ...secrets });
      const webhook = await webhooks.insert({
        ...settings,
        ...secrets,
        formerSecret: null,
        formerUntil: null,
        state: 'ok',
        failure: null,
        seq: (await seals.head())?.seq ?? 0,
        replay: null,
        waiting: 0,
        nextAt: null,
        deadInRow: 0,
        ...NO_HOLD,
        createdAt: change.at,
        updatedAt: change.at,
        version: 1,
      });
      const after = webhookFacts(webhook);
      await audit.append([
        webhookEvent(change, 'webhook.create', webhook.id, { before: null, after }),
      ]);
      return webhook;
    });
  }

  /**
   * Changes what is given; a routing key of null takes it away.
   * @param expected the version that it must have, where one is given
   * @throws WebhookError `name_taken`, `version_mismatch`, `invalid_template`
   */
  update(
    change: Change,
    id: number,
    wish: Partial<WebhookSettings & Pick<Webhook, 'routingKey'>>,
    expected?: number,
  ): Promise<Webhook> {
    return this.changing(change, id, async (before, { webhooks, deliveries, audit }) => {
      if (expected !== undefined && expected !== before.version)
        throw new WebhookError(
          'version_mismatch',
          `The webhook has version ${before.version} by now.`,
        );
      const wished = { ...before, ...wish };
      if (sameSettings(before, wished)) return before;
      checkRoutingKey(wished);
      if (wished.name !== before.name) checkName(wished.name, await webhooks.all());
      const after = {
        ...wished,
        ...(await standing(wished, deliveries)),
        updatedAt: change.at,
        version: before.version + 1,
      };
      await webhooks.save(after);
      const diff = diffOf(webhookFacts(before), webhookFacts(after));
      if (diff) await audit.append([webhookEvent(change, 'webhook.update', id, diff)]);
      return after;
    });
  }

  /** Deletes a webhook with its deliveries. */
  remove(change: Change, id: number): Promise<Webhook> {
    return this.changing(change, id, async (webhook, { webhooks, audit }) => {
      await webhooks.remove(id);
      const before = webhookFacts(webhook);
      await audit.append([webhookEvent(change, 'webhook.delete', id, { before, after: null })]);
      return webhook;
    });
  }

  /**
   * Gives it a new secret; the former one signs too for 24 hours, and the one before that no longer.
   * @param secret encrypted
   */
  rotate(change: Change, id: number, secret: string): Promise<Webhook> {
    return this.changing(change, id, async (before, { webhooks, audit }) => {
      const after = {
        ...before,
        secret,
        formerSecret: before.secret,
        formerUntil: new Date(change.at.getTime() + FORMER_SECRET_MS),
        updatedAt: change.at,
        version: before.version + 1,
      };
      await webhooks.save(after);
      const told = { before: { secret: 'former' }, after: { secret: 'new' } } as const;
      await audit.append([webhookEvent(change, 'webhook.rotate', id, told)]);
      return after;
    });
  }

  /**
   * Keeps its secrets by the present key of the servers.
   * @param renew encrypts what a former key has encrypted, and gives back the rest as it is
   */
  encrypt(change: Change, id: number, renew: (secret: string) => string): Promise<Webhook> {
    return this.changing(change, id, async (before, { webhooks, audit }) => {
      const { secret, formerSecret, routingKey } = before;
      const after = {
        ...before,
        secret: renew(secret),
        formerSecret: formerSecret === null ? null : renew(formerSecret),
        routingKey: routingKey === null ? null : renew(routingKey),
      };
      const isSame =
        after.secret === secret &&
        after.formerSecret === formerSecret &&
        after.routingKey === routingKey;
      if (isSame) return before;
      await webhooks.save(after);
      const told = { before: { key: 'former' }, after: { key: 'new' } } as const;
      await audit.append([webhookEvent(change, 'webhook.encrypt', id, told)]);
      return after;
    });
  }

  /** Has it wait until it is resumed. Nothing is lost: it goes on where it was. */
  pause(change: Change, id: number): Promise<Webhook> {
    return this.changing(change, id, async (before, { webhooks, audit }) => {
      if (before.state === 'paused') return before;
      const after = { ...before, state: 'paused' as const, failure: null };
      await webhooks.save(after);
      await audit.append([webhookEvent(change, 'webhook.pause', id, stateChange(before, after))]);
      return after;
    });
  }

  /** Has it go on where it was, and try at once what waits. */
  resume(change: Change, id: number): Promise<Webhook> {
    return this.changing(change, id, async (before, { webhooks, deliveries, audit }) => {
      if (before.state !== 'paused') return before;
      await deliveries.hurry(id, change.at);
      const resumed = { ...before, state: 'ok' as const, failure: null, deadInRow: 0 };
      const after = { ...resumed, ...(await standing(resumed, deliveries)) };
      await webhooks.save(after);
      await audit.append([webhookEvent(change, 'webhook.resume', id, stateChange(before, after))]);
      return after;
    });
  }

  /**
   * Has it told again of a part of the chain, or of what is dead, with the same ids and bodies. A
   * replay that was under way ends.
   * @throws WebhookError `invalid_replay` for a part that the chain does not have
   */
  replay(change: Change, id: number, wish: ReplayWish): Promise<Webhook> {
    return this.changing(change, id, async (before, { webhooks, deliveries, seals, audit }) => {
      if (wish === 'dead') {
        const count = await deliveries.revive(id, change.at);
        const after = { ...before, ...(await standing(before, deliveries)), deadInRow: 0 };
        await webhooks.save(after);
        const told = { before: null, after: { dead_deliveries: count } };
        await audit.append([webhookEvent(change, 'webhook.replay', id, told)]);
        return after;
      }
      const { fromSeq, toSeq } = wish;
      const head = (await seals.head())?.seq ?? 0;
      if (fromSeq > toSeq || toSeq > head)
        throw new WebhookError(
          'invalid_replay',
          `The log has events from 1 to ${head}: from_seq and to_seq must be in order among these.`,
          'to_seq',
        );
      const after = { ...before, replay: { seq: fromSeq - 1, until: toSeq } };
      await webhooks.save(after);
      const told = { before: null, after: { from_seq: fromSeq, to_seq: toSeq } };
      await audit.append([webhookEvent(change, 'webhook.replay', id, told)]);
      return after;
    });
  }

  /** Notes that a test was sent. */
  noteTest(change: Change, id: number): Promise<Webhook> {
    return this.changing(change, id, async (webhook, { audit }) => {
      const after = testFacts(webhook);
      await audit.append([webhookEvent(change, 'webhook.test', id, { before: null, after })]);
      return webhook;
    });
  }

  private changing(
    change: Change,
    id: number,
    work: (webhook: Webhook, stores: Stores) => Promise<Webhook>,
  ): Promise<Webhook> {
    return write(this.unitOfWork, change, async (stores) => {
      const webhook = await stores.webhooks.lock(id);
      if (!webhook) throw new WebhookError('webhook_not_found', `There is no webhook ${id}.`);
      return work(webhook, stores);
    });
  }
}

/** In which its deliveries are tried. */
export function orderOf({ isOrdered }: Pick<Webhook, 'isOrdered'>): DeliveryOrder {
  return isOrdered ? 'chain' : 'time';
}

/** How a webhook fares by what waits: what is paused stays so. */
export async function standing(
  webhook: Pick<Webhook, 'id' | 'isOrdered' | 'state'>,
  deliveries: DeliveryStore,
): Promise<Pick<Webhook, 'state' | 'waiting' | 'nextAt'>> {
  const backlog = await deliveries.backlog(webhook.id, orderOf(webhook));
  const state = webhook.state === 'paused' ? 'paused' : backlog.waiting > 0 ? 'retrying' : 'ok';
  return { ...backlog, state };
}

/** What the audit trail tells of another state. */
export function stateChange(
  before: Webhook,
  after: Pick<Webhook, 'state' | 'failure'>,
): {
  readonly before: Pick<Webhook, 'state' | 'failure'>;
  readonly after: Pick<Webhook, 'state' | 'failure'>;
} {
  const told = ({ state, failure }: Pick<Webhook, 'state' | 'failure'>) => ({ state, failure });
  return { before: told(before), after: told(after) };
}

function checkName(name: string, others: readonly Webhook[]): void {
  if (others.some((each) => each.name === name))
    throw new WebhookError('name_taken', `There is a webhook called ${name} already.`, 'name');
}

function checkRoutingKey({ template, routingKey }: Pick<Webhook, 'template' | 'routingKey'>): void {
  if (template.kind === 'pagerduty' && routingKey === null)
    throw new WebhookError(
      'invalid_template',
      'PagerDuty needs a routing key.',
      'template.routing_key',
    );
}

function sameSettings(a: Webhook, b: Webhook): boolean {
  const settings = ({ name, url, filter, template, isOrdered, routingKey }: Webhook): string =>
    JSON.stringify([
      webhookFacts({ name, url, filter, template, isOrdered, version: 0 }),
      url,
      template,
      routingKey,
    ]);
  return settings(a) === settings(b);
}
