import type { AccessScope } from '@cloudpam/audit';
import type { ForecastReadStores, ForecastStore, UsageStore } from '@cloudpam/forecast';
import type { Stores } from '../../storage/storage';
import { visiblePoolIds } from '../entities/pool-access';

/** The past of pools of the access scope. */
export function visibleUsage(
  { usage, pools }: Stores,
  accessScope: AccessScope,
): ForecastReadStores['usage'] {
  return {
    days: async (...[ids, window]: Parameters<UsageStore['days']>) =>
      usage.days([...(await visiblePoolIds(accessScope, pools, ids))], window),
  };
}

/** Forecasts of pools of the access scope. */
export function visibleForecasts(
  { forecasts }: Stores,
  accessScope: AccessScope,
): ForecastReadStores['forecasts'] {
  return {
    ending: (...[filter, page]: Parameters<ForecastStore['ending']>) =>
      forecasts.ending({ ...filter, accessScope }, page),
  };
}
