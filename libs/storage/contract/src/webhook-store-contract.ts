import type { Webhook } from '@cloudpam/events';
import { StoredConflict } from '@cloudpam/pools';
import { SAMPLE_TIME, sampleDelivery, sampleWebhook } from './samples';
import { openedForEachTest, type OpenStorage } from './under-test';

const later = (ms: number): Date => new Date(SAMPLE_TIME.getTime() + ms);

/** What `WebhookStore` promises. */
export function webhookStoreContract(name: string, open: OpenStorage): void {
  describe(`${name}: webhooks`, () => {
    const storage = openedForEachTest(open);
    const made = (fields: Partial<Webhook> = {}): Promise<Webhook> =>
      storage.run(({ webhooks }) => webhooks.insert(sampleWebhook(fields)));

    it('are kept as they are', async () => {
      const full: Partial<Webhook> = {
        name: 'Büro "quoted" 🐈',
        filter: { types: ['pool.*'], poolIds: [1], tags: ['a:b'], severities: ['high'] },
        template: { kind: 'custom', text: '{"x": "{{id}}"}\n' },
        isOrdered: false,
        formerSecret: 'old',
        formerUntil: later(1),
        routingKey: 'sealed too',
        state: 'retrying',
        failure: 'HTTP 500',
        seq: 2 ** 40,
        replay: { seq: 3, until: 2 ** 40 },
        waiting: 2,
        nextAt: later(2),
        deadInRow: 7,
        holder: 'one',
        leaseUntil: later(3),
        version: 9,
      };
      const [first, second] = [await made(), await made(full)];
      expect(first).toEqual({ ...sampleWebhook(), id: first.id });
      expect(await storage.read(({ webhooks }) => webhooks.all())).toEqual([first, second]);
      expect(await storage.read(({ webhooks }) => webhooks.get(second.id))).toEqual(second);
      const changed = { ...second, ...sampleWebhook({ name: 'x', isOrdered: true }) };
      await storage.run(({ webhooks }) => webhooks.save(changed));
      expect(await storage.run(({ webhooks }) => webhooks.lock(second.id))).toEqual(changed);
      expect(await storage.read(({ webhooks }) => webhooks.get(first.id))).toEqual(first);
    });

    it('have a name that no other has', async () => {
      await made({ name: 'a' });
      const other = await made({ name: 'b' });
      await expect(made({ name: 'a' })).rejects.toThrow(StoredConflict);
      await expect(
        storage.run(({ webhooks }) => webhooks.save({ ...other, name: 'a' })),
      ).rejects.toThrow(StoredConflict);
    });

    it('take their deliveries with them', async () => {
      const [gone, kept] = [await made({ name: 'a' }), await made({ name: 'b' })];
      await storage.run(({ deliveries }) =>
        deliveries.put([gone, kept].map(({ id }) => sampleDelivery({ webhookId: id, seq: 1 }))),
      );
      await storage.run(({ webhooks }) => webhooks.remove(gone.id));
      const counts = await storage.read(({ deliveries }) =>
        Promise.all([gone, kept].map(({ id }) => deliveries.count(id))),
      );
      expect(counts).toEqual([0, 1]);
      expect(await storage.read(({ webhooks }) => webhooks.get(gone.id))).toBeUndefined();
    });
  });
}
