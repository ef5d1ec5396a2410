import { RETRY_DELAYS_MS, retryAt } from './delivery';

const AT = new Date('2026-01-31T12:00:00Z');

describe('when something is tried again', () => {
  const wait = (attempts: number, random: number): number | undefined => {
    const at = retryAt([1_000, 5_000], attempts, AT, random);
    return at && at.getTime() - AT.getTime();
  };

  it.each([
    [1, 0, 800],
    [1, 0.5, 1_000],
    [1, 0.999_999, 1_200],
    [2, 0, 4_000],
    [2, 0.999_999, 6_000],
  ])('after attempt %i, by chance %d, is %d ms later: up to a fifth less or more', (...all) => {
    const [attempts, random, ms] = all;
    expect(wait(attempts, random)).toBe(ms);
  });

  it('is never after the last attempt', () => {
    expect(wait(3, 0.5)).toBeUndefined();
  });

  it('is over after about 24 hours of a webhook', () => {
    const hours = RETRY_DELAYS_MS.reduce((sum, ms) => sum + ms, 0) / 3_600_000;
    expect([RETRY_DELAYS_MS.length, Math.round(hours)]).toEqual([28, 23]);
  });
});
