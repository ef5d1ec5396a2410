import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { ClientGone } from './client-gone';

/** A body has more bytes than its route takes. */
export class BodyTooLarge extends Error {
  constructor(readonly bytes: number) {
    super(`The body has more than ${bytes} bytes; send it in parts.`);
    this.name = 'BodyTooLarge';
  }
}

/**
 * The bytes of a body, counted while they arrive. What is left of a stream when it throws is not read.
 * @param take is given each piece
 * @throws BodyTooLarge as soon as there are more than `limit`; ClientGone; what `take` throws
 */
export async function bodyBytes(
  stream: Readable,
  limit: number,
  take?: (chunk: Buffer) => void,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  await eachChunk(stream, (chunk) => {
    size += chunk.length;
    if (size > limit) throw new BodyTooLarge(limit);
    take?.(chunk);
    chunks.push(chunk);
  });
  const [first] = chunks;
  return first && chunks.length === 1 ? first : Buffer.concat(chunks, size);
}

/** Leaves what is not read any more, and does not destroy it: the connection has to carry the answer. */
export function leaveUnread(request: IncomingMessage): void {
  request.unpipe();
  request.resume();
}

/** By its events: an iterator of a stream takes longer than all else that is done with a short body. */
function eachChunk(stream: Readable, take: (chunk: Buffer) => void): Promise<void> {
  if (stream.destroyed) return Promise.reject(new ClientGone());
  return new Promise((resolve, reject) => {
    const onData = (chunk: Buffer): void => {
      try {
        take(chunk);
      } catch (error) {
        stream.off('data', onData).pause();
        reject(error);
      }
    };
    stream
      .on('data', onData)
      .once('end', resolve)
      .once('error', reject)
      .once('close', () => reject(new ClientGone()))
      .resume(); // what unpacks is handed over paused
  });
}
