import type { Schemas } from '@cloudpam/api-client';
import { Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { countText, percentText } from '../format/counts';
import classes from './usage-chart.module.css';
import { dayNumber, dayText, usagePlot } from './usage-plot';
import type { PlotPoint, UsagePlot } from './usage-plot';

const HEIGHT = 240;
const [LEFT, RIGHT, TOP, BOTTOM] = [44, 12, 10, 22];
const LABEL_WIDTH = 84;
const LINES = [0, 0.25, 0.5, 0.75, 1];

interface UsageChartProps {
  readonly usage: Schemas['PoolUsage'];
  readonly forecast: Schemas['PoolForecast'] | undefined;
  /** The addresses of the pool, as decimal text. */
  readonly total: string;
}

/**
 * How a pool was used, and how it may go on. Tab goes to it, the arrows go from change to change;
 * what is under the cursor is told below.
 */
export function UsageChart({ usage, forecast, total }: UsageChartProps) {
  const { ref, width } = useElementSize();
  const [at, setAt] = useState<number | undefined>();
  const plot = usagePlot(usage, forecast, total);
  const scale = scaleOf(plot, width);
  const day = at === undefined ? undefined : usage.days[at];
  const last = usage.days.length - 1;
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = nextIndex(event.key, at ?? last + 1, last);
    if (next === undefined) return;
    event.preventDefault();
    setAt(next);
  };
  const onPointerMove = (x: number): void => {
    const pointed = scale.dayAt(x);
    const index = usage.days.findLastIndex((each) => dayNumber(each.day) <= pointed);
    setAt(Math.max(0, index));
  };
  return (
    <figure className={classes.figure}>
      <div ref={ref}>
        <svg
          className={classes.chart}
          width={width}
          height={HEIGHT}
          tabIndex={0}
          role="img"
          aria-label={`Used from ${usage.from} to ${usage.to}${forecast?.forecast.day ? ', and the forecast' : ''}`}
          onKeyDown={onKeyDown}
          onBlur={() => setAt(undefined)}
          onPointerLeave={() => setAt(undefined)}
          onPointerMove={(event) =>
            onPointerMove(event.clientX - event.currentTarget.getBoundingClientRect().left)
          }
        >
          <Axes plot={plot} scale={scale} />
          <Future plot={plot} scale={scale} />
          <Past plot={plot} scale={scale} />
          {day && (
            <line
              className={classes.cursor}
              x1={scale.x(Math.max(plot.from, dayNumber(day.day)))}
              x2={scale.x(Math.max(plot.from, dayNumber(day.day)))}
              y1={TOP}
              y2={HEIGHT - BOTTOM}
            />
          )}
        </svg>
      </div>
      <Text component="figcaption" size="xs" c="dimmed" mt={4} aria-live="polite">
        {day
          ? sentenceOf(day)
          : plot.mean
            ? 'Solid line: used. Dashed line: the mean growth. Hatched: eight of ten futures.'
            : 'Solid line: used.'}
      </Text>
    </figure>
  );
}

function nextIndex(key: string, at: number, last: number): number | undefined {
  if (key === 'ArrowRight') return Math.min(at + 1, last);
  if (key === 'ArrowLeft') return Math.max(at - 1, 0);
  if (key === 'Home') return 0;
  return key === 'End' ? last : undefined;
}

function sentenceOf({ day, used, free, largest_free: largest }: Schemas['UsageDay']): string {
  const room = largest === null ? 'nothing is free' : `the largest free block a /${largest}`;
  return `${day}: ${countText(used).exact} used, ${countText(free).exact} free, ${room}`;
}

interface Scale {
  readonly width: number;
  x(day: number): number;
  y(share: number): number;
  dayAt(x: number): number;
}

function scaleOf({ from, to }: UsagePlot, width: number): Scale {
  const inner = Math.max(1, width - LEFT - RIGHT);
  const days = Math.max(1, to - from);
  return {
    width,
    x: (day) => LEFT + ((day - from) / days) * inner,
    y: (share) => TOP + (1 - share) * (HEIGHT - TOP - BOTTOM),
    dayAt: (x) => from + ((x - LEFT) / inner) * days,
  };
}

interface Part {
  readonly plot: UsagePlot;
  readonly scale: Scale;
}

function Axes({ plot: { from, today, to }, scale }: Part) {
  const count = Math.max(1, Math.min(6, Math.floor((scale.width - LEFT) / LABEL_WIDTH) - 1));
  const days = Array.from({ length: count + 1 }, (_, n) =>
    Math.round(from + ((to - from) * n) / count),
  );
  return (
    <g aria-hidden>
      {LINES.map((share) => (
        <g key={share}>
          <line
            className={classes.grid}
            x1={LEFT}
            x2={scale.width - RIGHT}
            y1={scale.y(share)}
            y2={scale.y(share)}
          />
          <text x={LEFT - 6} y={scale.y(share) + 4} textAnchor="end">
            {percentText(share)}
          </text>
        </g>
      ))}
      {days.map((day, n) => (
        <text
          key={day}
          x={scale.x(day)}
          y={HEIGHT - 6}
          textAnchor={n === 0 ? 'start' : n === count ? 'end' : 'middle'}
        >
          {dayText(day)}
        </text>
      ))}
      <line
        className={classes.today}
        x1={scale.x(today)}
        x2={scale.x(today)}
        y1={TOP}
        y2={HEIGHT - BOTTOM}
      />
    </g>
  );
}

function Past({ plot: { used }, scale }: Part) {
  const [first] = used;
  if (!first) return null;
  const line = stepsOf(used, scale);
  const floor = scale.y(0);
  return (
    <g aria-hidden>
      <path className={classes.area} d={`${line} V${floor} H${scale.x(first.day)} Z`} />
      <path className={classes.used} d={line} />
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
  return (
    <g aria-hidden>
      <defs>
        <pattern id={id} width={6} height={6} patternUnits="userSpaceOnUse">
          <path className={classes.hatch} d="M0 6 L6 0" />
        </pattern>
        <clipPath id={`${id}clip`}>
          <rect x={LEFT} y={0} width={Math.max(0, scale.width - LEFT - RIGHT)} height={HEIGHT} />
        </clipPath>
      </defs>
      <g clipPath={`url(#${id}clip)`}>
        <path
          className={classes.band}
          fill={`url(#${id})`}
          d={`M${x} ${y} L${left} ${top} H${right} Z`}
        />
        <line className={classes.mean} x1={x} y1={y} x2={scale.x(mean.day)} y2={top} />
      </g>
    </g>
  );
}
