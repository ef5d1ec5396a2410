import type { Schemas } from '@cloudpam/api-client';
import { treeAction } from './tree-keys';
import { treeRows } from './tree-rows';
import type { Branch, TreeRow } from './tree-rows';

const pool = (
  id: number,
  cidr: string,
  childCount = 0,
  kind: Schemas['Pool']['kind'] = 'subnet',
): Schemas['Pool'] =>
  ({ id, cidr, name: `pool ${id}`, kind, child_count: childCount }) as Schemas['Pool']; // Rows read nothing else.
const gap = (cidr: string): Schemas['FreeBlock'] => ({ cidr, size: '1' });
const wordOf = (row: TreeRow): string => {
  if (row.type === 'pool') return row.pool.cidr;
  return row.type === 'gap' ? `free ${row.gap.cidr}` : `more ${row.list}`;
};
const text = (row: TreeRow) => `${' '.repeat(row.depth)}${wordOf(row)}`;

const ROOT = {
  items: [pool(1, '10.0.0.0/8', 2, 'container'), pool(2, '172.16.0.0/12')],
  done: true,
};
const BRANCH: Branch = {
  children: { items: [pool(3, '10.0.0.0/16'), pool(4, '10.2.0.0/16')], done: true },
  gaps: { items: [gap('10.1.0.0/16'), gap('10.3.0.0/16')], done: true },
};

describe('treeRows', () => {
  it('shows only the top when nothing is open', () => {
    expect(treeRows(ROOT, new Map(), new Set()).map(text)).toEqual(['10.0.0.0/8', '172.16.0.0/12']);
  });

  it('shows children and gaps of an open pool in address order', () => {
    expect(treeRows(ROOT, new Map([[1, BRANCH]]), new Set([1])).map(text)).toEqual([
      '10.0.0.0/8',
      ' 10.0.0.0/16',
      ' free 10.1.0.0/16',
      ' 10.2.0.0/16',
      ' free 10.3.0.0/16',
      '172.16.0.0/12',
    ]);
  });

  it('asks for the list that the next row depends on', () => {
    const branch = { ...BRANCH, gaps: { items: [gap('10.1.0.0/16')], done: false } };
    expect(treeRows(ROOT, new Map([[1, branch]]), new Set([1])).map(text)).toEqual([
      '10.0.0.0/8',
      ' 10.0.0.0/16',
      ' free 10.1.0.0/16',
      ' more gaps:1',
      '172.16.0.0/12',
    ]);
  });

  it('asks for the children of a pool that was just opened', () => {
    expect(treeRows(ROOT, new Map(), new Set([1])).map(text)[1]).toBe(' more children:1');
  });

  it('gives every row its own key', () => {
    const keys = treeRows(ROOT, new Map([[1, BRANCH]]), new Set([1])).map((row) => row.key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('treeAction', () => {
  const closed = treeRows(ROOT, new Map(), new Set());
  const open = treeRows(ROOT, new Map([[1, BRANCH]]), new Set([1]));

  it('opens a closed pool with right, and goes to its first child when it is open', () => {
    expect(treeAction('ArrowRight', closed, 0)).toEqual({ type: 'open', poolId: 1 });
    expect(treeAction('ArrowRight', open, 0)).toEqual({ type: 'select', index: 1 });
  });

  it('closes with left, and goes to the parent from below', () => {
    expect(treeAction('ArrowLeft', open, 0)).toEqual({ type: 'close', poolId: 1 });
    expect(treeAction('ArrowLeft', open, 4)).toEqual({ type: 'select', index: 0 });
    expect(treeAction('ArrowLeft', closed, 1)).toBeUndefined();
  });

  it('does not open a subnet that has nothing below', () => {
    expect(treeAction('ArrowRight', open, 1)).toBeUndefined();
  });

  it('stays inside the table', () => {
    expect(treeAction('ArrowUp', closed, 0)).toEqual({ type: 'select', index: 0 });
    expect(treeAction('PageDown', closed, 0)).toEqual({ type: 'select', index: 1 });
    expect(treeAction('ArrowDown', [], -1)).toBeUndefined();
  });

  it('visits a pool and allocates from a gap with Enter', () => {
    expect(treeAction('Enter', open, 1)?.type).toBe('visit');
    expect(treeAction('Enter', open, 2)?.type).toBe('allocate');
  });
});
