import { canOpen } from './tree-rows';
import type { TreeRow } from './tree-rows';

/** What a key asks of the table. */
export type TreeAction =
  | { readonly type: 'select'; readonly index: number }
  | { readonly type: 'open' | 'close'; readonly poolId: number }
  | { readonly type: 'visit' | 'allocate' | 'edit' | 'delete'; readonly row: TreeRow }
  | { readonly type: 'create'; readonly row: TreeRow | undefined };

const PAGE = 20;

/**
 * What a key does on the selected row, after the tree grid pattern of WAI-ARIA: arrows move, right
 * opens or goes to the first child, left closes or goes to the parent, Enter visits, and letters
 * for the actions of a pool.
 */
export function treeAction(
  key: string,
  rows: readonly TreeRow[],
  selected: number,
): TreeAction | undefined {
  const row = rows[selected];
  const last = rows.length - 1;
  const select = (index: number): TreeAction | undefined =>
    last < 0 ? undefined : { type: 'select', index: Math.max(0, Math.min(last, index)) };
  switch (key) {
    case 'ArrowDown':
      return select(selected + 1);
    case 'ArrowUp':
      return select(selected - 1);
    case 'PageDown':
      return select(selected + PAGE);
    case 'PageUp':
      return select(selected - PAGE);
    case 'Home':
      return select(0);
    case 'End':
      return select(last);
    case 'n':
      return { type: 'create', row };
  }
  if (row === undefined || row.type === 'more') return undefined;
  switch (key) {
    case 'ArrowRight':
      if (row.type !== 'pool' || !canOpen(row.pool)) return undefined;
      return row.open ? select(selected + 1) : { type: 'open', poolId: row.pool.id };
    case 'ArrowLeft':
      if (row.type === 'pool' && row.open) return { type: 'close', poolId: row.pool.id };
      return row.depth === 0 ? undefined : select(parentIndex(rows, selected, row.depth));
    case 'Enter':
      return { type: row.type === 'gap' ? 'allocate' : 'visit', row };
    case 'a':
      return { type: 'allocate', row };
    case 'e':
      return row.type === 'pool' ? { type: 'edit', row } : undefined;
    case 'Delete':
      return row.type === 'pool' ? { type: 'delete', row } : undefined;
  }
  return undefined;
}

function parentIndex(rows: readonly TreeRow[], from: number, depth: number): number {
  for (let index = from - 1; index >= 0; index -= 1) {
    if ((rows[index]?.depth ?? 0) < depth) return index;
  }
  return 0;
}
