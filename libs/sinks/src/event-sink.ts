/** An event as sinks get it. */
export interface SinkEvent {
  /** Its place in the log: the same each time that it is sent. */
  readonly seq: number;
  /** `pool.create` */
  readonly type: string;
  /** What it is about: `pools/42`. */
  readonly subject: string;
  readonly time: Date;
  /** Where the log is: of two servers with logs of their own it tells them apart. */
  readonly source: string;
  /** The CloudEvent, structured JSON on one line. */
  readonly json: string;
}

/** A platform that takes events. */
export interface EventSink {
  /**
   * Sends events, in this order. When it resolves the platform has them all for good.
   * @param stop ends it, and the sink is not used again: nothing more is begun, what is under way may still arrive
   * @param taken is told again and again how many of them, from the first one on, the platform has for good
   * @throws when some may not have arrived; those that `taken` was not told of are sent again
   */
  send(
    events: readonly SinkEvent[],
    stop: AbortSignal,
    taken: (count: number) => void,
  ): Promise<void>;
  close(): Promise<void>;
}
