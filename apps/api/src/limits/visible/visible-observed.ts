import { isInScope, type AccessScope } from '@cloudpam/audit';
import type { ObservedStore, ReconciliationReadStores } from '@cloudpam/reconciliation';
import type { Stores } from '../../storage/storage';

/** What can be read of observed addresses. */
export type VisibleObserved = ReconciliationReadStores['observed'];

/** Observed addresses of the access scope. How many there are in a range is counted over all. */
export function visibleObserved({ observed }: Stores, accessScope: AccessScope): VisibleObserved {
  return {
    list: (...[filter, page]: Parameters<ObservedStore['list']>) =>
      observed.list({ ...filter, accessScope }, page),
    equalTo: async (places) =>
      (await observed.equalTo(places)).filter((each) => isInScope(accessScope, each)),
    count: (vrfId, range) => observed.count(vrfId, range),
  };
}
