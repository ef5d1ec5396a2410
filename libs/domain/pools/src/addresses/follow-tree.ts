import type { Change } from '@cloudpam/audit';
import { contains, formatAddress, formatCidr, overlaps, type AddressRange } from '@cloudpam/cidr';
import { addUsage } from '../insert-into-tree';
import type { Pool } from '../pool';
import type { PoolStores } from '../pool-stores';
import { addressChanged } from './address-events';
import { hostOf, type AddressRecord } from './address-record';
import { addressTaken } from './address-rules';
import { rangeChanged } from './range-events';
import type { RangeRecord } from './range-record';
import { isInQuarantine, rangeTaken, usedBy } from './range-rules';

type FollowStores = Pick<PoolStores, 'pools' | 'vrfs' | 'addresses' | 'ranges'>;

/** What lies in the tree and is no pool. */
export interface Leaves {
  readonly addresses: readonly AddressRecord[];
  readonly ranges: readonly RangeRecord[];
}

/** Leaves that are looked up at once. */
const CHUNK = 1_000;

/**
 * Gives leaves the smallest pool that contains each of them now, and those pools and their former ones the usage
 * that follows. The VRF is locked by the caller, and so are the pools whose shape has changed.
 * @param gone ids of former pools that are not there any more
 */
export async function settleLeaves(
  stores: FollowStores,
  vrfId: number,
  { addresses, ranges }: Leaves,
  gone: ReadonlySet<number> = new Set(),
): Promise<void> {
  const usage = new Map<number, bigint>();
  const weight = await weightOf(stores, addresses);
  const settle = async <L extends { readonly id: number; readonly poolId: number | null }>(
    leaves: readonly L[],
    spanOf: (leaf: L) => AddressRange,
    usedBy: (leaf: L) => bigint,
    setPool: (values: { id: number; poolId: number | null }[]) => Promise<void>,
  ): Promise<void> => {
    const add = (id: number | null, used: bigint): void => {
      if (id !== null && !gone.has(id)) usage.set(id, (usage.get(id) ?? 0n) + used);
    };
    for (let start = 0; start < leaves.length; start += CHUNK) {
      const chunk = leaves.slice(start, start + CHUNK);
      const around = await stores.pools.smallestContaining(vrfId, chunk.map(spanOf));
      const moved = chunk.flatMap((leaf, at) => {
        const poolId = around[at]?.id ?? null;
        if (poolId === leaf.poolId) return [];
        add(leaf.poolId, -usedBy(leaf));
        add(poolId, usedBy(leaf));
        return [{ id: leaf.id, poolId }];
      });
      await setPool(moved);
    }
  };
  await settle(
    ranges,
    ({ span }) => span,
    usedBy,
    (values) => stores.ranges.setPool(values),
  );
  await settle(
    addresses,
    ({ cidr }) => cidr,
    weight,
    (values) => stores.addresses.setPool(values),
  );
  if (usage.size === 0) return;
  await stores.pools.lock([...usage.keys()]);
  await addUsage(stores, usage);
}

/** What an address adds to what is used of its pool: nothing where its range counts as a whole. */
export async function weightOf(
  { ranges }: Pick<PoolStores, 'ranges'>,
  records: readonly Pick<AddressRecord, 'rangeId'>[],
): Promise<(record: Pick<AddressRecord, 'rangeId'>) => bigint> {
  const ids = [...new Set(records.flatMap(({ rangeId }) => rangeId ?? []))];
  const found = ids.length === 0 ? [] : await ranges.getMany(ids);
  const counted = new Set(found.filter((range) => range.countsAsUsed).map(({ id }) => id));
  return ({ rangeId }) => (rangeId !== null && counted.has(rangeId) ? 0n : 1n);
}

/** Leaves that come to lie in pools with these places: those of the pools around them, or of no pool of the VRF. */
export async function leavesInside(
  stores: FollowStores,
  vrfId: number,
  placed: readonly Pick<Pool, 'id' | 'cidr' | 'parentId'>[],
): Promise<Leaves> {
  const ids = new Set(placed.map(({ id }) => id));
  const spans = new Map<number | null, AddressRange[]>();
  for (const { parentId, cidr } of placed) {
    // What lies in another one of them is inside that one.
    if (parentId !== null && ids.has(parentId)) continue;
    const list = spans.get(parentId);
    if (list) list.push(cidr);
    else spans.set(parentId, [cidr]);
  }
  const found = { addresses: [] as AddressRecord[], ranges: [] as RangeRecord[] };
  for (const [parentId, inside] of spans) {
    const [addresses, ranges] = await Promise.all([
      stores.addresses.inPool(vrfId, parentId, inside),
      stores.ranges.inPool(vrfId, parentId, inside),
    ]);
    found.addresses.push(...addresses);
    found.ranges.push(...ranges);
  }
  return found;
}

/** The leaves that lie in one of the pools, and in no pool below it. */
export async function leavesOf(
  { addresses, ranges }: Pick<PoolStores, 'addresses' | 'ranges'>,
  poolIds: readonly number[],
): Promise<Leaves> {
  const [ofAddresses, ofRanges] = await Promise.all([
    addresses.ofPools(poolIds),
    ranges.ofPools(poolIds),
  ]);
  return { addresses: ofAddresses, ranges: ofRanges };
}

/** What goes along when a pool gets another place, and what stays: quarantine is of addresses, not of the pool. */
export function partedByPlace({ addresses, ranges }: Leaves): {
  readonly own: Leaves;
  readonly staying: Leaves;
} {
  return {
    own: { addresses, ranges: ranges.filter((range) => !isInQuarantine(range)) },
    staying: { addresses: [], ranges: ranges.filter(isInQuarantine) },
  };
}

/**
 * What becomes of the leaves around a pool that has got another CIDR or VRF: those that it has left go to the
 * pool that contains them now, those that it has come to contain go to it, and to another VRF it takes its own
 * along, without what is in quarantine. The pool is saved, both VRFs and what is around it are locked.
 * @throws PoolError `address_taken` when the other VRF has one of them, `range_taken` where a range would be cut
 */
export async function followResize(
  stores: PoolStores,
  change: Change,
  before: Pool,
  after: Pool,
): Promise<void> {
  const [addresses, ranges] = await Promise.all([
    stores.addresses.inPool(before.vrfId, before.id, [before.cidr]),
    stores.ranges.inPool(before.vrfId, before.id, [before.cidr]),
  ]);
  const cut = ranges.find(({ span }) => overlaps(span, after.cidr) && !contains(after.cidr, span));
  if (cut) throw rangeTaken(formatCidr(after.cidr), cut, 'cidr');
  const inAfter = ({ span }: RangeRecord): boolean => contains(after.cidr, span);
  const { own, staying } = partedByPlace({
    addresses: addresses.filter(({ cidr }) => contains(after.cidr, cidr)),
    ranges: ranges.filter(inAfter),
  });
  const left = {
    addresses: addresses.filter(({ cidr }) => !contains(after.cidr, cidr)),
    ranges: ranges.filter((range) => !inAfter(range)),
  };
  const inside = await leavesInside(stores, after.vrfId, [after]);
  if (after.vrfId !== before.vrfId) {
    for (const range of own.ranges) {
      const pool = await poolCutting(stores, after.vrfId, range.span);
      if (pool) throw rangeTaken(formatCidr(pool.cidr), range, 'vrf_id');
    }
    await moveLeaves(stores, change, own, { vrfId: after.vrfId, offset: 0n }, inside);
    // A smaller pool of the other VRF may contain some of them.
    await settleLeaves(stores, after.vrfId, own);
    await settleLeaves(stores, before.vrfId, staying);
  }
  await settleLeaves(stores, before.vrfId, left);
  await settleLeaves(stores, after.vrfId, inside);
}

/**
 * What is in the way of a range: a pool of the VRF that has some of its addresses.
 * @param poolId the pool that it lies in; null: none. Left out, the smallest that contains it
 */
export async function poolCutting(
  { pools }: { readonly pools: Pick<PoolStores['pools'], 'smallestContaining' | 'childrenWithin'> },
  vrfId: number,
  span: AddressRange,
  poolId?: number | null,
): Promise<Pool | undefined> {
  const ends = [span.first, span.last].map((end) => hostOf(span.family, end));
  const [around, ...atEnds] = await pools.smallestContaining(vrfId, [span, ...ends]);
  const holderId = poolId === undefined ? (around?.id ?? null) : poolId;
  const inside = await pools.childrenWithin(vrfId, holderId, [span]);
  return [...atEnds, ...inside].find((pool) => pool && pool.id !== holderId);
}

/**
 * Gives leaves another place.
 * @param there what lies where they go
 * @throws PoolError `address_taken` | `range_taken` when something is in the way
 */
export async function moveLeaves(
  stores: Pick<PoolStores, 'addresses' | 'ranges' | 'audit'>,
  change: Change,
  leaves: Leaves,
  to: { readonly vrfId: number; readonly offset: bigint },
  there: Leaves,
): Promise<void> {
  const shifted = <S extends AddressRange>(span: S): S => ({
    ...span,
    first: span.first + to.offset,
    last: span.last + to.offset,
  });
  const stamp = { vrfId: to.vrfId, updatedAt: change.at };
  const ranges = await stores.ranges.lock(leaves.ranges.map(({ id }) => id));
  const movedRanges = ranges.map((before) => ({
    before,
    after: { ...before, ...stamp, span: shifted(before.span), version: before.version + 1 },
  }));
  const addresses = await stores.addresses.lock(leaves.addresses.map(({ id }) => id));
  const movedAddresses = addresses.map((before) => ({
    before,
    after: { ...before, ...stamp, cidr: shifted(before.cidr), version: before.version + 1 },
  }));
  const hosts = movedAddresses.map(({ after }) => after.cidr);
  const [taken] = await stores.addresses.equalTo(to.vrfId, hosts);
  if (taken) throw addressTaken(taken);
  checkDisjoint({ addresses: hosts, ranges: movedRanges.map(({ after }) => after) }, there);
  await stores.ranges.save(movedRanges.map(({ after }) => after));
  await stores.addresses.save(movedAddresses.map(({ after }) => after));
  await stores.audit.append([
    ...movedRanges.flatMap(({ before, after }) =>
      rangeChanged(change, 'range.move', before, after),
    ),
    ...movedAddresses.flatMap(({ before, after }) =>
      addressChanged(change, 'address.move', before, after),
    ),
  ]);
}

/** @throws PoolError where a range that comes and what is there, or the other way round, share addresses */
function checkDisjoint(
  coming: { readonly addresses: readonly AddressRange[]; readonly ranges: readonly RangeRecord[] },
  there: Leaves,
): void {
  for (const range of coming.ranges) {
    const record = there.addresses.find(({ cidr }) => overlaps(cidr, range.span));
    if (record) throw addressTaken(record);
  }
  for (const range of there.ranges) {
    const host = [...coming.addresses, ...coming.ranges.map(({ span }) => span)].find((span) =>
      overlaps(span, range.span),
    );
    if (host) throw rangeTaken(formatAddress(host.family, host.first), range, 'cidr');
  }
}
