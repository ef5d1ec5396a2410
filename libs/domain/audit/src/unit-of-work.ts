import type { AuditStore, NewAuditEntry } from './audit-store';
import type { WriteStores } from './audit-stores';
import type { Change } from './change';
import { handling, type Handles } from './handlers';

/** How one of several runs that were served as one has ended; `alone`: it has to run by itself. */
export type Served<T> = { readonly value: T } | { readonly error: unknown } | 'alone';

/** Several runs as one piece of work. */
export interface Batch<S, Call, T> {
  /** What tells this run from the others. */
  readonly call: Call;
  /**
   * Does the work of all calls at once, in their order, and tells how each ended. What rejects is undone for all,
   * and each runs by itself.
   */
  serve(stores: S, calls: readonly Call[]): Promise<readonly Served<T>[]>;
}

/** How a unit of work runs. */
export interface RunOptions<S = never> {
  /**
   * Runs with the same words queue for the same lock anyway. A storage may do those that wait
   * together in one transaction, one after the other; each keeps its own result, and one that
   * rejects takes nothing of the others with it.
   */
  readonly together?: string;
  /** With `together`: a storage may have several that wait served as one. Their `serve` is the same. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- only `serve` knows its calls
  readonly batch?: Batch<S, any, any>;
}

/** How a read runs. */
export interface ReadOptions {
  /**
   * What the work asks is one thing, or several that need not be of one moment: each statement may see a
   * later state than the one before, and costs one trip to the database.
   */
  readonly moment?: 'any';
  /**
   * A replica may answer that has everything until this position, or all that was committed before the read began.
   * Without it, and where there is none, the database itself answers.
   */
  readonly since?: Since;
}

/** `now`, or a position that the storage told after a commit. */
export type Since = 'now' | (string & {});

/** For reads in which a total or a name that is a moment older than the rest misleads nobody. */
export const ANY_MOMENT: ReadOptions = { moment: 'any' };

/** Reads in units of work over the stores `S`: all that they hold, or what a caller may see of it. */
export interface Reader<S> {
  /**
   * Sees one consistent state, never waits for a writer, and must not write. Where a replica failed, `work` runs again
   * from the start.
   */
  read<T>(work: (stores: S) => Promise<T>, options?: ReadOptions): Promise<T>;
}

/**
 * One transaction over the stores `S`.
 * `run` commits when `work` resolves and rolls everything back when it rejects; it may run `work`
 * again from the start after a serialization failure or deadlock, so `work` has no side effects
 * outside the stores. Runs do not nest.
 */
export interface UnitOfWork<S> extends Reader<S> {
  run<T>(work: (stores: S) => Promise<T>, options?: RunOptions<S>): Promise<T>;
}

/** Thrown by `write` when the key was answered before; `answer` is what `Idempotency.encode` made then. */
export class AnsweredBefore extends Error {
  constructor(readonly answer: string) {
    super('this request was answered before');
    this.name = 'AnsweredBefore';
  }
}

/** The key was used for another request: answer 422. */
export class KeyReused extends Error {
  constructor(readonly key: string) {
    super(`the idempotency key ${key} was used for a different request`);
    this.name = 'KeyReused';
  }
}

class RolledBack<T> extends Error {
  constructor(readonly result: T) {
    super('dry run');
  }
}

/**
 * Does the work, with what follows from the events that it tells, and then has the limit look at all
 * of these: every write tells what it touched.
 */
async function limited<S extends WriteStores, T>(
  stores: S,
  { limit }: Change,
  handlers: Partial<Handles<string>>['handlers'],
  work: (stores: S) => Promise<T>,
): Promise<T> {
  if (!limit) return work(handling(stores, handlers));
  const recorded: NewAuditEntry[] = [];
  const audit: AuditStore = {
    append: (entries) => {
      recorded.push(...entries);
      return stores.audit.append(entries);
    },
    list: (...query) => stores.audit.list(...query),
    scan: (...query) => stores.audit.scan(...query),
  };
  const result = await work(handling({ ...stores, audit }, handlers));
  return limit.after(stores, recorded, result);
}

/**
 * Every write of the product passes here: `work` in one unit of work with what follows from its
 * events, answered once per idempotency key, and rolled back after a dry run. @throws
 * AnsweredBefore, KeyReused, and whatever `work` throws.
 */
export async function write<S extends WriteStores, T>(
  unitOfWork: UnitOfWork<S> & Partial<Handles<string>>,
  change: Change,
  work: (stores: S) => Promise<T>,
  options?: RunOptions<S>,
): Promise<T> {
  try {
    return await unitOfWork.run(async (stores) => {
      await change.limit?.before(stores);
      const idempotency = change.dryRun ? undefined : change.idempotency;
      if (idempotency) {
        const earlier = await stores.answers.claim(
          change.actor.id,
          idempotency.key,
          idempotency.fingerprint,
          change.at,
        );
        if (earlier && earlier.fingerprint !== idempotency.fingerprint)
          throw new KeyReused(idempotency.key);
        if (earlier) throw new AnsweredBefore(earlier.answer);
      }
      const result = await limited(stores, change, unitOfWork.handlers, work);
      if (change.dryRun) throw new RolledBack(result);
      const answer = idempotency?.encode(result) ?? null;
      if (idempotency && answer !== null)
        await stores.answers.save(change.actor.id, idempotency.key, answer);
      return result;
    }, options);
  } catch (error) {
    if (error instanceof RolledBack) return error.result as T; // thrown above with this very T
    throw error;
  }
}
