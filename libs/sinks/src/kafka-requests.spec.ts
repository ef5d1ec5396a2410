import type { SinkEvent } from './event-sink';
import { requestsOf } from './kafka-sink';

function event(seq: number, json: string): SinkEvent {
  return {
    ...{ seq, type: 'pool.create', subject: 'pools/1', source: 'urn:cloudpam' },
    ...{ time: new Date(0), json },
  };
}

describe('the requests to a broker', () => {
  it('are as large as a broker takes by default, in the order of the log', () => {
    // Of two bytes each in UTF-8.
    const events = Array.from({ length: 500 }, (_, at) => event(at + 1, 'é'.repeat(5_000)));
    const requests = requestsOf(events);
    expect(requests.flat()).toEqual(events);
    const sizes = requests.map((some) =>
      some.reduce((sum, { json }) => sum + Buffer.byteLength(json), 0),
    );
    expect(Math.max(...sizes)).toBeLessThan(1_048_588 / 2);
    expect(requests).toHaveLength(10);
  });

  it('are one where little is to be sent', () => {
    const events = [event(1, '{}'), event(2, '{}')];
    expect(requestsOf(events)).toEqual([events]);
    expect(requestsOf([])).toEqual([]);
  });

  it('have what is too large for any by itself', () => {
    const sizes = [10, 600_000, 10].map((size, at) => event(at, 'x'.repeat(size)));
    expect(requestsOf(sizes).map((some) => some.length)).toEqual([1, 1, 1]);
  });
});
