/** Answers already given, by actor and idempotency key. */
export interface AnswerStore {
  /**
   * Takes the key for this run: undefined when it is new or was left without an answer, else the
   * answer stored with it. Of two runs that claim one key at the same time, the second waits until
   * the first has ended.
   */
  claim(
    actorId: string,
    key: string,
    fingerprint: string,
    at: Date,
  ): Promise<{ fingerprint: string; answer: string } | undefined>;
  /** Stores the answer under a key claimed in this run. */
  save(actorId: string, key: string, answer: string): Promise<void>;
  /** Forgets keys claimed before `before`; gives their number. */
  purge(before: Date): Promise<number>;
}
