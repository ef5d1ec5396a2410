import type { Schemas } from '@cloudpam/api-client';
import { Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { useNavigate } from 'react-router';
import { poolsApi } from '../../api/pools';
import { percentText, plural } from '../../format/counts';
import { useRefusal } from '../../session/use-me';
import { useOpenPoolDialog } from '../dialogs/pool-dialogs';
import { MAP_BITS, mapPrefix } from '../prefix-lengths';
import classes from './address-map.module.css';
import { blockSegments, firstOf, mapSegments } from './map-segments';
import type { MapSegment } from './map-segments';
import { gapWord } from '../uncounted-hosts';

const HEIGHT = 34;
const THINNEST = 3;
const LETTER = 7;
const SHORTEST_LABEL = 5;
const MOST = 500;

/**
 * Children and gaps of a pool on a strip, in proportion. Tab goes to it, arrows move along it,
 * Enter goes there.
 */
export function AddressMap({ pool }: { pool: Schemas['Pool'] }) {
  const { ref, width } = useElementSize();
  const strip = useRef<SVGSVGElement>(null);
  const navigate = useNavigate();
  const openDialog = useOpenPoolDialog();
  const refusal = useRefusal('pools:write');
  const children = useQuery({
    queryKey: ['pools', pool.id, 'map'],
    queryFn: ({ signal }) =>
      poolsApi.children(pool.id, { sort: 'cidr', page_size: MOST }, { signal }),
  }).data;
  const gaps = useQuery({
    queryKey: ['pools', pool.id, 'map-free'],
    queryFn: ({ signal }) => poolsApi.free(pool.id, { page_size: MOST }, { signal }),
  }).data;
  const tooMany = children?.next_cursor !== undefined && children.next_cursor !== null;
  const length = mapPrefix(pool.cidr);
  const blocks = useQuery({
    queryKey: ['pools', pool.id, 'map-blocks'],
    queryFn: ({ signal }) =>
      poolsApi.blocks(
        pool.id,
        { new_prefix_len: length, status: 'all', page_size: 1 << MAP_BITS },
        { signal },
      ),
    enabled: tooMany,
  }).data;
  const segments = tooMany
    ? blockSegments(blocks?.items ?? [])
    : children && gaps
      ? mapSegments(pool.cidr, children.items, gaps.items, THINNEST / Math.max(width, 1))
      : [];
  const go = (segment: MapSegment): void => {
    if (segment.pool) void navigate(`/pools/${segment.pool.id}`);
    else if (segment.type === 'gap' && refusal === undefined)
      openDialog({ type: 'allocate', pool, gap: firstOf(segment) });
  };
  const onKeyDown = (event: KeyboardEvent<SVGGElement>, index: number): void => {
    const segment = segments[index];
    if (event.key === 'Enter' && segment) go(segment);
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    strip.current?.querySelectorAll<SVGGElement>('[data-segment]')[index + step]?.focus();
  };
  return (
    <figure className={classes.figure} aria-label="Address map">
      <div ref={ref} className={classes.strip}>
        <svg
          ref={strip}
          width={width}
          height={HEIGHT}
          role="group"
          aria-label="Children and free blocks in address order"
        >
          {segments.map((segment, index) => (
            <Segment
              key={segment.cidr}
              segment={segment}
              gapText={gapWord(pool)}
              uncounted={pool.uncounted_hosts}
              width={width}
              tabIndex={index === 0 ? 0 : -1}
              onGo={() => go(segment)}
              onKeyDown={(event) => onKeyDown(event, index)}
            />
          ))}
        </svg>
      </div>
      <Text component="figcaption" size="xs" c="dimmed" mt={4}>
        {children && gaps ? (
          <>
            {plural(children.total, 'child', 'children')}, {percentText(pool.utilization.ratio)}{' '}
            used;{' '}
            {gaps.items.length === 0
              ? 'nothing is free'
              : plural(gaps.items.length, pool.uncounted_hosts ? 'other block' : 'free block')}
            {gaps.next_cursor && ' or more'}
            {pool.uncounted_hosts && `: ${gapWord(pool)}`}
            {gaps.largest_free && !pool.uncounted_hosts && (
              <>
                , the largest <span className="mono">{gaps.largest_free}</span>
              </>
            )}
            {tooMany && `; the map shows blocks of /${length}`}
          </>
        ) : (
          'Loading…'
        )}
      </Text>
    </figure>
  );
}

interface SegmentProps {
  readonly segment: MapSegment;
  /** What is said of space that no pool covers. */
  readonly gapText: string;
  readonly uncounted: boolean;
  readonly width: number;
  readonly tabIndex: number;
  readonly onGo: () => void;
  readonly onKeyDown: (event: KeyboardEvent<SVGGElement>) => void;
}

function Segment({ segment, gapText, uncounted, width, tabIndex, onGo, onKeyDown }: SegmentProps) {
  const x = segment.start * width;
  const wide = Math.max(segment.width * width, THINNEST);
  const text = segmentText(segment, gapText);
  const label = segmentLabel(segment, gapText);
  const letters = Math.floor((wide - 8) / LETTER);
  return (
    <g
      data-segment={segment.type}
      data-uncounted={segment.type === 'gap' && uncounted}
      className={classes.segment}
      role={segment.type === 'many' || segment.type === 'partial' ? 'img' : 'link'}
      aria-label={text}
      tabIndex={tabIndex}
      onClick={onGo}
      onKeyDown={onKeyDown}
    >
      <title>{text}</title>
      <rect x={x + 0.5} y={1} width={Math.max(wide - 1, 1.5)} height={HEIGHT - 2} rx={2} />
      {segment.pool && wide > 6 && (
        <rect
          className={classes.used}
          x={x + 2.5}
          y={HEIGHT - 7}
          width={Math.max(0, (wide - 5) * segment.pool.utilization.ratio)}
          height={3}
        />
      )}
      {letters >= SHORTEST_LABEL && (
        <text x={x + wide / 2} y={HEIGHT / 2 + (segment.pool ? 2 : 4)} textAnchor="middle">
          {label.length > letters ? `${label.slice(0, letters - 1)}…` : label}
        </text>
      )}
    </g>
  );
}

function segmentLabel({ type, cidr, pool, count }: MapSegment, gapText: string): string {
  if (pool) return pool.name;
  if (type === 'gap') return `${gapText} ${cidr}`;
  return type === 'partial' ? 'used in part' : count === undefined ? 'used' : plural(count, 'pool');
}

function segmentText({ type, cidr, pool, count }: MapSegment, gapText: string): string {
  if (!pool)
    return `${cidr}, ${type === 'gap' ? gapText : segmentLabel({ type, cidr, count, start: 0, width: 0 }, gapText)}`;
  return `${cidr} ${pool.name}, ${pool.kind.replace('_', ' ')}, ${percentText(pool.utilization.ratio)} used`;
}
