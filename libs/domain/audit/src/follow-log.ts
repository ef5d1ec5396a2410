import type { AuditEntry } from './audit-store';
import { isFreeFor, NO_HOLD } from './hold';
import type { AuditSeal, SealStore } from './seal-store';
import type { SubscriberStore } from './subscriber-store';
import type { UnitOfWork } from './unit-of-work';

const BATCH = 500;

/** What following the log asks of a storage. */
export interface FollowingStores {
  readonly seals: SealStore;
  readonly subscribers: SubscriberStore;
}

/** An event of the log in its place in the chain. */
export interface SealedEvent {
  readonly seal: AuditSeal;
  readonly entry: AuditEntry;
}

/** Someone who follows the log. */
export interface Subscriber {
  /** Under which its position is kept: another name begins with the first event. */
  readonly name: string;
  /**
   * Handles events in the order of the chain. What was not handled comes again, and when the process
   * dies so may some that was. `seal.seq` tells one event from another.
   * @returns how many of them, from the first one on, are handled for good; fewer than all where the
   * rest takes longer than a batch may, or fails, which shows when it comes again
   * @throws where none could be handled
   */
  handle(events: readonly SealedEvent[]): Promise<number>;
  /**
   * How long a batch may take, in milliseconds. After a crash another server process goes on when it
   * is over; a handler that takes longer may find another one at work beside it.
   */
  readonly leaseMs: number;
  /** Events that are handled at once, 500 when left out. */
  readonly batch?: number;
}

/**
 * Someone who makes something of the log in the same storage. What it writes and its position are
 * one unit of work: every event is folded once, also after a crash.
 */
export interface LogFold<S> extends Omit<Subscriber, 'handle'> {
  /** Folds events, in the order of the chain. When it rejects they come again, and nothing was written. */
  fold(stores: S, events: readonly SealedEvent[]): Promise<void>;
}

/**
 * Has a subscriber follow the log beside the work of the servers: every sealed event comes to it at
 * least once, in the order of the chain, to one server process at a time. Writers know nothing of it
 * and never wait for it, as it reads only what is committed and sealed, in units of work of its own.
 * Forwarding is such a subscriber; daily usage is a `LogFold`. Webhooks read the same seals from
 * positions of their own, as each may be held up by itself: see `DeliverWebhooks`.
 */
export class FollowLog<S extends FollowingStores = FollowingStores> {
  /**
   * @param holder the server process, unique among all
   * @param now the clock of the leases
   */
  constructor(
    private readonly unitOfWork: UnitOfWork<S>,
    private readonly subscriber: Subscriber | LogFold<S>,
    private readonly holder: string,
    private readonly now: () => Date,
  ) {}

  /**
   * Follows until nothing is left, `stop` is given, or another process follows.
   * @returns how many events were handled. @throws what the handler throws; the position stays
   */
  async execute(stop?: AbortSignal): Promise<number> {
    for (let handled = 0; ;) {
      if (stop?.aborted) return handled;
      const some = await this.handleSome();
      if (some === 0) return handled;
      handled += some;
    }
  }

  private async handleSome(): Promise<number> {
    const { name, leaseMs, batch = BATCH } = this.subscriber;
    const at = this.now();
    // Looks first: an idle subscriber must not keep the writer of an SQLite file busy.
    if (!(await this.isNew(at))) return 0;
    const state = await this.unitOfWork.run(({ subscribers }) =>
      subscribers.take(name, this.holder, at, new Date(at.getTime() + leaseMs)),
    );
    if (!state) return 0;
    const page = await this.unitOfWork.read(({ seals }) => seals.sealed(state.seq, batch));
    // An entry that someone removed cannot be handled; verification tells of it.
    const events = page.flatMap(({ seal, entry }) => (entry ? [{ seal, entry }] : []));
    const last = page.at(-1)?.seal.seq ?? state.seq;
    try {
      return (await this.handle(events, state.seq, last)) - state.seq;
    } catch (error) {
      await this.advance(state.seq);
      throw error;
    }
  }

  /** @returns up to which seal all is handled; `from` when another process follows by now */
  private async handle(
    events: readonly SealedEvent[],
    from: number,
    last: number,
  ): Promise<number> {
    const { subscriber } = this;
    if ('fold' in subscriber)
      return this.unitOfWork.run(async (stores) => {
        if (!(await stores.subscribers.advance(subscriber.name, this.holder, last))) return from;
        await subscriber.fold(stores, events);
        return last;
      });
    const handled = events.length > 0 ? await subscriber.handle(events) : 0;
    const next = events[handled];
    // Seals are counted without gaps.
    const until = next ? next.seal.seq - 1 : last;
    return (await this.advance(until)) ? until : from;
  }

  private isNew(at: Date): Promise<boolean> {
    return this.unitOfWork.read(async ({ seals, subscribers }) => {
      const [head, state] = [await seals.head(), await subscribers.get(this.subscriber.name)];
      return (
        isFreeFor(state ?? NO_HOLD, this.holder, at) &&
        head !== undefined &&
        head.seq > (state?.seq ?? 0)
      );
    });
  }

  private advance(seq: number): Promise<boolean> {
    const { name } = this.subscriber;
    return this.unitOfWork.run(({ subscribers }) => subscribers.advance(name, this.holder, seq));
  }
}
