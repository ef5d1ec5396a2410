import { ANY_MOMENT, type UnitOfWork } from '@cloudpam/audit';
import { COUNT_USAGE } from '../usage/count-usage';
import type { UsageStores } from '../usage/usage-store';
import { dayOf } from '../usage-day';
import { PoolCount, type EstatePool } from './count-pools';
import { estateCountOf } from './estate-count';

const NAME = 'estate';
const LEASE_MS = 120_000;
/** Pools of one reading: the process does nothing else while SQLite reads them. */
const PAGE = 1_000;
/** Between the beginnings of two counts. */
const SHORTEST_MS = 10_000;
/** And at least so many times as long as the last one took: counting is a small share of the work. */
const TIMES_AS_LONG = 20;

/**
 * Counts all pools beside the requests, so that what is told of the estate as a whole costs nothing
 * to ask. One server does it, when the log has moved or a day has begun; after a crash another one
 * begins again when its lease is over. It reads page by page: what moves meanwhile may be counted
 * where it was, or where it is, or be missed, until the next count.
 */
export class CountEstate {
  /**
   * @param holder the server process, unique among all
   * @param now the clock
   * @param pause asked before each page, so that requests have their turn
   */
  constructor(
    private readonly unitOfWork: UnitOfWork<UsageStores>,
    private readonly holder: string,
    private readonly now: () => Date,
    private readonly pause: () => Promise<void> | undefined,
  ) {}

  /** Counts, where that is due. @returns whether a count was kept */
  async execute(stop?: AbortSignal): Promise<boolean> {
    const at = this.now();
    const basis = await this.dueBasis(at);
    if (basis === undefined || !(await this.take())) return false;
    const pools = await this.countPools(stop);
    if (!pools) {
      await this.unitOfWork.run(({ subscribers }) => subscribers.advance(NAME, this.holder, 0));
      return false;
    }
    const count = await estateCountOf(
      pools,
      (ids, window) => this.unitOfWork.read(({ usage }) => usage.days(ids, window), ANY_MOMENT),
      dayOf(at),
      this.pause,
    );
    const tookMs = Math.max(0, this.now().getTime() - at.getTime());
    return this.unitOfWork.run(async ({ estate, subscribers }) => {
      if (!(await subscribers.advance(NAME, this.holder, dayOf(at)))) return false;
      await estate.keep({ at, tookMs, basis, count });
      return true;
    });
  }

  /** What a count of now stands on; undefined where none is due. */
  private dueBasis(at: Date): Promise<string | undefined> {
    return this.unitOfWork.read(async ({ estate, seals, subscribers }) => {
      const last = await estate.latest();
      const head = (await seals.head())?.seq ?? 0;
      const usage = (await subscribers.get(COUNT_USAGE.name))?.seq ?? 0;
      const basis = `${head} ${usage} ${dayOf(at)}`;
      if (!last) return basis;
      const since = at.getTime() - last.at.getTime();
      // The clock may have been set back.
      const isEarly = since >= 0 && since < Math.max(SHORTEST_MS, TIMES_AS_LONG * last.tookMs);
      return isEarly || last.basis === basis ? undefined : basis;
    });
  }

  private take(): Promise<boolean> {
    return this.unitOfWork.run(async ({ subscribers }) => {
      const at = this.now();
      const until = new Date(at.getTime() + LEASE_MS);
      return (await subscribers.take(NAME, this.holder, at, until)) !== undefined;
    });
  }

  /** undefined where it was stopped, or another server has taken over. */
  private async countPools(stop: AbortSignal | undefined): Promise<PoolCount | undefined> {
    const count = new PoolCount();
    let leasedAt = this.now().getTime();
    for (let after: EstatePool | undefined; ;) {
      await this.pause();
      if (stop?.aborted) return undefined;
      if (this.now().getTime() - leasedAt > LEASE_MS / 2) {
        if (!(await this.take())) return undefined;
        leasedAt = this.now().getTime();
      }
      const page = await this.unitOfWork.read(
        ({ estate }) => estate.poolsAfter(after, PAGE),
        ANY_MOMENT,
      );
      for (const pool of page) count.add(pool);
      after = page.at(-1);
      if (after === undefined || page.length < PAGE) return count;
    }
  }
}
