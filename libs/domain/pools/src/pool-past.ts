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

/** The pools in the order of their addresses, then of their VRFs, each with its parent: the smallest pool of the VRF around it. */
export function pastTree(states: Iterable<PastPool>): PlacedPastPool[] {
  const nodes = [...states].map((state) => ({ state, vrfId: Number(state.facts['vrf_id']), cidr: cidrOf(state), parentId: null as number | null, childUsed: 0n }));
  // The wider comes first; of two equal ones the VPC.
  nodes.sort((a, b) => compareCidrs(a.cidr, b.cidr) || a.vrfId - b.vrfId || Number(a.state.facts['kind'] !== 'vpc') - Number(b.state.facts['kind'] !== 'vpc') || a.state.id - b.state.id);
  const paths = new Map<number, (typeof nodes)[number][]>();
  for (const node of nodes) {
    const path = paths.get(node.vrfId) ?? [];
    paths.set(node.vrfId, path);
    let parent = path.at(-1);
    while (parent && !contains(parent.cidr, node.cidr)) {
      path.pop();
      parent = path.at(-1);
    }
    if (parent) {
      node.parentId = parent.state.id;
      parent.childUsed += addressCount(node.cidr);
    }
    path.push(node);
  }
  return nodes.map(({ state, ...place }) => ({ ...state, ...place }));
}

/** @throws Error when the log tells of a pool without a CIDR, which no use case writes */
function cidrOf(state: PastPool): Cidr {
  const { cidr } = state.facts;
  if (typeof cidr !== 'string') throw new Error(`the audit log does not tell the CIDR of pool ${state.id}`);
  return parseCidr(cidr);
}
