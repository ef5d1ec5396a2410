import fc from 'fast-check';
import type { SinkEvent } from './event-sink';
import { objectsOf } from './s3-sink';

function event(seq: number, time: string): SinkEvent {
  return {
    ...{ seq, type: 'pool.create', subject: 'pools/1', source: 'urn:cloudpam' },
    ...{ time: new Date(time), json: `{"id":"${seq}"}` },
  };
}

describe('the objects of a bucket', () => {
  it('are of one hour each, by their first event', () => {
    const events = [
      event(7, '2026-01-31T12:59:59.999Z'),
      event(8, '2026-01-31T12:00:00.000Z'),
      event(9, '2026-01-31T13:00:00.000Z'),
      event(10, '2026-01-31T12:30:00.000Z'),
    ];
    expect(objectsOf(events, 'log/a')).toMatchObject([
      { key: 'log/a/2026/01/31/12/0000000000000007.jsonl', body: '{"id":"7"}\n{"id":"8"}\n' },
      { key: 'log/a/2026/01/31/13/0000000000000009.jsonl', body: '{"id":"9"}\n' },
      { key: 'log/a/2026/01/31/12/0000000000000010.jsonl', body: '{"id":"10"}\n' },
    ]);
    expect(objectsOf(events.slice(0, 1), '')[0]?.key).toBe('2026/01/31/12/0000000000000007.jsonl');
  });

  it('have each event once, however many were sent before a crash', () => {
    const hours = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(hours, fc.nat(30), (all, some) => {
        const events = all.map((hour, at) => event(at + 1, `2026-01-31T0${hour}:00:00.000Z`));
        const bucket = new Map<string, string>();
        const put = (sent: readonly SinkEvent[]): void => {
          for (const { key, body } of objectsOf(sent, 'p')) bucket.set(key, body);
        };
        put(events.slice(0, some));
        put(events);
        const lines = [...bucket.values()].join('').trimEnd().split('\n');
        expect(lines.sort()).toEqual(events.map(({ json }) => json).sort());
      }),
    );
  });
});
