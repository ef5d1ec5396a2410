import { addressCount, compareCidrs, contains, parseCidr, type Cidr } from '@cloudpam/cidr';
import type { AuditEntry, DiffValue } from '@cloudpam/audit';

type Facts = { readonly [field: string]: DiffValue };

/** A pool as the audit log tells of it. */
export interface PastPool {
  readonly id: number;
  /** As `poolFacts` has them, but for `parent_id`: who lies in whom follows from the CIDRs, see `pastTree`. */
  readonly facts: Facts;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/**
 * The pool after an entry of its own; undefined once it is deleted. The entries of a pool, in the order of their ids,
 * fold into its state: the first one has all its facts, later ones those that changed.
 * @param before the state so far; undefined before the first entry
 */
export function poolAfter(before: PastPool | undefined, entry: AuditEntry): PastPool | undefined {
  const { before: was, after } = entry.diff;
  if (!after) return undefined;
  // What is not known to have been made cannot be told in full.
  if (!before && was) return undefined;
  const { parent_id: _, ...facts } = { ...before?.facts, ...after };
  return { id: Number(entry.entityId), facts, createdAt: before?.createdAt ?? entry.at, updatedAt: entry.at };
}

/** Folds entries of pools, in the order of their ids, into the states of all pools; a deleted pool is not among them. */
export function foldPools(states: Map<number, PastPool>, entries: readonly AuditEntry[]): void {
  for (const entry of entries) {
    const id = Number(entry.entityId);
    const state = poolAfter(states.get(id), entry);
    if (state) states.set(id, state);
    else states.delete(id);
  }
}

/** A pool in the tree that was. */
export interface PlacedPastPool extends PastPool {
  readonly vrfId: number;
  readonly cidr: Cidr;
  readonly parentId: number | null;
  /** Addresses that the direct children covered. */
  readonly childUsed: bigint;
}

/** Called between pieces of long work, so that other work can have its turn; throws when the work is to end. */
export type Pause = () => Promise<void>;

/** So many pools are worked on before the next pause. */
const PIECE = 500;
const noPause: Pause = () => Promise.resolve();

/**
 * The pools in the order of their addresses, then of their VRFs, each with its parent: the smallest pool of the VRF
 * around it.
 * @param pause called again and again
 */
export async function pastTree(states: Iterable<PastPool>, pause: Pause = noPause): Promise<PlacedPastPool[]> {
  const unplaced: PlacedNode[] = [];
  for (const state of states) {
    const vrfId = Number(state.facts['vrf_id']);
    unplaced.push({ ...state, vrfId, cidr: cidrOf(state), parentId: null, childUsed: 0n });
    if (unplaced.length % PIECE === 0) await pause();
  }
  // The wider comes first; of two equal ones the VPC.
  const nodes = await sortedInPieces(unplaced, inTreeOrder, pause);
  const paths = new Map<number, PlacedNode[]>();
  for (const [at, node] of nodes.entries()) {
    if (at % PIECE === 0) await pause();
    const path = paths.get(node.vrfId) ?? [];
    paths.set(node.vrfId, path);
    let parent = path.at(-1);
    while (parent && !contains(parent.cidr, node.cidr)) {
      path.pop();
      parent = path.at(-1);
    }
    if (parent) {
      node.parentId = parent.id;
      parent.childUsed += addressCount(node.cidr);
    }
    path.push(node);
  }
  return nodes;
}

/** A pool while its place is looked for. */
type PlacedNode = { -readonly [Field in keyof PlacedPastPool]: PlacedPastPool[Field] };

function inTreeOrder(a: PlacedNode, b: PlacedNode): number {
  const isVpc = ({ facts }: PlacedNode): number => Number(facts['kind'] === 'vpc');
  return compareCidrs(a.cidr, b.cidr) || a.vrfId - b.vrfId || isVpc(b) - isVpc(a) || a.id - b.id;
}

/** The same as `items.sort(compare)`, with pauses: sorted pieces, merged in pairs until one is left. */
async function sortedInPieces<T>(items: readonly T[], compare: (a: T, b: T) => number, pause: Pause): Promise<T[]> {
  let runs: T[][] = [];
  for (let start = 0; start < items.length; start += PIECE) {
    runs.push(items.slice(start, start + PIECE).sort(compare));
    await pause();
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let at = 0; at < runs.length; at += 2) {
      merged.push(await mergedRuns(runs[at] ?? [], runs[at + 1] ?? [], compare, pause));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

async function mergedRuns<T>(
  left: readonly T[], right: readonly T[], compare: (a: T, b: T) => number, pause: Pause,
): Promise<T[]> {
  const merged: T[] = [];
  let [l, r] = [0, 0];
  for (;;) {
    const [a, b] = [left[l], right[r]];
    if (a === undefined && b === undefined) return merged;
    if (b === undefined || (a !== undefined && compare(a, b) <= 0)) {
      if (a !== undefined) merged.push(a);
      l += 1;
    } else {
      merged.push(b);
      r += 1;
    }
    if (merged.length % PIECE === 0) await pause();
  }
}

/** @throws Error when the log tells of a pool without a CIDR, which no use case writes */
function cidrOf(state: PastPool): Cidr {
  const { cidr } = state.facts;
  if (typeof cidr !== 'string') throw new Error(`the audit log does not tell the CIDR of pool ${state.id}`);
  return parseCidr(cidr);
}
