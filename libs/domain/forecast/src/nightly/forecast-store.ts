import type { AccessScope } from '@cloudpam/audit';
import type { Forecast } from '../forecast';

/** What was told of a pool in the night: for one prefix length. Days are since 1970-01-01, in UTC. */
export interface PoolForecast {
  readonly poolId: number;
  /** The day on which it was made. */
  readonly madeOn: number;
  /** The prefix length that has to fit, in the family's own bits. */
  readonly prefixLength: number;
  readonly forecast: Forecast;
  /** The day by which it is listed; null where no day is told. */
  readonly endsOn: number | null;
}

/** Which forecasts a list has: of pools that end until a day. */
export interface EndingFilter {
  /** This day included. */
  readonly until: number;
  readonly vrfId?: number;
  readonly accountId?: number;
  /** Of these pools. */
  readonly poolIds?: readonly number[];
  readonly accessScope?: AccessScope;
}

/** A page of them: after so many, or after the cursor of an earlier page. */
export interface EndingPage {
  readonly size: number;
  readonly skip?: number;
  readonly after?: string;
}

/** A page of forecasts: those that end first stand first, then the pools that are older. */
export interface EndingList {
  readonly items: readonly PoolForecast[];
  /** Exact up to 10,000; 10,001 means more. */
  readonly total: number;
  /** For the next page; null after the last. */
  readonly nextCursor: string | null;
}

/** What is told of pools each night; it goes with its pool. */
export interface ForecastStore {
  /** @throws InvalidCursor */
  ending(filter: EndingFilter, page: EndingPage): Promise<EndingList>;
  /** Writes forecasts; each replaces that of its pool. Those of pools that are not there are left out. */
  save(forecasts: readonly PoolForecast[]): Promise<void>;
  /** Forgets what was told before a day. @returns how many forecasts were forgotten */
  purge(before: number): Promise<number>;
}
