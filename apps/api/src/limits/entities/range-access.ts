import { isInScope, type AccessScope } from '@cloudpam/audit';
import { blockAroundSpan, rangeNotFound, type PoolStore, type RangeRecord } from '@cloudpam/pools';
import { staysInScope, type EntityAccess, type Redaction } from './entity-access';
import { visiblePoolIds } from './pool-access';

const answers: Redaction<RangeRecord> = {
  is: (value): value is RangeRecord => 'span' in value && 'countsAsUsed' in value,
  redacted: (accessScope, { pools }, some) => rangesAsVisible(accessScope, pools, some),
};

/** Ranges: callers with limits see and change those that lie in their access scope. */
export const RANGE_ACCESS: EntityAccess = {
  named: {
    visibleIds: async ({ ranges }, ids) => new Set((await ranges.getMany(ids)).map(({ id }) => id)),
    notFound: (id, field) => rangeNotFound(id, field),
  },
  mayCause: staysInScope,
  answers,
};

/** Whether a range lies in the access scope. */
export function isRangeInScope(accessScope: AccessScope, record: RangeRecord): boolean {
  return isInScope(accessScope, { ...record, cidr: blockAroundSpan(record.span), kind: 'range' });
}

/** Ranges of the access scope as they are visible: a pool that is hidden is not named. */
export async function rangesAsVisible(
  accessScope: AccessScope,
  store: Pick<PoolStore, 'getMany'>,
  records: readonly RangeRecord[],
): Promise<RangeRecord[]> {
  const visible = await visiblePoolIds(
    accessScope,
    store,
    records.flatMap(({ poolId }) => poolId ?? []),
  );
  return records.map((record) =>
    record.poolId === null || visible.has(record.poolId) ? record : { ...record, poolId: null },
  );
}
