import { contains, formatCidr, sameCidr, supernet, type Cidr } from '@cloudpam/cidr';
import {
  checkNoRange,
  checkResize,
  mayShareCidr,
  type Pool,
  type PoolStore,
  type PoolStores,
} from '@cloudpam/pools';
import type { FieldChange } from './import-plan';
import { addTo } from './add-to';
import { CarriedLeaves } from './carried-leaves';
import { takenBy } from './match-wishes';
import type { SettledWish } from './place-wishes';
import { changedPool } from './pool-wish';
import { problemOf, RowProblem } from './row-problem';

type Pools = Pick<
  PoolStore,
  'ancestors' | 'childrenWithin' | 'smallestContaining' | 'byExternalId' | 'byLiveKey'
>;
type Stores = Pick<PoolStores, 'addresses' | 'ranges'> & { readonly pools: Pools };

/** A stored pool that an import changes. */
export interface PoolChange {
  readonly wish: SettledWish;
  readonly stored: Pool;
  readonly changes: readonly FieldChange[];
}

/** What is around and in a pool now. */
interface Near {
  readonly ancestors: readonly Pool[];
  readonly children: readonly Pool[];
}

interface Step extends PoolChange {
  /** As it will be; of a VRF that is not made yet with the id `NO_VRF`. */
  readonly wanted: Pool;
  readonly equal: readonly Pool[];
  /** What comes to lie where the pool is now. */
  readonly arrived: Pool[];
  /** Those that lay in the pool, and have changed. */
  readonly departed: Pool[];
  near?: Near;
}

const NO_VRF = -1;

/** Whether a change gives a pool another CIDR or VRF. */
export function isMoved({ item, vrf }: SettledWish, stored: Pool): boolean {
  return !sameCidr(item.cidr, stored.cidr) || vrf.id !== stored.vrfId;
}

/** Whether a change gives a pool another CIDR, VRF or kind: others may be in the way, or have to go first. */
export function changesShape({ wish, stored }: PoolChange): boolean {
  return isMoved(wish, stored) || (wish.item.set.kind ?? stored.kind) !== stored.kind;
}

/**
 * Changes of the CIDR, the VRF or the kind of stored pools: finds an order in which each can be done after those before
 * it. What leaves a pool goes before that pool, what a pool grows into after.
 */
export class ShapeChanges {
  private readonly steps: Step[] = [];
  /** Those that change, by where they are now. */
  private readonly byPlace = new Map<string, Step[]>();
  /** Those that have changed, by id, and by where they are then. */
  private readonly changed = new Map<number, Pool>();
  private readonly arrived = new Map<string, Pool[]>();
  private readonly pools: Pools;
  /** What pools take along to another VRF. */
  readonly carried: CarriedLeaves;

  constructor(stores: Stores) {
    this.pools = stores.pools;
    this.carried = new CarriedLeaves(stores, this.changed);
  }

  /** @param equal stored pools that have the CIDR which it gets */
  add(change: PoolChange, equal: readonly Pool[]): void {
    const { wish, stored } = change;
    const wanted = { ...changedPool(stored, wish), vrfId: wish.vrf.id ?? NO_VRF };
    const step: Step = { ...change, wanted, equal, arrived: [], departed: [] };
    this.steps.push(step);
    addTo(this.byPlace, placeOf(stored.vrfId, stored.cidr), step);
  }

  /** Those that can be done, in their order, and what keeps the others from it. */
  async inOrder(
    pause: () => Promise<void>,
  ): Promise<{ done: readonly PoolChange[]; refused: ReadonlyMap<PoolChange, RowProblem> }> {
    const done: PoolChange[] = [];
    let refused = new Map<Step, RowProblem>();
    let open = this.steps.toSorted(
      (a, b) => b.stored.cidr.prefixLength - a.stored.cidr.prefixLength,
    );
    for (let before = Infinity; open.length < before;) {
      before = open.length;
      refused = new Map();
      for (const step of open) {
        await pause();
        const problem = await this.problemOf(step);
        if (problem) refused.set(step, problem);
        else done.push(this.do(step));
      }
      // Narrow ones first, then wide ones: leaving goes from inside out, growing from outside in.
      open = [...refused.keys()].reverse();
    }
    return { done, refused };
  }

  /** What has the CIDR of the row by then, and cannot share it. @param equal stored pools that have it now */
  inTheWay(
    { item: { cidr }, vrf }: SettledWish,
    { id, kind }: Pick<Pool, 'kind'> & { readonly id?: number },
    equal: readonly Pool[],
  ): RowProblem | undefined {
    if (equal.length === 0 && this.arrived.size === 0) return undefined;
    const others = [
      ...equal.filter((each) => !this.changed.has(each.id)),
      ...(this.arrived.get(placeOf(vrf.id ?? vrf.fields.name, cidr)) ?? []),
    ];
    const other = others.find((each) => each.id !== id && !mayShareCidr(each.kind, kind));
    return (
      other &&
      new RowProblem(
        'pool_overlap',
        `${formatCidr(cidr)} is taken by pool ${other.id}, ${other.name}. Only a VPC and its subnet can share it.`,
        'cidr',
      )
    );
  }

  private async problemOf(step: Step): Promise<RowProblem | undefined> {
    const { wish, stored, wanted, equal } = step;
    const inTheWay = this.inTheWay(wish, wanted, equal);
    if (inTheWay || !isMoved(wish, stored)) return inTheWay;
    const crossed = this.carried.crossed(wish);
    if (crossed) return crossed;
    try {
      step.near ??= await this.near(step);
      const { ancestors, children } = this.nearThen(step, step.near);
      const pools = {
        ancestors: () => Promise.resolve(ancestors),
        childrenWithin: () => Promise.resolve(children),
      };
      await checkResize({ pools }, stored, wanted.cidr, wanted.vrfId, wanted.kind);
      if (wish.vrf.id !== null)
        await checkNoRange({ ranges: this.carried.staying }, wish.vrf.id, wanted.cidr);
      const refusal = await this.refusalOfFacts(step);
      if (refusal || wish.vrf.id === stored.vrfId) return refusal;
      return await this.carried.refusalOf(step);
    } catch (error) {
      return problemOf(error);
    }
  }

  /** A pool that moves takes its cloud id and its live key along. */
  private async refusalOfFacts({ stored, wanted }: Step): Promise<RowProblem | undefined> {
    const { id, externalId, liveKey } = stored;
    const withId =
      externalId === null ? [] : await this.pools.byExternalId(wanted.vrfId, [externalId]);
    const sameId = withId.find((each) => each.id !== id && each.cidr.first === wanted.cidr.first);
    if (sameId) return takenBy(sameId, 'external_id');
    const withKey = liveKey === null ? [] : await this.pools.byLiveKey(liveKey.key, wanted.vrfId);
    const sameKey = withKey.find((each) => each.id !== id);
    return sameKey && takenBy(sameKey, 'key');
  }

  private async near({ stored }: Step): Promise<Near> {
    return {
      ancestors: await this.pools.ancestors(stored.id),
      children: await this.pools.childrenWithin(stored.vrfId, stored.id, [stored.cidr]),
    };
  }

  /** The same after what has changed so far. */
  private nearThen(
    { stored, arrived }: Step,
    { ancestors, children }: Near,
  ): { ancestors: Pool[]; children: Pool[] } {
    const now = (pools: readonly Pool[]): Pool[] =>
      pools.map((each) => this.changed.get(each.id) ?? each);
    const around = [...placesAround(stored.vrfId, stored.cidr)].flatMap(
      (place) => this.arrived.get(place) ?? [],
    );
    return {
      ancestors: unique([...now(ancestors), ...around]).filter((each) => holds(each, stored)),
      children: unique([...now(children), ...arrived]).filter((each) => holds(stored, each)),
    };
  }

  private do(step: Step): PoolChange {
    const { wish, stored, wanted } = step;
    const vrf = wish.vrf.id ?? wish.vrf.fields.name;
    this.changed.set(stored.id, wanted);
    this.carried.take(step);
    addTo(this.arrived, placeOf(vrf, wanted.cidr), wanted);
    for (const place of placesAround(vrf, wanted.cidr))
      for (const other of this.byPlace.get(place) ?? []) other.arrived.push(wanted);
    for (const place of placesAround(stored.vrfId, stored.cidr))
      for (const other of this.byPlace.get(place) ?? []) other.departed.push(stored);
    return step;
  }
}

/** Whether a pool lies in another one. */
function holds(outer: Pool, inner: Pool): boolean {
  return (
    outer.id !== inner.id &&
    outer.vrfId === inner.vrfId &&
    contains(outer.cidr, inner.cidr) &&
    (!sameCidr(outer.cidr, inner.cidr) || outer.kind === 'vpc')
  );
}

function unique(pools: readonly Pool[]): Pool[] {
  return [...new Map(pools.map((pool) => [pool.id, pool])).values()];
}

/** @param vrf its id; its name where it is not made yet */
function placeOf(vrf: number | string, { first, prefixLength }: Cidr): string {
  return `${first} ${prefixLength} ${vrf}`;
}

/** Of every block around one, and of itself. */
function* placesAround(vrf: number | string, cidr: Cidr): Generator<string> {
  for (let length = cidr.prefixLength; length >= 0; length--)
    yield placeOf(vrf, supernet(cidr, length));
}
