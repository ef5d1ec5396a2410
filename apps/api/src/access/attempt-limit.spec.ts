import { CountedWindows } from '../http/counted-windows';
import { TooManyAttempts } from '../http/too-many-attempts';
import { addressOwner, AttemptLimit } from './attempt-limit';

describe('AttemptLimit', () => {
  it('refuses what is more than allowed in a minute, and says for how long', () => {
    let elapsed = 1_000;
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => elapsed);
    const limit = new AttemptLimit(2);
    limit.count('a');
    elapsed += 1_000;
    limit.count('a');
    elapsed += 1_000;
    expect(() => limit.count('a')).toThrow(new TooManyAttempts(58));
    expect(() => limit.count('b')).not.toThrow();
    elapsed += 58_001;
    expect(() => limit.count('a')).not.toThrow();
    clock.mockRestore();
  });

  it('forgets the oldest keys rather than grow', () => {
    const windows = new CountedWindows(60_000, 100);
    for (let n = 0; n < 300; n++) windows.count(`key ${n}`);
    expect([windows.size, windows.count('key 299').count, windows.count('key 0').count]).toEqual([
      100, 2, 1,
    ]);
  });

  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
  ])('counts %s as %s', (ip, owner) => {
    expect(addressOwner(ip)).toBe(owner);
  });
});
