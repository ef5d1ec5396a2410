import type { ServerResponse } from 'node:http';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Busy, TooManyStreams } from '../http/turns';

/** How streams of events are kept in bounds. Times in milliseconds. */
export interface StreamBounds {
  readonly perCaller: number;
  readonly perProcess: number;
  /** So often it is looked whether the caller may still listen, and still does. */
  readonly checkMs: number;
  /** Who takes nothing for so long of what was written is cut off. */
  readonly stalledMs: number;
}

/** With the checks a reader that stops is gone after 20 to 25 s. */
export const STREAM_BOUNDS: StreamBounds = {
  perCaller: 50,
  perProcess: 2_000,
  checkMs: 5_000,
  stalledMs: 18_000,
};

/** What a stream is written to. */
type Answer = Pick<ServerResponse, 'writableLength' | 'destroy'> & {
  readonly socket: { readonly bytesWritten: number } | null;
};

/** A stream that is open. */
export interface OpenStream {
  /** Aborted when it has to end: its client has gone or does not read, may not listen, or the server ends. */
  readonly ended: AbortSignal;
  /** Looks at once whether the caller may still listen, and ends the stream where not. */
  check(): Promise<void>;
  /** Call when nothing more is sent. */
  close(): void;
}

/** Who listens to events in this process. */
@Injectable()
export class OpenStreams implements OnModuleDestroy {
  private readonly streams = new Set<AbortController>();
  private readonly byCaller = new Map<string, number>();
  private isEnding = false;
  bounds = STREAM_BOUNDS;
  /** Events that were sent, and readers that were cut off because they did not read. */
  readonly counts = { sent: 0, cutOff: 0 };

  /** How many are open. */
  get size(): number {
    return this.streams.size;
  }

  /** Before the last requests are answered: streams have no end of their own. */
  onModuleDestroy(): void {
    this.isEnding = true;
    for (const stream of this.streams) stream.abort();
  }

  /**
   * Lets a caller listen.
   * @param caller what their streams are counted by
   * @param answer what is written to; it is destroyed when nobody reads it
   * @param gone aborted when the client is
   * @param mayListen whether the caller still may, as when the stream began
   * @throws TooManyStreams, Busy
   */
  open(
    caller: string,
    answer: Answer,
    gone: AbortSignal,
    mayListen: () => Promise<boolean>,
  ): OpenStream {
    const { bounds } = this;
    const ofCaller = this.byCaller.get(caller) ?? 0;
    if (ofCaller >= bounds.perCaller) throw new TooManyStreams(bounds.perCaller);
    if (this.isEnding || this.size >= bounds.perProcess) throw new Busy('event streams');
    const stream = new AbortController();
    const end = (): void => stream.abort();
    this.streams.add(stream);
    this.byCaller.set(caller, ofCaller + 1);
    const check = async (): Promise<void> => {
      if (!(await mayListen())) end();
    };
    const isStalled = stallOf(answer, bounds.stalledMs);
    let isChecking = false;
    const timer = setInterval(() => {
      if (isStalled()) {
        this.counts.cutOff += 1;
        end();
        answer.destroy();
      } else if (!isChecking) {
        // A database that hangs is not asked by all streams again and again.
        isChecking = true;
        void check().finally(() => (isChecking = false));
      }
    }, bounds.checkMs);
    const close = (): void => {
      if (!this.streams.delete(stream)) return;
      clearInterval(timer);
      gone.removeEventListener('abort', end);
      const left = (this.byCaller.get(caller) ?? 1) - 1;
      if (left > 0) this.byCaller.set(caller, left);
      else this.byCaller.delete(caller);
      end();
    };
    if (gone.aborted) end();
    else gone.addEventListener('abort', end, { once: true });
    return { ended: stream.signal, check, close };
  }
}

/** Tells whether bytes have been waiting for so long, and their reader has taken none. */
function stallOf(answer: Answer, stalledMs: number): () => boolean {
  let since: number | undefined;
  let taken = 0;
  return () => {
    const { writableLength, socket } = answer;
    const before = taken;
    // What was written, also what still waits, less what waits.
    taken = (socket?.bytesWritten ?? 0) - writableLength;
    const now = performance.now();
    if (writableLength === 0) since = undefined;
    else if (since === undefined || taken !== before) since = now;
    return since !== undefined && now - since >= stalledMs;
  };
}
