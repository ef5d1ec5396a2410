import { formatCidr } from '@cloudpam/cidr';
import {
  FORECAST_CONFIDENCES,
  FORECAST_OUTCOMES,
  formatDay,
  type Forecast,
  type ForecastConfidence,
  type ForecastOfPool,
  type ForecastOutcome,
} from '@cloudpam/forecast';
import { listOf, PageQuery } from '../../http/common.dto';
import {
  CidrField,
  IdField,
  inQuery,
  NumberField,
  ObjectField,
  RecordIdField,
  TextField,
  WholeField,
  WordField,
} from '../../http/fields';
import { DayField } from './day';

/** What is to fit into a pool. */
export class ForecastQuery {
  @inQuery('number')
  @WholeField({
    description:
      'Prefix length of the block that has to fit; when left out that of the allocation rules, or else that of ' +
      'most blocks of the pool',
    min: 0,
    max: 128,
    optional: true,
  })
  prefix_length?: number;
}

/** Which pools that end. */
export class EndingQuery extends PageQuery {
  @TextField({
    description: 'Those that end within so many days',
    max: 5,
    pattern: /^\d{1,4}d$/,
    optional: true,
    default: '90d',
  })
  within?: string;

  @inQuery('number')
  @RecordIdField({ description: 'In this VRF', optional: true })
  vrf_id?: number;

  @inQuery('number')
  @RecordIdField({ description: 'Of this account', optional: true })
  account_id?: number;
}

/** How forecasts out of the past of the pool itself would have done. */
export class BacktestDto {
  @WholeField({
    description: 'How many forecasts could be tried on the past of the pool',
    example: 6,
  })
  trials!: number;

  @WholeField({ description: 'How many of them had the truth in their band', example: 5 })
  held!: number;
}

/** When a block no longer fits into a pool. */
export class ForecastDto {
  @WordField({
    words: FORECAST_OUTCOMES,
    name: 'ForecastOutcome',
    description:
      '`forecast`: there is a day; `exhausted`: it does not fit now; `not_enough_history`: less than 26 weeks, ' +
      'or 8 days with changes; `no_growth`; `beyond_3_years`',
  })
  outcome!: ForecastOutcome;

  @DayField({ description: 'The day at mean growth; of `forecast` alone', nullable: true })
  day!: string | null;

  @DayField({
    description: 'This day or later in nine of ten futures; null where no band is told',
    nullable: true,
  })
  earliest!: string | null;

  @DayField({
    description:
      'This day or earlier in nine of ten futures; null where that is beyond three years',
    nullable: true,
  })
  latest!: string | null;

  @WordField({
    words: FORECAST_CONFIDENCES,
    name: 'ForecastConfidence',
    description: 'By what forecasts of its past were worth; of `forecast` alone',
    nullable: true,
  })
  confidence!: ForecastConfidence | null;

  @NumberField({
    description: 'Mean net growth in addresses a week; null without enough history',
    nullable: true,
    example: 256,
  })
  growth_per_week!: number | null;

  @WholeField({ description: 'Weeks of the past that it rests on', example: 52 })
  weeks!: number;

  @WholeField({ description: 'Days of them on which something has changed', example: 31 })
  changes!: number;

  @DayField({
    description:
      'The first day of the week with a change so large that it is no growth; null without one',
    nullable: true,
  })
  left_out!: string | null;

  @ObjectField({ type: () => BacktestDto, description: 'What forecasts of its past were worth' })
  backtest!: BacktestDto;

  static of(forecast: Forecast): ForecastDto {
    return {
      outcome: forecast.outcome,
      day: dayText(forecast.day),
      earliest: dayText(forecast.earliest),
      latest: dayText(forecast.latest),
      confidence: forecast.confidence,
      growth_per_week: forecast.growthPerWeek,
      weeks: forecast.weeks,
      changes: forecast.changes,
      left_out: dayText(forecast.leftOut),
      backtest: forecast.backtest,
    };
  }
}

/** A pool, and when a block no longer fits into it. */
export class PoolForecastDto {
  @IdField({ description: 'The id of the pool', example: 42 })
  pool_id!: number;

  @TextField({ description: 'Its name', example: 'berlin-office' })
  name!: string;

  @CidrField({ description: 'Its addresses' })
  cidr!: string;

  @RecordIdField({ description: 'The VRF that it lies in', example: 1 })
  vrf_id!: number;

  @WholeField({
    description: 'Prefix length of the block that has to fit',
    min: 0,
    max: 128,
    example: 24,
  })
  prefix_length!: number;

  @DayField({ description: 'The day on which the forecast was made' })
  made_on!: string;

  @ObjectField({ type: () => ForecastDto, description: 'What is told' })
  forecast!: ForecastDto;

  static of({ pool, prefixLength, madeOn, forecast }: ForecastOfPool): PoolForecastDto {
    return {
      pool_id: pool.id,
      name: pool.name,
      cidr: formatCidr(pool.cidr),
      vrf_id: pool.vrfId,
      prefix_length: prefixLength,
      made_on: formatDay(madeOn),
      forecast: ForecastDto.of(forecast),
    };
  }
}

/** Pools that end soon, the soonest first. */
export class PoolForecastListDto extends listOf(PoolForecastDto, 'PoolForecastListDto') {}

function dayText(day: number | null): string | null {
  return day === null ? null : formatDay(day);
}
