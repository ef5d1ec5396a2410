import fc from 'fast-check';
import { isInstant, parseInstant } from './instant';

it.each([
  ['2026-11-27T10:30:00Z', '2026-11-27T10:30:00.000Z'],
  ['2026-11-27t10:30:00z', '2026-11-27T10:30:00.000Z'],
  ['2026-11-27T10:30:00.123456789+05:30', '2026-11-27T05:00:00.123Z'],
  ['2024-02-29T00:00:00-23:59', '2024-02-29T23:59:00.000Z'],
  ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
  ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
])('reads %s', (text, moment) => {
  expect(parseInstant(text)?.toISOString()).toBe(moment);
});

it.each([
  '2016-12-31T23:59:60Z',
  '2026-02-29T00:00:00Z',
  '2026-02-31T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-00-01T00:00:00Z',
  '2026-01-00T00:00:00Z',
  '2026-01-01T24:00:00Z',
  '2026-01-01T00:60:00Z',
  '2026-01-01T00:00:00',
  '2026-01-01',
  '2026-01-01 00:00:00Z',
  '2026-01-01T00:00:00+24:00',
  '2026-01-01T00:00:00+0100',
  '0000-06-01T00:00:00Z',
  '0001-01-01T00:00:00+00:01',
  '9999-12-31T23:59:59-12:00',
  '+010000-01-01T00:00:00Z',
  '-000001-01-01T00:00:00Z',
  '2026-01-01T00:00Z',
  '1700000000000',
  '',
  ' 2026-01-01T00:00:00Z',
  '2026-01-01T00:00:00Z\n',
  '２０２６-01-01T00:00:00Z',
])('does not take %j for a moment', (text) => {
  expect(parseInstant(text)).toBeUndefined();
});

it('reads back every moment that it can write', () => {
  fc.assert(
    fc.property(
      fc.date({
        min: new Date('0001-01-01T00:00:00Z'),
        max: new Date('9999-12-31T23:59:59.999Z'),
        noInvalidDate: true,
      }),
      (moment) => {
        expect(isInstant(moment)).toBe(true);
        expect(parseInstant(moment.toISOString())).toEqual(moment);
      },
    ),
  );
  expect(isInstant(new Date(Number.NaN))).toBe(false);
});
