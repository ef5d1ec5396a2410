import type { Delivery, DeliveryOrder, DeliveryStatus, DeliveryStore } from '@cloudpam/events';
import { joined } from './lookup';
import type { Tables } from './stores';
import type { Index } from './table';

/** Deliveries by their webhook. */
export class DeliveriesOfWebhooks implements Index<Delivery> {
  private readonly bySeq = new Map<number, Map<number, Delivery>>();

  of(webhookId: number): Delivery[] {
    return [...(this.bySeq.get(webhookId)?.values() ?? [])];
  }

  changed(before: Delivery | undefined, after: Delivery | undefined): void {
    if (before) this.bySeq.get(before.webhookId)?.delete(before.seq);
    if (!after) return;
    const deliveries = this.bySeq.get(after.webhookId) ?? new Map<number, Delivery>();
    this.bySeq.set(after.webhookId, deliveries.set(after.seq, after));
  }
}

/** Deliveries of webhooks over a Map. */
export class MemoryDeliveryStore implements DeliveryStore {
  constructor(private readonly tables: Tables) {}

  async put(deliveries: readonly Delivery[]): Promise<void> {
    for (const delivery of deliveries) this.tables.deliveries.set(keyOf(delivery), delivery);
  }

  async waiting(webhookId: number, order: DeliveryOrder, limit: number): Promise<Delivery[]> {
    return this.inOrder(webhookId, order).slice(0, limit);
  }

  async backlog(webhookId: number, order: DeliveryOrder): ReturnType<DeliveryStore['backlog']> {
    const waiting = this.inOrder(webhookId, order);
    return { waiting: waiting.length, nextAt: waiting[0]?.nextAt ?? null };
  }

  async list(
    webhookId: number,
    { status, below = Infinity, limit }: Parameters<DeliveryStore['list']>[1],
  ): Promise<Delivery[]> {
    return this.of(webhookId, status)
      .filter(({ seq }) => seq < below)
      .reverse()
      .slice(0, limit);
  }

  async count(webhookId: number, status?: DeliveryStatus): Promise<number> {
    return Math.min(this.of(webhookId, status).length, 10_001);
  }

  async revive(webhookId: number, at: Date): Promise<number> {
    const dead = this.of(webhookId, 'dead');
    await this.put(
      dead.map((each) => ({ ...each, status: 'waiting', attempts: 0, nextAt: at, deadAt: null })),
    );
    return dead.length;
  }

  async hurry(webhookId: number, at: Date): Promise<void> {
    await this.put(this.of(webhookId, 'waiting').map((each) => ({ ...each, nextAt: at })));
  }

  async trim(webhookId: number, kept: number): Promise<void> {
    for (const status of ['delivered', 'dead'] as const)
      for (const gone of this.of(webhookId, status).slice(0, -kept))
        this.tables.deliveries.delete(keyOf(gone));
  }

  private inOrder(webhookId: number, order: DeliveryOrder): Delivery[] {
    const waiting = this.of(webhookId, 'waiting');
    const time = ({ nextAt }: Delivery): number => nextAt?.getTime() ?? 0;
    return order === 'chain' ? waiting : waiting.sort((a, b) => time(a) - time(b));
  }

  /** In the order of the chain. */
  private of(webhookId: number, status?: DeliveryStatus): Delivery[] {
    return this.tables.deliveriesOfWebhooks
      .of(webhookId)
      .filter((each) => status === undefined || each.status === status)
      .sort((a, b) => a.seq - b.seq);
  }
}

/** The key of a delivery: its webhook and seq. */
export function keyOf({ webhookId, seq }: Delivery): string {
  return joined(webhookId, seq);
}
