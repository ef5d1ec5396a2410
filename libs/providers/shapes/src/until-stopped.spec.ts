import { getEventListeners } from 'node:events';
import { TimeOver, untilStopped } from './until-stopped';

const never = () => new Promise<never>(() => undefined);

describe('untilStopped', () => {
  it('gives what the work gives and leaves nothing on the signal', async () => {
    const { signal } = new AbortController();
    expect(await untilStopped({ signal, timeoutMs: 60_000 }, async () => 7)).toBe(7);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('rejects with what the work throws', async () => {
    await expect(untilStopped({}, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  it('does not begin when the signal has aborted', async () => {
    const work = jest.fn(never);
    await expect(
      untilStopped({ signal: AbortSignal.abort(new Error('stopped')) }, work),
    ).rejects.toThrow('stopped');
    expect(work).not.toHaveBeenCalled();
  });

  it('rejects with the reason of the signal, and tells the work', async () => {
    const stop = new AbortController();
    const reason = new Error('stopped');
    let told: AbortSignal | undefined;
    const working = untilStopped({ signal: stop.signal }, (signal) => ((told = signal), never()));
    stop.abort(reason);
    await expect(working).rejects.toBe(reason);
    expect(told?.reason).toBe(reason);
  });

  it('rejects when the time is over, and tells the work', async () => {
    let told: AbortSignal | undefined;
    const working = untilStopped(
      { timeoutMs: 1, timeoutMessage: 'no answer within 0.001 seconds' },
      (signal) => ((told = signal), never()),
    );
    await expect(working).rejects.toEqual(new TimeOver('no answer within 0.001 seconds'));
    expect(told?.reason).toBeInstanceOf(TimeOver);
  });
});
