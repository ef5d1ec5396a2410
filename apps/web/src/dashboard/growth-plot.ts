import type { Schemas } from '@cloudpam/api-client';
import { dayNumber } from '../forecasts/usage-plot';

/** A day, in days since 1970-01-01, and the share of the highest value at it, from 0 to 1. */
export interface GrowthPlotPoint {
  readonly day: number;
  readonly share: number;
}

/** What the chart of growth shows. */
export interface GrowthPlot {
  readonly from: number;
  readonly today: number;
  readonly to: number;
  /** The addresses at the top of the chart. */
  readonly top: bigint;
  readonly past: readonly GrowthPlotPoint[];
  /** From today on; empty without an outlook. */
  readonly middle: readonly GrowthPlotPoint[];
  readonly low: readonly GrowthPlotPoint[];
  readonly high: readonly GrowthPlotPoint[];
}

const PARTS = 1_000_000n;

/** What there is to draw; undefined where there is no past. */
export function growthPlot({ past, outlook }: Schemas['EstateGrowth']): GrowthPlot | undefined {
  const [first, last] = [past[0], past.at(-1)];
  if (!first || !last) return undefined;
  const counts = [
    ...past.map(({ used }) => BigInt(used)),
    ...outlook.map(({ high }) => BigInt(high)),
  ];
  const top = roundUp(counts.reduce((most, count) => (count > most ? count : most), 1n));
  const shareOf = (count: string): number => Number((BigInt(count) * PARTS) / top) / Number(PARTS);
  const today = dayNumber(last.day);
  const start = { day: today, share: shareOf(last.used) };
  const ahead = (which: 'low' | 'middle' | 'high'): GrowthPlotPoint[] =>
    outlook.length === 0
      ? []
      : [
          start,
          ...outlook.map((each) => ({ day: dayNumber(each.day), share: shareOf(each[which]) })),
        ];
  return {
    from: dayNumber(first.day),
    today,
    to: Math.max(today, dayNumber(outlook.at(-1)?.day ?? last.day)),
    top,
    past: past.map(({ day, used }) => ({ day: dayNumber(day), share: shareOf(used) })),
    middle: ahead('middle'),
    low: ahead('low'),
    high: ahead('high'),
  };
}

/** The next number that ends in zeros after its first two digits, so that marks are readable. */
function roundUp(count: bigint): bigint {
  const unit = 10n ** BigInt(Math.max(0, String(count).length - 2));
  return ((count + unit - 1n) / unit) * unit;
}
