import { untilOf } from './until';

const NOW = new Date(2030, 0, 31, 12).getTime();

it('counts a week and a month from now', () => {
  expect(untilOf('none', '', NOW)).toBeNull();
  expect(untilOf('week', '', NOW)).toBe(new Date(2030, 1, 7, 12).toISOString());
  expect(untilOf('month', '', new Date(2030, 2, 15, 12).getTime())).toBe(
    new Date(2030, 3, 15, 12).toISOString(),
  );
});

it('takes a date that is ahead', () => {
  expect(untilOf('date', '2030-02-01', NOW)).toBe(new Date(2030, 1, 1).toISOString());
  expect(untilOf('date', '2030-01-31', NOW)).toBeUndefined();
  expect(untilOf('date', '', NOW)).toBeUndefined();
});
