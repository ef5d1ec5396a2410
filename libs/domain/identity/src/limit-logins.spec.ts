import { MemoryStorage } from '@cloudpam/storage-memory';
import { LimitLogins, TooManyAttempts } from './index';
import { after, MINUTE, SECRETS } from './people.fixture';

const LIMIT = { name: 'logins', perMinute: 2 };

describe('LimitLogins', () => {
  let storage: MemoryStorage;
  /** Milliseconds that have passed, on the clock that nobody sets. */
  let elapsed: number;
  const server = (): LimitLogins =>
    new LimitLogins(storage.unitOfWork, SECRETS, { now: () => 1_000 + elapsed });
  const refusal = (counted: Promise<void>): Promise<unknown> =>
    counted.then(
      () => undefined,
      (error: unknown) => error,
    );

  beforeEach(() => {
    storage = new MemoryStorage();
    elapsed = 0;
  });

  it('refuses what is more than allowed in a minute, and says for how long', async () => {
    const limits = server();
    const at = (ms: number, key = 'a'): Promise<unknown> => {
      elapsed = ms;
      return refusal(limits.count(LIMIT, key, after(ms)));
    };
    expect([await at(0), await at(1_000)]).toEqual([undefined, undefined]);
    expect(await at(2_000)).toEqual(new TooManyAttempts(58));
    expect(await at(3_000)).toEqual(new TooManyAttempts(57));
    expect(await at(3_000, 'b')).toBeUndefined();
    expect(await at(MINUTE)).toBeUndefined();
  });

  it('counts for all servers together, and for each limit by itself', async () => {
    const [one, other] = [server(), server()];
    await one.count(LIMIT, 'a', after(0));
    await other.count(LIMIT, 'a', after(0));
    for (const each of [one, other, server()])
      expect(await each.allows(LIMIT, 'a', after(1))).toBe(false);
    expect(await one.allows({ ...LIMIT, name: 'others' }, 'a', after(1))).toBe(true);
  });

  it('asks the storage no more about whom it has refused, until the minute is over', async () => {
    const limits = server();
    for (let n = 0; n < 3; n++) await limits.allows(LIMIT, 'a', after(0));
    const runs = jest.spyOn(storage.unitOfWork, 'run');
    expect(await limits.allows(LIMIT, 'a', after(1))).toBe(false);
    expect(runs).not.toHaveBeenCalled();
    elapsed = MINUTE + 1;
    expect(await limits.allows(LIMIT, 'a', after(elapsed))).toBe(true);
    expect(runs).toHaveBeenCalledTimes(1);
  });

  it('shuts nobody out for longer when the clock is set back', async () => {
    const hour = 60 * MINUTE;
    for (let n = 0; n < 3; n++) await server().allows(LIMIT, 'a', after(hour));
    expect(await server().allows(LIMIT, 'a', after(0))).toBe(true);
    // The clocks of two servers may differ that much.
    for (let n = 0; n < 3; n++) await server().allows(LIMIT, 'b', after(4 * MINUTE));
    expect(await refusal(server().count(LIMIT, 'b', after(0)))).toEqual(new TooManyAttempts(60));
  });
});
