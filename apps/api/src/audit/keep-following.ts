import { setTimeout as sleep } from 'node:timers/promises';
import type { FollowLog } from '@cloudpam/audit';
import { repeatedly } from '../background/repeatedly';

const INTERVAL_MS = 1_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/** How often a subscriber looks at the log, and how long it waits after a first failure, in milliseconds. */
export interface Pace {
  readonly everyMs?: number;
  readonly firstPauseMs?: number;
}

/**
 * Has a subscriber follow the log for as long as the server runs, with longer and longer pauses while
 * it fails. Gives a function that ends it.
 */
export function keepFollowing(
  follow: Pick<FollowLog, 'execute'>,
  onError: (error: unknown) => void,
  { firstPauseMs = FIRST_PAUSE_MS, everyMs = INTERVAL_MS }: Pace = {},
): () => Promise<void> {
  let pause = firstPauseMs;
  return repeatedly(
    async (stop) => {
      try {
        await follow.execute(stop);
        pause = firstPauseMs;
      } catch (error) {
        onError(error);
        await sleep(pause, undefined, { signal: stop }).catch(() => undefined); // rejects when the server stops
        pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
      }
    },
    everyMs,
    onError,
  );
}
