import {
  cloudEventOf,
  passes,
  subtreesOf,
  type CloudEvent,
  type EventFilter,
} from '@cloudpam/events';
import type { Storage } from '../storage/storage';

const WINDOW = 500;
/** So far back it looks. */
const DEPTH = 5_000;

/** The newest event that passes a filter, among the last 5,000. @param source the public URL of the server */
export function newestEvent(
  { unitOfWork }: Storage,
  filter: EventFilter,
  source: string,
): Promise<CloudEvent | undefined> {
  return unitOfWork.read(async ({ seals, pools }) => {
    const subtrees = await subtreesOf(pools, filter);
    const head = (await seals.head())?.seq ?? 0;
    for (let end = head; end > 0 && end > head - DEPTH; end -= WINDOW) {
      const after = Math.max(end - WINDOW, 0);
      for (const { seal, entry } of (await seals.sealed(after, end - after)).toReversed())
        if (entry && passes(filter, entry, subtrees)) return cloudEventOf({ seal, entry }, source);
    }
    return undefined;
  });
}
