import { DEFAULT_QUOTA_RETRY, DEFAULT_RETRY, waitAfter, type RetryPolicy } from './retry-policy';

function waits(policy: RetryPolicy): number[] {
  const all: number[] = [];
  for (
    let failures = 1, wait = waitAfter(policy, 1);
    wait !== undefined;
    wait = waitAfter(policy, ++failures)
  )
    all.push(wait);
  return all;
}
const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, number) => total + number, 0);

describe('waitAfter', () => {
  it('doubles the wait, up to 32 times the first one', () => {
    expect(waits({ attempts: 9, waitMs: 10 })).toEqual([10, 20, 40, 80, 160, 320, 320, 320]);
  });

  it('gives no wait after the last try', () => {
    expect(waits({ attempts: 1, waitMs: 10 })).toEqual([]);
  });

  it('waits past the minute for a quota by default, within the time that a scope has', () => {
    expect(sum(waits(DEFAULT_QUOTA_RETRY))).toBe(95_000);
  });

  it('does not wait long for what passes quickly', () => {
    expect(sum(waits(DEFAULT_RETRY))).toBe(7_500);
  });
});
