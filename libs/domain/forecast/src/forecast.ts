import { backtestOf, widened } from './backtest';
import { FreeSpace, type AddressBits } from './block-counts';
import { growthOf, LONGEST_PAST, meanGrowth, type Growth } from './growth';
import { GrowthPaths, quantilesOf, type Quantiles } from './growth-paths';
import { RandomNumbers } from './random-numbers';
import type { UsageDay } from './usage-day';

/** A past of fewer weeks, or fewer changes, tells nothing of the future. */
export const SHORTEST_PAST = 26;
/** See `SHORTEST_PAST`. */
export const FEWEST_CHANGES = 8;
/** No date beyond so many weeks is told: three years. */
export const FARTHEST = LONGEST_PAST;
/** So many days of the past are looked at. */
export const LONGEST_LOOK_DAYS = 7 * LONGEST_PAST;
const PATHS = 200;
/** Paths go a year farther than what is told, as bands are widened from the middle of them. */
const PATHS_END = 4 * 52;

/**
 * What can be said of when a pool ends: `forecast` has a date with its band; `exhausted` is now;
 * the others are the words where no honest date exists.
 */
export const FORECAST_OUTCOMES = [
  'forecast',
  'exhausted',
  'not_enough_history',
  'no_growth',
  'beyond_3_years',
] as const;
/** One of `FORECAST_OUTCOMES`. */
export type ForecastOutcome = (typeof FORECAST_OUTCOMES)[number];

/** How far a forecast can be relied on, by what earlier ones of the same pool were worth. */
export const FORECAST_CONFIDENCES = ['low', 'medium', 'high'] as const;
/** One of `FORECAST_CONFIDENCES`. */
export type ForecastConfidence = (typeof FORECAST_CONFIDENCES)[number];

/** When a block of a prefix length no longer fits into a pool. Days are since 1970-01-01, in UTC. */
export interface Forecast {
  readonly outcome: ForecastOutcome;
  /** The day at mean growth, within three years; of `forecast` alone. */
  readonly day: number | null;
  /** It is this day or later in nine of ten futures; of `forecast`, and of `beyond_3_years` where it is earlier. */
  readonly earliest: number | null;
  /** It is this day or earlier in nine of ten futures; null where that is beyond three years. */
  readonly latest: number | null;
  /** Of `forecast` alone. */
  readonly confidence: ForecastConfidence | null;
  /** Mean net growth, in addresses a week; null without enough history. */
  readonly growthPerWeek: number | null;
  /** Weeks of the past that it rests on. */
  readonly weeks: number;
  /** Days of them on which something has changed. */
  readonly changes: number;
  /** The week of a change so large that it is no growth, by its first day; null without one. */
  readonly leftOut: number | null;
  /** Forecasts that could be tried on the pool's own past, and how many had the truth in their band. */
  readonly backtest: { readonly trials: number; readonly held: number };
}

/** What is asked about a pool. */
export interface ForecastQuestion {
  /** How the pool was used, in the order of the days; days without a change are left out. */
  readonly days: readonly UsageDay[];
  /** The day on which the question is asked: of later ones nothing is known. */
  readonly today: number;
  /** The prefix length that has to fit, in the family's own bits. */
  readonly prefixLength: number;
  readonly bits: AddressBits;
  /** The same seed gives the same answer. */
  readonly seed: number;
}

/**
 * Tells when a block of a prefix length no longer fits. The day is that of mean net growth; its band
 * holds eight of ten futures, drawn by `GrowthPaths` and widened by what a backtest on the pool's own
 * past says. Each takes blocks of the lengths that the pool's children have, from the free blocks
 * as they are.
 */
export function forecastOf({ days, today, prefixLength, bits, seed }: ForecastQuestion): Forecast {
  const growth = growthOf(days, today, bits);
  const free = new FreeSpace(days.findLast(({ day }) => day <= today)?.free ?? {}, bits);
  const said = {
    day: null,
    earliest: null,
    latest: null,
    confidence: null,
    growthPerWeek: null,
    weeks: growth.weeks,
    changes: growth.changes,
    leftOut: growth.leftOut ? today - 7 * (growth.weeks - growth.leftOut.week) + 1 : null,
    backtest: { trials: 0, held: 0 },
  };
  const isKnown = growth.weeks >= SHORTEST_PAST && growth.changes >= FEWEST_CHANGES;
  const growthPerWeek = isKnown ? meanGrowth(growth) : null;
  if (days.length > 0 && !free.fits(prefixLength))
    return { ...said, growthPerWeek, outcome: 'exhausted' };
  if (growthPerWeek === null) return { ...said, outcome: 'not_enough_history' };
  if (growthPerWeek <= 0) return { ...said, growthPerWeek, outcome: 'no_growth' };

  const random = new RandomNumbers(seed);
  const point = meanWeek(growth, free, prefixLength, bits);
  const { trials, held, widening } = backtestOf(growth, random);
  const band = widened(drawnWeeks(growth, free, prefixLength, bits, random), widening);
  const dayIn = (weeks: number): number | null =>
    weeks <= FARTHEST ? today + Math.round(7 * weeks) : null;
  const isBeyond = point > FARTHEST;
  return {
    ...said,
    growthPerWeek,
    outcome: isBeyond ? 'beyond_3_years' : 'forecast',
    day: dayIn(point),
    // The day itself is in its band.
    earliest: dayIn(Math.min(point, band.p10)),
    latest: dayIn(Math.max(point, band.p90)),
    confidence: isBeyond ? null : confidenceOf(trials, widening),
    backtest: { trials, held },
  };
}

/** The first week in which the prefix length no longer fits at mean growth; Infinity beyond three years. */
function meanWeek(
  { events, weeks }: Growth,
  free: FreeSpace,
  prefixLength: number,
  bits: AddressBits,
): number {
  const sums = new Map<number, number>();
  for (const { blocks } of events)
    for (const [length, count] of blocks) sums.set(length, (sums.get(length) ?? 0) + count);
  const space = new FreeSpace({}, bits);
  space.copy(free);
  const lengths = [...sums].sort(([a], [b]) => a - b);
  const begun = lengths.map(() => 0);
  for (let week = 1; week <= FARTHEST; week++) {
    lengths.forEach(([length, sum], at) => {
      const whole = Math.round((sum / weeks) * week);
      space.take(length, whole - (begun[at] ?? 0));
      begun[at] = whole;
    });
    if (!space.fits(prefixLength)) return week;
  }
  return Infinity;
}

function drawnWeeks(
  growth: Growth,
  free: FreeSpace,
  prefixLength: number,
  bits: AddressBits,
  random: RandomNumbers,
): Quantiles {
  const paths = new GrowthPaths(growth, random);
  const space = new FreeSpace({}, bits);
  const ends = new Float64Array(PATHS);
  for (let path = 0; path < PATHS; path++) {
    space.copy(free);
    const end = paths.walk(PATHS_END, ({ blocks }) => {
      for (const block of blocks) space.take(block[0], block[1]);
      return !space.fits(prefixLength);
    });
    ends[path] = Math.min(PATHS_END, end);
  }
  return quantilesOf(ends);
}

function confidenceOf(trials: number, widening: number): ForecastConfidence {
  if (trials >= 6 && widening <= 1.6) return 'high';
  return trials >= 3 && widening <= 2.5 ? 'medium' : 'low';
}
