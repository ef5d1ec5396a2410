/** A number of places: whoever finds none waits in the order of arrival. */
export class Places {
  private readonly waiting: (() => void)[] = [];

  /** @param free how many may be taken at a time, at least 1 */
  constructor(private free: number) {}

  /**
   * Does the work once there is a place for it. @throws the signal's reason, without having begun,
   * when it aborts before
   */
  async take<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free--;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      signal?.throwIfAborted();
      return await work();
    } finally {
      // Handed on to the next in the queue, or put back.
      const next = this.waiting.shift();
      if (next) next();
      else this.free++;
    }
  }
}
