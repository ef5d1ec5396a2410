/** Time and chance, as an agent takes them. */
export interface AgentClock {
  /** Milliseconds on a clock that nobody sets, for spans. */
  readonly elapsed: () => number;
  /** Waits so many milliseconds; resolves early when the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** 0 to 1. */
  readonly random: () => number;
}
