import { setTimeout as sleep } from 'node:timers/promises';
import type { SealedEvent, Subscriber } from '@cloudpam/audit';
import { cloudEventOf } from '@cloudpam/events';
import type { EventSink, SinkEvent } from '@cloudpam/sinks';
import type { Platform } from './platforms';

/** How long a platform may take for a batch, in milliseconds. */
const SEND_TIMEOUT_MS = 30_000;
/** At once, unless the platform says otherwise. */
const BATCH = 500;
const CLOSE_TIMEOUT_MS = 5_000;

/** A subscriber of the log that sends events to a platform, over one connection for as long as that works. */
export class SinkSubscriber implements Subscriber {
  /** Longer than a batch can take. */
  readonly leaseMs: number;
  readonly name: string;
  readonly batch: number;
  private readonly open: Platform['open'];
  private sink: EventSink | undefined;

  /**
   * @param source the public URL of the server
   * @param timeoutMs how long the platform may take for a batch
   */
  constructor(
    { name, open, batch = BATCH }: Pick<Platform, 'name' | 'open' | 'batch'>,
    private readonly source: string,
    private readonly timeoutMs = SEND_TIMEOUT_MS,
  ) {
    this.name = name;
    this.batch = batch;
    this.open = open;
    this.leaseMs = 2 * timeoutMs;
  }

  /** @throws when the platform takes none of them */
  async handle(events: readonly SealedEvent[]): Promise<number> {
    const stop = new AbortController();
    let taken = 0;
    try {
      await this.within(stop, async () => {
        const sink = this.sink ?? (await this.open());
        // Too late: the next batch has opened another one, or will.
        if (stop.signal.aborted) return ended(sink);
        this.sink = sink;
        await sink.send(
          events.map((event) => this.told(event)),
          stop.signal,
          (count) => void (taken = count),
        );
      });
      return events.length;
    } catch (error) {
      await this.close();
      // Long backlogs are sent in parts: what has arrived counts, whatever became of the rest.
      if (taken > 0) return taken;
      throw error;
    }
  }

  /** Ends the connection; the next batch opens another one. */
  async close(): Promise<void> {
    const { sink } = this;
    this.sink = undefined;
    if (sink) await ended(sink);
  }

  /** Does the work, which must be over before another server may begin with the same events. */
  private async within(stop: AbortController, work: () => Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const error = new Error(`no answer within ${this.timeoutMs / 1_000} s`);
        stop.abort(error);
        reject(error);
      }, this.timeoutMs);
    });
    try {
      await Promise.race([work(), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  private told(event: SealedEvent): SinkEvent {
    const cloudEvent = cloudEventOf(event, this.source);
    const { seal, entry } = event;
    return {
      seq: seal.seq,
      type: entry.type,
      subject: cloudEvent.subject,
      time: entry.at,
      source: this.source,
      json: JSON.stringify(cloudEvent),
    };
  }
}

/** Closes a connection. What cannot be closed any more is gone, and is not waited for. */
async function ended(sink: EventSink): Promise<void> {
  const closed = sink.close().catch(() => undefined);
  await Promise.race([closed, sleep(CLOSE_TIMEOUT_MS, undefined, { ref: false })]);
}
