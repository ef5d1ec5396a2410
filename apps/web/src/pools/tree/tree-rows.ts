import type { Schemas } from '@cloudpam/api-client';
import { parseCidr } from '@cloudpam/cidr';
import { mergeByAddress } from './merge-by-address';
import type { Loaded } from './merge-by-address';

/** What is loaded below one open pool. */
export interface Branch {
  readonly children: Loaded<Schemas['Pool']>;
  readonly gaps: Loaded<Schemas['FreeBlock']>;
  readonly error?: Error;
}

/** One line of the pool table. `key` is stable and fit for the URL. */
export type TreeRow =
  | {
      readonly type: 'pool';
      readonly key: string;
      readonly depth: number;
      readonly pool: Schemas['Pool'];
      readonly open: boolean;
    }
  | {
      readonly type: 'gap';
      readonly key: string;
      readonly depth: number;
      readonly gap: Schemas['FreeBlock'];
      readonly parent: Schemas['Pool'];
    }
  | {
      readonly type: 'more';
      readonly key: string;
      readonly depth: number;
      readonly list: string;
      readonly error?: Error;
    };

/** Name of the paged list of children, or of gaps, below a pool; `root` is the list at the top. */
export const listName = {
  root: 'root',
  children: (poolId: number) => `children:${poolId}`,
  gaps: (poolId: number) => `gaps:${poolId}`,
} as const;

/**
 * The visible lines, top to bottom: pools, and below the open ones their children and free gaps in
 * address order. Where more has to be loaded stands a `more` row that names the list to load.
 */
export function treeRows(
  root: Loaded<Schemas['Pool']> & { readonly error?: Error },
  branches: ReadonlyMap<number, Branch>,
  open: ReadonlySet<number>,
): TreeRow[] {
  const rows: TreeRow[] = [];
  const addPool = (pool: Schemas['Pool'], depth: number): void => {
    const isOpen = open.has(pool.id);
    rows.push({ type: 'pool', key: poolKey(pool.id), depth, pool, open: isOpen });
    if (isOpen) addBranch(pool, branches.get(pool.id) ?? NOTHING_YET, depth + 1);
  };
  const addBranch = (parent: Schemas['Pool'], branch: Branch, depth: number): void => {
    const { rows: merged, waitingFor } = mergeByAddress(branch.children, branch.gaps, firstAddress);
    for (const item of merged) {
      if ('id' in item) addPool(item, depth);
      else rows.push({ type: 'gap', key: `${parent.id}:${item.cidr}`, depth, gap: item, parent });
    }
    if (waitingFor === undefined) return;
    const list = waitingFor === 'left' ? listName.children(parent.id) : listName.gaps(parent.id);
    rows.push({ type: 'more', key: `more:${list}`, depth, list, error: branch.error });
  };
  for (const pool of root.items) addPool(pool, 0);
  if (!root.done)
    rows.push({ type: 'more', key: 'more:root', depth: 0, list: listName.root, error: root.error });
  return rows;
}

/** Row key of a pool. */
export function poolKey(poolId: number): string {
  return String(poolId);
}

/** True when opening the pool can show something: children, or space to plan in. */
export function canOpen(pool: Schemas['Pool']): boolean {
  return (pool.child_count ?? 1) > 0 || pool.kind === 'container' || pool.kind === 'vpc';
}

const NOTHING_YET: Branch = {
  children: { items: [], done: false },
  gaps: { items: [], done: false },
};

const firstAddresses = new WeakMap<object, bigint>();

function firstAddress(item: Schemas['Pool'] | Schemas['FreeBlock']): bigint {
  let first = firstAddresses.get(item);
  if (first === undefined) {
    first = parseCidr(item.cidr).first;
    firstAddresses.set(item, first);
  }
  return first;
}
