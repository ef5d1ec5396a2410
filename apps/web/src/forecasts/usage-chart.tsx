import type { Schemas } from '@cloudpam/api-client';
import { useId } from 'react';
import { dayNumber } from '../charts/days';
import { HatchPattern, TimeChart } from '../charts/time-chart';
import type { PlotPoint, Scale } from '../charts/time-chart';
import classes from '../charts/time-chart.module.css';
import { countText, percentText } from '../format/counts';
import { usagePlot } from './usage-plot';
import type { UsagePlot } from './usage-plot';

const LINES = [0, 0.25, 0.5, 0.75, 1].map((share) => ({ share, text: percentText(share) }));

interface UsageChartProps {
  readonly usage: Schemas['PoolUsage'];
  readonly forecast: Schemas['PoolForecast'] | undefined;
  /** The addresses of the pool, as decimal text. */
  readonly total: string;
}

/** How a pool was used, change by change, and how it may go on. */
export function UsageChart({ usage, forecast, total }: UsageChartProps) {
  const plot = usagePlot(usage, forecast, total);
  return (
    <TimeChart
      from={plot.from}
      to={plot.to}
      today={plot.today}
      height={240}
      label={`Used from ${usage.from} to ${usage.to}${forecast?.forecast.day ? ', and the forecast' : ''}`}
      lines={LINES}
      days={usage.days.map(({ day }) => dayNumber(day))}
      start={usage.days.length}
      caption={(at) => captionOf(plot, at === undefined ? undefined : usage.days[at])}
    >
      {(scale) => (
        <>
          <Future plot={plot} scale={scale} />
          <Past plot={plot} scale={scale} />
        </>
      )}
    </TimeChart>
  );
}

function captionOf({ mean }: UsagePlot, told: Schemas['UsageDay'] | undefined): string {
  if (!told)
    return mean
      ? 'Solid line: used. Dashed line: the mean growth. Hatched: eight of ten futures.'
      : 'Solid line: used.';
  const { day, used, free, largest_free: largest } = told;
  const room = largest === null ? 'nothing is free' : `the largest free block a /${largest}`;
  return `${day}: ${countText(used).exact} used, ${countText(free).exact} free, ${room}`;
}

interface Part {
  readonly plot: UsagePlot;
  readonly scale: Scale;
}

function Past({ plot: { used }, scale }: Part) {
  const [first] = used;
  if (!first) return null;
  const line = stepsOf(used, scale);
  const floor = scale.y(0);
  return (
    <g aria-hidden>
      <path className={classes.area} d={`${line} V${floor} H${scale.x(first.day)} Z`} />
      <path className={classes.past} d={line} />
    </g>
  );
}

/** What was used stays so until it changes. */
function stepsOf(points: readonly PlotPoint[], { x, y }: Scale): string {
  return points
    .map(({ day, share }, n) => (n === 0 ? `M${x(day)} ${y(share)}` : `H${x(day)} V${y(share)}`))
    .join(' ');
}

function Future({ plot: { used, mean, band, today }, scale }: Part) {
  const id = useId();
  const start = used.at(-1);
  if (!start || !mean || !band) return null;
  const [x, y] = [scale.x(today), scale.y(start.share)];
  const [left, right] = [scale.x(band[0]), scale.x(band[1])];
  const top = scale.y(mean.share);
  const [from, to] = scale.ends;
  return (
    <g aria-hidden>
      <defs>
        <HatchPattern id={id} />
        <clipPath id={`${id}clip`}>
          <rect x={from} y={0} width={to - from} height={scale.height} />
        </clipPath>
      </defs>
      <g clipPath={`url(#${id}clip)`}>
        <path
          className={classes.band}
          fill={`url(#${id})`}
          d={`M${x} ${y} L${left} ${top} H${right} Z`}
        />
        <line className={classes.ahead} x1={x} y1={y} x2={scale.x(mean.day)} y2={top} />
      </g>
    </g>
  );
}
