import { ageText } from './ages';

const NOW = Date.parse('2026-03-01T12:00:00Z');

it.each([
  ['2026-03-01T11:59:30Z', 'now'],
  ['2026-03-01T11:48:00Z', '12m'],
  ['2026-03-01T09:00:00Z', '3h'],
  ['2026-02-20T12:00:00Z', '9d'],
  ['2026-01-01T12:00:00Z', '8w'],
  ['2023-03-01T12:00:00Z', '3y'],
  ['2026-03-05T12:00:01Z', 'in 4d'],
  ['not a time', '–'],
])('shows the age of %s as %s', (iso, text) => {
  expect(ageText(iso, NOW)).toBe(text);
});
