import fc from 'fast-check';
import { BEGIN, drawn, weekly } from './drawn-series.fixture';
import { forecastOf, type Forecast } from './forecast';

const forecast = (weeks: readonly number[], prefixLength = 24, seed = 7): Forecast =>
  forecastOf({
    days: drawn(weeks),
    today: BEGIN + 7 * (weeks.length - 1),
    prefixLength,
    bits: 32,
    seed,
  });
/** How many weeks after the last one of a series a day lies. */
const weeksOn = (day: number | null, weeks: readonly number[]): number =>
  ((day ?? NaN) - BEGIN) / 7 - (weeks.length - 1);

describe('a forecast of a drawn series', () => {
  it('tells when steps reach the end', () => {
    // 10 networks every 10 weeks: 100 of 256 are taken, 156 are left.
    const weeks = weekly(101, (week) => 10 * Math.floor(week / 10));
    const said = forecast(weeks);
    expect(said).toMatchObject({ outcome: 'forecast', growthPerWeek: 256 });
    expect(weeksOn(said.day, weeks)).toBeGreaterThan(145);
    expect(weeksOn(said.day, weeks)).toBeLessThan(165);
  });

  it('counts the weeks without a change of a series with holes', () => {
    // A network a week, but for half a year in which nothing happened.
    const weeks = weekly(120, (week) => (week < 40 ? week : week < 66 ? 40 : week - 26));
    const said = forecast(weeks);
    expect(said.outcome).toBe('beyond_3_years');
    const higher = forecast(weeks.map((each) => each + 100));
    // 63 are left, and 93 were taken in 119 weeks.
    expect(weeksOn(higher.day, weeks)).toBeCloseTo(81, -0.5);
  });

  it('tells no date of a pool that shrinks', () => {
    expect(forecast(weekly(100, (week) => 200 - week))).toMatchObject({
      outcome: 'no_growth',
      day: null,
      earliest: null,
      latest: null,
      confidence: null,
      growthPerWeek: -256,
    });
  });

  it('does not take a renumbering for growth', () => {
    // A network a week; in week 60 half of them go, and come back within a month.
    const plain = weekly(101, (week) => 100 + week);
    const renumbered = plain.map((each, week) => (week >= 60 && week < 64 ? each - 80 : each));
    const [said, expected] = [forecast(renumbered), forecast(plain)];
    expect(said).toMatchObject({ outcome: 'forecast', day: expected.day });
    const width = (each: Forecast): number => (each.latest ?? NaN) - (each.earliest ?? NaN);
    expect(width(said)).toBeLessThan(1.5 * width(expected));
  });

  it('leaves out one big import, and says so', () => {
    // A network every second week, and 150 at once in week 30.
    const weeks = weekly(81, (week) => Math.floor(week / 2) + (week >= 30 ? 150 : 0));
    const said = forecast(weeks);
    expect(said).toMatchObject({ outcome: 'forecast', leftOut: BEGIN + 7 * 29 + 1 });
    // 66 are left, at less than a half a week.
    expect(weeksOn(said.day, weeks)).toBeGreaterThan(125);
  });

  it('does not say when a flat series ends', () => {
    expect(forecast(weekly(150, () => 20)).outcome).toBe('not_enough_history');
    // What was there at first, whatever it was, has not grown.
    expect(forecast(weekly(300, (week) => Math.min(week, 40))).outcome).toBe('not_enough_history');
  });
});

describe('a forecast', () => {
  const growing = weekly(105, (week) => 100 + week + (week % 3));

  it('is the same for the same seed, and has another band for another one', () => {
    expect(forecast(growing)).toEqual(forecast(growing));
    expect(forecast(growing, 24, 8).day).toBe(forecast(growing).day);
    expect(forecast(growing, 24, 8)).not.toEqual(forecast(growing));
  });

  it('comes earlier for larger blocks', () => {
    const days = [20, 22, 24].map((length) => forecast(growing, length).day ?? NaN);
    expect(days).toEqual([...days].sort((a, b) => a - b));
    expect(days[0]).toBeLessThan(days[2] ?? NaN);
  });

  it('needs 26 weeks and 8 changes', () => {
    expect(forecast(growing.slice(0, 26)).outcome).toBe('not_enough_history');
    expect(forecast(growing.slice(0, 27)).outcome).not.toBe('not_enough_history');
    const few = weekly(100, (week) => 20 * Math.floor(week / 12));
    expect(forecast(few).changes).toBe(8);
    expect(forecast(few.slice(0, 96))).toMatchObject({ changes: 7, outcome: 'not_enough_history' });
  });

  it('says that a block does not fit now, whatever the past was', () => {
    expect(forecast([256])).toMatchObject({ outcome: 'exhausted', day: null });
    expect(
      forecast(
        weekly(100, (week) => 156 + week),
        16,
      ).outcome,
    ).toBe('exhausted');
  });

  it('knows nothing of later days, and nothing of a pool without days', () => {
    const days = drawn(growing);
    const ask = { today: BEGIN + 7 * 60, prefixLength: 24, bits: 32, seed: 1 } as const;
    expect(forecastOf({ ...ask, days })).toEqual(
      forecastOf({ ...ask, days: days.filter(({ day }) => day <= ask.today) }),
    );
    expect(forecastOf({ ...ask, days: [] }).outcome).toBe('not_enough_history');
  });

  it('has its day in its band, whatever the past', () => {
    const steps = fc.array(fc.integer({ min: -3, max: 6 }), { minLength: 27, maxLength: 160 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 17, max: 24 }), (changes, length) => {
        let taken = 30;
        const weeks = changes.map((change) => (taken = Math.max(0, Math.min(255, taken + change))));
        const { outcome, day, earliest, latest, confidence } = forecast(weeks, length);
        expect(outcome === 'forecast').toBe(day !== null && confidence !== null);
        if (outcome !== 'forecast') return;
        expect(earliest).toBeLessThanOrEqual(day ?? NaN);
        expect(latest ?? Infinity).toBeGreaterThanOrEqual(day ?? NaN);
        expect(earliest).toBeGreaterThan(BEGIN + 7 * (weeks.length - 1));
      }),
      { numRuns: 60 },
    );
  });

  it('counts addresses of IPv6 by their size', () => {
    const days = weekly(60, (week) => week).map((taken) => ({
      day: BEGIN + 7 * taken,
      taken: { 64: taken },
      free: { 56: 1 },
    }));
    const said = forecastOf({ days, today: BEGIN + 7 * 59, prefixLength: 64, bits: 128, seed: 1 });
    expect(said).toMatchObject({ outcome: 'beyond_3_years', growthPerWeek: 2 ** 64 });
  });
});
