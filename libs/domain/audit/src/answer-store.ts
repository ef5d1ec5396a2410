/** A key to take: by whom, which, for what, and when. */
export type AnswerClaim = readonly [actorId: string, key: string, fingerprint: string, at: Date];

/** What a key has: nothing yet, an answer, or another run that has taken it and goes on. */
export type Claimed = { fingerprint: string; answer: string } | 'held' | undefined;

/** Answers already given, by actor and idempotency key. */
export interface AnswerStore {
  /**
   * Takes the key for this run: undefined when it is new or was left without an answer, else the
   * answer stored with it. Of two runs that claim one key at the same time, the second waits until
   * the first has ended.
   */
  claim(...claim: AnswerClaim): Promise<{ fingerprint: string; answer: string } | undefined>;
  /**
   * As `claim`, for several keys that all differ; what each has, in their order. It waits for nobody:
   * `held` is a key that another run has, and it is not taken.
   */
  claimAll(claims: readonly AnswerClaim[]): Promise<readonly Claimed[]>;
  /** Stores the answer under a key claimed in this run. */
  save(actorId: string, key: string, answer: string): Promise<void>;
  /** As `save`, for several keys. */
  saveAll(
    answers: readonly { readonly actorId: string; readonly key: string; readonly answer: string }[],
  ): Promise<void>;
  /** Forgets keys claimed before `before`; gives their number. */
  purge(before: Date): Promise<number>;
}
