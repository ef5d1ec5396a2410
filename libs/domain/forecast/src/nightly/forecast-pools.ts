import type { UnitOfWork } from '@cloudpam/audit';
import { familyBits } from '@cloudpam/cidr';
import type { Pool, PoolStores } from '@cloudpam/pools';
import { byLength, type AddressBits, type BlockCounts } from '../block-counts';
import { forecastOf, LONGEST_LOOK_DAYS, type Forecast } from '../forecast';
import { COUNT_USAGE } from '../usage/count-usage';
import type { UsageStores } from '../usage/usage-store';
import { dayOf, type UsageDay } from '../usage-day';
import type { PoolForecast } from './forecast-store';

const NAME = 'forecasts';
const LEASE_MS = 120_000;
/** Pools whose forecasts are written at once. */
const PAGE = 200;
/** Entries that may wait to be counted: on a busy server some always do. */
const MOST_BEHIND = 1_000;
const OLDEST_WAITING_MS = 60_000;

/** What telling forecasts asks of a storage. */
export type ForecastingStores = UsageStores & Pick<PoolStores, 'pools'>;

/**
 * Tells once a day when pools end, and keeps it, so that lists cost nothing to ask. One server does
 * it; after a crash another one begins again when its lease is over.
 */
export class ForecastPools {
  /**
   * @param holder the server process, unique among all
   * @param now the clock
   * @param pause asked before each pool, so that requests have their turn
   */
  constructor(
    private readonly unitOfWork: UnitOfWork<ForecastingStores>,
    private readonly holder: string,
    private readonly now: () => Date,
    private readonly pause: () => Promise<void> | undefined,
  ) {}

  /**
   * Tells of every pool that has a past, where that has not been done today and the log is counted.
   * @returns of how many pools
   */
  async execute(stop?: AbortSignal): Promise<number> {
    const today = dayOf(this.now());
    if (!(await this.isDue(today)) || !(await this.take(today))) return 0;
    let told = 0;
    for (let after = 0; ;) {
      const { ids, forecasts } = await this.nextForecasts(after, today);
      const last = ids.at(-1);
      if (last === undefined) break;
      after = last;
      if (stop?.aborted || !(await this.save(forecasts, today))) return told;
      told += forecasts.length;
    }
    await this.unitOfWork.run(async ({ forecasts, subscribers }) => {
      // Where nothing has a past yet, there may be one later today.
      const isDone = await subscribers.advance(NAME, this.holder, told > 0 ? today : 0);
      if (isDone) await forecasts.purge(today);
    });
    return told;
  }

  private isDue(today: number): Promise<boolean> {
    return this.unitOfWork.read(async ({ seals, subscribers }) => {
      if (((await subscribers.get(NAME))?.seq ?? 0) >= today) return false;
      const [head, counted] = [await seals.head(), await subscribers.get(COUNT_USAGE.name)];
      if (head === undefined || head.seq - (counted?.seq ?? 0) > MOST_BEHIND) return false;
      const [oldest] = await seals.waiting(1);
      return !oldest || this.now().getTime() - oldest.at.getTime() < OLDEST_WAITING_MS;
    });
  }

  private take(today: number): Promise<boolean> {
    return this.unitOfWork.run(async ({ subscribers }) => {
      const at = this.now();
      const until = new Date(at.getTime() + LEASE_MS);
      const state = await subscribers.take(NAME, this.holder, at, until);
      return state !== undefined && state.seq < today;
    });
  }

  private async nextForecasts(
    after: number,
    today: number,
  ): Promise<{ readonly ids: readonly number[]; readonly forecasts: readonly PoolForecast[] }> {
    const { ids, pools, days } = await this.unitOfWork.read(async ({ pools, usage }) => {
      const found = await usage.poolsWithDays(after, PAGE);
      const window = { from: today - LONGEST_LOOK_DAYS, to: today };
      return {
        ids: found,
        pools: await pools.getMany(found),
        days: await usage.days(found, window),
      };
    });
    const forecasts: PoolForecast[] = [];
    for (const pool of pools) {
      await this.pause();
      const forecast = forecastOfPool(pool, days.get(pool.id) ?? [], today);
      if (forecast) forecasts.push(forecast);
    }
    return { ids, forecasts };
  }

  /** False where another server has taken over. */
  private save(some: readonly PoolForecast[], today: number): Promise<boolean> {
    return this.unitOfWork.run(async ({ forecasts, subscribers }) => {
      const at = this.now();
      const until = new Date(at.getTime() + LEASE_MS);
      const state = await subscribers.take(NAME, this.holder, at, until);
      if (!state || state.seq >= today) return false;
      await forecasts.save(some);
      return true;
    });
  }
}

/**
 * When a block no longer fits into a pool that is as long as its rules say for allocations that do not
 * say it, or as most of its blocks; undefined where there is no such length.
 */
function forecastOfPool(
  pool: Pool,
  days: readonly UsageDay[],
  today: number,
): PoolForecast | undefined {
  const prefixLength = usualLength(pool, days);
  if (prefixLength === undefined) return undefined;
  const forecast = askedOf(pool, days, today, prefixLength);
  return { poolId: pool.id, madeOn: today, prefixLength, forecast, endsOn: endOf(forecast, today) };
}

/** What is told of a pool that has such days. The same pool, days and day give the same answer. */
export function askedOf(
  { id, cidr }: Pick<Pool, 'id' | 'cidr'>,
  days: readonly UsageDay[],
  today: number,
  prefixLength: number,
): Forecast {
  const bits = familyBits(cidr.family) as AddressBits; // of both families
  return forecastOf({ days, today, prefixLength, bits, seed: id });
}

/**
 * The prefix length that is asked about a pool where nobody says one: that of its rules, or else that
 * of most of its blocks; undefined where nothing tells it.
 */
export function usualLength(
  { rules }: Pick<Pool, 'rules'>,
  days: readonly UsageDay[],
): number | undefined {
  return rules?.defaultPrefixLength ?? mostUsual(days.at(-1)?.taken ?? {});
}

function mostUsual(taken: BlockCounts): number | undefined {
  const most = byLength(taken).reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0] as const);
  return most[1] > 0 ? most[0] : undefined;
}

/** What has grown until it was full has ended today; what was divided at once has not. */
function endOf({ outcome, day, growthPerWeek }: Forecast, today: number): number | null {
  if (outcome === 'exhausted') return growthPerWeek !== null && growthPerWeek > 0 ? today : null;
  return day;
}
