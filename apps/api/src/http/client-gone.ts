import { Socket } from 'node:net';
import { loopTurn } from '@cloudpam/event-loop';
import type { FastifyReply } from 'fastify';

/** A client that takes nothing of its answer for so long is given up. */
const STALLED_MS = 60_000;

/** Nobody waits for the answer any more. */
export class ClientGone extends Error {
  constructor() {
    super('The client has closed the connection.');
    this.name = 'ClientGone';
  }
}

/** Whether an answer could not be sent because its client had closed the connection meanwhile. */
export function hasLeft(error: unknown, { raw }: FastifyReply): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ERR_STREAM_PREMATURE_CLOSE' && raw.destroyed;
}

/**
 * A pause for long work to call often: it lets other requests have their turn when the work has run
 * for a slice.
 * @param signal ends the work
 * @throws the reason of the signal, once it is aborted
 */
export function pauses(signal: AbortSignal): () => Promise<void> {
  return async () => {
    await loopTurn();
    signal.throwIfAborted();
  };
}

/** Ends a file that is sent when its client has gone, or takes nothing of it for a minute. */
export function endWith({ raw }: FastifyReply, gone: AbortSignal, end: () => void): void {
  gone.addEventListener('abort', end);
  // Nothing stalls without a connection, and its timer would outlive the answer.
  if (raw.socket instanceof Socket) raw.setTimeout(STALLED_MS, () => raw.destroy());
}
