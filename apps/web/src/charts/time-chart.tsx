import { Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { dayText } from './days';
import classes from './time-chart.module.css';

const [LEFT, RIGHT, TOP, BOTTOM] = [48, 12, 10, 22];
const LABEL_WIDTH = 92;

/** A point in days since 1970-01-01, and the share of the height of a chart, from 0 to 1. */
export interface PlotPoint {
  readonly day: number;
  readonly share: number;
}

/** Where days and shares stand in a chart, in pixels. */
export interface Scale {
  readonly width: number;
  readonly height: number;
  /** The left and the right end of what is drawn. */
  readonly ends: readonly [left: number, right: number];
  x(day: number): number;
  y(share: number): number;
}

interface TimeChartProps {
  /** In days since 1970-01-01. */
  readonly from: number;
  readonly to: number;
  /** The day that is marked; undefined for none. */
  readonly today: number | undefined;
  readonly height: number;
  /** What it shows, for those who do not see it. */
  readonly label: string;
  /** Lines across, and what they stand for. */
  readonly lines: readonly { readonly share: number; readonly text: string }[];
  /** The days of what can be looked at one by one, in their order. */
  readonly days: readonly number[];
  /** The place in `days` from which keys begin. */
  readonly start: number;
  /** What is told below: of one of the days, or of all. */
  readonly caption: (at: number | undefined) => ReactNode;
  readonly children: (scale: Scale) => ReactNode;
}

/** Something over time. Tab goes to it, the arrows go from day to day; what is under the cursor is told below. */
export function TimeChart(props: TimeChartProps) {
  const { from, to, today, height, days, start } = props;
  const { ref, width } = useElementSize();
  const [at, setAt] = useState<number | undefined>();
  const inner = Math.max(1, width - LEFT - RIGHT);
  const length = Math.max(1, to - from);
  const scale: Scale = {
    width,
    height,
    ends: [LEFT, Math.max(LEFT, width - RIGHT)],
    x: (day) => LEFT + ((day - from) / length) * inner,
    y: (share) => TOP + (1 - share) * (height - TOP - BOTTOM),
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = nextIndex(event.key, at ?? start, days.length - 1);
    if (next === undefined) return;
    event.preventDefault();
    setAt(next);
  };
  const onPointerMove = (x: number): void => {
    const pointed = from + ((x - LEFT) / inner) * length;
    setAt(
      Math.max(
        0,
        days.findLastIndex((day) => day <= pointed),
      ),
    );
  };
  const day = at === undefined ? undefined : days[at];
  return (
    <figure className={classes.figure}>
      <div ref={ref}>
        <svg
          className={classes.chart}
          width={width}
          height={height}
          tabIndex={0}
          role="img"
          aria-label={props.label}
          onKeyDown={onKeyDown}
          onBlur={() => setAt(undefined)}
          onPointerLeave={() => setAt(undefined)}
          onPointerMove={(event) =>
            onPointerMove(event.clientX - event.currentTarget.getBoundingClientRect().left)
          }
        >
          <Axes from={from} to={to} lines={props.lines} scale={scale} />
          {today !== undefined && <Upright className={classes.today} day={today} scale={scale} />}
          {props.children(scale)}
          {day !== undefined && (
            <Upright className={classes.cursor} day={Math.max(from, day)} scale={scale} />
          )}
        </svg>
      </div>
      <Text component="figcaption" size="xs" c="dimmed" mt={4} mih={19} aria-live="polite">
        {props.caption(day === undefined ? undefined : at)}
      </Text>
    </figure>
  );
}

/** The hatching of a band, which is filled with `url(#id)`. */
export function HatchPattern({ id }: { id: string }) {
  return (
    <pattern id={id} width={6} height={6} patternUnits="userSpaceOnUse">
      <path className={classes.hatch} d="M0 6 L6 0" />
    </pattern>
  );
}

function nextIndex(key: string, at: number, last: number): number | undefined {
  if (key === 'ArrowRight') return Math.min(at + 1, last);
  if (key === 'ArrowLeft') return Math.max(at - 1, 0);
  if (key === 'Home') return 0;
  return key === 'End' ? last : undefined;
}

function Upright({
  className,
  day,
  scale,
}: {
  className: string | undefined;
  day: number;
  scale: Scale;
}) {
  const x = scale.x(day);
  return <line aria-hidden className={className} x1={x} x2={x} y1={scale.y(1)} y2={scale.y(0)} />;
}

function Axes({
  from,
  to,
  lines,
  scale,
}: Pick<TimeChartProps, 'from' | 'to' | 'lines'> & { scale: Scale }) {
  const count = Math.max(1, Math.min(6, Math.floor((scale.width - LEFT) / LABEL_WIDTH)));
  const days = Array.from({ length: count + 1 }, (_, n) =>
    Math.round(from + ((to - from) * n) / count),
  );
  return (
    <g aria-hidden>
      {lines.map(({ share, text }) => {
        const y = scale.y(share);
        return (
          <g key={share}>
            <line className={classes.grid} x1={LEFT} x2={scale.width - RIGHT} y1={y} y2={y} />
            <text x={LEFT - 6} y={y + 4} textAnchor="end">
              {text}
            </text>
          </g>
        );
      })}
      {days.map((day, n) => (
        <text
          key={day}
          x={scale.x(day)}
          y={scale.height - 6}
          textAnchor={n === 0 ? 'start' : n === count ? 'end' : 'middle'}
        >
          {dayText(day)}
        </text>
      ))}
    </g>
  );
}
