/** Things that are lent to one user at a time, first come, first served. */
export class FifoQueue<T> {
  private readonly free: T[] = [];
  private readonly waiting: ((thing: T) => void)[] = [];
  private lent = 0;
  private isClosed = false;
  private onIdle: () => void = () => undefined;

  add(thing: T): void {
    this.free.push(thing);
  }

  /**
   * Waits for a thing and has it until the work ends. @throws what the work throws; Error after
   * `close`
   */
  async with<R>(work: (thing: T) => Promise<R>): Promise<R> {
    if (this.isClosed) throw new Error('the storage is closed');
    const thing =
      this.free.pop() ?? (await new Promise<T>((resolve) => this.waiting.push(resolve)));
    this.lent++;
    try {
      return await work(thing);
    } finally {
      this.lent--;
      this.giveBack(thing);
    }
  }

  /** Takes nothing new and resolves when all that was waiting is done. */
  async close(): Promise<void> {
    this.isClosed = true;
    if (this.lent === 0 && this.waiting.length === 0) return;
    const others = this.onIdle;
    await new Promise<void>((resolve) => {
      this.onIdle = () => {
        others();
        resolve();
      };
    });
  }

  private giveBack(thing: T): void {
    const next = this.waiting.shift();
    if (next) {
      next(thing);
      return;
    }
    this.free.push(thing);
    if (this.lent === 0) this.onIdle();
  }
}
