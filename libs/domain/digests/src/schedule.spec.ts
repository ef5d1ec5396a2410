import * as fc from 'fast-check';
import { isTimeZone, lastDue, nextDue, type Schedule } from './schedule';

const daily = (hour: number, timeZone: string): Schedule => ({
  every: 'daily',
  weekday: null,
  hour,
  timeZone,
});
const weekly = (weekday: number, hour: number, timeZone: string): Schedule => ({
  every: 'weekly',
  weekday,
  hour,
  timeZone,
});
const after = (schedule: Schedule, time: string): string =>
  nextDue(schedule, new Date(time)).toISOString();

describe('the time of a digest', () => {
  it('is the hour of the clock, in summer and in winter', () => {
    const berlin = daily(7, 'Europe/Berlin');
    expect(after(berlin, '2026-07-01T00:00:00Z')).toBe('2026-07-01T05:00:00.000Z');
    expect(after(berlin, '2026-12-01T00:00:00Z')).toBe('2026-12-01T06:00:00.000Z');
    expect(after(berlin, '2026-12-01T06:00:00Z')).toBe('2026-12-02T06:00:00.000Z');
    expect(after(berlin, '2026-03-28T07:00:00Z')).toBe('2026-03-29T05:00:00.000Z');
    expect(after(berlin, '2026-10-24T06:00:00Z')).toBe('2026-10-25T06:00:00.000Z');
  });

  it('is later where the clock is set forward over it, once', () => {
    const berlin = daily(2, 'Europe/Berlin');
    expect(after(berlin, '2026-03-28T12:00:00Z')).toBe('2026-03-29T01:00:00.000Z');
    expect(after(berlin, '2026-03-29T01:00:00Z')).toBe('2026-03-30T00:00:00.000Z');
  });

  it('is the first of two where the clock is set back, once', () => {
    const newYork = daily(1, 'America/New_York');
    expect(after(newYork, '2026-11-01T00:00:00Z')).toBe('2026-11-01T05:00:00.000Z');
    expect(after(newYork, '2026-11-01T05:00:00Z')).toBe('2026-11-02T06:00:00.000Z');
  });

  it('is the date of the zone, and not of UTC', () => {
    expect(after(daily(0, 'Pacific/Kiritimati'), '2026-05-01T09:59:00Z')).toBe(
      '2026-05-01T10:00:00.000Z',
    );
    expect(after(daily(23, 'Pacific/Pago_Pago'), '2026-05-01T09:59:00Z')).toBe(
      '2026-05-01T10:00:00.000Z',
    );
    expect(after(daily(7, 'Asia/Kathmandu'), '2026-05-01T00:00:00Z')).toBe(
      '2026-05-01T01:15:00.000Z',
    );
    // Samoa has left out the 30th of December 2011.
    expect(after(daily(8, 'Pacific/Apia'), '2011-12-29T18:00:00Z')).toBe(
      '2011-12-30T18:00:00.000Z',
    );
  });

  it('is on the day of the week', () => {
    const monday = weekly(1, 6, 'UTC');
    expect(after(monday, '2026-11-28T00:00:00Z')).toBe('2026-11-30T06:00:00.000Z');
    expect(after(monday, '2026-11-30T06:00:00Z')).toBe('2026-12-07T06:00:00.000Z');
    expect(after(weekly(7, 0, 'Asia/Tokyo'), '2026-11-28T16:00:00Z')).toBe(
      '2026-12-05T15:00:00.000Z',
    );
  });

  it('comes once a day or a week wherever it is', () => {
    const zone = fc.constantFrom(
      'UTC',
      'Europe/London',
      'America/St_Johns',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
      'America/Santiago',
      'Asia/Gaza',
    );
    const time = fc.date({
      min: new Date('2020-01-01'),
      max: new Date('2035-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(fc.nat(23), zone, time, fc.boolean(), (hour, timeZone, from, isWeekly) => {
        const schedule = isWeekly ? weekly(3, hour, timeZone) : daily(hour, timeZone);
        const first = nextDue(schedule, from);
        const second = nextDue(schedule, first);
        expect(first > from).toBe(true);
        const days = (second.getTime() - first.getTime()) / 86_400_000;
        expect(Math.abs(days - (isWeekly ? 7 : 1))).toBeLessThanOrEqual(1 / 12);
      }),
    );
  });

  it('is one for all that were missed', () => {
    const schedule = daily(7, 'UTC');
    const due = new Date('2026-11-01T07:00:00Z');
    const last = (at: string): string => lastDue(schedule, due, new Date(at)).toISOString();
    expect(last('2026-11-01T07:00:00Z')).toBe('2026-11-01T07:00:00.000Z');
    expect(last('2026-11-04T06:59:59Z')).toBe('2026-11-03T07:00:00.000Z');
    expect(last('2036-11-04T12:00:00Z')).toBe('2036-11-04T07:00:00.000Z');
  });

  it('is of a zone that clocks are read by', () => {
    for (const each of ['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'])
      expect([each, isTimeZone(each)]).toEqual([each, true]);
    for (const each of ['', 'Europe/Nowhere', '+01:00', 'Mars', 'UTC\n'])
      expect([each, isTimeZone(each)]).toEqual([each, false]);
  });
});
