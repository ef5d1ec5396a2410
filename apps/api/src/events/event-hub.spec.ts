import { setMaxListeners } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { SealAudit } from '@cloudpam/audit';
import { sampleAuditEntry } from '@cloudpam/storage-contract';
import { sha256 } from '../audit/sha256';
import { memoryStorage, type Storage } from '../storage/storage';
import { EventHub, type EventPage } from './event-hub';
import { eventText } from './event-text';

describe('EventHub', () => {
  let storage: Storage;
  let hub: EventHub;
  let reads: number;
  const never = new AbortController().signal;
  setMaxListeners(0, never);

  beforeEach(() => {
    storage = memoryStorage();
    reads = 0;
    const { unitOfWork } = storage;
    const counted: Storage['unitOfWork'] = {
      ...unitOfWork,
      run: (...args) => unitOfWork.run(...args),
      read: (...args) => {
        reads += 1;
        return storage.unitOfWork.read(...args);
      },
    };
    hub = new EventHub({ unitOfWork: counted }, new SealAudit(unitOfWork, sha256));
  });
  afterEach(async () => {
    hub.onModuleDestroy();
    await storage.close();
  });

  const append = (count: number): Promise<void> =>
    storage.unitOfWork.run(({ audit }) =>
      audit.append(Array.from({ length: count }, () => sampleAuditEntry({}))),
    );
  const seqsOf = ({ events }: EventPage): number[] => events.map(({ seal }) => seal.seq);

  it('seals what was written and gives it to all who wait, by one reading', async () => {
    const waiting = Array.from({ length: 100 }, () => hub.after(0, 60_000, never));
    await append(2);
    const pages = await Promise.all(waiting);
    expect(pages.map(seqsOf)).toEqual(pages.map(() => [1, 2]));
    // Each has looked once before it waited; then the head and what is new were read, and that it was all.
    expect(reads).toBeLessThan(100 + 10);
  });

  it('tells who does not wait of all that was committed, also where others wait', async () => {
    const end = new AbortController();
    const waiting = hub.after(0, 60_000, end.signal);
    while (!hub.isLooking) await setImmediate();
    for (const seq of [1, 2, 3]) {
      await append(1);
      const now = await hub.now();
      expect([now, seqsOf(await hub.after(seq - 1, 0, never))]).toEqual([seq, [seq]]);
    }
    end.abort();
    await waiting;
  });

  it('looks no more when nobody listens, and reads nothing then', async () => {
    const waiting = hub.after(0, 60_000, never);
    await append(1);
    await waiting;
    while (hub.isLooking) await setImmediate();
    const before = reads;
    await append(1);
    await new SealAudit(storage.unitOfWork, sha256).execute();
    for (let turn = 0; turn < 100; turn += 1) await setImmediate();
    expect(reads).toBe(before);
  });

  it('gives a long log page by page to who is behind, and ends with the newest', async () => {
    await append(1_200);
    expect(await hub.now()).toBe(1_200);
    const seen: number[] = [];
    for (let place = 0; place < 1_200;) {
      const page = await hub.after(place, 0, never);
      seen.push(...seqsOf(page));
      place = page.last;
    }
    expect(seen).toEqual(Array.from({ length: 1_200 }, (_, at) => at + 1));
    expect(await hub.after(1_200, 0, never)).toEqual({ events: [], last: 1_200 });
  });

  it('misses nothing for who comes back after a long silence', async () => {
    await append(1);
    await hub.after(0, 0, never);
    const waiting = hub.after(1, 60_000, never);
    await append(3_000);
    let place = 1;
    for (let page = await waiting; place < 3_001; page = await hub.after(place, 0, never)) {
      expect(seqsOf(page)[0]).toBe(place + 1);
      place = page.last;
    }
    expect(place).toBe(3_001);
  });

  it('reads what came all at once for all who wait, and not for each', async () => {
    await append(1);
    await hub.now();
    const waiting = Array.from({ length: 100 }, () => hub.after(1, 60_000, never));
    await append(5_000);
    const ends = await Promise.all(
      waiting.map(async (first) => {
        let place = 1;
        for (let page = await first; place < 5_001; page = await hub.after(place, 0, never)) {
          expect(seqsOf(page)[0]).toBe(place + 1);
          place = page.last;
        }
        return place;
      }),
    );
    expect(ends).toEqual(ends.map(() => 5_001));
    expect(reads).toBeLessThan(100 + 50);
  });

  it('goes on where the log ends that has become shorter, as after a failover', async () => {
    const told = hub.after(0, 60_000, never);
    await append(3);
    expect(seqsOf(await told)).toEqual([1, 2, 3]);
    const waiting = hub.after(3, 10_000, never);
    const lost = storage;
    storage = memoryStorage();
    await append(1);
    await new SealAudit(storage.unitOfWork, sha256).execute();
    expect(await waiting).toEqual({ events: [], last: 1 });
    await append(1);
    await new SealAudit(storage.unitOfWork, sha256).execute();
    expect(seqsOf(await hub.after(1, 60_000, never))).toEqual([2]);
    await lost.close();
  });

  it('stops waiting when the reader ends, and not before, where the server ends', async () => {
    const end = new AbortController();
    const waiting = hub.after(0, 60_000, end.signal);
    hub.onModuleDestroy();
    let hasEnded = false;
    void waiting.then(() => (hasEnded = true));
    for (let turn = 0; turn < 100; turn += 1) await setImmediate();
    expect(hasEnded).toBe(false);
    end.abort();
    expect(await waiting).toEqual({ events: [], last: 0 });
  });

  it('gives a sign of life where nothing happens, with the place that was looked through', async () => {
    await append(2);
    await hub.now();
    const ended = new AbortController();
    const stream = { ended: ended.signal, check: () => Promise.resolve(), close: () => undefined };
    const reader = {
      after: 0,
      filter: { types: ['nothing.*'] },
      stream,
      isLimited: false,
      visible: () => Promise.resolve([]),
    };
    const text = eventText(hub, reader, 'urn:test', 1, () => undefined);
    const first = await text.next();
    const second = await text.next();
    expect([first.value, second.value]).toEqual([
      'retry: 2000\n: is here\nid: 0\n\n',
      ': is here\nid: 2\n\n',
    ]);
    ended.abort();
    expect((await text.next()).done).toBe(true);
  });
});
