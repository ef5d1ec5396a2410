import { write, type Change, type UnitOfWork } from '@cloudpam/audit';
import { addressCount, refusedRange, type AddressRange } from '@cloudpam/cidr';
import { addUsage } from '../insert-into-tree';
import { PoolError } from '../pool-error';
import { checkNamed, checkReferences, checkVersion, namePools, poolNotFound } from '../pool-rules';
import type { Pool } from '../pool';
import type { PoolStores } from '../pool-stores';
import { hostOf } from './address-record';
import { addressTaken } from './address-rules';
import { poolCutting } from './follow-tree';
import { lockHolder } from './lock-holders';
import { rangeChanged, rangeEnded, rangeMade } from './range-events';
import { formatSpan, type RangeFields, type RangeRecord } from './range-record';
import { isHeldBy, rangeNotFound, rangeTaken, usedBy } from './range-rules';
import type { RecordHistory } from './take-hosts';

/** A range as it is asked for. */
export interface NewRange extends Partial<RangeFields> {
  readonly span: AddressRange;
  /** Takes address records that lie there in; without it they are in the way. */
  readonly withAddresses?: boolean;
}

/** Keeps ranges of addresses apart: makes them, changes them, ends them. */
export class KeepRanges {
  constructor(private readonly unitOfWork: UnitOfWork<PoolStores>) {}

  /**
   * Makes a range of a pool; nothing but addresses may lie there.
   * @throws PoolError `pool_not_found` | `pool_overlap` | `address_taken` | `range_taken` | `invalid_field` | ...
   */
  create(
    change: Change,
    poolId: number,
    { span, withAddresses, ...fields }: NewRange,
  ): Promise<RangeRecord> {
    checkRangeFields(fields);
    checkSpan(span);
    return write(this.unitOfWork, change, async (stores) => {
      await checkReferences(stores, [fields]);
      const [pool] = await stores.pools.lock([poolId]);
      if (!pool) throw poolNotFound(poolId);
      const { cidr } = pool;
      const isInside =
        span.family === cidr.family && span.first >= cidr.first && span.last <= cidr.last;
      if (!isInside)
        throw new PoolError(
          'invalid_field',
          `${formatSpan(span)} does not lie in pool ${poolId}.`,
          { field: 'start_address', conflicts: [pool] },
        );
      return insertRange(stores, change, pool, { span, withAddresses, fields });
    });
  }

  /**
   * Changes what is set of a range; its addresses stay as they are.
   * @param expected version of the caller's `If-Match`
   * @throws PoolError `range_not_found` | `version_mismatch` | `invalid_field` | ...
   */
  update(
    change: Change,
    id: number,
    fields: Partial<RangeFields>,
    expected?: number,
  ): Promise<RangeRecord> {
    checkRangeFields(fields);
    return write(this.unitOfWork, change, async (stores) => {
      await checkReferences(stores, [fields]);
      const before = await lockRange(stores, id, expected);
      if (before.purpose === 'quarantine' && (fields.purpose || fields.countsAsUsed !== undefined))
        throw new PoolError(
          'invalid_field',
          `Range ${id} is in quarantine: release it, or wait until it ends.`,
          { field: fields.purpose ? 'purpose' : 'counts_as_used' },
        );
      return changeRange(stores, change, before, { ...before, ...fields });
    });
  }

  /**
   * Ends a range: what nobody has of it is free. A quarantine is ended so by who has deleted what was there.
   * @throws PoolError `range_not_found` | `version_mismatch` | `quarantined`
   */
  delete(change: Change, id: number, expected?: number): Promise<RangeRecord> {
    return this.end(change, id, expected, (range) => {
      if (range.purpose === 'quarantine' && !isHeldBy(range, change))
        throw rangeTaken(formatSpan(range.span), range, 'id');
    });
  }

  /**
   * Ends a quarantine before its time, whoever has deleted what was there.
   * @throws PoolError `range_not_found` | `version_mismatch` | `invalid_field` for one that is no quarantine
   */
  release(change: Change, id: number, expected?: number): Promise<RangeRecord> {
    return this.end(change, id, expected, ({ purpose }) => {
      if (purpose !== 'quarantine')
        throw new PoolError(
          'invalid_field',
          `Range ${id} is not in quarantine: delete it to end it.`,
          { field: 'id' },
        );
    });
  }

  private end(
    change: Change,
    id: number,
    expected: number | undefined,
    check: (range: RangeRecord) => void,
  ): Promise<RangeRecord> {
    return write(this.unitOfWork, change, async (stores) => {
      const range = await lockRange(stores, id, expected);
      check(range);
      await stores.audit.append([rangeEnded(change, range)]);
      await stores.ranges.remove([id]);
      await changeUsage(stores, range, -usedBy(range));
      return range;
    });
  }
}

/** A range as it is recorded, in a pool or in none. */
export interface RecordedRange {
  readonly span: AddressRange;
  readonly fields: Partial<RangeFields>;
  /** Takes address records that lie there in; without it they are in the way. */
  readonly withAddresses: boolean | undefined;
  /** Of a range that another server had; else it begins with the change. */
  readonly history?: RecordHistory | undefined;
}

/**
 * Records a range of a VRF in whichever pool it lies, or in none. What is set of it is checked by the caller.
 * @throws PoolError `pool_overlap` | `address_taken` | `range_taken` | `quarantined` | `vrf_not_found`
 */
export async function recordRange(
  stores: PoolStores,
  change: Change,
  vrfId: number,
  range: RecordedRange,
): Promise<RangeRecord> {
  const pool = await lockHolder(stores, vrfId, range.span);
  return insertRange(stores, change, pool ?? { vrfId }, range);
}

/** Makes a range of a pool that is locked, and around it, or of none where the VRF is. */
async function insertRange(
  stores: PoolStores,
  change: Change,
  place: Pool | { readonly vrfId: number },
  { span, fields, withAddresses, history }: RecordedRange,
): Promise<RangeRecord> {
  const { vrfId } = place;
  const holder = 'cidr' in place ? place : undefined;
  const poolId = holder?.id ?? null;
  const pool = await poolCutting(stores, vrfId, span, poolId);
  if (pool)
    throw new PoolError(
      'pool_overlap',
      `${formatSpan(span)} is not free: ${namePools([pool])} is there. Choose another range of the pool.`,
      { field: 'start_address', conflicts: [pool] },
    );
  const [first, last] = [span.first, span.last].map((end) => hostOf(span.family, end));
  const inTheWay = [
    ...(await stores.ranges.at(vrfId, first && last ? [first, last] : [])),
    ...(await stores.ranges.inPool(vrfId, poolId, [span])),
  ].find((each) => each !== undefined);
  if (inTheWay) throw rangeTaken(formatSpan(span), inTheWay, 'start_address');
  const inside = await stores.addresses.inPool(vrfId, poolId, [span]);
  if (inside[0] && withAddresses !== true) throw addressTaken(inside[0]);
  const [made] = await stores.ranges.insert([
    {
      vrfId,
      poolId,
      span,
      name: fields.name ?? '',
      purpose: fields.purpose ?? 'reserved',
      countsAsUsed: fields.countsAsUsed ?? false,
      accountId: fields.accountId === undefined ? (holder?.accountId ?? null) : fields.accountId,
      description: fields.description ?? '',
      tags: fields.tags ?? {},
      until: null,
      holder: null,
      createdAt: change.at,
      updatedAt: change.at,
      version: 1,
      ...history,
    },
  ]);
  if (!made) throw new Error('the storage gave nothing back of what was inserted');
  await stores.addresses.setRange(
    inside.map(({ id }) => id),
    made.id,
  );
  if (made.countsAsUsed && holder) {
    const more = addressCount(span) - BigInt(inside.length);
    await addUsage(stores, new Map([[holder.id, more]]), [holder]);
  }
  await stores.audit.append([rangeMade(change, made)]);
  return made;
}

/** Saves what is set of a range that is locked, and its pool before it; unchanged, nothing is written. */
export async function changeRange(
  stores: PoolStores,
  change: Change,
  before: RangeRecord,
  wanted: RangeRecord,
): Promise<RangeRecord> {
  const events = rangeChanged(change, 'range.update', before, wanted);
  if (events.length === 0) return before;
  const after = { ...wanted, version: before.version + 1, updatedAt: change.at };
  await stores.ranges.save([after]);
  await changeUsage(stores, before, usedBy(after) - usedBy(before));
  await stores.audit.append(events);
  return after;
}

/**
 * Locks a range, and the pool in which it lies before it.
 * @throws PoolError `range_not_found` | `version_mismatch`
 */
export async function lockRange(
  stores: PoolStores,
  id: number,
  expected: number | undefined,
): Promise<RangeRecord> {
  for (;;) {
    const seen = await stores.ranges.get(id);
    if (!seen) throw rangeNotFound(id);
    await lockHolder(stores, seen.vrfId, seen.span);
    const [range] = await stores.ranges.lock([id]);
    if (!range) throw rangeNotFound(id);
    // Until the pool around it was locked, it could be moved elsewhere with another one.
    if (range.vrfId !== seen.vrfId || range.span.first !== seen.span.first) continue;
    checkVersion(range, expected);
    return range;
  }
}

/**
 * What changes for the pool when its range comes to count as a whole, or no more: addresses of it, which are as many
 * before as after, count one by one where it does not.
 */
async function changeUsage(
  stores: PoolStores,
  { poolId, vrfId, id, span }: RangeRecord,
  byRange: bigint,
): Promise<void> {
  if (poolId === null || byRange === 0n) return;
  const inside = await stores.addresses.inPool(vrfId, poolId, [span]);
  const own = BigInt(inside.filter(({ rangeId }) => rangeId === id || rangeId === null).length);
  await addUsage(stores, new Map([[poolId, byRange + (byRange < 0n ? own : -own)]]));
}

/** Checks that a range can be somebody's: ADR 0023. @throws PoolError `refused_range` */
export function checkSpan(span: AddressRange): void {
  const refused = refusedRange({ ...span, prefixLength: 0 });
  if (refused)
    throw new PoolError(
      'refused_range',
      `${formatSpan(span)} lies in ${refused.range}, ${refused.reason}: nobody has it.`,
      { field: 'start_address' },
    );
}

/** Checks what is set of a range. @throws PoolError `invalid_field` */
export function checkRangeFields({ name, purpose, ...rest }: Partial<RangeFields>): void {
  checkNamed({ ...rest, ...(name === undefined || name === '' ? {} : { name }) });
  if (purpose === 'quarantine')
    throw new PoolError(
      'invalid_field',
      'Only what is deleted gets into quarantine: the rule quarantine_days of a pool says for how long.',
      { field: 'purpose' },
    );
}
