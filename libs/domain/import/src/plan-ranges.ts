import type { Cidr } from '@cloudpam/cidr';
import {
  formatHost,
  formatSpan,
  givesOut,
  hostOf,
  rangeTaken,
  type PoolStores,
  type RangePurpose,
  type RangeRecord,
  type Vrf,
} from '@cloudpam/pools';
import { nameOfPool, type FuturePools } from './future-pools';
import {
  changesOfLeaf,
  nameOfLeaf,
  refusalOfRange,
  type LeafChange,
  type RangeWish,
} from './leaf-wish';
import type { PlannedRows } from './planned-rows';
import { tagsOf } from './pool-wish';
import type { RecordTarget } from './record-targets';
import { problemOf, RowProblem } from './row-problem';
import { singleLeaves } from './single-leaves';

/** Ranges that are looked up at once. */
const CHUNK = 400;

/** What is to be written of ranges, in address order by VRF. */
export interface RangeSteps {
  readonly made: readonly RangeWish[];
  readonly changed: readonly LeafChange<RangeWish, RangeRecord>[];
}

/** Plans the ranges of an import, over the pools as it leaves them. */
export async function planRanges(
  stores: Pick<PoolStores, 'pools' | 'ranges'>,
  byVrf: readonly (readonly RangeWish[])[],
  pools: FuturePools,
  rows: PlannedRows,
  pause: () => Promise<void>,
): Promise<RangeSteps> {
  const made: RangeWish[] = [];
  const changed: LeafChange<RangeWish, RangeRecord>[] = [];
  for (const wishes of byVrf) {
    const single = await singleLeaves(wishes, rows, pause);
    for (let start = 0; start < single.length; start += CHUNK) {
      await pause();
      const chunk = single.slice(start, start + CHUNK);
      const atEnds = await storedAtEnds(stores, chunk);
      for (const [n, wish] of chunk.entries()) {
        await pause();
        const stored = atEnds[n]?.find(
          (each) => each && formatSpan(each.span) === formatSpan(wish.item.span),
        );
        const problem =
          pools.movingAway(wish.vrf, wish.item.span, 'start_address') ??
          (stored
            ? refusalOfStored(stored, wish)
            : await refusalOfMade(stores, wish, atEnds[n] ?? [], pools));
        if (problem) rows.refuse(wish.at, problem, stored?.id);
        else if (!stored) {
          rows.make(wish.at);
          made.push(wish);
        } else {
          const changes = changesOfLeaf(stored, wish);
          rows.change(wish.at, stored.id, changes);
          if (changes.length > 0) changed.push({ wish, stored, changes });
        }
      }
    }
  }
  return { made, changed };
}

/** Which range has an address once an import is done. */
export class FutureRanges {
  private readonly made = new Map<RecordTarget<Vrf>, RangeWish[]>();
  private readonly purposes: ReadonlyMap<number, RangePurpose>;

  constructor(
    private readonly ranges: PoolStores['ranges'],
    { made, changed }: RangeSteps,
  ) {
    for (const wish of made) {
      const list = this.made.get(wish.vrf);
      if (list) list.push(wish);
      else this.made.set(wish.vrf, [wish]);
    }
    this.purposes = new Map(
      changed.map(({ wish, stored }) => [stored.id, wish.item.set.purpose ?? stored.purpose]),
    );
  }

  /** For each address what keeps it from those who do not name its range; undefined where it can be theirs. */
  async inTheWay(
    vrf: RecordTarget<Vrf>,
    hosts: readonly Cidr[],
    rows: PlannedRows,
  ): Promise<(((isOfRange: boolean) => RowProblem | undefined) | undefined)[]> {
    const stored = vrf.id === null ? [] : await this.ranges.at(vrf.id, hosts);
    return hosts.map((host, at) => {
      const made = this.madeAt(vrf, host);
      if (made?.item.set.purpose === 'excluded')
        return (isOfRange) =>
          isOfRange
            ? undefined
            : new RowProblem(
                'range_taken',
                `It lies in the range of ${rows.where(made.at)} (${nameOfLeaf(made.item)}), which nobody gets. ` +
                  'Leave the row out, or give the range another purpose.',
                'address',
              );
      const range = stored[at];
      const purpose = range && (this.purposes.get(range.id) ?? range.purpose);
      if (!range || !purpose || givesOut({ purpose })) return undefined;
      return (isOfRange) =>
        isOfRange && purpose === 'excluded'
          ? undefined
          : problemOf(rangeTaken(formatHost(host), { ...range, purpose }, 'address'));
    });
  }

  private madeAt(vrf: RecordTarget<Vrf>, host: Cidr): RangeWish | undefined {
    const made = this.made.get(vrf) ?? [];
    let [low, high] = [0, made.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((made[middle]?.item.span.first ?? 0n) <= host.first) low = middle + 1;
      else high = middle;
    }
    const wish = made[low - 1];
    return wish && host.first <= wish.item.span.last ? wish : undefined;
  }
}

/** For each wish the stored ranges at its ends, where its VRF is there. */
async function storedAtEnds(
  { ranges }: Pick<PoolStores, 'ranges'>,
  wishes: readonly RangeWish[],
): Promise<(RangeRecord | undefined)[][]> {
  const vrfId = wishes[0]?.vrf.id ?? null;
  if (vrfId === null) return wishes.map(() => []);
  const ends = wishes.flatMap(({ item: { span } }) => [
    hostOf(span.family, span.first),
    hostOf(span.family, span.last),
  ]);
  const found = await ranges.at(vrfId, ends);
  return wishes.map((_, at) => [found[2 * at], found[2 * at + 1]]);
}

function refusalOfStored(stored: RangeRecord, wish: RangeWish): RowProblem | undefined {
  if (stored.purpose === 'quarantine')
    return problemOf(rangeTaken(formatSpan(stored.span), stored, 'start_address'));
  return refusalOfRange(wish, tagsOf(wish.item, stored.tags));
}

async function refusalOfMade(
  { pools, ranges }: Pick<PoolStores, 'pools' | 'ranges'>,
  wish: RangeWish,
  atEnds: readonly (RangeRecord | undefined)[],
  future: FuturePools,
): Promise<RowProblem | undefined> {
  const { item, vrf } = wish;
  const { span } = item;
  const wrong = refusalOfRange(wish, tagsOf(item, {}));
  if (wrong) return wrong;
  const pool = await future.cutting(vrf, span);
  if (pool)
    return new RowProblem(
      'pool_overlap',
      `${formatSpan(span)} is not free: ${nameOfPool(pool)} is there. A range lies beside the pools of its pool.`,
      'start_address',
    );
  const [around] = vrf.id === null ? [] : await pools.smallestContaining(vrf.id, [span]);
  const inside = vrf.id === null ? [] : await ranges.inPool(vrf.id, around?.id ?? null, [span]);
  const taken = [...atEnds, ...inside].find((each) => each !== undefined);
  return taken && problemOf(rangeTaken(formatSpan(span), taken, 'start_address'));
}
