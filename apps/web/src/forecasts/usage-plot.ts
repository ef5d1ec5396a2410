import type { Schemas } from '@cloudpam/api-client';
import { dayNumber } from '../charts/days';
import type { PlotPoint } from '../charts/time-chart';

/** So far the chart goes on behind today at least, as a share of the past that it shows. */
const AHEAD = 0.15;
/** No farther than the past is long: more would press it together. */
const FARTHEST = 1;

/** What a chart of usage shows. */
export interface UsagePlot {
  readonly from: number;
  readonly today: number;
  /** Where the chart ends. */
  readonly to: number;
  /** Used as it has changed, from the first day to today. */
  readonly used: readonly PlotPoint[];
  /** Where the mean growth goes; undefined where no day is told. */
  readonly mean: PlotPoint | undefined;
  /** The first and the last day of the band at the height of `mean`. */
  readonly band: readonly [earliest: number, latest: number] | undefined;
}

/** What there is to draw. @param total the addresses of the pool, as decimal text */
export function usagePlot(
  { from, to, days }: Schemas['PoolUsage'],
  told: Schemas['PoolForecast'] | undefined,
  total: string,
): UsagePlot {
  const [first, today] = [dayNumber(from), dayNumber(to)];
  const points = days.map(({ day, used }) => ({
    day: Math.max(first, dayNumber(day)),
    share: shareOf(used, total),
  }));
  const last = points.at(-1);
  const used = last ? [...points, { day: today, share: last.share }] : [];
  const span = today - first;
  const { day = null, earliest, latest, growth_per_week: growth } = told?.forecast ?? {};
  if (!last || day === null || growth === null || growth === undefined)
    return {
      from: first,
      today,
      to: today + Math.round(AHEAD * span),
      used,
      mean: undefined,
      band: undefined,
    };
  const end = dayNumber(day);
  const grown = (growth * ((end - today) / 7)) / Number(total);
  const share = Math.min(1, last.share + grown);
  const limit = today + FARTHEST * span;
  const until = latest ? dayNumber(latest) : limit;
  return {
    from: first,
    today,
    to: Math.min(limit, Math.max(today + AHEAD * span, until)),
    used,
    mean: { day: end, share },
    band: [earliest ? dayNumber(earliest) : end, until],
  };
}

/** Exact where the counts pass 2^53. */
function shareOf(used: string, total: string): number {
  return Number((BigInt(used) * 1_000_000n) / BigInt(total)) / 1_000_000;
}
