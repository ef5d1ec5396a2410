import type { Channel } from './channel';
import { Deferred } from './deferred';
import { WorkerMetrics } from './worker-metrics';
import { WorkerSlot, type SlotOptions } from './worker-slot';

/** What a group needs. */
export interface GroupOptions extends Omit<
  SlotOptions,
  'onEnd' | 'answerers' | 'isAnyReady' | 'onGivenUp'
> {
  readonly count: number;
  readonly answerers: Omit<SlotOptions['answerers'], 'metrics'>;
}

/** The workers of a server. */
export class WorkerGroup {
  private readonly slots: readonly WorkerSlot[];
  private readonly metrics = new WorkerMetrics();
  private readonly givenUp = new Deferred<Error>();
  /** Resolves when workers end again and again. */
  readonly broken = this.givenUp.promise;

  constructor({ count, answerers, ...options }: GroupOptions) {
    const slotOptions: SlotOptions = {
      ...options,
      answerers: { ...answerers, metrics: () => this.metrics.text(this.channels) },
      isAnyReady: () => this.channels.length > 0,
      onEnd: (worker) => this.metrics.keep(worker),
      onGivenUp: (error) => this.givenUp.resolve(error),
    };
    this.slots = Array.from(
      { length: count },
      (_, at) => new WorkerSlot(at === 0 ? 'background' : 'requests', slotOptions),
    );
  }

  /**
   * Starts all workers; resolves when they are ready, with the admin token that one of them has made,
   * if one had to.
   * @throws Error when one of them ends before it is ready
   */
  async start(): Promise<string | undefined> {
    const tokens = await Promise.all(this.slots.map((slot) => slot.start()));
    return tokens.find((token) => token !== undefined);
  }

  /** Ends all workers as servers end; gives the worst of their exit codes. */
  async stop(): Promise<number> {
    return Math.max(...(await Promise.all(this.slots.map((slot) => slot.stop()))));
  }

  /** Ends all workers at once. */
  kill(): void {
    for (const slot of this.slots) slot.kill();
  }

  /** Of the workers that run. */
  get pids(): number[] {
    return this.slots.flatMap((slot) => slot.pid ?? []);
  }

  private get channels(): Channel[] {
    return this.slots.flatMap((slot) => slot.channel ?? []);
  }
}
