/** How far entries were sent to a target, and who is sending. */
export interface ForwardState {
  /** Everything up to this seal was sent. */
  readonly seq: number;
  /** The server process that sends now. */
  readonly holder: string | null;
  readonly leaseUntil: Date | null;
}

/** Where forwarding goes on after a restart; one row for each target. */
export interface ForwardStore {
  get(target: string): Promise<ForwardState | undefined>;
  /**
   * Makes the holder the one that sends, until a time. undefined when another one is, and its time
   * is not over at `at`.
   */
  take(target: string, holder: string, at: Date, until: Date): Promise<ForwardState | undefined>;
  /**
   * Notes what was sent, and lets others send. False, and nothing noted, when the holder is not the
   * one that sends any more.
   */
  advance(target: string, holder: string, seq: number): Promise<boolean>;
}
