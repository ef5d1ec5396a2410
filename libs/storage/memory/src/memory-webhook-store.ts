import { isFreeFor } from '@cloudpam/audit';
import type { Webhook, WebhookStore } from '@cloudpam/events';
import { keyOf } from './memory-delivery-store';
import { MemoryNamedStore } from './memory-named-store';
import type { Tables } from './stores';

/** Webhooks over a Map. */
export class MemoryWebhookStore extends MemoryNamedStore<Webhook> implements WebhookStore {
  constructor(private readonly tables: Tables) {
    super(tables.webhooks, 'webhook_name_unique');
  }

  async moveOn(
    ids: readonly number[],
    { from, to }: Parameters<WebhookStore['moveOn']>[1],
    at: Date,
  ): Promise<void> {
    for (const each of this.tables.webhooks.getMany(ids)) {
      if (each.seq === from && isFreeFor(each, null, at))
        this.tables.webhooks.set(each.id, { ...each, seq: to });
    }
  }

  override async remove(id: number): Promise<void> {
    for (const delivery of this.tables.deliveriesOfWebhooks.of(id))
      this.tables.deliveries.delete(keyOf(delivery));
    await super.remove(id);
  }
}
