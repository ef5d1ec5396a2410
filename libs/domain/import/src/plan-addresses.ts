import {
  addressInUse,
  forbiddenAt,
  forbiddenText,
  usesOf,
  type AddressRecord,
  type PoolStores,
} from '@cloudpam/pools';
import { nameOfPool, type FuturePool, type FuturePools } from './future-pools';
import { changesOfLeaf, refusalOfAddress, type AddressWish, type LeafChange } from './leaf-wish';
import type { FutureRanges } from './plan-ranges';
import type { PlannedRows } from './planned-rows';
import { tagsOf } from './pool-wish';
import { problemOf, RowProblem } from './row-problem';
import { singleLeaves } from './single-leaves';

/** Addresses that are looked up at once. */
const CHUNK = 1_000;

/** What is to be written of addresses. */
export interface AddressSteps {
  /** By VRF, each in address order. */
  readonly made: readonly (readonly AddressWish[])[];
  readonly changed: readonly LeafChange<AddressWish, AddressRecord>[];
}

/** Plans the addresses of an import, over the pools and ranges as it leaves them. */
export async function planAddresses(
  stores: Pick<PoolStores, 'addresses' | 'observed'>,
  byVrf: readonly (readonly AddressWish[])[],
  pools: FuturePools,
  ranges: FutureRanges,
  rows: PlannedRows,
  pause: () => Promise<void>,
): Promise<AddressSteps> {
  const made: AddressWish[][] = [];
  const changed: LeafChange<AddressWish, AddressRecord>[] = [];
  for (const wishes of byVrf) {
    const single = await singleLeaves(wishes, rows, pause);
    const madeOfVrf: AddressWish[] = [];
    for (let start = 0; start < single.length; start += CHUNK) {
      await pause();
      const fresh: AddressWish[] = [];
      const chunk = single.slice(start, start + CHUNK);
      for (const { wish, stored } of await matched(stores, chunk)) {
        const changes = stored && changesOfLeaf(stored, wish);
        const problem =
          pools.movingAway(wish.vrf, wish.item.cidr, 'address') ??
          (changes?.length === 0
            ? undefined
            : refusalOfAddress(wish, tagsOf(wish.item, stored?.tags ?? {})));
        if (problem) rows.refuse(wish.at, problem, stored?.id);
        else if (!stored || !changes) fresh.push(wish);
        else {
          rows.change(wish.at, stored.id, changes);
          if (changes.length > 0) changed.push({ wish, stored, changes });
        }
      }
      await pause();
      const problems = await refusalsOfMade(stores, fresh, pools, ranges, rows);
      for (const [at, wish] of fresh.entries()) {
        const problem = problems[at];
        if (problem) rows.refuse(wish.at, problem);
        else {
          rows.make(wish.at);
          madeOfVrf.push(wish);
        }
      }
    }
    if (madeOfVrf.length > 0) made.push(madeOfVrf);
  }
  return { made, changed };
}

/** The stored records of the addresses of one VRF. */
async function matched(
  { addresses }: Pick<PoolStores, 'addresses'>,
  wishes: readonly AddressWish[],
): Promise<{ wish: AddressWish; stored: AddressRecord | undefined }[]> {
  const vrfId = wishes[0]?.vrf.id ?? null;
  const cidrs = wishes.map(({ item }) => item.cidr);
  const found = vrfId === null ? [] : await addresses.equalTo(vrfId, cidrs);
  const byAddress = new Map(found.map((record) => [record.cidr.first, record]));
  return wishes.map((wish) => ({ wish, stored: byAddress.get(wish.item.cidr.first) }));
}

/** What is in the way of addresses of one VRF that are made; undefined where nothing is. */
async function refusalsOfMade(
  { observed }: Pick<PoolStores, 'observed'>,
  wishes: readonly AddressWish[],
  pools: FuturePools,
  ranges: FutureRanges,
  rows: PlannedRows,
): Promise<(RowProblem | undefined)[]> {
  const [first] = wishes;
  if (!first) return [];
  const { vrf } = first;
  const hosts = wishes.map(({ item }) => item.cidr);
  const around = await pools.around(vrf, hosts);
  const uses = vrf.id === null ? undefined : await usesOf(observed, vrf.id, hosts);
  const kept = await ranges.inTheWay(vrf, hosts, rows);
  return wishes.map(({ item: { cidr, isOfRange = false } }, at) => {
    const use = uses?.get(cidr);
    return (
      refusalOfPlace(around[at], cidr) ??
      (use && problemOf(addressInUse(cidr, use))) ??
      kept[at]?.(isOfRange)
    );
  });
}

function refusalOfPlace(
  pool: FuturePool | undefined,
  cidr: AddressWish['item']['cidr'],
): RowProblem | undefined {
  const forbidden = pool && forbiddenAt(pool, cidr);
  return (
    forbidden &&
    new RowProblem('address_reserved', forbiddenText(nameOfPool(pool), forbidden), 'address')
  );
}
