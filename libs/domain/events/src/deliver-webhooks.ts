import {
  held,
  isFreeFor,
  NO_HOLD,
  SYSTEM_ACTOR,
  write,
  type AuditEntry,
  type AuditStores,
  type Hold,
  type SealedEntry,
  type SealedEvent,
  type UnitOfWork,
} from '@cloudpam/audit';
import { DELIVERIES_KEPT, LATEST_RETRY_MS, type Delivery } from './delivery';
import {
  DeliveryRound,
  UNORDERED_WIDTH,
  widthOf,
  type Due,
  type RoundResult,
  type Send,
} from './delivery-round';
import { passes, subtreesAt, type SubtreeStores } from './event-filter';
import { orderOf, standing, stateChange, type WebhookStores } from './keep-webhooks';
import { webhookEvent, type Webhook } from './webhook';

/** Longer than an attempt takes: what holds a webhook longer without a word has died. */
export const WEBHOOK_LEASE_MS = 20_000;
/** Events of the log that a round looks at. */
const BATCH = 100;
/** Deliveries that wait and are looked at in a round. */
const MOST_WAITING = 2 * UNORDERED_WIDTH;

/** What delivering asks of a storage. */
export type DeliveringStores = WebhookStores & AuditStores & SubtreeStores;

/** By what webhooks are told. */
export interface DeliveringOptions {
  readonly send: Send;
  /** The server process, unique among all. */
  readonly holder: string;
  /** The clock of attempts and holds. */
  readonly now: () => Date;
  /** From 0 to below 1, of the times of retries. */
  readonly random: () => number;
  /** Is told what fails, but for attempts. */
  readonly onError: (error: unknown) => void;
  /** Is told what was delivered, has failed or is given up. */
  readonly onTold?: (deliveries: readonly Delivery[]) => void;
}

/** What a round begins with. */
interface Load {
  readonly webhook: Webhook;
  /** What waits and is due. */
  readonly due: readonly Required<Due>[];
  /** How many wait for a later time. */
  readonly later: number;
  /** Deliveries of events that someone has removed from the log. */
  readonly lost: readonly Delivery[];
  readonly page: readonly SealedEntry[];
  /** Of the page. */
  readonly fresh: readonly SealedEvent[];
  /** Whether the log had no more than the page. */
  readonly isEnd: boolean;
}

/**
 * Tells webhooks of the events of the log. Each is worked at by one server process at a time, which
 * holds it for a while; what was told is noted after each round, so that after a crash some events
 * come again, with the same ids. One that fails holds up itself alone.
 */
export class DeliverWebhooks<S extends DeliveringStores = DeliveringStores> {
  private readonly busy = new Map<number, Promise<void>>();

  private readonly send: Send;
  private readonly holder: string;
  private readonly now: () => Date;
  private readonly random: () => number;
  private readonly onError: (error: unknown) => void;
  private readonly onTold: (deliveries: readonly Delivery[]) => void;

  constructor(
    private readonly unitOfWork: UnitOfWork<S>,
    { send, holder, now, random, onError, onTold = () => undefined }: DeliveringOptions,
  ) {
    this.send = send;
    this.holder = holder;
    this.now = now;
    this.random = random;
    this.onError = onError;
    this.onTold = onTold;
  }

  /**
   * Looks at the log and at all webhooks, and begins with those that have something to do and that
   * nobody works at. While some have more to pass over it looks at all of them again and again:
   * whoever has much to pass over keeps nobody waiting.
   * @param stop after the attempts at hand
   */
  async look(stop?: AbortSignal): Promise<void> {
    let isMore = true;
    while (isMore && !stop?.aborted) {
      const { head, webhooks } = await this.unitOfWork.read(async (stores) => ({
        head: (await stores.seals.head())?.seq ?? 0,
        webhooks: await stores.webhooks.all(),
      }));
      const idle = webhooks.filter(
        (webhook) =>
          !this.busy.has(webhook.id) && this.isFree(webhook) && this.hasWork(webhook, head),
      );
      const passed = await this.passOver(idle);
      for (const { id } of idle) if (!passed.has(id)) this.begin(id, stop);
      isMore = [...passed.values()].some((seq) => seq < head);
    }
  }

  private begin(id: number, stop?: AbortSignal): void {
    const work = this.work(id, stop)
      .catch(this.onError)
      .finally(() => this.busy.delete(id));
    this.busy.set(id, work);
  }

  /**
   * Moves webhooks on over events that none of their filters lets pass, all of them in one write.
   * @returns where these are now, by their ids; the others have something to do
   */
  private async passOver(idle: readonly Webhook[]): Promise<ReadonlyMap<number, number>> {
    const news = idle.filter(
      (webhook) =>
        webhook.replay === null &&
        !this.isDue(webhook.nextAt) &&
        // What this process has not let go of, as the database was away, moves on as it works at it.
        isFreeFor(webhook, null, this.now()),
    );
    const places = new Set(news.map(({ seq }) => seq));
    const moves = await this.unitOfWork.read(async ({ seals, pools, audit }) => {
      const found: { webhooks: Webhook[]; from: number; to: number }[] = [];
      for (const from of places) {
        const page = await seals.sealed(from, BATCH);
        const entries = entriesOf(page);
        const webhooks: Webhook[] = [];
        for (const webhook of news.filter(({ seq }) => seq === from)) {
          const { filter } = webhook;
          const subtrees = await subtreesAt({ pools, audit }, filter, entries);
          if (!entries.some((entry) => passes(filter, entry, subtrees))) webhooks.push(webhook);
        }
        const to = page.at(-1)?.seal.seq;
        if (to !== undefined && webhooks.length > 0) found.push({ webhooks, from, to });
      }
      return found;
    });
    if (moves.length === 0) return new Map();
    await this.unitOfWork.run(async ({ webhooks: store }) => {
      for (const { webhooks, from, to } of moves)
        await store.moveOn(
          webhooks.map(({ id }) => id),
          { from, to },
          this.now(),
        );
    });
    return new Map(
      moves.flatMap(({ webhooks, to }) => webhooks.map(({ id }) => [id, to] as const)),
    );
  }

  /** Resolves when no webhook is worked at here. */
  async idle(): Promise<void> {
    while (this.busy.size > 0) await Promise.all(this.busy.values());
  }

  private isFree(webhook: Webhook): boolean {
    return isFreeFor(webhook, this.holder, this.now());
  }

  private hasWork(webhook: Webhook, head: number): boolean {
    const { state, seq, replay, waiting, nextAt } = webhook;
    if (state === 'paused') return false;
    if (this.isDue(nextAt)) return true;
    return waiting < widthOf(webhook) && (replay !== null || head > seq);
  }

  private async work(id: number, stop?: AbortSignal): Promise<void> {
    if (!(await this.take(id))) return;
    let isHeld: boolean | undefined = true;
    try {
      while (isHeld && !stop?.aborted) isHeld = await this.round(id, stop);
    } finally {
      if (isHeld !== false) await this.release(id);
    }
  }

  private take(id: number): Promise<boolean> {
    return this.unitOfWork.run(async ({ webhooks }) => {
      const webhook = await webhooks.lock(id);
      if (!webhook || !this.isFree(webhook)) return false;
      await webhooks.save({ ...webhook, ...this.hold() });
      return true;
    });
  }

  private hold(): Hold {
    return held(this.holder, this.now(), WEBHOOK_LEASE_MS);
  }

  private release(id: number): Promise<void> {
    return this.unitOfWork.run(async ({ webhooks }) => {
      const webhook = await webhooks.lock(id);
      if (webhook?.holder === this.holder) await webhooks.save({ ...webhook, ...NO_HOLD });
    });
  }

  /** @returns true: there is more to do; undefined: nothing; false: nothing, and it is given up already */
  private async round(id: number, stop?: AbortSignal): Promise<boolean | undefined> {
    const load = await this.load(id);
    if (!load) return undefined;
    const { webhook, due, later, lost, page, fresh, isEnd } = load;
    const { send, now, random } = this;
    const round = new DeliveryRound({ webhook, due, later, fresh, send, now, random, stop });
    const told = await round.run();
    const result = { ...told, deliveries: [...lost, ...told.deliveries] };
    this.onTold(result.deliveries);
    const next = fresh[result.taken];
    // Seals are counted without gaps.
    const seq = next ? next.seal.seq - 1 : page.at(-1)?.seal.seq;
    const hasMoved = seq !== undefined && seq !== (webhook.replay ?? webhook).seq;
    if (!hasMoved && result.deliveries.length === 0) return undefined;
    return this.note(webhook, seq, result, isEnd && !next);
  }

  private load(id: number): Promise<Load | undefined> {
    return this.unitOfWork.read(async ({ webhooks, deliveries, seals, pools, audit }) => {
      const webhook = await webhooks.get(id);
      if (!webhook || webhook.state === 'paused' || webhook.holder !== this.holder)
        return undefined;
      const { filter, replay, seq } = webhook;
      const kept = await deliveries.waiting(id, orderOf(webhook), MOST_WAITING);
      const later = kept.filter(({ nextAt }) => !this.isDue(nextAt));
      const first = webhook.isOrdered && later[0] ? kept.indexOf(later[0]) : kept.length;
      const due: Required<Due>[] = [];
      const lost: Delivery[] = [];
      for (const before of kept.slice(0, first)) {
        if (!this.isDue(before.nextAt)) continue;
        const [sealed] = await seals.sealed(before.seq - 1, 1);
        if (sealed?.entry) due.push({ event: { seal: sealed.seal, entry: sealed.entry }, before });
        else lost.push(gone(before, this.now()));
      }
      const after = replay ? replay.seq : seq;
      const until = replay?.until ?? Infinity;
      // What waits comes first: nothing new while more of it waits than is at hand.
      const isMore = kept.length === MOST_WAITING;
      const isFull = isMore || later.length >= widthOf(webhook);
      const all = isFull ? [] : await seals.sealed(after, BATCH);
      const page = all.filter(({ seal }) => seal.seq <= until);
      const isEnd = !isFull && !replay && all.length < BATCH;
      const subtrees = await subtreesAt({ pools, audit }, filter, entriesOf(page));
      const known = new Set(kept.map((each) => each.seq));
      const fresh = page.flatMap(({ seal, entry }) =>
        // What waits is told in its own time, also where a replay comes to it.
        entry && !known.has(seal.seq) && passes(filter, entry, subtrees) ? [{ seal, entry }] : [],
      );
      return { webhook, due, later: later.length, lost, page, fresh, isEnd };
    });
  }

  private isDue(nextAt: Date | null): boolean {
    if (nextAt === null) return false;
    const waits = nextAt.getTime() - this.now().getTime();
    return waits <= 0 || waits > LATEST_RETRY_MS;
  }

  /**
   * Notes what a round has done, unless another process holds the webhook by now.
   * @param isEnd whether the log had nothing more
   * @returns whether there is more to do; where there is not, the webhook is given up
   */
  private note(
    began: Webhook,
    seq: number | undefined,
    { deliveries: done, deadInRow, pause }: RoundResult,
    isEnd: boolean,
  ): Promise<boolean> {
    const change = { actor: SYSTEM_ACTOR, at: this.now(), requestId: 'webhooks' };
    return write(this.unitOfWork, change, async ({ webhooks, deliveries, audit }) => {
      const before = await webhooks.lock(began.id);
      if (!before || before.holder !== this.holder) return false;
      await deliveries.put(done);
      if (done.some(({ status }) => status !== 'waiting'))
        await deliveries.trim(began.id, DELIVERIES_KEPT);
      const lastError = done.findLast(({ error }) => error !== null)?.error ?? before.failure;
      const paused = pause === null ? before : { ...before, state: 'paused' as const };
      const { state, ...backlog } = await standing(paused, deliveries);
      const noted: Webhook = {
        ...before,
        ...backlog,
        ...position(began, before, seq),
        deadInRow,
        state,
        failure: pause ?? { paused: before.failure, retrying: lastError, ok: null }[state],
      };
      const isMore = this.hasWork(noted, isEnd ? noted.seq : Infinity);
      const after = { ...noted, ...(isMore ? this.hold() : NO_HOLD) };
      await webhooks.save(after);
      if (pause !== null && before.state !== 'paused')
        await audit.append([
          webhookEvent(change, 'webhook.pause', began.id, stateChange(before, after)),
        ]);
      return isMore;
    });
  }
}

function entriesOf(page: readonly SealedEntry[]): AuditEntry[] {
  return page.flatMap(({ entry }) => entry ?? []);
}

function gone(delivery: Delivery, at: Date): Delivery {
  const error = 'The event is not in the log any more.';
  return { ...delivery, status: 'dead', nextAt: null, deadAt: at, error };
}

/** Where a webhook is after a round; a replay that someone has begun meanwhile stays as it is. */
function position(
  began: Webhook,
  before: Webhook,
  seq: number | undefined,
): Pick<Webhook, 'seq' | 'replay'> | undefined {
  if (seq === undefined) return undefined;
  if (!began.replay) return { seq, replay: before.replay };
  const isSame =
    before.replay?.seq === began.replay.seq && before.replay.until === began.replay.until;
  if (!isSame) return undefined;
  const { until } = began.replay;
  return { seq: before.seq, replay: seq >= until ? null : { seq, until } };
}
