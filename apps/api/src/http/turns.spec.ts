import { pauses } from './client-gone';
import { Busy, Turns } from './turns';

const { signal } = new AbortController();

describe('turns of expensive work', () => {
  it('come in order, so many at a time, and wait no longer than their client', async () => {
    const turns = new Turns('reports', 2, 2);
    const ends = [await turns.take(signal), await turns.take(signal)];
    const leaving = new AbortController();
    const left = turns.take(leaving.signal);
    const third = turns.take(signal);
    await expect(turns.take(signal)).rejects.toThrow(Busy);
    leaving.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    const fourth = turns.take(signal);
    ends[0]?.();
    ends[0]?.();
    const end = await third;
    const order: string[] = [];
    void fourth.then(() => order.push('fourth'));
    await Promise.resolve();
    expect(order).toEqual([]);
    end();
    await fourth;
    await expect(turns.take(leaving.signal)).rejects.toThrow('gone');
  });

  it('of one thread: long work lets others in after a slice, and ends when nobody waits for it', async () => {
    const clock = jest.spyOn(performance, 'now').mockReturnValue(0);
    const abort = new AbortController();
    const pause = pauses(abort.signal);
    let others = 0;
    setImmediate(() => (others += 1));
    await pause();
    expect(others).toBe(0);
    clock.mockReturnValue(100);
    await pause();
    expect(others).toBe(1);
    clock.mockRestore();
    abort.abort(new Error('gone'));
    await expect(pause()).rejects.toThrow('gone');
  });
});
