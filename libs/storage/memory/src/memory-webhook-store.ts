import type { Webhook, WebhookStore } from '@cloudpam/events';
import { StoredConflict } from '@cloudpam/pools';
import { keyOf } from './memory-delivery-store';
import type { Tables } from './stores';

/** Webhooks over a Map. */
export class MemoryWebhookStore implements WebhookStore {
  constructor(private readonly tables: Tables) {}

  async all(): Promise<Webhook[]> {
    return this.tables.webhooks.all().sort((a, b) => a.id - b.id);
  }

  async get(id: number): Promise<Webhook | undefined> {
    return this.tables.webhooks.get(id);
  }

  async lock(id: number): Promise<Webhook | undefined> {
    return this.tables.webhooks.get(id);
  }

  async insert(webhook: Omit<Webhook, 'id'>): Promise<Webhook> {
    const stored = { ...webhook, id: this.tables.webhooks.takeId() };
    this.check(stored);
    this.tables.webhooks.set(stored.id, stored);
    return stored;
  }

  async save(webhook: Webhook): Promise<void> {
    this.check(webhook);
    this.tables.webhooks.update(webhook.id, () => webhook);
  }

  async remove(id: number): Promise<void> {
    for (const delivery of this.tables.deliveriesOfWebhooks.of(id))
      this.tables.deliveries.delete(keyOf(delivery));
    this.tables.webhooks.delete(id);
  }

  private check({ id, name }: Webhook): void {
    if (this.tables.webhooks.all().some((each) => each.id !== id && each.name === name))
      throw new StoredConflict('webhook_name_unique');
  }
}
