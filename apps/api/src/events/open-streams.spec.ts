import { OpenStreams } from './open-streams';

describe('an open stream', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const nobody = new AbortController().signal;
  const answer = { writableLength: 0, socket: null, destroy: jest.fn() };

  it('is not checked again while its last check has not ended', async () => {
    const streams = new OpenStreams();
    const pending: ((may: boolean) => void)[] = [];
    const stream = streams.open(
      'ada',
      answer,
      nobody,
      () => new Promise((resolve) => pending.push(resolve)),
    );
    await jest.advanceTimersByTimeAsync(10 * streams.bounds.checkMs);
    expect(pending).toHaveLength(1);
    pending[0]?.(true);
    await jest.advanceTimersByTimeAsync(streams.bounds.checkMs);
    expect([pending.length, stream.ended.aborted]).toEqual([2, false]);
    pending[1]?.(false);
    await jest.advanceTimersByTimeAsync(0);
    expect(stream.ended.aborted).toBe(true);
    stream.close();
    expect(streams.size).toBe(0);
  });
});
