import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { SealAudit, type SealedEvent } from '@cloudpam/audit';
import { STORAGE, type Storage } from '../storage/storage';

/** Events that are read at once, and the most that one page has. */
export const PAGE = 500;
/** The newest events that are kept for all who follow. */
const KEPT = 1_000;
/** Pages further back that are kept: who falls behind does so with others, who ask for the same. */
const PAGES_KEPT = 8;
const LOOK_MS = 250;

/** A part of the log, in the order of the chain. */
export interface EventPage {
  readonly events: readonly SealedEvent[];
  /** The place in the chain up to which this tells. */
  readonly last: number;
}

/**
 * The one reader of the log for all who follow it in this process. It looks for new seals as long as
 * somebody waits, and keeps the newest ones for all; who is further behind reads pages of their own.
 * Followers ask when they are ready for more, so nobody who is slow keeps anything waiting here.
 */
@Injectable()
export class EventHub implements OnModuleDestroy {
  /** Everything after `from` up to `last`. */
  private kept: EventPage & { readonly from: number } = { events: [], from: 0, last: 0 };
  /** How often the log has become shorter, as where a standby goes on without the last that its primary had. */
  private losses = 0;
  private readonly waiting = new Set<() => void>();
  private readonly stop = new AbortController();
  /** What was read by place, or is being read, the oldest first. */
  private readonly pages = new Map<number, Promise<EventPage>>();
  /** Whether it looks for new events, as it does while somebody waits. */
  isLooking = false;

  constructor(
    @Inject(STORAGE) private readonly storage: Pick<Storage, 'unitOfWork'>,
    private readonly seal: SealAudit,
  ) {}

  /** It looks no more; those who wait are ended by their own signals. */
  onModuleDestroy(): void {
    this.stop.abort();
  }

  /** The place in the chain after all that was committed; 0 where nothing was. */
  async now(): Promise<number> {
    await this.sealed();
    return this.head();
  }

  private async head(): Promise<number> {
    return (await this.storage.unitOfWork.read(({ seals }) => seals.head()))?.seq ?? 0;
  }

  /**
   * What comes after a place, at once where there is something: up to 500 events. Else it waits.
   * @returns an empty page when nothing came in `waitMs`, or the signal ended it, or the log ends before the place by
   * now: then `last` is its end
   */
  async after(place: number, waitMs: number, signal: AbortSignal): Promise<EventPage> {
    const until = performance.now() + waitMs;
    // What was committed may not have been looked for yet: who waits is told of it soon, others now.
    let isAsked = waitMs <= 0;
    const { losses } = this;
    for (;;) {
      const { from, last, events } = this.kept;
      // What comes now has places that were others before.
      if (this.losses !== losses && place > last) return { events: [], last };
      if (place >= from && place < last) {
        const first = events.findIndex(({ seal }) => seal.seq > place);
        const page = first < 0 ? [] : events.slice(first, first + PAGE);
        return { events: page, last: page.length < PAGE ? last : (page.at(-1)?.seal.seq ?? last) };
      }
      if (isAsked || place < from || !this.isLooking) {
        const page = await this.shared(place);
        if (page.last > place) return page;
      }
      isAsked = false;
      const left = until - performance.now();
      if (left <= 0 || signal.aborted) return { events: [], last: place };
      await this.more(left, signal);
    }
  }

  /** Reads a page once for all who ask for it. */
  private shared(place: number): Promise<EventPage> {
    const known = this.pages.get(place);
    if (known) return known;
    const page = this.read(place);
    this.pages.set(place, page);
    const [oldest] = this.pages.keys();
    if (this.pages.size > PAGES_KEPT && oldest !== undefined) this.pages.delete(oldest);
    const forget = (): void => {
      if (this.pages.get(place) === page) this.pages.delete(place);
    };
    // More may come after a page that is not full.
    page.then(({ events }) => events.length < PAGE && forget(), forget);
    return page;
  }

  private async read(place: number): Promise<EventPage> {
    const page = await this.storage.unitOfWork.read(({ seals }) => seals.sealed(place, PAGE));
    return {
      // An entry that someone removed cannot be told; verification tells of it.
      events: page.flatMap(({ seal, entry }) => (entry ? [{ seal, entry }] : [])),
      last: page.at(-1)?.seal.seq ?? place,
    };
  }

  /** Waits until there is more, or some time is over. */
  private more(waitMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        this.waiting.delete(end);
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, waitMs);
      signal.addEventListener('abort', end, { once: true });
      this.waiting.add(end);
      if (!this.isLooking) void this.look();
    });
  }

  private wake(): void {
    for (const each of [...this.waiting]) each();
  }

  /**
   * Who waits for events need not wait for the next round of sealing as well. Where it fails, the
   * server that seals tells so; what was sealed can be read all the same.
   */
  private async sealed(): Promise<void> {
    await this.seal.execute(this.stop.signal).catch(() => undefined);
  }

  /** Looks for new events until nobody waits. */
  private async look(): Promise<void> {
    this.isLooking = true;
    while (this.waiting.size > 0 && !this.stop.signal.aborted) {
      await this.sealed();
      // While the database is away nothing is new.
      if (await this.readNew().catch(() => false)) this.wake();
      await sleep(LOOK_MS, undefined, { signal: this.stop.signal }).catch(() => undefined);
    }
    this.isLooking = false;
    this.pages.clear();
  }

  /** @returns whether there was something */
  private async readNew(): Promise<boolean> {
    const before = this.kept.last;
    const head = await this.head();
    if (head < before) this.losses += 1;
    // Nobody has listened for long, or the database is another one: what is older each reads by themselves.
    if (head - before > KEPT || head < before) {
      this.pages.clear();
      const from = Math.max(0, head - PAGE);
      this.kept = { events: [], from, last: from };
    }
    for (;;) {
      const page = await this.read(this.kept.last);
      if (page.last === this.kept.last) return this.kept.last !== before;
      const events = [...this.kept.events, ...page.events];
      const dropped = Math.max(0, events.length - KEPT);
      this.kept = {
        events: events.slice(dropped),
        from: events[dropped - 1]?.seal.seq ?? this.kept.from,
        last: page.last,
      };
    }
  }
}
