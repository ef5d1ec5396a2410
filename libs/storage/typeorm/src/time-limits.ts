/** How long PostgreSQL may take, in milliseconds. SQLite waits for its own lock only. */
export interface TimeLimits {
  /** For a connection, one of the pool included. */
  readonly connectMs: number;
  readonly statementMs: number;
  readonly lockMs: number;
}

export const TIME_LIMITS: TimeLimits = { connectMs: 10_000, statementMs: 30_000, lockMs: 10_000 };
