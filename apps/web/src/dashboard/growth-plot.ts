import type { Schemas } from '@cloudpam/api-client';
import { dayNumber } from '../charts/days';
import type { PlotPoint } from '../charts/time-chart';

/** What the chart of growth shows. */
export interface GrowthPlot {
  readonly from: number;
  readonly today: number;
  readonly to: number;
  /** The addresses at the top of the chart. */
  readonly top: bigint;
  readonly past: readonly PlotPoint[];
  /** From today on; empty without an outlook. */
  readonly middle: readonly PlotPoint[];
  readonly low: readonly PlotPoint[];
  readonly high: readonly PlotPoint[];
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
  const ahead = (which: 'low' | 'middle' | 'high'): PlotPoint[] =>
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

/** The least number from `count` on whose quarters are easy to read: 1, 2, 2.5 or 5 times a power of ten. */
function roundUp(count: bigint): bigint {
  const quarter = (count + 3n) / 4n;
  const unit = 10n ** BigInt(String(quarter).length - 1);
  const step = [10n, 20n, 25n, 50n, 100n]
    .map((tenths) => (tenths * unit) / 10n)
    .find((each) => each >= quarter && each * 4n >= count);
  return 4n * (step ?? 10n * unit);
}
