import type { Growth, GrowthEvent } from './growth';
import { GrowthPaths, quantilesOf, type Quantiles } from './growth-paths';
import type { RandomNumbers } from './random-numbers';

/** A forecast is tried on what came in so many weeks after it. */
const AHEAD = 26;
/** From so many points of the past, at most. */
const MOST_ORIGINS = 8;
const PATHS = 40;
/** Paths go so far: later is never. */
const NEVER = 4 * 52;
/** The share of true dates that a band is to hold. */
const HELD = 0.8;
/** As if trials had needed these: keeps the width of short pasts from chance. */
const ASSUMED = [0.5, 0.8, 1, 1.2];

/** Bands get no narrower than so many times what the paths say. */
const NARROWEST = 0.5;

/** What forecasts out of a pool's own past were worth. */
export interface Backtest {
  /** How many forecasts could be tried. */
  readonly trials: number;
  /** How many of them had the true week in their band. */
  readonly held: number;
  /** How many times as wide bands have to be, in the logarithm of time, to hold 80%; 1/2 or more. */
  readonly widening: number;
}

/**
 * Tries forecasts at points of the past, on the growth until then alone: when will be reached what
 * was in fact the most within half a year?
 */
export function backtestOf({ events, weeks }: Growth, random: RandomNumbers): Backtest {
  const needed: number[] = [];
  for (const origin of originsOf(weeks)) {
    const ahead = events.filter(({ week }) => week >= origin && week < origin + AHEAD);
    const target = mostReached(ahead);
    if (!target) continue;
    const past = events.filter(({ week }) => week < origin);
    if (past.length === 0) continue;
    const weeksOf = weeksUntil(target.addresses, { events: past, weeks: origin }, random);
    needed.push(neededWidth(target.week - origin + 1, weeksOf));
  }
  const sorted = [...needed, ...ASSUMED].sort((a, b) => a - b);
  const widening = sorted[Math.ceil(HELD * (sorted.length + 1)) - 1] ?? sorted.at(-1) ?? 1;
  return {
    trials: needed.length,
    held: needed.filter((each) => each <= 1).length,
    widening: Math.max(NARROWEST, widening),
  };
}

/** A band that is as many times as wide in the logarithm of time. */
export function widened({ p10, p50, p90 }: Quantiles, times: number): Quantiles {
  return { p10: p50 * (p10 / p50) ** times, p50, p90: p50 * (p90 / p50) ** times };
}

function originsOf(weeks: number): readonly number[] {
  const last = weeks - AHEAD;
  if (last < AHEAD) return [];
  const step = Math.max(4, (last - AHEAD) / (MOST_ORIGINS - 1));
  const origins: number[] = [];
  for (let at = last; at >= AHEAD; at -= step) origins.push(Math.round(at));
  return origins;
}

/** The most that changes add up to, and the week in which they first do; undefined without growth. */
function mostReached(
  ahead: readonly GrowthEvent[],
): { readonly addresses: number; readonly week: number } | undefined {
  let sum = 0;
  let most: { addresses: number; week: number } | undefined;
  for (const { addresses, week } of ahead) {
    sum += addresses;
    if (sum > (most?.addresses ?? 0)) most = { addresses: sum, week };
  }
  return most;
}

function weeksUntil(
  addresses: number,
  past: Pick<Growth, 'events' | 'weeks'>,
  random: RandomNumbers,
): Quantiles {
  const paths = new GrowthPaths(past, random);
  const ends = new Float64Array(PATHS);
  for (let path = 0; path < PATHS; path++) {
    let sum = 0;
    ends[path] = Math.min(
      NEVER,
      paths.walk(NEVER, (event) => (sum += event.addresses) >= addresses),
    );
  }
  return quantilesOf(ends);
}

/** How many times as wide the band would have had to be to hold the true week. */
function neededWidth(truth: number, { p10, p50, p90 }: Quantiles): number {
  const distance = Math.abs(Math.log(truth / p50));
  const half = Math.abs(Math.log((truth < p50 ? p10 : p90) / p50));
  // A band has at least the width of a week.
  return distance / Math.max(half, Math.log(1 + 1 / p50));
}
