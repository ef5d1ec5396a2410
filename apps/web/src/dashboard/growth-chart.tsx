import type { Schemas } from '@cloudpam/api-client';
import { useId } from 'react';
import { dayNumber, dayText } from '../charts/days';
import { HatchPattern, TimeChart } from '../charts/time-chart';
import type { PlotPoint, Scale } from '../charts/time-chart';
import classes from '../charts/time-chart.module.css';
import { countText } from '../format/counts';
import { growthPlot } from './growth-plot';
import type { GrowthPlot } from './growth-plot';

const QUARTERS = [0n, 1n, 2n, 3n, 4n];

/** How the use of all pools has grown, week by week, and may go on. */
export function GrowthChart({
  growth,
  family,
}: {
  growth: Schemas['EstateGrowth'];
  family: string;
}) {
  const plot = growthPlot(growth);
  if (!plot) return null;
  const { from, to, today, top } = plot;
  const weeks = [...growth.past, ...growth.outlook];
  return (
    <TimeChart
      from={from}
      to={to}
      today={today < to ? today : undefined}
      height={220}
      label={`${family} addresses in use from ${dayText(from)} to ${dayText(to)}`}
      lines={QUARTERS.map((quarter) => ({
        share: Number(quarter) / 4,
        text: countText((top * quarter) / 4n).short,
      }))}
      days={weeks.map(({ day }) => dayNumber(day))}
      start={growth.past.length}
      caption={(at) => {
        const week = at === undefined ? undefined : weeks[at];
        return week ? sentenceOf(week) : captionOf(growth);
      }}
    >
      {(scale) => (
        <>
          <Band plot={plot} scale={scale} />
          <Past plot={plot} scale={scale} />
        </>
      )}
    </TimeChart>
  );
}

function sentenceOf(week: Schemas['GrowthPoint'] | Schemas['OutlookPoint']): string {
  const text = (count: string): string => countText(count).exact;
  return 'used' in week
    ? `${week.day}: ${text(week.used)} in use`
    : `${week.day}: about ${text(week.middle)}, in eight of ten futures ${text(week.low)} to ${text(week.high)}`;
}

function captionOf({ outlook, weeks, changes }: Schemas['EstateGrowth']): string {
  return outlook.length > 0
    ? 'Solid line: in use. Dashed line: half of the futures are below. Hatched: eight of ten futures.'
    : `Solid line: in use. An outlook takes 26 weeks and 8 days with changes; there are ${weeks} and ${changes}.`;
}

interface Part {
  readonly plot: GrowthPlot;
  readonly scale: Scale;
}

function Past({ plot: { past, today }, scale }: Part) {
  const [first] = past;
  if (!first) return null;
  const line = pathOf(past, scale);
  return (
    <g aria-hidden>
      <path
        className={classes.area}
        d={`${line} L${scale.x(today)} ${scale.y(0)} L${scale.x(first.day)} ${scale.y(0)} Z`}
      />
      <path className={classes.past} d={line} />
    </g>
  );
}

function Band({ plot: { low, middle, high }, scale }: Part) {
  const id = useId();
  if (middle.length === 0) return null;
  const back = [...low].reverse().map(({ day, share }) => `L${scale.x(day)} ${scale.y(share)}`);
  return (
    <g aria-hidden>
      <defs>
        <HatchPattern id={id} />
      </defs>
      <path
        className={classes.band}
        fill={`url(#${id})`}
        d={`${pathOf(high, scale)} ${back.join(' ')} Z`}
      />
      <path className={classes.ahead} d={pathOf(middle, scale)} />
    </g>
  );
}

function pathOf(points: readonly PlotPoint[], { x, y }: Scale): string {
  return points.map(({ day, share }, n) => `${n === 0 ? 'M' : 'L'}${x(day)} ${y(share)}`).join(' ');
}
