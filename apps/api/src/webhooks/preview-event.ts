import {
  cloudEventOf,
  passes,
  subtreesAt,
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
  return unitOfWork.read(async ({ seals, pools, audit }) => {
    const head = (await seals.head())?.seq ?? 0;
    for (let end = head; end > 0 && end > head - DEPTH; end -= WINDOW) {
      const after = Math.max(end - WINDOW, 0);
      const page = await seals.sealed(after, end - after);
      const events = page.flatMap(({ entry }) => entry ?? []);
      const subtrees = await subtreesAt({ pools, audit }, filter, events);
      for (const { seal, entry } of page.toReversed())
        if (entry && passes(filter, entry, subtrees)) return cloudEventOf({ seal, entry }, source);
    }
    return undefined;
  });
}
