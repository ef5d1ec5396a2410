/** Who did something: a person, an API token, a collector's token, or the server itself. */
export interface Actor {
  readonly type: 'user' | 'token' | 'collector' | 'system';
  /** Stable id of the user or token; `system` for the server. */
  readonly id: string;
  readonly name: string;
}

/** Makes a write answer the same when it is sent again (the `Idempotency-Key` header). */
export interface Once<Result = unknown> {
  readonly key: string;
  /** Hash of route and body: the same key with another fingerprint is refused. */
  readonly fingerprint: string;
  /** Turns the result of the work into the answer that is stored and replayed. */
  readonly encode: (result: Result) => string;
}

/** The circumstances of one write: who, when, under which request, and whether it is only tried. */
export interface Change {
  readonly actor: Actor;
  readonly at: Date;
  readonly requestId: string;
  readonly reason?: string;
  /** All checks run and the answer is made, then everything is rolled back. */
  readonly dryRun?: boolean;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a change is made before the type of its result is known
  readonly once?: Once<any>;
}

export const SYSTEM_ACTOR: Actor = { type: 'system', id: 'system', name: 'system' };
