import type { Reader } from '@cloudpam/audit';
import { familyBits } from '@cloudpam/cidr';
import { PoolError, poolNotFound, type Pool, type PoolReadStores } from '@cloudpam/pools';
import { LONGEST_LOOK_DAYS, type Forecast } from '../forecast';
import type { UsageReader } from '../usage/usage-store';
import type { UsageDay } from '../usage-day';
import { askedOf, usualLength } from './forecast-pools';
import type { EndingFilter, EndingPage, ForecastStore, PoolForecast } from './forecast-store';

/** What telling of the past and the future of pools reads: all of it, or what lies in an access scope. */
export interface ForecastReadStores extends Pick<PoolReadStores, 'pools'> {
  readonly usage: Pick<UsageReader, 'days'>;
  readonly forecasts: Pick<ForecastStore, 'ending'>;
}

/** How a pool was used, day by day. Days are since 1970-01-01, in UTC. */
export interface PoolHistory {
  readonly pool: Pool;
  /** Days on which something has changed; the first may be before the window, as it was so on its first day. */
  readonly days: readonly UsageDay[];
  /** Of each so many days the last one on which something has changed is told. */
  readonly stepDays: number;
}

/** A pool, and when it ends. */
export interface ForecastOfPool {
  readonly pool: Pool;
  /** The prefix length that has to fit, in the family's own bits. */
  readonly prefixLength: number;
  readonly madeOn: number;
  readonly forecast: Forecast;
}

/** A page of pools that end soon. */
export interface EndingPools {
  readonly items: readonly ForecastOfPool[];
  /** Exact up to 10,000; 10,001 means more. */
  readonly total: number;
  /** For the next page; null after the last. */
  readonly nextCursor: string | null;
}

/** A history has at most about so many days. */
const MOST_DAYS = 400;
const STEPS = [1, 7, 28, 91];

/** Tells how pools were used, and when they end. */
export class ReadForecasts {
  constructor(private readonly reader: Reader<ForecastReadStores>) {}

  /** @throws PoolError `pool_not_found` */
  history(poolId: number, from: number, to: number): Promise<PoolHistory> {
    return this.reader.read(async (stores) => {
      const pool = await existing(stores, poolId);
      const days = (await stores.usage.days([poolId], { from, to })).get(poolId) ?? [];
      const stepDays = STEPS.find((step) => (to - from + 1) / step <= MOST_DAYS) ?? 365;
      return { pool, days: lastOfEach(days, from, stepDays), stepDays };
    });
  }

  /**
   * When a block no longer fits into a pool.
   * @param prefixLength of the block; undefined for the usual one of the pool
   * @throws PoolError `pool_not_found` | `invalid_prefix_length`
   */
  ofPool(poolId: number, prefixLength: number | undefined, today: number): Promise<ForecastOfPool> {
    return this.reader.read(async (stores) => {
      const pool = await existing(stores, poolId);
      const window = { from: today - LONGEST_LOOK_DAYS, to: today };
      const days = (await stores.usage.days([poolId], window)).get(poolId) ?? [];
      const bits = familyBits(pool.cidr.family);
      const asked =
        prefixLength ?? usualLength(pool, days) ?? Math.min(pool.cidr.prefixLength + 1, bits);
      if (asked < pool.cidr.prefixLength || asked > bits)
        throw new PoolError(
          'invalid_prefix_length',
          `The prefix length must be from /${pool.cidr.prefixLength} to /${bits}; /${asked} is not.`,
          { field: 'prefix_length' },
        );
      const forecast = askedOf(pool, days, today, asked);
      return { pool, prefixLength: asked, madeOn: today, forecast };
    });
  }

  /** Pools that end until a day, as was told in the last night. @throws InvalidCursor */
  ending(filter: EndingFilter, page: EndingPage): Promise<EndingPools> {
    return this.reader.read((stores) => endingPools(stores, filter, page));
  }
}

/** Pools that end until a day, as was told in the last night. @throws InvalidCursor */
export async function endingPools(
  stores: Pick<ForecastReadStores, 'forecasts' | 'pools'>,
  filter: EndingFilter,
  page: EndingPage,
): Promise<EndingPools> {
  const { items, ...list } = await stores.forecasts.ending(filter, page);
  return { items: await withPools(stores, items), ...list };
}

/** Forecasts with their pools; without those whose pools are not there. */
async function withPools(
  { pools }: Pick<ForecastReadStores, 'pools'>,
  items: readonly PoolForecast[],
): Promise<ForecastOfPool[]> {
  const found = await pools.getMany(items.map(({ poolId }) => poolId));
  const byId = new Map(found.map((pool) => [pool.id, pool]));
  return items.flatMap(({ poolId, prefixLength, madeOn, forecast }) => {
    const pool = byId.get(poolId);
    return pool ? [{ pool, prefixLength, madeOn, forecast }] : [];
  });
}

async function existing({ pools }: Pick<ForecastReadStores, 'pools'>, id: number): Promise<Pool> {
  const pool = await pools.get(id);
  if (!pool) throw poolNotFound(id);
  return pool;
}

function lastOfEach(days: readonly UsageDay[], from: number, step: number): readonly UsageDay[] {
  const stepOf = ({ day }: UsageDay): number => Math.floor((day - from) / step);
  return days.filter((day, at) => {
    const next = days[at + 1];
    return !next || stepOf(next) !== stepOf(day);
  });
}
