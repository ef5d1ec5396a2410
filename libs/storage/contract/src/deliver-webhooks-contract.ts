import { createHash } from 'node:crypto';
import { held, SealAudit } from '@cloudpam/audit';
import {
  DeliverWebhooks,
  KeepWebhooks,
  WEBHOOK_LEASE_MS,
  type Attempt,
  type Delivery,
  type Webhook,
} from '@cloudpam/events';
import { parseCidr } from '@cloudpam/cidr';
import { insertTree } from './planted';
import { SAMPLE_TIME, sampleAuditEntry, sampleDelivery, sampleWebhook } from './samples';
import { gate, openedForEachTest, type OpenStorage } from './under-test';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const HOUR = 3_600_000;

/** Telling webhooks, by several servers, over a storage. */
export function deliverWebhooksContract(name: string, open: OpenStorage): void {
  describe(`${name}: telling webhooks`, () => {
    const storage = openedForEachTest(open);
    let writes = 0;
    const counted: typeof storage = {
      ...storage,
      run: (...work) => {
        writes++;
        return storage.run(...work);
      },
    };
    const writesOf = async (work: () => Promise<void>): Promise<number> => {
      const before = writes;
      await work();
      return writes - before;
    };
    let clock = 0;
    /** What arrived, by webhook. */
    let heard: Record<string, number[]> = {};
    let tried: Record<string, number[]> = {};
    /** What a receiver answers; null: nothing. */
    let answer: (webhook: Webhook, seq: number) => number | null | Promise<number> = () => 204;
    /** Events that can never be sent. */
    let unsendable: readonly number[] = [];
    let errors: unknown[] = [];
    beforeEach(() => {
      [clock, heard, tried, unsendable, errors] = [0, {}, {}, [], []];
      answer = () => 204;
    });
    const now = (): Date => new Date(SAMPLE_TIME.getTime() + clock);
    const dispatcher = (holder = 'one', over = storage): DeliverWebhooks =>
      new DeliverWebhooks(over, {
        send: async (webhook, { seal: { seq } }): Promise<Attempt> => {
          (tried[webhook.name] ??= []).push(seq);
          const httpStatus = await answer(webhook, seq);
          const ok = httpStatus !== null && httpStatus < 300;
          if (ok) (heard[webhook.name] ??= []).push(seq);
          const error = ok ? null : httpStatus === null ? 'refused' : `HTTP ${httpStatus}`;
          const attempt = { at: now(), ms: 0, httpStatus, answer: null, error };
          return unsendable.includes(seq)
            ? { ...attempt, error: 'no JSON', isFinal: true }
            : attempt;
        },
        holder,
        now,
        random: () => 0.5,
        onError: (error) => errors.push(error),
      });
    const worked = async (by = dispatcher()): Promise<void> => {
      await by.look();
      await by.idle();
      expect(errors).toEqual([]);
    };
    /** Looks again and again while the clock goes on. */
    const pass = async (ms: number, step: number, by = dispatcher()): Promise<void> => {
      for (const until = clock + ms; clock < until; clock += step) await worked(by);
    };
    const happened = async (count: number, fields = {}): Promise<void> => {
      await storage.run(({ audit }) =>
        audit.append(Array.from({ length: count }, () => sampleAuditEntry(fields))),
      );
      await new SealAudit(storage, sha256).execute();
    };
    const made = (fields: Partial<Webhook> = {}): Promise<Webhook> =>
      storage.run(({ webhooks }) => webhooks.insert(sampleWebhook(fields)));
    const got = async ({ id }: Webhook): Promise<Webhook> =>
      (await storage.read(({ webhooks }) => webhooks.get(id))) as Webhook; // it was made
    const deliveriesOf = ({ id }: Webhook): Promise<Delivery[]> =>
      storage.read(({ deliveries }) => deliveries.list(id, { limit: 2_000 }));
    /** Has given up events, which come again when they are revived. */
    const gaveUp = (webhook: Webhook, seqs: readonly number[]): Promise<void> =>
      storage.run(async ({ webhooks, deliveries }) => {
        const { id: webhookId } = webhook;
        const fields = { webhookId, status: 'dead', deadAt: now(), attempts: 29 } as const;
        await deliveries.put(seqs.map((seq) => sampleDelivery({ ...fields, seq })));
        await webhooks.save({ ...webhook, seq: Math.max(...seqs) });
      });
    const from = (first: number, last: number): number[] =>
      Array.from({ length: last - first + 1 }, (_, at) => first + at);
    const change = () => ({
      actor: { type: 'user' as const, id: 'ada', name: 'Ada' },
      at: now(),
      requestId: 'r',
    });

    it('tells each event once and in order, and keeps the last deliveries', async () => {
      const webhook = await made();
      await happened(250);
      await worked();
      await worked();
      expect(heard).toEqual({ chat: from(1, 250) });
      expect(await got(webhook)).toMatchObject({ state: 'ok', seq: 250, holder: null, waiting: 0 });
      expect(await deliveriesOf(webhook)).toHaveLength(250);
    });

    it('tells only what passes the filter, below a pool as it lies when it is told', async () => {
      const pool = await storage.run(
        async (stores) => (await insertTree(stores, ['10.0.0.0/8']))[0]?.id ?? 0,
      );
      const webhook = await made({ filter: { poolIds: [pool], types: ['pool.*'] } });
      const place = { vrfId: 1, accountId: null, kind: 'subnet' };
      const entityId = '999';
      await happened(2, { entityId, place: { ...place, cidr: parseCidr('10.1.0.0/16') } });
      await happened(2, { entityId, place: { ...place, cidr: parseCidr('11.1.0.0/16') } });
      await happened(1, { entityId: String(pool), type: 'pool.update' });
      await worked();
      expect([heard, (await got(webhook)).seq]).toEqual([{ chat: [1, 2, 5] }, 5]);
    });

    it('tells what went with a pool of the filter, and what happened where that lay before', async () => {
      const [top, moved] = await storage.run(async (stores) =>
        (await insertTree(stores, ['10.0.0.0/8', '11.0.0.0/8'])).map(({ id }) => String(id)),
      );
      await made({ filter: { poolIds: [Number(top), Number(moved)] } });
      const at = (cidr: string) => ({
        ...{ vrfId: 1, accountId: null, kind: 'subnet' },
        cidr: parseCidr(cidr),
      });
      const child = (cidr: string, fields = {}) =>
        happened(1, { entityId: '999', place: at(cidr), ...fields });
      await child('12.1.0.0/16'); // 1, where the second one still lay
      await happened(1, {
        ...{ entityId: moved, type: 'pool.move' },
        ...{ place: at('11.0.0.0/8'), formerPlace: at('12.0.0.0/8') },
      });
      await child('12.2.0.0/16', { requestId: 'after' }); // 3, where it lies no more
      await storage.run(({ pools }) => pools.remove([Number(top)]));
      const cascade = { requestId: 'cascade', type: 'pool.delete' };
      await happened(1, { ...cascade, entityId: top, place: at('10.0.0.0/8') });
      // More than are read at once.
      await happened(250, { ...cascade, entityId: '998', place: at('10.1.0.0/16') });
      await child('10.2.0.0/16', { requestId: 'later' }); // 255, below nothing
      await worked();
      expect(heard).toEqual({ chat: [1, 2, ...from(4, 254)] });
    });

    it('holds up the webhook that fails, and no other one', async () => {
      const down = await made({ name: 'down' });
      await made({ name: 'up' });
      answer = ({ name: who }) => (who === 'down' ? 503 : 204);
      await happened(5);
      await worked();
      expect([tried['down'], heard['up']]).toEqual([[1], from(1, 5)]);
      expect(await got(down)).toMatchObject({ state: 'retrying', failure: 'HTTP 503', waiting: 1 });
      expect(await deliveriesOf(down)).toMatchObject([
        { seq: 1, status: 'waiting', attempts: 1, httpStatus: 503 },
      ]);
    });

    it('does not wait for a webhook whose receiver says nothing', async () => {
      const held = gate();
      await made({ name: 'slow' });
      await made({ name: 'fast' });
      answer = async ({ name: who }) => {
        if (who === 'slow') await held.passed;
        return 200;
      };
      const one = dispatcher();
      await happened(1);
      await one.look();
      while ((heard['fast'] ?? []).length < 1) await new Promise(setImmediate);
      await happened(1);
      while ((heard['fast'] ?? []).length < 2) {
        await one.look();
        await new Promise(setImmediate);
      }
      expect(tried['slow']).toEqual([1]);
      held.open();
      await one.idle();
    });

    it('does not wait for a webhook that has much to pass over', async () => {
      const passing = await made({ name: 'passing', filter: { types: ['vlan.*'] } });
      await happened(1_000);
      await made({ name: 'fast', seq: 1_000 });
      let passed = 0;
      answer = async () => {
        passed = (await got(passing)).seq;
        return 204;
      };
      let isNew = true;
      const busy: typeof storage = {
        ...storage,
        run: async (...work) => {
          if (isNew) {
            isNew = false;
            await happened(1);
          }
          return storage.run(...work);
        },
      };
      await worked(dispatcher('one', busy));
      expect([heard['fast'], (await got(passing)).seq]).toEqual([[1_001], 1_001]);
      expect(passed).toBeLessThan(1_000);
    });

    it('loses nothing and keeps the order when a receiver is down for an hour', async () => {
      const webhook = await made();
      answer = () => null;
      for (let minute = 0; minute < 60; minute++) {
        await happened(2);
        await pass(60_000, 20_000);
      }
      expect([heard, (await deliveriesOf(webhook)).length]).toEqual([{}, 1]);
      answer = () => 200;
      await pass(2 * HOUR, HOUR / 2);
      expect(heard).toEqual({ chat: from(1, 120) });
      expect(await got(webhook)).toMatchObject({ state: 'ok', failure: null, nextAt: null });
    });

    it('tries an event for 24 hours, gives it up, and goes on with the next', async () => {
      const webhook = await made();
      answer = (_, seq) => (seq === 1 ? 500 : 200);
      await happened(2);
      await pass(1_000 + 5_000 + 31_000, 500);
      expect(tried['chat']).toEqual([1, 1, 1, 1]);
      await pass(24 * HOUR, HOUR / 12);
      expect(tried['chat']?.filter((seq) => seq === 1)).toHaveLength(29);
      expect(heard).toEqual({ chat: [2] });
      expect(await deliveriesOf(webhook)).toMatchObject([
        { seq: 2, status: 'delivered' },
        { seq: 1, status: 'dead', attempts: 29, nextAt: null },
      ]);
      expect(await got(webhook)).toMatchObject({ state: 'ok', seq: 2, deadInRow: 0 });
    });

    it('gives up at once what can never be sent, says why, and goes on with the next', async () => {
      const webhook = await made();
      unsendable = [1, 2];
      await happened(3);
      await worked();
      expect(tried).toEqual({ chat: [1, 2, 3] });
      expect(await deliveriesOf(webhook)).toMatchObject([
        { seq: 3, status: 'delivered' },
        { seq: 2, status: 'dead' },
        { seq: 1, status: 'dead', attempts: 1, error: 'no JSON', nextAt: null },
      ]);
    });

    it('goes past what fails where order does not matter, until ten wait', async () => {
      const webhook = await made({ isOrdered: false });
      answer = (_, seq) => (seq % 2 === 0 ? 500 : 200);
      await happened(60);
      await worked();
      expect((await got(webhook)).waiting).toBe(10);
      answer = () => 200;
      clock += 2_000;
      await worked();
      expect(heard['chat']?.toSorted((a, b) => a - b)).toEqual(from(1, 60));
      expect(await got(webhook)).toMatchObject({ state: 'ok', waiting: 0, seq: 60 });
    });

    it('asks at most ten at once where order does not matter, and one where it does', async () => {
      const most: Record<string, number> = {};
      const underWay: Record<string, number> = {};
      await made({ name: 'ordered' });
      await made({ name: 'wide', isOrdered: false });
      answer = async ({ name: who }) => {
        underWay[who] = (underWay[who] ?? 0) + 1;
        most[who] = Math.max(most[who] ?? 0, underWay[who]);
        await new Promise(setImmediate);
        underWay[who]--;
        return 200;
      };
      await happened(40);
      await worked();
      expect(most).toEqual({ ordered: 1, wide: 10 });
    });

    it('pauses a webhook whose receiver is gone, and goes on with the same event', async () => {
      const webhook = await made();
      answer = () => 410;
      await happened(3);
      await worked();
      await pass(HOUR, HOUR / 10);
      expect(tried['chat']).toEqual([1]);
      expect(await got(webhook)).toMatchObject({ state: 'paused', seq: 1, holder: null });
      const { entries } = await storage.read(({ audit }) =>
        audit.list({ type: 'webhook.pause' }, 1, 10),
      );
      expect(entries).toMatchObject([
        {
          actor: { type: 'system' },
          diff: {
            before: { state: 'ok', failure: null },
            after: { state: 'paused', failure: 'It answers 410: it is gone.' },
          },
        },
      ]);
      answer = () => 200;
      await new KeepWebhooks(storage).resume(change(), webhook.id);
      await worked();
      expect(heard).toEqual({ chat: [1, 2, 3] });
    });

    it('pauses a webhook when a hundred events in a row are dead', async () => {
      const webhook = await made({ deadInRow: 99 });
      answer = () => 500;
      await happened(2);
      await pass(25 * HOUR, HOUR / 6);
      expect(await got(webhook)).toMatchObject({
        state: 'paused',
        failure: '100 events in a row could not be delivered.',
        seq: 1,
      });
    });

    it('tells nothing while someone has paused it, and all of it afterwards', async () => {
      const keep = new KeepWebhooks(storage);
      const webhook = await made();
      await keep.pause(change(), webhook.id);
      await happened(3);
      await worked();
      expect(heard).toEqual({});
      await keep.resume(change(), webhook.id);
      await worked();
      // The first one is that it was paused.
      expect(heard['chat']).toEqual([1, 2, 3, 4]);
    });

    it('tells a part of the log again, in order, before what is new', async () => {
      const webhook = await made();
      await happened(10);
      await worked();
      await new KeepWebhooks(storage).replay(change(), webhook.id, { fromSeq: 3, toSeq: 5 });
      await happened(1);
      await worked();
      expect(heard['chat']?.slice(10, 13)).toEqual([3, 4, 5]);
      expect(heard['chat']?.slice(13)[0]).toBe(11);
      expect(await got(webhook)).toMatchObject({ replay: null });
      await expect(
        new KeepWebhooks(storage).replay(change(), webhook.id, { fromSeq: 3, toSeq: 500 }),
      ).rejects.toMatchObject({ code: 'invalid_replay' });
    });

    it('tells again of what is dead, in order', async () => {
      const webhook = await made();
      answer = (_, seq) => (seq <= 2 ? 500 : 200);
      await happened(3);
      await pass(50 * HOUR, HOUR / 6);
      expect(heard['chat']).toEqual([3]);
      answer = () => 200;
      await new KeepWebhooks(storage).replay(change(), webhook.id, 'dead');
      await worked();
      expect(heard['chat']?.slice(0, 3)).toEqual([3, 1, 2]);
    });

    it('tells of all that was dead before what is new, where order matters', async () => {
      const webhook = await made();
      await happened(30);
      await gaveUp(webhook, from(1, 30));
      await new KeepWebhooks(storage).replay(change(), webhook.id, 'dead');
      await happened(3);
      await worked();
      expect(heard).toEqual({ chat: from(1, 34) });
    });

    it('does not let what is refused stand before the others, where order does not matter', async () => {
      const webhook = await made({ isOrdered: false });
      await happened(60);
      await gaveUp(webhook, from(1, 60));
      await new KeepWebhooks(storage).replay(change(), webhook.id, 'dead');
      answer = (_, seq) => (seq <= 30 ? 500 : 200);
      await worked();
      expect(heard['chat']?.toSorted((a, b) => a - b)).toEqual(from(31, 60));
      expect(await got(webhook)).toMatchObject({ state: 'retrying', waiting: 30 });
    });

    it('moves all webhooks on in one write where events pass no filter', async () => {
      const filter = { types: ['vlan.*'] };
      for (const at of from(1, 20)) await made({ name: `w${at}`, filter });
      await happened(250);
      const writes = await writesOf(() => worked(dispatcher('one', counted)));
      // A page each.
      expect(writes).toBe(3);
      const all = await storage.read(({ webhooks }) => webhooks.all());
      expect(new Set(all.map(({ seq }) => seq))).toEqual(new Set([250]));
      expect(tried).toEqual({});
    });

    it('writes twice for what it tells: that it has begun, and what became of it', async () => {
      await made();
      await happened(3);
      expect(await writesOf(() => worked(dispatcher('one', counted)))).toBe(2);
      expect(heard).toEqual({ chat: [1, 2, 3] });
    });

    it.each([true, false])(
      'writes nothing while what waits is not due, whether ordered: %s',
      async (isOrdered) => {
        const webhook = await made({ isOrdered });
        await happened(60);
        await gaveUp(webhook, from(1, 60));
        await new KeepWebhooks(storage).replay(change(), webhook.id, 'dead');
        answer = () => 500;
        await worked();
        const look = () => writesOf(() => worked(dispatcher('one', counted)));
        expect(await look()).toBe(0);
        clock += 1_000;
        expect(await look()).toBeGreaterThan(0);
      },
    );

    it('goes by the order that it was changed to', async () => {
      const webhook = await made({ isOrdered: false, waiting: 2, nextAt: now() });
      const at = (ms: number): Date => new Date(now().getTime() + ms);
      const waits = { webhookId: webhook.id, status: 'waiting' } as const;
      await storage.run(({ deliveries }) =>
        deliveries.put([
          sampleDelivery({ ...waits, seq: 1, nextAt: at(90) }),
          sampleDelivery({ ...waits, seq: 2, nextAt: at(50) }),
        ]),
      );
      const keep = new KeepWebhooks(storage);
      const ordered = await keep.update(change(), webhook.id, { isOrdered: true });
      const unordered = await keep.update(change(), webhook.id, { isOrdered: false });
      expect([ordered.nextAt, unordered.nextAt]).toEqual([at(90), at(50)]);
    });

    it('is told by one server at a time, and by another one when that has died', async () => {
      const held = gate();
      const webhook = await made();
      answer = async () => {
        await held.passed;
        return 200;
      };
      await happened(2);
      const [dying, other] = [dispatcher('dying'), dispatcher('other')];
      await dying.look();
      while ((tried['chat'] ?? []).length < 1) await new Promise(setImmediate);
      await worked(other);
      expect(tried['chat']).toEqual([1]);
      answer = () => 200;
      clock += WEBHOOK_LEASE_MS;
      await worked(other);
      expect(heard['chat']).toEqual([1, 2]);
      held.open();
      await dying.idle();
      // What the first one did meanwhile is told twice, with the same id, and noted by the second alone.
      expect([heard['chat']?.toSorted(), (await got(webhook)).seq]).toEqual([[1, 1, 2], 2]);
    });

    it('goes on where its clock was far ahead when it failed, and died', async () => {
      const webhook = await made();
      await happened(2);
      clock = 24 * 365 * HOUR;
      answer = () => 503;
      await worked();
      const died = { ...(await got(webhook)), ...held('died', now(), WEBHOOK_LEASE_MS) };
      await storage.run(({ webhooks }) => webhooks.save(died));
      clock = 0;
      answer = () => 204;
      await worked();
      expect(heard).toEqual({ chat: [1, 2] });
    });

    it('goes on after a webhook was changed or deleted meanwhile', async () => {
      const webhook = await made();
      await happened(3);
      answer = async () => {
        await storage.run(({ webhooks }) => webhooks.remove(webhook.id));
        return 200;
      };
      await worked();
      expect(await storage.read(({ webhooks }) => webhooks.all())).toEqual([]);
    });
  });
}
