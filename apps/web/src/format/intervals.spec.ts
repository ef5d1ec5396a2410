import { durationText, everyText, intervalText } from './intervals';

it.each([
  [900, '15 minutes'],
  [3_600, '1 hour'],
  [5_400, '90 minutes'],
  [86_400, '1 day'],
  [61, '61 seconds'],
])('says %d seconds as %s', (seconds, text) => {
  expect(intervalText(seconds)).toBe(text);
});

it('says how often', () => {
  expect(everyText(3_600)).toBe('every hour');
  expect(everyText(900)).toBe('every 15 minutes');
});

it.each([
  [-5, '0 s'],
  [430, '0.4 s'],
  [12_900, '12 s'],
  [184_000, '3 min 4 s'],
  [7_500_000, '2 h 5 min'],
])('says %d ms as %s', (span, text) => {
  expect(durationText(span)).toBe(text);
});
