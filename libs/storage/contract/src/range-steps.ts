import fc from 'fast-check';
import { contains } from '@cloudpam/cidr';
import { AllocateAddresses, KeepRanges, ReleaseExpired, UpdatePool } from '@cloudpam/pools';
import { CHANGE, SPACE, unitOfWorkOver, type TreeState } from './tree-steps';
import type { Opened } from './under-test';

const pick = fc.nat(1_000);

/** A use case that changes what is kept apart, with what it is drawn to do. */
export const rangeStep = fc.oneof(
  fc.record({
    op: fc.constant('range' as const),
    pick,
    offset: fc.nat(127),
    size: fc.integer({ min: 1, max: 40 }),
    counts: fc.boolean(),
    withAddresses: fc.boolean(),
  }),
  fc.record({ op: fc.constant('change range' as const), pick, counts: fc.boolean() }),
  fc.record({ op: fc.constant('end range' as const), pick }),
  fc.record({ op: fc.constant('take of range' as const), pick, last: fc.boolean() }),
  fc.record({ op: fc.constant('rule' as const), pick, days: fc.constantFrom(null, 0, 30) }),
  fc.record({ op: fc.constant('end quarantine' as const) }),
);
/** See `rangeStep`. */
export type RangeStep = typeof rangeStep extends fc.Arbitrary<infer T> ? T : never;

/** Does a step, as far as it can be done. @throws PoolError where it cannot */
export async function applyRangeStep(
  storage: Opened,
  { pools, ranges }: TreeState,
  what: RangeStep,
): Promise<void> {
  const unitOfWork = unitOfWorkOver(storage);
  if (what.op === 'end quarantine') {
    const late = new Date('2100-01-01T00:00:00Z');
    await new ReleaseExpired(unitOfWork).execute(CHANGE.actor, late);
    return;
  }
  const pool = pools[what.pick % Math.max(pools.length, 1)];
  const range = ranges[what.pick % Math.max(ranges.length, 1)];
  const keep = new KeepRanges(unitOfWork);
  if (what.op === 'range' && pool) {
    const first = SPACE.first + BigInt(what.offset);
    const span = { family: 4, first, last: first + BigInt(what.size - 1) } as const;
    const { counts: countsAsUsed, withAddresses } = what;
    await keep.create(CHANGE, pool.id, { span, countsAsUsed, withAddresses });
  } else if (what.op === 'rule' && pool) {
    await new UpdatePool(unitOfWork).execute(CHANGE, pool.id, {
      rules: {
        minPrefixLength: null,
        maxPrefixLength: null,
        defaultPrefixLength: null,
        requiredTags: [],
        quarantineDays: what.days,
      },
    });
  } else if (what.op === 'change range' && range) {
    await keep.update(CHANGE, range.id, { countsAsUsed: what.counts });
  } else if (what.op === 'end range' && range) {
    await keep.delete(CHANGE, range.id);
  } else if (what.op === 'take of range' && range && range.poolId !== null) {
    const allocate = new AllocateAddresses(unitOfWork, () => 0n);
    const strategy = what.last ? 'last' : 'first';
    const request = { poolId: range.poolId, rangeId: range.id, strategy } as const;
    const [taken] = await allocate.execute(CHANGE, request);
    expect(taken && contains(range.span, taken.cidr)).toBe(true);
  }
}
