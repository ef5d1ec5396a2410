import type { AccessScope } from '@cloudpam/audit';
import type {
  EstateReader,
  ForecastReadStores,
  ForecastStore,
  UsageStore,
} from '@cloudpam/forecast';
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

/** What ends in the access scope. A count of all pools is not theirs: there is none for them. */
export function visibleEstate({ estate }: Stores, accessScope: AccessScope): EstateReader {
  return {
    latest: async () => undefined,
    leases: (before, limit) => estate.leases(before, limit, accessScope),
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
