import { Places } from './places';

describe('Places', () => {
  it('lets in as many as there are places, and the others in their order', async () => {
    const places = new Places(2);
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const works = [0, 1, 2, 3].map((n) =>
      places.take(
        undefined,
        () => new Promise<void>((resolve) => (begun.push(n), ends.push(resolve))),
      ),
    );
    expect(begun).toEqual([0, 1]);
    ends[1]?.();
    await works[1];
    expect(begun).toEqual([0, 1, 2]);
    ends[0]?.();
    await works[0];
    expect(begun).toEqual([0, 1, 2, 3]);
    ends.slice(2).forEach((end) => end());
    await Promise.all(works);
  });

  it('has its place back after a work that rejects', async () => {
    const places = new Places(1);
    await expect(places.take(undefined, () => Promise.reject(new Error('no')))).rejects.toThrow(
      'no',
    );
    expect(await places.take(undefined, async () => 'yes')).toBe('yes');
  });

  it('does not begin what was stopped while it waited, and lets the next in', async () => {
    const places = new Places(1);
    const stop = new AbortController();
    let end = (): void => undefined;
    const first = places.take(undefined, () => new Promise<void>((resolve) => (end = resolve)));
    const stopped = places.take(stop.signal, async () => 'begun');
    const last = places.take(undefined, async () => 'last');
    stop.abort(new Error('stopped'));
    end();
    await first;
    await expect(stopped).rejects.toThrow('stopped');
    expect(await last).toBe('last');
  });
});
