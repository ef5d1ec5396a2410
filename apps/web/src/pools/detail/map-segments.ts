import type { Schemas } from '@cloudpam/api-client';
import { parseCidr } from '@cloudpam/cidr';

/** A stretch of the address map, in shares 0..1 of the pool's addresses. */
export interface MapSegment {
  readonly start: number;
  readonly width: number;
  /** `many`: pools too thin to tell apart; `partial`: a stretch that is used here and there. */
  readonly type: 'pool' | 'gap' | 'many' | 'partial';
  /** One block, or `first … last`. */
  readonly cidr: string;
  /** The pool, when the segment is exactly one. */
  readonly pool?: Schemas['Pool'];
  /** How many pools the segment stands for; undefined when nobody counted. */
  readonly count?: number;
}

/**
 * Lays children and gaps of a pool out in proportion to their addresses, in address order.
 * Neighbouring pools narrower than `minWidth` become one segment, and gaps that narrow are left
 * out: they would be too thin to see or to point at.
 * @param minWidth share 0..1 of the whole
 */
export function mapSegments(
  within: string,
  children: readonly Schemas['Pool'][],
  gaps: readonly Schemas['FreeBlock'][],
  minWidth: number,
): MapSegment[] {
  const whole = parseCidr(within);
  const size = whole.last - whole.first + 1n;
  const share = (addresses: bigint): number => Number((addresses * 1_000_000n) / size) / 1_000_000;
  const segment = (cidr: string, pool?: Schemas['Pool']): MapSegment => {
    const { first, last } = parseCidr(cidr);
    const start = share(first - whole.first);
    const width = share(last - first + 1n);
    return {
      start,
      width,
      cidr,
      count: pool ? 1 : 0,
      ...(pool ? { type: 'pool', pool } : { type: 'gap' }),
    };
  };
  const all = [
    ...children.map((pool) => segment(pool.cidr, pool)),
    ...gaps.map((gap) => segment(gap.cidr)),
  ];
  all.sort((a, b) => a.start - b.start);
  const segments: MapSegment[] = [];
  for (const next of all) {
    const previous = segments.at(-1);
    if (next.type === 'gap') {
      if (next.width >= minWidth) segments.push(next);
    } else if (
      previous &&
      isThin(previous, minWidth) &&
      next.width < minWidth &&
      next.start - end(previous) < minWidth
    ) {
      segments[segments.length - 1] = joined(previous, next);
    } else segments.push(next);
  }
  return segments;
}

const TYPES = { free: 'gap', used: 'many', partial: 'partial' } as const satisfies Record<
  Schemas['Block']['status'],
  MapSegment['type']
>;

/**
 * The map of a pool with too many children to fetch them: from its blocks of one prefix length, all
 * of them in address order. Neighbours in the same state become one segment.
 */
export function blockSegments(blocks: readonly Schemas['Block'][]): MapSegment[] {
  const width = 1 / Math.max(blocks.length, 1);
  const segments: MapSegment[] = [];
  blocks.forEach(({ cidr, status }, index) => {
    const previous = segments.at(-1);
    const type = TYPES[status];
    if (previous?.type !== type) segments.push({ type, cidr, start: index * width, width });
    else
      segments[segments.length - 1] = {
        ...previous,
        width: previous.width + width,
        cidr: `${firstOf(previous)} … ${cidr}`,
      };
  });
  return segments;
}

/** The first block of a segment. */
export function firstOf({ cidr }: MapSegment): string {
  return cidr.split(' ')[0] ?? cidr;
}

function isThin(segment: MapSegment, minWidth: number): boolean {
  return segment.type === 'many' || (segment.type === 'pool' && segment.width < minWidth);
}

function end(segment: MapSegment): number {
  return segment.start + segment.width;
}

function joined(a: MapSegment, b: MapSegment): MapSegment {
  return {
    type: 'many',
    start: a.start,
    width: end(b) - a.start,
    cidr: `${firstOf(a)} … ${b.cidr}`,
    count: (a.count ?? 0) + (b.count ?? 0),
  };
}
