import type { Delivery, DeliveryOrder } from '@cloudpam/events';
import { SAMPLE_TIME, sampleDelivery, sampleWebhook } from './samples';
import { openedForEachTest, type OpenStorage } from './under-test';

const later = (ms: number): Date => new Date(SAMPLE_TIME.getTime() + ms);

/** What `DeliveryStore` promises. */
export function deliveryStoreContract(name: string, open: OpenStorage): void {
  describe(`${name}: deliveries of webhooks`, () => {
    const storage = openedForEachTest(open);
    let webhookId = 0;
    let otherId = 0;
    beforeEach(async () => {
      await storage.run(async ({ webhooks }) => {
        webhookId = (await webhooks.insert(sampleWebhook({ name: 'a' }))).id;
        otherId = (await webhooks.insert(sampleWebhook({ name: 'b' }))).id;
      });
    });
    const delivered = (seq: number, fields: Partial<Delivery> = {}): Delivery =>
      sampleDelivery({ webhookId, seq, ...fields });
    const waiting = (seq: number, ms: number): Delivery =>
      delivered(seq, {
        status: 'waiting',
        attempts: 3,
        httpStatus: null,
        answer: null,
        error: 'connection refused',
        nextAt: later(ms),
      });
    const dead = (seq: number): Delivery =>
      delivered(seq, { status: 'dead', error: 'HTTP 500', httpStatus: 500, deadAt: later(9) });
    const put = (...deliveries: Delivery[]): Promise<void> =>
      storage.run((stores) => stores.deliveries.put(deliveries));

    it('are kept as they are, and take the place of what has their webhook and seq', async () => {
      const other = sampleDelivery({ webhookId: otherId, seq: 1, answer: 'Grüße "x"\n🐈' });
      await put(delivered(1), waiting(2, 5), dead(2 ** 40), other);
      await put(delivered(2, { attempts: 4 }));
      const all = await storage.read((stores) => stores.deliveries.list(webhookId, { limit: 10 }));
      expect(all).toEqual([dead(2 ** 40), delivered(2, { attempts: 4 }), delivered(1)]);
      expect(
        await storage.read((stores) => stores.deliveries.list(otherId, { limit: 10 })),
      ).toEqual([other]);
    });

    it('are listed from the newest on, below a seq, of one status, and counted', async () => {
      await put(delivered(1), waiting(2, 5), delivered(3), dead(4), delivered(5));
      const listed = await storage.read(({ deliveries }) =>
        Promise.all([
          deliveries.list(webhookId, { limit: 2 }),
          deliveries.list(webhookId, { below: 4, limit: 2 }),
          deliveries.list(webhookId, { status: 'delivered', below: 5, limit: 9 }),
        ]),
      );
      expect(listed.map((each) => each.map(({ seq }) => seq))).toEqual([
        [5, 4],
        [3, 2],
        [3, 1],
      ]);
      const counts = await storage.read(({ deliveries }) =>
        Promise.all([deliveries.count(webhookId), deliveries.count(webhookId, 'dead')]),
      );
      expect(counts).toEqual([5, 1]);
    });

    it('tell what waits, in the order of the chain or of time, and when the first is tried', async () => {
      const backlog = (order: DeliveryOrder = 'time') =>
        storage.read(({ deliveries }) => deliveries.backlog(webhookId, order));
      const first = (order: DeliveryOrder, limit: number) =>
        storage.read(({ deliveries }) => deliveries.waiting(webhookId, order, limit));
      expect([await backlog('chain'), await backlog('time')]).toEqual(
        Array(2).fill({ waiting: 0, nextAt: null }),
      );
      await put(waiting(7, 50), waiting(3, 90), delivered(4), dead(5), waiting(8, 50));
      expect(await backlog('chain')).toEqual({ waiting: 3, nextAt: later(90) });
      expect(await backlog('time')).toEqual({ waiting: 3, nextAt: later(50) });
      expect(await first('chain', 2)).toEqual([waiting(3, 90), waiting(7, 50)]);
      expect(await first('time', 9)).toEqual([waiting(7, 50), waiting(8, 50), waiting(3, 90)]);
      await storage.run(({ deliveries }) => deliveries.hurry(webhookId, later(1)));
      expect(await backlog()).toEqual({ waiting: 3, nextAt: later(1) });
    });

    it('are revived from the dead', async () => {
      await put(dead(1), delivered(2), dead(3));
      expect(await storage.run(({ deliveries }) => deliveries.revive(webhookId, later(5)))).toBe(2);
      const found = await storage.read(({ deliveries }) =>
        deliveries.waiting(webhookId, 'chain', 9),
      );
      expect(found).toMatchObject([
        { seq: 1, attempts: 0, nextAt: later(5), deadAt: null, error: 'HTTP 500' },
        { seq: 3 },
      ]);
    });

    it('are forgotten but for the last that were delivered, the last dead ones, and all that wait', async () => {
      await put(...[1, 2, 3].map((seq) => waiting(seq, 0)));
      await put(...[4, 5, 6, 7].map((seq) => delivered(seq)), ...[8, 9, 10].map(dead));
      await put(sampleDelivery({ webhookId: otherId, seq: 1 }));
      await storage.run(({ deliveries }) => deliveries.trim(webhookId, 2));
      const left = await storage.read(({ deliveries }) =>
        deliveries.list(webhookId, { limit: 20 }),
      );
      expect(left.map(({ seq }) => seq)).toEqual([10, 9, 7, 6, 3, 2, 1]);
      expect(await storage.read(({ deliveries }) => deliveries.count(otherId))).toBe(1);
    });
  });
}
