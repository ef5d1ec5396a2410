import type { SealedEvent } from '@cloudpam/audit';
import { passes, type EventFilter } from '@cloudpam/events';
import { EventHub } from './event-hub';
import type { OpenStream } from './open-streams';

/** Of pools no filter here says anything. */
const NO_SUBTREES = new Map<number, never>();

/** Whose events are read, and from where on. */
export interface EventReader {
  /** After this place in the chain. */
  readonly after: number;
  readonly filter: EventFilter;
  readonly stream: OpenStream;
  /** Whether somebody must be asked again before each page: what they may see can change. */
  readonly isLimited: boolean;
  /** What the caller may see of events. */
  readonly visible: (events: readonly SealedEvent[]) => Promise<readonly SealedEvent[]>;
}

/** What a reader is told next. */
export interface ToldPage {
  readonly events: readonly SealedEvent[];
  /** Where to go on from, also where nothing of it is for the reader. */
  readonly last: number;
}

/**
 * Reads the log for a caller: what of it passes the filter, and they may see.
 * @param waitMs how long it waits where there is nothing new; then the page is empty and stays where it was
 */
export async function readEvents(
  hub: EventHub,
  { filter, stream, isLimited, visible }: Omit<EventReader, 'after'>,
  after: number,
  waitMs: number,
): Promise<ToldPage> {
  const { events, last } = await hub.after(after, waitMs, stream.ended);
  const wanted = events.filter(({ entry }) => passes(filter, entry, NO_SUBTREES));
  if (wanted.length === 0) return { events: [], last };
  if (isLimited) await stream.check();
  if (stream.ended.aborted) return { events: [], last: after };
  return { events: await visible(wanted), last };
}
