import { overlaps } from '@cloudpam/cidr';
import {
  nameOfLeaf,
  richnessOf,
  spanOf,
  tellTheSame,
  type AddressWish,
  type RangeWish,
} from './leaf-wish';
import type { PlannedRows } from './planned-rows';
import { RowProblem } from './row-problem';
import { sorted } from './sorted';

/** The wishes of one VRF in address order, without those whose addresses another one has. */
export async function singleLeaves<Wish extends AddressWish | RangeWish>(
  wishes: readonly Wish[],
  rows: PlannedRows,
  pause: () => Promise<void>,
): Promise<Wish[]> {
  const known = new Map<Wish, number>();
  const richness = (wish: Wish): number => {
    const count = known.get(wish) ?? richnessOf(wish);
    known.set(wish, count);
    return count;
  };
  const inOrder = await sorted(
    wishes,
    (a, b) => {
      const [one, other] = [spanOf(a.item), spanOf(b.item)];
      return (
        compared(one.first, other.first) ||
        compared(one.last, other.last) ||
        richness(b) - richness(a) ||
        a.at - b.at
      );
    },
    pause,
  );
  const single: Wish[] = [];
  for (const [at, wish] of inOrder.entries()) {
    if (at % 500 === 0) await pause();
    const before = single.at(-1);
    if (before && overlaps(spanOf(before.item), spanOf(wish.item))) leaveOut(wish, before, rows);
    else single.push(wish);
  }
  return single;
}

function leaveOut<Wish extends AddressWish | RangeWish>(
  wish: Wish,
  before: Wish,
  rows: PlannedRows,
): void {
  const where = rows.where(before.at);
  const name = nameOfLeaf(wish.item);
  if (nameOfLeaf(before.item) !== name)
    rows.refuse(
      wish.at,
      new RowProblem(
        'range_taken',
        `${name} shares addresses with ${nameOfLeaf(before.item)} of ${where}: ranges of a VRF are disjoint.`,
        'start_address',
      ),
    );
  else if (tellTheSame(before, wish))
    rows.skip(wish.at, 'same_as_another', `${where} tells the same.`);
  else if (wish.item.entity === 'address' && wish.item.isShared)
    rows.skip(
      wish.at,
      'same_as_another',
      `Several share ${name}, which is one record here: that of ${where}.`,
    );
  else
    rows.refuse(
      wish.at,
      new RowProblem(
        'duplicate_row',
        `${name} stands in ${where} already, with other values: a VRF has an address once.`,
        wish.item.entity === 'address' ? 'address' : 'start_address',
      ),
    );
}

function compared(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
