import { backtestOf } from '../backtest';
import { added, addressesIn, type AddressBits, type BlockCounts } from '../block-counts';
import { FEWEST_CHANGES, SHORTEST_PAST } from '../forecast';
import { growthOf, type Growth } from '../growth';
import { GrowthPaths, quantilesOf } from '../growth-paths';
import { RandomNumbers } from '../random-numbers';
import type { UsageDay } from '../usage-day';

/** So many weeks of the past are told. */
const WEEKS_BACK = 52;
/** And of the future: as far as forecasts are tried on the past. */
const WEEKS_AHEAD = 26;
const PATHS = 200;
const SEED = 1;

/** How much was used at the end of a day; addresses as decimal text, days since 1970-01-01, in UTC. */
export interface GrowthPoint {
  readonly day: number;
  readonly used: string;
}

/** How much may be used on a day: less in one of ten futures, as much in half of them, and more in one of ten. */
export interface OutlookPoint {
  readonly day: number;
  readonly low: string;
  readonly middle: string;
  readonly high: string;
}

/** How the use of several pools of one family has grown, and may go on. */
export interface EstateGrowth {
  /** A point a week, the last one of today; none from before the first pool has a past. */
  readonly past: readonly GrowthPoint[];
  /** A point a week; none without enough of a past. */
  readonly outlook: readonly OutlookPoint[];
  /** Weeks of the past that it rests on. */
  readonly weeks: number;
  /** Days of them on which something has changed. */
  readonly changes: number;
}

/** Adds the pasts of pools that lie in no other one up. */
export class GrowthSum {
  /** By how much more is taken since a day. */
  private readonly changes = new Map<number, BlockCounts>();
  private size = 0n;

  constructor(private readonly bits: AddressBits) {}

  /** @param size the addresses of the pool; the sum never tells more than those of all */
  add(size: bigint, days: readonly UsageDay[]): void {
    this.size += size;
    days.forEach(({ day, taken }, at) => {
      const before = days[at - 1]?.taken ?? {};
      this.changes.set(day, added(added(this.changes.get(day) ?? {}, taken), before, -1));
    });
  }

  /** undefined where no pool has a past. */
  growth(today: number): EstateGrowth | undefined {
    const days = this.days();
    const first = days[0];
    if (!first) return undefined;
    const growth = growthOf(days, today, this.bits);
    const past = pastOf(days, today, this.bits);
    const isKnown = growth.weeks >= SHORTEST_PAST && growth.changes >= FEWEST_CHANGES;
    const used = BigInt(past.at(-1)?.used ?? 0);
    return {
      past,
      outlook: isKnown ? outlookOf(growth, used, this.size, today) : [],
      weeks: growth.weeks,
      changes: growth.changes,
    };
  }

  private days(): UsageDay[] {
    let taken: BlockCounts = {};
    return [...this.changes]
      .sort(([a], [b]) => a - b)
      .map(([day, change]) => ({ day, taken: (taken = added(taken, change)), free: {} }));
  }
}

function pastOf(days: readonly UsageDay[], today: number, bits: AddressBits): GrowthPoint[] {
  const points: GrowthPoint[] = [];
  for (let week = WEEKS_BACK; week >= 0; week--) {
    const day = today - 7 * week;
    const last = days.findLast((each) => each.day <= day);
    if (last) points.push({ day, used: String(addressesIn(last.taken, bits)) });
  }
  return points;
}

/**
 * Where the use goes in drawn futures. The band is widened around its middle by what a backtest on
 * the same past says, as that of the day on which a pool ends is.
 */
function outlookOf(growth: Growth, used: bigint, most: bigint, today: number): OutlookPoint[] {
  const random = new RandomNumbers(SEED);
  const { widening } = backtestOf(growth, random);
  const paths = new GrowthPaths(growth, random);
  const sums = Array.from({ length: WEEKS_AHEAD }, () => new Float64Array(PATHS));
  for (let path = 0; path < PATHS; path++)
    paths.walk(WEEKS_AHEAD, ({ addresses }, week) => {
      for (let at = week - 1; at < WEEKS_AHEAD; at++)
        (sums[at] as Float64Array)[path] = (sums[at]?.[path] ?? 0) + addresses;
      return false;
    });
  const text = (change: number): string => {
    const sum = used + BigInt(Math.round(change));
    return String(sum < 0n ? 0n : sum > most ? most : sum);
  };
  return sums.map((ends, at) => {
    const { p10, p50, p90 } = quantilesOf(ends);
    return {
      day: today + 7 * (at + 1),
      low: text(p50 - (p50 - p10) * widening),
      middle: text(p50),
      high: text(p50 + (p90 - p50) * widening),
    };
  });
}
