import { minutesBetween } from './index';

describe('the time from an analysis of all pools to the next', () => {
  it.each([
    [0, 1],
    [100, 1],
    [101, 2],
    [10_000, 100],
    [10_001, 360],
  ])('of %d pools is %d minutes', (pools, minutes) => {
    expect(minutesBetween(pools)).toBe(minutes);
  });
});
