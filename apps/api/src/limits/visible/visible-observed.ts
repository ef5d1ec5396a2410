import { isInScope, type AccessScope } from '@cloudpam/audit';
import type { ObservedStore, ReconciliationReadStores } from '@cloudpam/reconciliation';
import { addressesAsVisible } from '../entities/address-access';
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

/** What can be read of where records and clouds differ. */
export type VisibleMismatches = ReconciliationReadStores['mismatches'];

/** Differences of records, and of observed addresses, of the access scope. */
export function visibleMismatches(
  { mismatches, pools, ranges }: Stores,
  accessScope: AccessScope,
): VisibleMismatches {
  return {
    stale: async (filter, page) => {
      const { items, total } = await mismatches.stale({ ...filter, accessScope }, page);
      const records = await addressesAsVisible(
        accessScope,
        { pools, ranges },
        items.map(({ record }) => record),
      );
      const shown = new Map(records.map((record) => [record.id, record]));
      return {
        items: items.map((each) => ({ ...each, record: shown.get(each.record.id) ?? each.record })),
        total,
      };
    },
    unknown: (filter, page) => mismatches.unknown({ ...filter, accessScope }, page),
  };
}
