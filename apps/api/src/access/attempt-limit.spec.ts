import { addressOwner, AttemptLimit, TooManyAttempts } from './attempt-limit';

describe('AttemptLimit', () => {
  it('refuses what is more than allowed in a minute, and says for how long', () => {
    const limit = new AttemptLimit(2);
    limit.count('a', 0);
    limit.count('a', 1_000);
    expect(() => limit.count('a', 2_000)).toThrow(new TooManyAttempts(58));
    expect(() => limit.count('b', 2_000)).not.toThrow();
    expect(() => limit.count('a', 60_000)).not.toThrow();
  });

  it('forgets the oldest keys rather than grow', () => {
    const limit = new AttemptLimit(1);
    for (let n = 0; n < 30_000; n++) limit.count(`key ${n}`, 0);
    expect((limit as unknown as { windows: Map<string, unknown> }).windows.size).toBe(10_000); // the bound is not visible otherwise
  });

  it.each([
    ['192.0.2.1', '192.0.2.1'], ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'], ['2001:db8::1', '2001:db8:0:0::/64'], ['::1', '0:0:0:0::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'], ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
  ])('counts %s as %s', (ip, owner) => {
    expect(addressOwner(ip)).toBe(owner);
  });
});
