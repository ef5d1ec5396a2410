import { setImmediate as nextTurn } from 'node:timers/promises';
import { StorageUnavailable, type Batch, type Served } from '@cloudpam/audit';
import { StoredConflict } from '@cloudpam/pools';
import type { Database, Outcome, Session } from './session';
import type { TracePoint, TracePoints } from './trace-point';

/**
 * So many share a transaction at most: a failure of the whole costs each of them its time again.
 */
const MOST = 64;

/**
 * Who was served together often comes again together: the first of them waits for the others, as long as each turn
 * of the event loop brings more.
 */
async function othersCome(queue: readonly Waiting[]): Promise<void> {
  for (let before = -1; queue.length > before && queue.length < MOST;) {
    before = queue.length;
    await nextTurn();
  }
}

interface Waiting {
  readonly work: (session: Session) => Promise<unknown>;
  readonly batch: Batch<Session, unknown, unknown> | undefined;
  readonly settle: (outcome: Outcome<unknown>) => void;
  /** Where it was asked for: it is served while somebody else is. */
  readonly point: TracePoint | undefined;
}

/**
 * Serves runs that wait for the same lock in one transaction: the first goes at once, those that
 * come meanwhile go together when it has ended, first come, first served. Those that can be done as one piece of
 * work are; the others one after the other. This takes the contention from a pool that many allocate
 * from, and the price of statements and of a commit is shared.
 */
export class SharedRuns {
  private readonly queues = new Map<string, Waiting[]>();

  constructor(
    private readonly database: Database,
    private readonly points: TracePoints = () => undefined,
  ) {}

  /** @throws what the work throws, once the transaction around it has ended */
  async run<T>(
    key: string,
    work: (session: Session) => Promise<T>,
    batch?: Batch<Session, unknown, unknown>,
  ): Promise<T> {
    const outcome = await new Promise<Outcome<unknown>>((settle) => {
      const waiting = { work, batch, settle, point: this.points() };
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
      const left = await this.servedAsOne(batch);
      // Where some were served as one, the first of the others goes by itself, and those behind it may be
      // served so again.
      const next = left.length < batch.length ? left.slice(0, 1) : left;
      queue.unshift(...left.slice(next.length));
      const outcomes = next.length > 0 ? await this.outcomesOf(next) : [];
      for (const [at, { settle }] of next.entries())
        settle(outcomes[at] ?? { error: new Error('the run has no outcome') });
      if (batch.length > 1) await othersCome(queue);
    }
    this.queues.delete(key);
  }

  /** Gives those that have yet to run. */
  private async servedAsOne(waiting: readonly Waiting[]): Promise<readonly Waiting[]> {
    const able = waiting.flatMap((each) => (each.batch ? [{ each, batch: each.batch }] : []));
    const [first] = able;
    if (!first || able.length < 2) return waiting;
    let served: readonly Served<unknown>[];
    try {
      served = await this.database.run(
        (session) =>
          first.batch.serve(
            session,
            able.map(({ batch }) => batch.call),
          ),
        pointsOf(able.map(({ each }) => each)),
      );
    } catch (error) {
      // Whoever is at fault, nothing was written.
      if (!(error instanceof StorageUnavailable)) return waiting;
      for (const { each } of able) each.settle({ error });
      return waiting.filter(({ batch }) => !batch);
    }
    const left = new Set(waiting);
    for (const [at, { each }] of able.entries()) {
      const outcome = served[at] ?? 'alone';
      if (outcome === 'alone') continue;
      left.delete(each);
      each.settle(outcome);
    }
    return [...left];
  }

  private async outcomesOf(batch: readonly Waiting[]): Promise<Outcome<unknown>[]> {
    const [only] = batch;
    if (batch.length === 1 && only) return [await this.alone(only)];
    try {
      return await this.database.runEach(
        batch.map(({ work }) => work),
        pointsOf(batch),
      );
    } catch (error) {
      if (!(error instanceof StoredConflict)) return batch.map(() => ({ error }));
      // A constraint that is looked at with the commit does not tell whose fault it was. Nothing
      // was written: one by one.
      const outcomes: Outcome<unknown>[] = [];
      for (const each of batch) outcomes.push(await this.alone(each));
      return outcomes;
    }
  }

  private alone(waiting: Waiting): Promise<Outcome<unknown>> {
    return this.database.run(waiting.work, pointsOf([waiting])).then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
  }
}

function pointsOf(served: readonly Waiting[]): readonly TracePoint[] {
  return served.flatMap(({ point }) => point ?? []);
}
