import { isInScope } from '@cloudpam/audit';
import type {
  EndingFilter,
  EndingList,
  EndingPage,
  ForecastStore,
  PoolForecast,
} from '@cloudpam/forecast';
import { InvalidCursor } from '@cloudpam/pools';
import { totalOf } from './page-of';
import type { Tables } from './stores';

/** Forecasts over Maps. */
export class MemoryForecastStore implements ForecastStore {
  constructor(private readonly tables: Tables) {}

  async ending(filter: EndingFilter, { size, skip = 0, after }: EndingPage): Promise<EndingList> {
    const found = this.tables.forecasts
      .all()
      .filter((each) => this.fits(each, filter))
      .sort(byEnd);
    const start =
      after === undefined ? skip : found.filter((each) => byEnd(each, placeOf(after)) <= 0).length;
    const items = found.slice(start, start + size);
    const last = start + size < found.length ? items.at(-1) : undefined;
    return {
      items,
      total: totalOf(found),
      nextCursor: last ? `${last.endsOn}.${last.poolId}` : null,
    };
  }

  async save(forecasts: readonly PoolForecast[]): Promise<void> {
    for (const each of forecasts)
      if (this.tables.pools.has(each.poolId)) this.tables.forecasts.set(each.poolId, each);
  }

  async purge(before: number): Promise<number> {
    const old = this.tables.forecasts.all().filter(({ madeOn }) => madeOn < before);
    for (const { poolId } of old) this.tables.forecasts.delete(poolId);
    return old.length;
  }

  private fits(
    { poolId, endsOn }: PoolForecast,
    { until, vrfId, accountId, poolIds, accessScope }: EndingFilter,
  ): boolean {
    const pool = this.tables.pools.get(poolId);
    return (
      pool !== undefined &&
      endsOn !== null &&
      endsOn <= until &&
      (vrfId === undefined || pool.vrfId === vrfId) &&
      (accountId === undefined || pool.accountId === accountId) &&
      (poolIds === undefined || poolIds.includes(poolId)) &&
      (!accessScope || isInScope(accessScope, pool))
    );
  }
}

type Place = Pick<PoolForecast, 'endsOn' | 'poolId'>;

function byEnd(a: Place, b: Place): number {
  return (a.endsOn ?? 0) - (b.endsOn ?? 0) || a.poolId - b.poolId;
}

function placeOf(cursor: string): Place {
  const [, day, id] = /^(\d{1,6})\.(\d{1,15})$/.exec(cursor) ?? [];
  if (day === undefined) throw new InvalidCursor();
  return { endsOn: Number(day), poolId: Number(id) };
}
