import { giveUpTurn, type FollowingStores, type UnitOfWork } from '@cloudpam/audit';
import { dayOf } from '@cloudpam/forecast';
import { StoredConflict, type Pool, type PoolStores } from '@cloudpam/pools';
import {
  besideOf,
  examinePools,
  reachableVrfs,
  type ExamineStores,
  type FreeOfParents,
} from './examine-pools';
import { recommendationsOf } from './recommend';
import type { KeptRecommendation, RecommendationStore } from './recommendation-store';

const NAME = 'analysis';
const MINUTE_MS = 60_000;
/** A minute of rest for each so many pools, and at most so many minutes. */
const POOLS_PER_MINUTE = 100;
const MOST_MINUTES = 360;
const MOST_COUNTED = 10_000;
const BY_ID = [{ field: 'id', descending: false }] as const;
const LEASE_MS = 120_000;
/** Pools that are examined at once. */
const PAGE = 500;
const FORGOTTEN_AT_ONCE = 2_000;
const MOST_TRIES = 5;

/** What analysing pools asks of a storage. */
export type AnalysingStores = Pick<FollowingStores, 'subscribers'> &
  ExamineStores &
  Pick<PoolStores, 'pools' | 'vrfs'> & { readonly recommendations: RecommendationStore };

/** When all pools were analysed, and when they will be. */
export interface AnalysisTimes {
  /** The minute in which the last analysis began; null: there was none. */
  readonly last: Date | null;
  /** From then on some server begins; null: it is about to, for the first time. */
  readonly next: Date | null;
}

/** When all pools were analysed, and when they will be. */
export async function analysisTimes({
  subscribers,
  pools,
}: Pick<AnalysingStores, 'subscribers' | 'pools'>): Promise<AnalysisTimes> {
  const done = (await subscribers.get(NAME))?.seq ?? 0;
  if (done === 0) return { last: null, next: null };
  const { total } = await pools.list({}, { sort: BY_ID, size: 1 });
  const next = done + minutesBetween(total);
  return { last: new Date(done * MINUTE_MS), next: new Date(next * MINUTE_MS) };
}

/**
 * Minutes from the begin of an analysis to that of the next: few pools cost little, and whoever has begun to fill
 * a tree need not wait.
 * @param pools exact up to 10,000, more means more
 */
export function minutesBetween(pools: number): number {
  if (pools > MOST_COUNTED) return MOST_MINUTES;
  return Math.max(1, Math.ceil(pools / POOLS_PER_MINUTE));
}

/**
 * Analyses all pools again and again, and keeps what is recommended, so that lists cost nothing to ask. One
 * server does it; after a crash another one begins again when its lease is over. It has some hundred pools in
 * memory at a time.
 */
export class AnalysePools {
  /**
   * @param holder the server process, unique among all
   * @param now the clock
   * @param pause asked before each page of pools, so that requests have their turn
   */
  constructor(
    private readonly unitOfWork: UnitOfWork<AnalysingStores>,
    private readonly holder: string,
    private readonly now: () => Date,
    private readonly pause: () => Promise<void> | undefined,
  ) {}

  /**
   * Analyses every pool, where that is due.
   * @returns how many pools
   */
  async execute(stop?: AbortSignal): Promise<number> {
    const begun = this.now();
    const minute = Math.floor(begun.getTime() / MINUTE_MS);
    if (!(await this.isDue(minute)) || !(await this.keepTurn(minute, []))) return 0;
    const reachable = await this.unitOfWork.read(({ vrfs }) => reachableVrfs(vrfs));
    let analysed = 0;
    for (let cursor: string | null | undefined; cursor !== null;) {
      await this.pause();
      if (stop?.aborted) {
        await this.unitOfWork.run(({ subscribers }) => giveUpTurn(subscribers, NAME, this.holder));
        return analysed;
      }
      const after = cursor === undefined ? {} : { after: cursor };
      const { pools, made, next } = await this.unitOfWork.read(async (stores) => {
        const { items, nextCursor } = await stores.pools.list(
          {},
          { sort: BY_ID, size: PAGE, ...after },
        );
        return {
          pools: items,
          made: await this.recommend(stores, items, reachable),
          next: nextCursor,
        };
      });
      if (!(await this.keepTurn(minute, made))) return analysed;
      analysed += pools.length;
      cursor = next;
    }
    await this.finish(minute, begun, analysed);
    return analysed;
  }

  private async isDue(minute: number): Promise<boolean> {
    const { next } = await this.unitOfWork.read(analysisTimes);
    return next === null || next.getTime() <= minute * MINUTE_MS;
  }

  private async recommend(
    stores: AnalysingStores,
    pools: readonly Pool[],
    reachable: Awaited<ReturnType<typeof reachableVrfs>>,
  ): Promise<KeptRecommendation[]> {
    const madeAt = this.now();
    const today = dayOf(madeAt);
    const made: KeptRecommendation[] = [];
    const free: FreeOfParents = new Map();
    for (const examined of await examinePools(stores, pools, reachable, today)) {
      const beside = await besideOf(stores, examined, free);
      for (const each of recommendationsOf(examined, beside, today)) made.push({ ...each, madeAt });
    }
    return made;
  }

  /** Keeps recommendations; false, and nothing kept, where another server has the turn. */
  private async keepTurn(minute: number, made: readonly KeptRecommendation[]): Promise<boolean> {
    for (let tries = 1; ; tries++)
      try {
        return await this.unitOfWork.run(async ({ recommendations, subscribers }) => {
          const at = this.now();
          const until = new Date(at.getTime() + LEASE_MS);
          const state = await subscribers.take(NAME, this.holder, at, until);
          if (!state || state.seq >= minute) return false;
          if (made.length > 0) await recommendations.save(made);
          return true;
        });
      } catch (error) {
        // One of the pools was deleted meanwhile: the next try leaves it out.
        if (!(error instanceof StoredConflict) || tries === MOST_TRIES) throw error;
      }
  }

  /** What was not made again is not so any more. */
  private async finish(minute: number, begun: Date, analysed: number): Promise<void> {
    for (let forgotten = FORGOTTEN_AT_ONCE; forgotten === FORGOTTEN_AT_ONCE;)
      forgotten = await this.unitOfWork.run(({ recommendations }) =>
        recommendations.purge(begun, FORGOTTEN_AT_ONCE),
      );
    // Where there are no pools yet, there may be some soon.
    await this.unitOfWork.run(({ subscribers }) =>
      subscribers.advance(NAME, this.holder, analysed > 0 ? minute : 0),
    );
  }
}
