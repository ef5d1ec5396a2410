import { compareCidrs, contains, formatCidr, sameCidr } from '@cloudpam/cidr';
import { mayShareCidr, type PoolKind, type Vlan } from '@cloudpam/pools';
import { fieldChanges } from './field-changes';
import { VlanChoice } from './known-vlans';
import { kindOf, type DecidedWish, type PoolWish } from './pool-wish';
import type { RecordTarget } from './record-targets';
import { RowProblem } from './row-problem';

/** A wish with its place among the others of its VRF. */
export interface PlacedWish extends PoolWish {
  /** That a pool gets which is made. */
  readonly kind: PoolKind;
}

/** The same where it is decided which VLAN it means. */
export type SettledWish = PlacedWish & DecidedWish;

/** The wishes of one VRF in address order, a wider one before what lies inside it. */
export interface PlacedWishes {
  readonly wishes: readonly PlacedWish[];
  /** What has the CIDR of an earlier row; `same` where it tells the same. */
  readonly doubles: readonly {
    readonly wish: PoolWish;
    readonly of: PoolWish;
    readonly same: boolean;
  }[];
}

/** Sorts the wishes of one VRF, whatever order their rows had, and finds those that stand twice. */
export async function placeWishes(
  wishes: readonly PoolWish[],
  pause: () => Promise<void>,
): Promise<PlacedWishes> {
  const sorted = wishes.toSorted(
    (a, b) =>
      compareCidrs(a.item.cidr, b.item.cidr) ||
      rank(a.item.set.kind) - rank(b.item.set.kind) ||
      a.at - b.at,
  );
  const placed: PlacedWish[] = [];
  const doubles: { wish: PoolWish; of: PoolWish; same: boolean }[] = [];
  let group: PoolWish[] = [];
  for (const [at, wish] of sorted.entries()) {
    if (at % 500 === 0) await pause();
    if (group[0] && !sameCidr(group[0].item.cidr, wish.item.cidr)) group = [];
    const twin = group.find((each) => !mayShare(each, wish));
    if (twin) {
      doubles.push({ wish, of: twin, same: tellsTheSame(twin, wish) });
      continue;
    }
    group.push(wish);
    placed.push({ ...wish, kind: kindOf(wish.item, holdsNext(wish, sorted, at)) });
  }
  return { wishes: placed, doubles };
}

/** What is wrong with a row whose CIDR an earlier one has. */
export function doubleProblem({ item }: PoolWish, of: string): RowProblem {
  return new RowProblem(
    'duplicate_row',
    `${formatCidr(item.cidr)} stands in ${of} already, with other values: a VRF has a CIDR once.`,
    'cidr',
  );
}

/** Whether another wish lies inside this one: the next that is narrower begins in it, or none does. */
function holdsNext({ item }: PoolWish, sorted: readonly PoolWish[], at: number): boolean {
  for (let next = at + 1; ; next++) {
    const other = sorted[next]?.item;
    if (!other) return false;
    if (!sameCidr(other.cidr, item.cidr)) return contains(item.cidr, other.cidr);
  }
}

function mayShare(a: PoolWish, b: PoolWish): boolean {
  const [one, other] = [a.item.set.kind, b.item.set.kind];
  return one !== undefined && other !== undefined && mayShareCidr(one, other);
}

function tellsTheSame(a: PoolWish, b: PoolWish): boolean {
  const told = ({ item, account, vlan }: PoolWish): object => ({
    set: item.set,
    fresh: item.fresh,
    tags: item.tags.values,
    sourceId: item.sourceId?.id ?? null,
    account: account?.fields.key ?? null,
    vlan: vlan instanceof VlanChoice ? vlan.problem.detail : (vlan && vlanText(vlan)) || null,
  });
  return fieldChanges(told(a), told(b)).length === 0;
}

function vlanText({ fields }: RecordTarget<Vlan>): string {
  return `${fields.group} ${fields.vid}`;
}

/** Of two equal CIDRs the VPC comes before its subnet. */
function rank(kind: PoolKind | undefined): number {
  return kind === 'vpc' ? 0 : 1;
}
