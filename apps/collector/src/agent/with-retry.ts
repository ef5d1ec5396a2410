import { backoffMs } from '../server/retrying';
import type { AgentClock } from './agent-clock';
import { CollectorsApiError } from './collectors-api';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

/** How to ask, and what to do about trouble. */
export interface Asking {
  readonly clock: AgentClock;
  readonly stop: AbortSignal;
  /** Told of each try that failed. */
  readonly onTrouble: (error: CollectorsApiError) => void;
  /**
   * Asks again even what was refused: the server may be of an older version, or have forgotten the
   * agent.
   */
  readonly insist?: boolean;
}

/**
 * Asks until there is an answer, twice as patiently after each try, with jitter, so that many
 * agents do not come back at the same moment. Undefined when `stop` aborted before.
 * @throws CollectorsApiError that says that asking again will not help
 */
export async function withRetry<T>(
  call: () => Promise<T>,
  { clock, stop, onTrouble, insist = false }: Asking,
): Promise<T | undefined> {
  for (let tried = 1; !stop.aborted; tried++) {
    try {
      return await call();
    } catch (error) {
      if (
        !(error instanceof CollectorsApiError) ||
        !(error.kind === 'away' || (insist && error.kind === 'refused'))
      )
        throw error;
      if (stop.aborted) return undefined;
      onTrouble(error);
      await clock.wait(waitMs(tried, error.afterMs, clock.random()), stop);
    }
  }
  return undefined;
}

function waitMs(tried: number, afterMs: number | undefined, chance: number): number {
  const backoff = backoffMs(tried, chance, FIRST_WAIT_MS, LONGEST_WAIT_MS);
  return afterMs === undefined ? backoff : Math.max(backoff, Math.min(afterMs, LONGEST_WAIT_MS));
}
