import { compareCidrs, contains, formatCidr, sameCidr } from '@cloudpam/cidr';
import { mayShareCidr, type PoolKind } from '@cloudpam/pools';
import { VlanChoice } from './known-vlans';
import { kindOf, type DecidedWish, type PoolWish } from './pool-wish';
import { RowProblem } from './row-problem';
import { sorted } from './sorted';

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
  const known = new Map<PoolWish, number>();
  const richness = (wish: PoolWish): number => {
    const count = known.get(wish) ?? richnessOf(wish);
    known.set(wish, count);
    return count;
  };
  const inOrder = await sorted(
    wishes,
    (a, b) =>
      compareCidrs(a.item.cidr, b.item.cidr) ||
      rank(a.item.set.kind) - rank(b.item.set.kind) ||
      richness(b) - richness(a) ||
      a.at - b.at,
    pause,
  );
  const placed: PlacedWish[] = [];
  const doubles: { wish: PoolWish; of: PoolWish; same: boolean }[] = [];
  let group: PoolWish[] = [];
  for (const [at, wish] of inOrder.entries()) {
    if (at % 500 === 0) await pause();
    if (group[0] && !sameCidr(group[0].item.cidr, wish.item.cidr)) group = [];
    const twin = group.find((each) => !mayShare(each, wish));
    if (twin) {
      doubles.push({ wish, of: twin, same: tellsTheSame(twin, wish) });
      continue;
    }
    group.push(wish);
    placed.push({ ...wish, kind: kindOf(wish.item, holdsNext(wish, inOrder, at)) });
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

/** Whether nothing that both rows tell differs: one of them may tell less. */
function tellsTheSame(a: PoolWish, b: PoolWish): boolean {
  const [one, other] = [toldBy(a), toldBy(b)];
  const both = [...one].filter(([field]) => other.has(field));
  return both.every(([field, value]) => other.get(field) === value) && haveOneVlan(a, b);
}

/** What a row tells but for its VLAN, as text by field. */
function toldBy({ item, account }: PoolWish): Map<string, string> {
  const { set, tags, sourceId } = item;
  return new Map(
    [
      ...Object.entries(set),
      ...Object.entries(tags.values).map(([key, value]) => [`tag:${key}`, value] as const),
      ['account', account === null ? null : account?.fields.key] as const,
      [`${sourceId?.system ?? ''}:id`, sourceId?.id] as const,
    ].flatMap(([field, value]) =>
      value === undefined ? [] : [[field, JSON.stringify(value)] as const],
    ),
  );
}

function haveOneVlan({ vlan: a }: PoolWish, { vlan: b }: PoolWish): boolean {
  if (!a || !b) return a === b || a === undefined || b === undefined;
  const among = (each: typeof a): readonly unknown[] =>
    each instanceof VlanChoice ? each.among : [each];
  return among(a).some((each) => among(b).includes(each));
}

/** How much a row tells: of two that agree the one that tells more is taken. */
function richnessOf(wish: PoolWish): number {
  return toldBy(wish).size + (wish.vlan && !(wish.vlan instanceof VlanChoice) ? 1 : 0);
}

/** Of two equal CIDRs the VPC comes before its subnet. */
function rank(kind: PoolKind | undefined): number {
  return kind === 'vpc' ? 0 : 1;
}
