import { KeepWebhooks, WEBHOOKS_LIMIT, type Webhook } from '@cloudpam/events';
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
        filter: { types: ['pool.*'], poolIds: [1], tags: ['a:b'], severities: ['critical'] },
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

    it('are moved on together, but for those that are held or elsewhere by now', async () => {
      const free = await made({ name: 'free', seq: 5 });
      const over = await made({ name: 'over', seq: 5, holder: 'dead', leaseUntil: later(9) });
      const ahead = await made({
        name: 'ahead',
        seq: 5,
        holder: 'dead',
        leaseUntil: later(86_400_000),
      });
      await made({ name: 'held', seq: 5, holder: 'other', leaseUntil: later(10) });
      await made({ name: 'elsewhere', seq: 4 });
      await made({ name: 'not asked', seq: 5 });
      await storage.run(async ({ webhooks }) => {
        const ids = (await webhooks.all()).filter((each) => each.name !== 'not asked');
        await webhooks.moveOn(
          ids.map(({ id }) => id),
          { from: 5, to: 2 ** 40 },
          later(9),
        );
      });
      const all = await storage.read(({ webhooks }) => webhooks.all());
      expect(all.map(({ seq }) => seq)).toEqual([2 ** 40, 2 ** 40, 2 ** 40, 5, 4, 5]);
      expect(all.slice(0, 3)).toEqual(
        [free, over, ahead].map((each) => ({ ...each, seq: 2 ** 40 })),
      );
    });

    it('are no more than there may be, whoever makes them at once', async () => {
      const names = (count: number, what: string): string[] =>
        Array.from({ length: count }, (_, at) => `${what} ${at}`);
      await storage.run(async ({ webhooks }) => {
        for (const each of names(WEBHOOKS_LIMIT - 2, 'old'))
          await webhooks.insert(sampleWebhook({ name: each }));
      });
      const keep = new KeepWebhooks(storage);
      const change = {
        actor: { type: 'user' as const, id: 'ada', name: 'Ada' },
        at: SAMPLE_TIME,
        requestId: 'r',
      };
      const results = await Promise.allSettled(
        names(6, 'new').map((each) => {
          const { secret, routingKey, ...settings } = sampleWebhook({ name: each });
          return keep.create(change, settings, { secret, routingKey });
        }),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
      expect(results.flatMap((each) => ('reason' in each ? [each.reason as unknown] : []))).toEqual(
        Array(4).fill(expect.objectContaining({ code: 'too_many_webhooks' })),
      );
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
