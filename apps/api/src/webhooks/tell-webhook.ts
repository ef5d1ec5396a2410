import type { SealedEvent } from '@cloudpam/audit';
import {
  cloudEventOf,
  cloudEventType,
  testFacts,
  WEBHOOK_EVENTS,
  WebhookError,
  type Attempt,
  type CloudEvent,
  type Webhook,
} from '@cloudpam/events';
import { eventBody } from './event-body';
import type { PostEvent } from './post-event';
import type { SecretVault } from './secret-vault';
import { signedHeaders } from './signature';

/** Tells webhooks of events: makes the body, signs it, and posts it. */
export class TellWebhook {
  /** @param source the public URL of the server */
  constructor(
    private readonly poster: Pick<PostEvent, 'post'>,
    private readonly vault: SecretVault,
    private readonly source: string,
    private readonly now: () => Date,
  ) {}

  /** Tells of an event of the log, once. It never rejects. */
  tell(webhook: Webhook, event: SealedEvent): Promise<Attempt> {
    return this.send(webhook, () => cloudEventOf(event, this.source));
  }

  /** Sends an event that is none of the log, for people to see whether it arrives. */
  test(webhook: Webhook, id: string): Promise<Attempt> {
    return this.send(webhook, () => ({
      specversion: '1.0',
      id: `test-${id}`,
      source: this.source,
      type: cloudEventType('webhook.test', WEBHOOK_EVENTS['webhook.test'].version),
      subject: `webhooks/${webhook.id}`,
      time: this.now().toISOString(),
      sequence: '0'.repeat(16),
      datacontenttype: 'application/json',
      data: {
        entity_type: 'webhook',
        entity_id: String(webhook.id),
        actor: { type: 'system', id: 'system', name: 'system' },
        request_id: id,
        reason: null,
        place: null,
        former_place: null,
        before: null,
        after: testFacts(webhook),
      },
    }));
  }

  private async send(webhook: Webhook, make: () => CloudEvent): Promise<Attempt> {
    const at = this.now();
    try {
      const event = make();
      const { vault } = this;
      const routingKey = webhook.routingKey === null ? null : vault.open(webhook.routingKey);
      const { contentType, text } = eventBody(webhook.template, event, routingKey);
      const secrets = [vault.open(webhook.secret)];
      if (webhook.formerSecret !== null && webhook.formerUntil && webhook.formerUntil > at)
        secrets.push(vault.open(webhook.formerSecret));
      const headers = {
        'content-type': contentType,
        ...signedHeaders(event.id, at, text, secrets),
      };
      return await this.poster.post(webhook.url, headers, text);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      // A lost key or a refused target may be mended meanwhile; a template makes the same of an event each time.
      const isFinal = error instanceof WebhookError && error.code === 'invalid_template';
      return { at, ms: 0, httpStatus: null, answer: null, error: why, isFinal };
    }
  }
}
