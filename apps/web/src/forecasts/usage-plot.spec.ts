import { told, usage } from '../testing/samples';
import { dayNumber, dayText } from '../charts/days';
import { usagePlot } from './usage-plot';

const TODAY = dayNumber('2026-01-31');

it('has the share that was used from the first day asked for to the last', () => {
  const { from, today, used } = usagePlot(usage(), undefined, '65536');
  expect([dayText(from), dayText(today)]).toEqual(['2026-01-01', '2026-01-31']);
  expect(used).toEqual([
    { day: from, share: 0.25 },
    { day: dayNumber('2026-01-15'), share: 0.5 },
    { day: today, share: 0.5 },
  ]);
});

it('goes on at the mean growth, and no farther than the past is long', () => {
  const plot = usagePlot(usage(), told(), '65536');
  expect(plot.mean).toEqual({ day: TODAY + 21, share: 0.59375 });
  expect(plot.band).toEqual([TODAY + 14, TODAY + 30]);
  expect(plot.to).toBe(TODAY + 30);
});

it('has no future where no day is told, and nothing where nothing was taken', () => {
  const none = told({ outcome: 'no_growth', day: null, earliest: null, growth_per_week: 0 });
  expect(usagePlot(usage(), none, '65536')).toMatchObject({ mean: undefined, band: undefined });
  expect(usagePlot(usage({ days: [] }), undefined, '65536').used).toEqual([]);
});

it('is exact where addresses pass 2^53', () => {
  const days = [{ ...usage().days[0], used: String(2n ** 79n) }] as ReturnType<
    typeof usage
  >['days'];
  expect(usagePlot(usage({ days }), undefined, String(2n ** 80n)).used[0]?.share).toBe(0.5);
});
