import { FollowLog, SealAudit, type SealedEvent } from '@cloudpam/audit';
import type { EventSink, SinkEvent } from '@cloudpam/sinks';
import { sampleAuditEntry } from '@cloudpam/storage-contract';
import { MemoryStorage } from '@cloudpam/storage-memory';
import { SinkSubscriber } from './sink-subscriber';

const SOURCE = 'https://pam.example.com';

function event(seq: number): SealedEvent {
  const entry = { ...sampleAuditEntry({ entityId: '42' }), id: seq };
  return { seal: { seq, entryId: seq, hash: '' }, entry };
}

describe('a platform as a subscriber of the log', () => {
  let log: string[];
  let send: EventSink['send'];
  const subscriber = (timeoutMs?: number): SinkSubscriber => {
    const open = async (): Promise<EventSink> => {
      log.push('open');
      return { send: (...args) => send(...args), close: async () => void log.push('close') };
    };
    return new SinkSubscriber({ name: 'of a test', open }, SOURCE, timeoutMs);
  };
  beforeEach(() => {
    log = [];
    send = async (events) => void log.push(events.map(({ seq }) => seq).join(' '));
  });

  it('sends batch after batch over one connection', async () => {
    const to = subscriber();
    await to.handle([event(1), event(2)]);
    await to.handle([event(3)]);
    await to.close();
    expect(log).toEqual(['open', '1 2', '3', 'close']);
  });

  it('sends CloudEvents', async () => {
    let sent: readonly SinkEvent[] = [];
    send = async (events) => void (sent = events);
    await subscriber().handle([event(7)]);
    expect(sent).toEqual([
      {
        ...{ seq: 7, type: 'pool.create', subject: 'pools/42', source: SOURCE },
        ...{
          time: expect.any(Date),
          json: expect.stringContaining('"specversion":"1.0","id":"7"'),
        },
      },
    ]);
  });

  it('opens another connection when one has failed', async () => {
    const to = subscriber();
    const works = send;
    send = () => Promise.reject(new Error('gone'));
    await expect(to.handle([event(1)])).rejects.toThrow('gone');
    send = works;
    await to.handle([event(1)]);
    expect(log).toEqual(['open', 'close', 'open', '1']);
  });

  it('says how many the platform has got where the rest takes too long or fails', async () => {
    const to = subscriber(20);
    send = (_, stop, taken) => {
      taken(2);
      return new Promise((_resolve, reject) =>
        stop.addEventListener('abort', () => reject(stop.reason as Error)),
      );
    };
    expect(await to.handle([event(1), event(2), event(3)])).toBe(2);
    send = async (_, __, taken) => {
      taken(1);
      throw new Error('gone');
    };
    expect(await to.handle([event(3), event(4)])).toBe(1);
    expect(log).toEqual(['open', 'close', 'open', 'close']);
  });

  it('catches up with a backlog that takes longer than a batch may', async () => {
    const storage = new MemoryStorage().unitOfWork;
    await storage.run(({ audit }) =>
      audit.append(Array.from({ length: 10 }, () => sampleAuditEntry())),
    );
    await new SealAudit(storage, (text) => text).execute();
    const got: number[] = [];
    send = (events, stop, taken) => {
      got.push(...events.slice(0, 3).map(({ seq }) => seq));
      taken(Math.min(events.length, 3));
      if (events.length <= 3) return Promise.resolve();
      return new Promise((_, reject) =>
        stop.addEventListener('abort', () => reject(stop.reason as Error)),
      );
    };
    const follow = new FollowLog(storage, subscriber(20), 'one', () => new Date());
    expect(await follow.execute()).toBe(10);
    expect(got).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('closes a connection that is open too late, and one that others opened stays', async () => {
    const opening: (() => void)[] = [];
    const opened = (name: string): EventSink => ({
      send: async () => void log.push(`to ${name}`),
      close: async () => void log.push(`close ${name}`),
    });
    const open = (): Promise<EventSink> => {
      const name = ['late', 'next'][opening.length] ?? '';
      return new Promise((resolve) => opening.push(() => resolve(opened(name))));
    };
    const to = new SinkSubscriber({ name: 'of a test', open }, SOURCE, 20);
    await expect(to.handle([event(1)])).rejects.toThrow('no answer');
    const next = to.handle([event(1)]);
    opening[1]?.();
    await next;
    opening[0]?.();
    await to.handle([event(2)]);
    expect(log.toSorted()).toEqual(['close late', 'to next', 'to next']);
    await to.close();
    expect(log.at(-1)).toBe('close next');
  });

  it('stops what takes too long, before another server may begin with the same', async () => {
    const to = subscriber(20);
    let stopped = false;
    send = (_, stop) =>
      new Promise((resolve) =>
        stop.addEventListener('abort', () => resolve(void (stopped = true))),
      );
    await expect(to.handle([event(1)])).rejects.toThrow('no answer within 0.02 s');
    expect([stopped, log, to.leaseMs]).toEqual([true, ['open', 'close'], 40]);
  });
});
