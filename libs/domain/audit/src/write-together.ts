import type { AnswerClaim } from './answer-store';
import type { Change } from './change';
import type { WriteStores } from './audit-stores';
import { handling, type Handles } from './handlers';
import { AnsweredBefore, KeyReused, write, type Served, type UnitOfWork } from './unit-of-work';

/** One write of several that wait for the same lock. */
export interface SharedWrite<S, Request, T> {
  /** The same for all that wait for one lock, and are of one kind. */
  readonly key: string;
  readonly request: Request;
  /** The write by itself. */
  alone(stores: S, change: Change, request: Request): Promise<T>;
  /** Several at once, in their order: what each would have by itself. */
  together(stores: S, asked: readonly Asked<Request>[]): Promise<readonly Served<T>[]>;
}

/** What is asked for, and under which circumstances. */
export interface Asked<Request> {
  readonly change: Change;
  readonly request: Request;
}

/**
 * As `write`, for writes that many make at the same time behind one lock: those that wait are done as
 * one, each with its own result, error, audit entry and idempotency key. Dry runs and writes of callers
 * with limits go by themselves.
 * @throws AnsweredBefore, KeyReused, and whatever the work throws
 */
export function writeTogether<S extends WriteStores, Request, T>(
  unitOfWork: UnitOfWork<S> & Partial<Handles<string>>,
  change: Change,
  { key, request, alone, together }: SharedWrite<S, Request, T>,
): Promise<T> {
  const batch = {
    call: { change, request },
    serve: (stores: S, asked: readonly Asked<Request>[]) =>
      servedOnce(stores, asked, unitOfWork.handlers, together),
  };
  const isPlain = !change.limit && change.dryRun !== true;
  return write(unitOfWork, change, (stores) => alone(stores, change, request), {
    together: key,
    ...(isPlain ? { batch } : {}),
  });
}

/** Has those served whose keys were not answered before, and keeps their answers. */
async function servedOnce<S extends WriteStores, Request, T>(
  stores: S,
  asked: readonly Asked<Request>[],
  handlers: Partial<Handles<string>>['handlers'],
  together: SharedWrite<S, Request, T>['together'],
): Promise<Served<T>[]> {
  const outcomes = await refusedByKey<T>(stores, asked);
  const going = asked.flatMap((each, at) => (outcomes[at] ? [] : [{ each, at }]));
  const served = await together(
    handling(stores, handlers),
    going.map(({ each }) => each),
  );
  const answers: { actorId: string; key: string; answer: string }[] = [];
  for (const [n, { each, at }] of going.entries()) {
    const outcome = served[n] ?? 'alone';
    outcomes[at] = outcome;
    const { idempotency, actor } = each.change;
    if (!idempotency || outcome === 'alone' || 'error' in outcome) continue;
    const answer = idempotency.encode(outcome.value);
    if (answer !== null) answers.push({ actorId: actor.id, key: idempotency.key, answer });
  }
  await stores.answers.saveAll(answers);
  return asked.map((_, at) => outcomes[at] ?? 'alone');
}

/** What becomes of those whose idempotency key was used before; the others have theirs taken. */
async function refusedByKey<T>(
  stores: WriteStores,
  asked: readonly Asked<unknown>[],
): Promise<(Served<T> | undefined)[]> {
  const outcomes: (Served<T> | undefined)[] = asked.map(() => undefined);
  const claims = new Map<string, { at: number; claim: AnswerClaim }>();
  for (const [at, { change }] of asked.entries()) {
    const { idempotency, actor } = change;
    if (!idempotency) continue;
    const name = JSON.stringify([actor.id, idempotency.key]);
    // A second one with the key finds the answer of the first when it goes by itself.
    if (claims.has(name)) outcomes[at] = 'alone';
    else
      claims.set(name, {
        at,
        claim: [actor.id, idempotency.key, idempotency.fingerprint, change.at],
      });
  }
  const claimed = [...claims.values()];
  const earlier = await stores.answers.claimAll(claimed.map(({ claim }) => claim));
  for (const [n, { at, claim }] of claimed.entries()) {
    const [, key, fingerprint] = claim;
    const known = earlier[n];
    if (!known) continue;
    // Whoever waits for another run waits alone.
    if (known === 'held') {
      outcomes[at] = 'alone';
      continue;
    }
    outcomes[at] = {
      error:
        known.fingerprint === fingerprint ? new AnsweredBefore(known.answer) : new KeyReused(key),
    };
  }
  return outcomes;
}
