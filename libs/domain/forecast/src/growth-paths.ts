import type { Growth, GrowthEvent } from './growth';
import type { RandomNumbers } from './random-numbers';

/**
 * Draws futures out of the past: how often something changes is drawn for each path from what the
 * past leaves open, Gamma(n + 1/2, weeks) for a Poisson rate (Jeffreys), and how often each change
 * of the past comes again too, by a Bayesian bootstrap (Rubin 1981).
 */
export class GrowthPaths {
  private readonly sums: Float64Array;

  constructor(
    private readonly growth: Pick<Growth, 'events' | 'weeks'>,
    private readonly random: RandomNumbers,
  ) {
    this.sums = new Float64Array(growth.events.length);
  }

  /**
   * One future.
   * @param weeks how far it goes
   * @param happens called for each change in it, in order, with its week, from 1; true ends it
   * @returns the week, from 1, in which `happens` has ended it; Infinity when nothing has
   */
  walk(weeks: number, happens: (event: GrowthEvent, week: number) => boolean): number {
    const { events } = this.growth;
    const rate = this.random.gamma(events.length + 0.5) / this.growth.weeks;
    const total = this.drawShares();
    for (let at = 0; ;) {
      at += this.random.exponential() / rate;
      if (at >= weeks) return Infinity;
      const event = events[this.indexOf(this.random.uniform() * total)];
      const week = Math.floor(at) + 1;
      if (event && happens(event, week)) return week;
    }
  }

  /** Dirichlet(1, ...) as running sums. */
  private drawShares(): number {
    let sum = 0;
    for (let at = 0; at < this.sums.length; at++) {
      sum += this.random.exponential();
      this.sums[at] = sum;
    }
    return sum;
  }

  private indexOf(sum: number): number {
    let [low, high] = [0, this.sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.sums[middle] as number) < sum) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The values that a tenth, a half and nine tenths of the paths do not pass. */
export interface Quantiles {
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
}

/** Quantiles of the weeks in which paths have ended; sorts them. */
export function quantilesOf(weeks: Float64Array): Quantiles {
  weeks.sort();
  const at = (share: number): number => weeks[Math.floor(share * (weeks.length - 1))] ?? Infinity;
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9) };
}
