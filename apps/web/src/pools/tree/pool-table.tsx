import { Loader } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { KeyboardEvent, MouseEvent } from 'react';
import { useNavigate } from 'react-router';
import { useRefusal } from '../../session/use-me';
import { useOpenPoolDialog } from '../dialogs/pool-dialogs';
import { GapRow } from './gap-row';
import { MoreRow } from './more-row';
import { PoolRow } from './pool-row';
import { PoolTableHead } from './pool-table-head';
import classes from './pool-table.module.css';
import type { PoolFilters } from './pools-url';
import { treeAction } from './tree-keys';
import type { TreeAction } from './tree-keys';
import type { PoolRows } from './use-pool-rows';
import { ROW_HEIGHT, scrollToRow, useRowWindow } from '../../table/use-row-window';
import { useSelectedRow } from './use-selected-row';

interface PoolTableProps {
  readonly list: PoolRows;
  readonly flat: boolean;
  readonly filters: PoolFilters;
  readonly open: ReadonlySet<number>;
  readonly onOpenChange: (open: ReadonlySet<number>) => void;
  readonly onCreate: () => void;
}

/** The pools as a tree grid; only the rows in view are in the document. */
export function PoolTable({ list, flat, filters, open, onOpenChange, onCreate }: PoolTableProps) {
  const { rows, loadMore } = list;
  const scroller = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  const openDialog = useOpenPoolDialog();
  const refusal = useRefusal('pools:write');
  const [selectedKey, select] = useSelectedRow();
  const selected = rows.findIndex((row) => row.key === selectedKey);
  const { first, end } = useRowWindow(scroller, rows.length);
  const visible = rows.slice(first, end);
  const wanted = visible.flatMap((row) => (row.type === 'more' && !row.error ? [row.list] : []));
  const wantedText = wanted.join(' ');
  useEffect(() => {
    for (const name of wantedText.split(' ').filter(Boolean)) loadMore(name);
  }, [wantedText, loadMore, rows]);

  // A link to a selected row shows it, once; later the person scrolls.
  const shown = useRef(false);
  useEffect(() => {
    if (shown.current || selected < 0) return;
    shown.current = true;
    scrollToRow(scroller.current, rows.length, selected);
  }, [selected, rows.length]);

  const toggle = (poolId: number): void => {
    const next = new Set(open);
    if (!next.delete(poolId)) next.add(poolId);
    onOpenChange(next);
  };
  const act = (action: TreeAction): void => {
    const row = 'row' in action ? action.row : undefined;
    const pool = row?.type === 'pool' ? row.pool : row?.type === 'gap' ? row.parent : undefined;
    if (action.type === 'select') {
      select(rows[action.index]?.key);
      scrollToRow(scroller.current, rows.length, action.index);
    } else if (action.type === 'open' || action.type === 'close') toggle(action.poolId);
    else if (action.type === 'visit') void navigate(`/pools/${pool?.id ?? ''}`);
    else if (refusal !== undefined) return;
    else if (action.type === 'create') {
      if (pool) openDialog({ type: 'create', parent: pool });
      else onCreate();
    } else if (pool && action.type === 'allocate') {
      openDialog({ type: 'allocate', pool, gap: row?.type === 'gap' ? row.gap.cidr : undefined });
    } else if (pool && action.type !== 'allocate') openDialog({ type: action.type, pool });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Only keys for the grid itself: buttons and links inside keep theirs.
    if (event.target !== event.currentTarget || event.metaKey || event.ctrlKey || event.altKey)
      return;
    const action = treeAction(event.key, rows, selected);
    if (!action) return;
    event.preventDefault();
    act(action);
  };
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="treegrid"
      aria-label="Pools"
      aria-rowcount={rows.length + 1}
      aria-busy={list.loading}
      aria-activedescendant={selected >= 0 ? rowId(selectedKey) : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <PoolTableHead filters={filters} />
      {list.loading && <Loader size="sm" m="md" aria-label="Loading pools" />}
      <div style={{ height: rows.length * ROW_HEIGHT, position: 'relative' }} role="rowgroup">
        {visible.map((row, at) => {
          const index = first + at;
          const { key } = row;
          const common = {
            id: rowId(row.key),
            className: classes.row,
            'aria-rowindex': index + 2,
            'aria-level': row.depth + 1,
            'aria-selected': row.key === selectedKey,
            onMouseDown: (event: MouseEvent) => {
              select(row.key);
              if (!(event.target instanceof Element) || !event.target.closest('button')) return;
              // The keyboard stays with the grid when a button in it is clicked.
              event.preventDefault();
              scroller.current?.focus({ preventScroll: true });
            },
            style: { transform: `translateY(${index * ROW_HEIGHT}px)`, '--depth': row.depth },
          };
          if (row.type === 'more')
            return (
              <MoreRow
                key={key}
                common={common}
                error={row.error}
                onRetry={() => loadMore(row.list)}
              />
            );
          if (row.type === 'gap')
            return <GapRow key={key} common={common} row={row} refusal={refusal} />;
          return (
            <PoolRow
              key={key}
              common={common}
              row={row}
              flat={flat}
              refusal={refusal}
              onToggle={() => toggle(row.pool.id)}
            />
          );
        })}
      </div>
    </div>
  );
}

/** What every row of the grid carries. */
export interface RowProps {
  readonly id: string;
  readonly className: string | undefined;
  readonly 'aria-rowindex': number;
  readonly 'aria-level': number;
  readonly 'aria-selected': boolean;
  readonly onMouseDown: (event: MouseEvent) => void;
  readonly style: object;
}

function rowId(key: string): string {
  return `row-${key}`;
}
