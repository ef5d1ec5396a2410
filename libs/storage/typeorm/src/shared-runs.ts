import { AsyncResource } from 'node:async_hooks';
import { StoredConflict } from '@cloudpam/pools';
import type { Database, Outcome, Session } from './session';

/**
 * So many share a transaction at most: a failure of the whole costs each of them its time again.
 */
const MOST = 64;

interface Waiting {
  readonly work: (session: Session) => Promise<unknown>;
  readonly settle: (outcome: Outcome<unknown>) => void;
}

/**
 * Serves runs that wait for the same lock in one transaction: the first goes at once, those that
 * come meanwhile go together when it has ended. This takes the contention from a pool that many
 * allocate from, and the price of a commit is shared.
 */
export class SharedRuns {
  private readonly queues = new Map<string, Waiting[]>();

  constructor(private readonly database: Database) {}

  /** @throws what the work throws, once the transaction around it has ended */
  async run<T>(key: string, work: (session: Session) => Promise<T>): Promise<T> {
    const outcome = await new Promise<Outcome<unknown>>((settle) => {
      const waiting = { work: AsyncResource.bind(work), settle };
      const queue = this.queues.get(key);
      if (queue) queue.push(waiting);
      else void this.serve(key, [waiting]);
    });
    if ('error' in outcome) throw outcome.error;
    return outcome.value as T; // what this very work gave
  }

  private async serve(key: string, queue: Waiting[]): Promise<void> {
    this.queues.set(key, queue);
    while (queue.length > 0) {
      const batch = queue.splice(0, MOST);
      const outcomes = await this.outcomesOf(batch);
      for (const [at, { settle }] of batch.entries())
        settle(outcomes[at] ?? { error: new Error('the run has no outcome') });
    }
    this.queues.delete(key);
  }

  private async outcomesOf(batch: readonly Waiting[]): Promise<Outcome<unknown>[]> {
    const [only] = batch;
    if (batch.length === 1 && only) return [await this.alone(only)];
    try {
      return await this.database.runEach(batch.map(({ work }) => work));
    } catch (error) {
      if (!(error instanceof StoredConflict)) return batch.map(() => ({ error }));
      // A constraint that is looked at with the commit does not tell whose fault it was. Nothing
      // was written: one by one.
      const outcomes: Outcome<unknown>[] = [];
      for (const each of batch) outcomes.push(await this.alone(each));
      return outcomes;
    }
  }

  private alone({ work }: Waiting): Promise<Outcome<unknown>> {
    return this.database.run(work).then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
  }
}
