import type { SealedEvent } from '@cloudpam/audit';
import type { EventSink, SinkEvent } from '@cloudpam/sinks';
import { sampleAuditEntry } from '@cloudpam/storage-contract';
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
    return new SinkSubscriber('of a test', open, SOURCE, 500, timeoutMs);
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
