import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';

/** Work goes on for so long at a time, in milliseconds, before other requests have their turn. */
const SLICE_MS = 15;
/** A client that takes nothing of its answer for so long is given up. */
const STALLED_MS = 60_000;

/** Nobody waits for the answer any more. */
export class ClientGone extends Error {
  constructor() {
    super('The client has closed the connection.');
    this.name = 'ClientGone';
  }
}

/**
 * A pause for long work to call often: it lets other requests have their turn when the work has run for a slice.
 * @param signal ends the work
 * @throws the reason of the signal, once it is aborted
 */
export function pauses(signal: AbortSignal): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began >= SLICE_MS) {
      await nextTurn();
      began = performance.now();
    }
    signal.throwIfAborted();
  };
}

/** Ends a file that is sent when its client has gone, or takes nothing of it for a minute. */
export function endWith({ raw }: FastifyReply, gone: AbortSignal, end: () => void): void {
  gone.addEventListener('abort', end);
  raw.setTimeout(STALLED_MS, () => raw.destroy());
}
