import { addressBytes, parseCidr, prefixLength128, type Cidr } from '@cloudpam/cidr';
import type { FoldedPools } from './folded-pools';
import type { PastPool } from './pool-past';

/**
 * Called between pieces of long work, so that other work can have its turn; throws when the work is
 * to end.
 */
export type Pause = () => Promise<void>;

/** A pool in the tree that was. */
export interface PlacedPastPool extends PastPool {
  readonly vrfId: number;
  readonly cidr: Cidr;
  readonly parentId: number | null;
}

/** So many pools are worked on before the next pause. */
const PIECE = 250;

/** @throws Error when the log tells of a pool without a CIDR, which no use case writes */
function placeOf({ id, facts }: PastPool): { readonly vrfId: number; readonly cidr: Cidr } {
  const { cidr, vrf_id: vrfId } = facts;
  if (typeof cidr !== 'string')
    throw new Error(`the audit log does not tell the CIDR of pool ${id}`);
  return { vrfId: Number(vrfId), cidr: parseCidr(cidr) };
}

/**
 * The pools of a past time in the order of their addresses, then of their VRFs, each with its
 * parent: the smallest pool of the VRF around it. Of two equal ones the VPC comes first.
 */
export class PastTree {
  private constructor(
    readonly states: FoldedPools,
    private readonly ids: Float64Array,
    /** Where the pools stand in the columns, in the order of the tree. */
    private readonly order: Uint32Array,
    /**
     * Of each pool in the order of the tree, where its parent stands in the columns; -1 for a root.
     */
    private readonly parents: Int32Array,
  ) {}

  /** @param pause called again and again */
  static async of(states: FoldedPools, pause: Pause): Promise<PastTree> {
    const places = new Places(states.size);
    for (const id of states) {
      places.add(states.get(id));
      if (places.count % PIECE === 0) await pause();
    }
    const order = await sortedInPieces(states.size, (a, b) => places.compare(a, b), pause);
    return new PastTree(states, places.ids, order, await places.parentsIn(order, pause));
  }

  get size(): number {
    return this.order.length;
  }

  /** @param index from 0 to below `size` */
  at(index: number): PlacedPastPool {
    const parent = this.parents[index] ?? -1;
    return this.placed(this.order[index] ?? 0, parent < 0 ? null : (this.ids[parent] ?? null));
  }

  /** The pool around the one at an index, told as a root; undefined for a root. */
  around(index: number): PlacedPastPool | undefined {
    const parent = this.parents[index] ?? -1;
    return parent < 0 ? undefined : this.placed(parent, null);
  }

  /** -1 for a pool that was not there. */
  indexOf(id: number): number {
    const column = this.ids.indexOf(id);
    return column < 0 ? -1 : this.order.indexOf(column);
  }

  private placed(column: number, parentId: number | null): PlacedPastPool {
    const state = this.states.get(this.ids[column] ?? 0);
    const { vrfId, cidr } = placeOf(state);
    // Named one by one: of many objects that are spread into one V8 keeps a hidden class each, for
    // long.
    const { id, facts, createdAt, updatedAt } = state;
    return { id, facts, createdAt, updatedAt, vrfId, cidr, parentId };
  }
}

/** Where pools lie, in columns of numbers. */
class Places {
  readonly ids: Float64Array;
  private readonly words: Uint32Array;
  private readonly lengths: Uint8Array;
  private readonly families: Uint8Array;
  private readonly vrfs: Float64Array;
  private readonly areVpcs: Uint8Array;
  count = 0;

  constructor(size: number) {
    this.ids = new Float64Array(size);
    this.words = new Uint32Array(4 * size);
    this.lengths = new Uint8Array(size);
    this.families = new Uint8Array(size);
    this.vrfs = new Float64Array(size);
    this.areVpcs = new Uint8Array(size);
  }

  add(state: PastPool): void {
    const { cidr, vrfId } = placeOf(state);
    const at = this.count;
    this.count += 1;
    this.ids[at] = state.id;
    const address = new DataView(addressBytes(cidr.first).buffer);
    for (let word = 0; word < 4; word++) this.words[4 * at + word] = address.getUint32(4 * word);
    this.lengths[at] = prefixLength128(cidr);
    this.families[at] = cidr.family;
    this.vrfs[at] = vrfId;
    this.areVpcs[at] = Number(state.facts['kind'] === 'vpc');
  }

  compare(a: number, b: number): number {
    for (let word = 0; word < 4; word++) {
      const difference = (this.words[4 * a + word] ?? 0) - (this.words[4 * b + word] ?? 0);
      if (difference !== 0) return difference;
    }
    const by = (column: Float64Array | Uint8Array): number => (column[a] ?? 0) - (column[b] ?? 0);
    return by(this.lengths) || by(this.vrfs) || -by(this.areVpcs) || by(this.ids);
  }

  async parentsIn(order: Uint32Array, pause: Pause): Promise<Int32Array> {
    const parents = new Int32Array(order.length).fill(-1);
    const paths = new Map<number, number[]>();
    for (const [at, place] of order.entries()) {
      if (at % PIECE === 0) await pause();
      const vrf = this.vrfs[place] ?? 0;
      const path = paths.get(vrf) ?? [];
      paths.set(vrf, path);
      let parent = path.at(-1);
      while (parent !== undefined && !this.contains(parent, place)) {
        path.pop();
        parent = path.at(-1);
      }
      if (parent !== undefined) parents[at] = parent;
      path.push(place);
    }
    return parents;
  }

  private contains(outer: number, inner: number): boolean {
    const length = this.lengths[outer] ?? 0;
    if (this.families[outer] !== this.families[inner] || length > (this.lengths[inner] ?? 0))
      return false;
    for (let word = 0, bits = length; bits > 0; word++, bits -= 32) {
      const difference = (this.words[4 * outer + word] ?? 0) ^ (this.words[4 * inner + word] ?? 0);
      if (difference >>> Math.max(0, 32 - bits) !== 0) return false;
    }
    return true;
  }
}

type Compare = (a: number, b: number) => number;

/**
 * The numbers from 0 to below `count` in order, with pauses: sorted pieces, merged in pairs until
 * one is left.
 */
async function sortedInPieces(count: number, compare: Compare, pause: Pause): Promise<Uint32Array> {
  let from = new Uint32Array(count);
  for (let at = 0; at < count; at++) from[at] = at;
  for (let start = 0; start < count; start += PIECE) {
    from.subarray(start, start + PIECE).sort(compare);
    await pause();
  }
  let to = new Uint32Array(count);
  for (let width = PIECE; width < count; width *= 2) {
    for (let start = 0; start < count; start += 2 * width)
      await mergeRuns({ from, to }, start, width, compare, pause);
    [from, to] = [to, from];
  }
  return from;
}

async function mergeRuns(
  { from, to }: { readonly from: Uint32Array; readonly to: Uint32Array },
  start: number,
  width: number,
  compare: Compare,
  pause: Pause,
): Promise<void> {
  const middle = Math.min(start + width, from.length);
  const end = Math.min(middle + width, from.length);
  let [left, right] = [start, middle];
  for (let at = start; at < end; at++) {
    const [a, b] = [from[left] ?? 0, from[right] ?? 0];
    const takesLeft = left < middle && (right >= end || compare(a, b) <= 0);
    to[at] = takesLeft ? a : b;
    if (takesLeft) left += 1;
    else right += 1;
    if (at % PIECE === 0) await pause();
  }
}
