export {
  addressesIn,
  byLength,
  largestOf,
  type AddressBits,
  type BlockCounts,
} from './block-counts';
export { DAY_MS, dayOf, formatDay, type UsageDay } from './usage-day';
export {
  forecastOf,
  FORECAST_CONFIDENCES,
  FORECAST_OUTCOMES,
  type Forecast,
  type ForecastConfidence,
  type ForecastOutcome,
  type ForecastQuestion,
} from './forecast';
export { COUNT_USAGE, countUsage } from './usage/count-usage';
export { compareNodes, liesIn, rankOf, type UsageNode, type UsageRank } from './usage/usage-node';
export type {
  PoolDay,
  UsageReader,
  UsageStore,
  UsageStores,
  UsageWindow,
} from './usage/usage-store';
export { ForecastPools, usualLength, type ForecastingStores } from './nightly/forecast-pools';
export {
  endingPools,
  ReadForecasts,
  type EndingPools,
  type ForecastOfPool,
  type ForecastReadStores,
  type PoolHistory,
} from './nightly/read-forecasts';
export type {
  EndingFilter,
  EndingList,
  EndingPage,
  ForecastStore,
  PoolForecast,
} from './nightly/forecast-store';
export { CountEstate } from './estate/count-estate';
export {
  comparePlaces,
  ESTATE_GROUPINGS,
  PoolCount,
  type EstateGroup,
  type EstateGrouping,
  type EstateGroups,
  type EstatePool,
  type EstateUse,
  type FamilyUse,
} from './estate/count-pools';
export { estateCountOf, type EstateCount } from './estate/estate-count';
export type { EstateGrowth, GrowthPoint, OutlookPoint } from './estate/estate-growth';
export type {
  EndingLease,
  EndingLeases,
  EstateReader,
  EstateStore,
  KeptCount,
} from './estate/estate-store';
