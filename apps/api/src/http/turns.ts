import { Injectable } from '@nestjs/common';

/** Too many ask for the same expensive work; try again after so many seconds. */
export class Busy extends Error {
  readonly retryAfter = 10;

  constructor(what: string) {
    super(`Too many ${what} are asked for at this moment. Try again in some seconds.`);
    this.name = 'Busy';
  }
}

/** One caller has too many streams open at this server. */
export class TooManyStreams extends Error {
  readonly retryAfter = 10;

  constructor(most: number) {
    super(
      `You have ${most} event streams open at this server, and more are not let in. ` +
        'Close some, or listen by one for all that you need.',
    );
    this.name = 'TooManyStreams';
  }
}

/**
 * How much of one kind of expensive work runs at a time. The rest waits in order, up to a limit.
 */
export class Turns {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /** @param what the work, in the plural, for the message */
  constructor(
    private readonly what: string,
    private readonly atOnce: number,
    private readonly mostWaiting: number,
  ) {}

  /**
   * Waits for a turn.
   * @param signal stops waiting
   * @returns ends the turn; further calls do nothing
   * @throws Busy when too many wait, or the reason of the signal
   */
  async take(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.running < this.atOnce) this.running += 1;
    else await this.wait(signal);
    let ended = false;
    return () => {
      if (!ended) this.pass();
      ended = true;
    };
  }

  private wait(signal: AbortSignal): Promise<void> {
    if (this.waiting.length >= this.mostWaiting) throw new Busy(this.what);
    return new Promise((resolve, reject) => {
      const begin = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        this.waiting.splice(this.waiting.indexOf(begin), 1);
        reject(signal.reason as Error); // an error, as all that abort here give one
      };
      this.waiting.push(begin);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  private pass(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.running -= 1;
  }
}

/** Exports of every kind: each reads whole tables for as long as its client takes them. */
@Injectable()
export class ExportTurns extends Turns {
  constructor() {
    super('exports', 4, 16);
  }
}

/** Imports of files: each holds all of its rows in memory. */
@Injectable()
export class ImportTurns extends Turns {
  constructor() {
    super('imports', 2, 8);
  }
}
