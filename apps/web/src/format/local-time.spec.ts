import { localText, momentOf } from './local-time';

it('carries a zone from the field to the address, and shows it again in local time', () => {
  const moment = momentOf('2026-11-27T10:30');
  expect(moment).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:00Z$/);
  expect(localText(moment ?? '')).toBe('2026-11-27T10:30');
});

it('shows the moment that an address of another zone names', () => {
  expect(momentOf(localText('2026-11-27T10:30:00+05:30'))).toBe('2026-11-27T05:00:00Z');
});

it('knows no moment where there is none', () => {
  expect(momentOf('')).toBeNull();
  expect(localText('yesterday')).toBe('');
});
