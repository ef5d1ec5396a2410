export { addressesIn, largestOf, type AddressBits, type BlockCounts } from './block-counts';
export { dayOf, formatDay, type UsageDay } from './usage-day';
export {
  forecastOf,
  FORECAST_CONFIDENCES,
  FORECAST_OUTCOMES,
  type Forecast,
  type ForecastConfidence,
  type ForecastOutcome,
  type ForecastQuestion,
} from './forecast';
