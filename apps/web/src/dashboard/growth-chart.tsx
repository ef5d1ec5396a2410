import type { Schemas } from '@cloudpam/api-client';
import { Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { dayNumber, dayText } from '../forecasts/usage-plot';
import { countText } from '../format/counts';
import classes from './dashboard.module.css';
import { growthPlot } from './growth-plot';
import type { GrowthPlot, GrowthPlotPoint } from './growth-plot';

const HEIGHT = 220;
const [LEFT, RIGHT, TOP, BOTTOM] = [48, 12, 10, 22];
const LABEL_WIDTH = 92;
const LINES = [0n, 1n, 2n, 3n, 4n];

/**
 * How the use of all pools has grown, and may go on. Tab goes to it, the arrows go from week to
 * week; what is under the cursor is told below.
 */
export function GrowthChart({
  growth,
  family,
}: {
  growth: Schemas['EstateGrowth'];
  family: string;
}) {
  const { ref, width } = useElementSize();
  const [at, setAt] = useState<number | undefined>();
  const plot = growthPlot(growth);
  const weeks = [...growth.past, ...growth.outlook];
  if (!plot) return null;
  const scale = scaleOf(plot, width);
  const week = at === undefined ? undefined : weeks[at];
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = nextIndex(event.key, at ?? growth.past.length, weeks.length - 1);
    if (next === undefined) return;
    event.preventDefault();
    setAt(next);
  };
  const onPointerMove = (x: number): void => {
    const pointed = scale.dayAt(x);
    setAt(
      Math.max(
        0,
        weeks.findLastIndex(({ day }) => dayNumber(day) <= pointed),
      ),
    );
  };
  return (
    <figure style={{ margin: 0 }}>
      <div ref={ref}>
        <svg
          className={classes.chart}
          width={width}
          height={HEIGHT}
          tabIndex={0}
          role="img"
          aria-label={`${family} addresses in use from ${dayText(plot.from)} to ${dayText(plot.to)}`}
          onKeyDown={onKeyDown}
          onBlur={() => setAt(undefined)}
          onPointerLeave={() => setAt(undefined)}
          onPointerMove={(event) =>
            onPointerMove(event.clientX - event.currentTarget.getBoundingClientRect().left)
          }
        >
          <Axes plot={plot} scale={scale} />
          <Band plot={plot} scale={scale} />
          <Past plot={plot} scale={scale} />
          {week && (
            <line
              className={classes.cursor}
              x1={scale.x(dayNumber(week.day))}
              x2={scale.x(dayNumber(week.day))}
              y1={TOP}
              y2={HEIGHT - BOTTOM}
            />
          )}
        </svg>
      </div>
      <Text component="figcaption" size="xs" c="dimmed" mt={4} mih={19} aria-live="polite">
        {week ? sentenceOf(week) : captionOf(growth)}
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

interface Scale {
  readonly width: number;
  x(day: number): number;
  y(share: number): number;
  dayAt(x: number): number;
}

function scaleOf({ from, to }: GrowthPlot, width: number): Scale {
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
  readonly plot: GrowthPlot;
  readonly scale: Scale;
}

function Axes({ plot: { from, today, to, top }, scale }: Part) {
  const count = Math.max(1, Math.min(6, Math.floor((scale.width - LEFT) / LABEL_WIDTH)));
  const days = Array.from({ length: count + 1 }, (_, n) =>
    Math.round(from + ((to - from) * n) / count),
  );
  return (
    <g aria-hidden>
      {LINES.map((quarter) => {
        const y = scale.y(Number(quarter) / 4);
        return (
          <g key={String(quarter)}>
            <line className={classes.grid} x1={LEFT} x2={scale.width - RIGHT} y1={y} y2={y} />
            <text x={LEFT - 6} y={y + 4} textAnchor="end">
              {countText((top * quarter) / 4n).short}
            </text>
          </g>
        );
      })}
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
      {today < to && (
        <line
          className={classes.today}
          x1={scale.x(today)}
          x2={scale.x(today)}
          y1={TOP}
          y2={HEIGHT - BOTTOM}
        />
      )}
    </g>
  );
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
      <path className={classes.line} d={line} />
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
        <pattern id={id} width={6} height={6} patternUnits="userSpaceOnUse">
          <path className={classes.hatch} d="M0 6 L6 0" />
        </pattern>
      </defs>
      <path
        className={classes.band}
        fill={`url(#${id})`}
        d={`${pathOf(high, scale)} ${back.join(' ')} Z`}
      />
      <path className={classes.middle} d={pathOf(middle, scale)} />
    </g>
  );
}

function pathOf(points: readonly GrowthPlotPoint[], { x, y }: Scale): string {
  return points.map(({ day, share }, n) => `${n === 0 ? 'M' : 'L'}${x(day)} ${y(share)}`).join(' ');
}
