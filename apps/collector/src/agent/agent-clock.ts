/** Time and chance, as an agent takes them. */
export interface AgentClock {
  readonly now: () => Date;
  /** Waits so many milliseconds; resolves early when the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** 0 to 1. */
  readonly random: () => number;
}
