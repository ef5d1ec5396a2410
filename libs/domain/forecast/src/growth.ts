import { added, byLength, type AddressBits, type BlockCounts } from './block-counts';
import type { UsageDay } from './usage-day';

/** The longest past that is looked at, in weeks: three years. */
export const LONGEST_PAST = 156;
/** What is given back and taken again within so many weeks, or the other way round, is no growth. */
const RENUMBERING_WEEKS = 8;
/** A single change that is more than this share of all growth is an import, and no growth. */
const IMPORT_SHARE = 0.75;
/** An import is told from growth only beside so many other changes. */
const FEWEST_BESIDE = 8;

/** A week in which the space that a pool's children take has changed. */
export interface GrowthEvent {
  /** From 0, the first week of the past that is looked at. */
  readonly week: number;
  /** Blocks by prefix length: how many more, or fewer, there are. */
  readonly blocks: readonly (readonly [prefixLength: number, count: number])[];
  /** The same in addresses. */
  readonly addresses: number;
}

/** How a pool has grown, week by week. */
export interface Growth {
  /** How long the past is, in weeks. */
  readonly weeks: number;
  /** In the order of the weeks; without the import. */
  readonly events: readonly GrowthEvent[];
  /** How many days have changed something. */
  readonly changes: number;
  /** A change so large that it is no growth. */
  readonly leftOut: GrowthEvent | undefined;
}

/**
 * How a pool has grown until the end of a day. The first day of a series is where it begins, and no
 * growth.
 * @param days in their order; days without a change are left out
 */
export function growthOf(days: readonly UsageDay[], today: number, bits: AddressBits): Growth {
  const until = days.filter(({ day }) => day <= today);
  const first = until[0]?.day ?? today;
  const weeks = Math.min(LONGEST_PAST, Math.floor((today - first) / 7));
  const from = today - 7 * weeks;
  const changes = weeklyChanges(until, from, weeks);
  const events = withoutRenumbering(changes.byWeek).flatMap((blocks, week) => {
    const net = byLength(blocks);
    return net.length === 0 ? [] : [{ week, blocks: net, addresses: sizeOf(net, bits) }];
  });
  const leftOut = importAmong(events);
  return {
    weeks,
    events: leftOut ? events.filter((each) => each !== leftOut) : events,
    changes: changes.days,
    leftOut,
  };
}

/** The mean net growth, in addresses a week. */
export function meanGrowth({ events, weeks }: Pick<Growth, 'events' | 'weeks'>): number {
  return events.reduce((sum, { addresses }) => sum + addresses, 0) / Math.max(1, weeks);
}

function weeklyChanges(
  days: readonly UsageDay[],
  from: number,
  weeks: number,
): { readonly byWeek: readonly BlockCounts[]; readonly days: number } {
  const byWeek: BlockCounts[] = Array.from({ length: weeks }, () => ({}));
  let changed = 0;
  days.forEach(({ day, taken }, at) => {
    const before = days[at - 1];
    if (!before || day <= from) return;
    const week = Math.floor((day - from - 1) / 7);
    byWeek[week] = added(added(byWeek[week] ?? {}, taken), before.taken, -1);
    if (byLength(added(taken, before.taken, -1)).length > 0) changed += 1;
  });
  return { byWeek, days: changed };
}

/**
 * Changes without what another one near it makes up for, length by length: who moves a network gives
 * back a block and takes one as large, before or after that. The sum stays what it is.
 */
function withoutRenumbering(byWeek: readonly BlockCounts[]): readonly BlockCounts[] {
  const net = byWeek.map((each): Record<number, number> => ({ ...each }));
  net.forEach((blocks, week) => {
    for (const [length, count] of byLength(blocks)) if (count < 0) makeUp(net, week, length);
  });
  return net;
}

/** Takes what was given back in a week out of the largest growth near it. */
function makeUp(net: readonly Record<number, number>[], week: number, length: number): void {
  const from = Math.max(0, week - RENUMBERING_WEEKS);
  const near = net
    .slice(from, week + RENUMBERING_WEEKS + 1)
    .filter((blocks) => (blocks[length] ?? 0) > 0)
    .sort((a, b) => (b[length] ?? 0) - (a[length] ?? 0));
  const given = net[week] ?? {};
  for (const blocks of near) {
    const gone = Math.min(blocks[length] ?? 0, -(given[length] ?? 0));
    put(blocks, length, (blocks[length] ?? 0) - gone);
    put(given, length, (given[length] ?? 0) + gone);
  }
}

function put(counts: Record<number, number>, length: number, count: number): void {
  if (count === 0) delete counts[length];
  else counts[length] = count;
}

function sizeOf(blocks: GrowthEvent['blocks'], bits: AddressBits): number {
  return blocks.reduce((sum, [length, count]) => sum + count * 2 ** (bits - length), 0);
}

function importAmong(events: readonly GrowthEvent[]): GrowthEvent | undefined {
  if (events.length <= FEWEST_BESIDE) return undefined;
  const largest = events.reduce((a, b) => (b.addresses > a.addresses ? b : a));
  const gross = events.reduce((sum, { addresses }) => sum + Math.max(0, addresses), 0);
  return largest.addresses > IMPORT_SHARE * gross ? largest : undefined;
}
