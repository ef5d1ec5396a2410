/** What a statement does to which table; never its text, nor values. */
export interface StatementName {
  readonly system: 'sqlite' | 'postgresql';
  /** `SELECT`, `INSERT`, `UPDATE`, `DELETE` */
  readonly operation: string;
  /** Undefined for a statement without a table. */
  readonly table?: string;
}

/** Ends what has begun. @param error what it failed with; called without one it has not failed */
export type End = (error?: unknown) => void;

/** Where in a trace statements belong. */
export interface TracePoint {
  /** Begins a statement. */
  statement(name: StatementName): End;
  /**
   * Begins a transaction, from waiting for its connection to the end of its commit.
   * @param others whom it serves beside this one
   */
  transaction(
    name: 'read' | 'write',
    others: readonly TracePoint[],
  ): { readonly point: TracePoint; readonly end: End };
}

/** Gives the point at which the storage is called; undefined where nobody traces the call. */
export type TracePoints = () => TracePoint | undefined;
