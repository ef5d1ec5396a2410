import { useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { ROW_HEIGHT, scrollToRow, useRowWindow } from '../table/use-row-window';
import classes from './import.module.css';

const PAGE = 15;

interface RowGridProps<Line> {
  readonly label: string;
  readonly lines: readonly Line[];
  readonly keyOf: (line: Line) => string;
  readonly columns: readonly { readonly title: string; readonly area: string }[];
  /** The cells of a line, one for each column. */
  readonly cells: (line: Line) => readonly ReactNode[];
  /** More about the chosen line, shown below the grid. */
  readonly detail: (line: Line) => ReactNode;
  readonly isStale: boolean;
  /** For a tree: how deep a line lies, and whether it is open; undefined where there is nothing in it. */
  readonly treeOf?: (line: Line) => { readonly depth: number; readonly isOpen?: boolean };
  readonly onToggle?: (line: Line) => void;
}

/** Any number of lines of one height, of which those in view are in the document. Arrows choose one. */
export function RowGrid<Line>({
  label,
  lines,
  keyOf,
  columns,
  cells,
  detail,
  isStale,
  treeOf,
  onToggle,
}: RowGridProps<Line>) {
  const scroller = useRef<HTMLDivElement>(null);
  const [chosenKey, choose] = useState<string>();
  const chosen =
    chosenKey === undefined ? -1 : lines.findIndex((line) => keyOf(line) === chosenKey);
  const { first, end } = useRowWindow(scroller, lines.length);
  const chosenLine = lines[chosen];
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.metaKey || event.ctrlKey || event.altKey)
      return;
    const next = nextIndex(event.key, chosen, lines.length);
    const tree = chosenLine && treeOf?.(chosenLine);
    const opens = tree?.isOpen === (event.key === 'ArrowLeft');
    const toggles =
      ['ArrowLeft', 'ArrowRight'].includes(event.key) && tree?.isOpen !== undefined && opens;
    if (next === undefined && !toggles) return;
    event.preventDefault();
    const line = next === undefined ? undefined : lines[next];
    if (line && next !== undefined) {
      choose(keyOf(line));
      scrollToRow(scroller.current, lines.length, next);
    } else if (toggles && chosenLine) onToggle?.(chosenLine);
  };
  return (
    <>
      <div
        ref={scroller}
        className={classes.grid}
        role={treeOf ? 'treegrid' : 'grid'}
        aria-label={label}
        aria-rowcount={lines.length + 1}
        aria-busy={isStale}
        aria-activedescendant={chosen >= 0 ? `line-${chosen}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div className={`${classes.line} ${classes.lineHead}`} role="row" aria-rowindex={1}>
          {columns.map(({ title, area }) => (
            <div key={area} role="columnheader" className={`${classes[area]} ellipsis`}>
              {title}
            </div>
          ))}
        </div>
        <div role="rowgroup" style={{ height: lines.length * ROW_HEIGHT, position: 'relative' }}>
          {lines.slice(first, end).map((line, at) => {
            const index = first + at;
            const tree = treeOf?.(line);
            return (
              <div
                key={keyOf(line)}
                id={`line-${index}`}
                role="row"
                className={classes.line}
                aria-rowindex={index + 2}
                aria-level={tree && tree.depth + 1}
                aria-expanded={tree?.isOpen}
                aria-selected={index === chosen}
                style={{
                  transform: `translateY(${index * ROW_HEIGHT}px)`,
                  ...(tree && { '--depth': tree.depth }),
                }}
                onClick={() => choose(keyOf(line))}
                onDoubleClick={() => tree?.isOpen !== undefined && onToggle?.(line)}
              >
                {cells(line).map((cell, column) => (
                  <div
                    key={columns[column]?.area}
                    role="gridcell"
                    className={`${classes[columns[column]?.area ?? '']} ellipsis`}
                  >
                    {cell}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
      <section className={classes.detail} aria-label="The chosen row">
        {chosenLine ? (
          detail(chosenLine)
        ) : (
          <span className={classes.hint}>
            Choose a row to see all of it: click it, or use the arrow keys.
          </span>
        )}
      </section>
    </>
  );
}

function nextIndex(key: string, from: number, count: number): number | undefined {
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + PAGE,
    PageUp: from - PAGE,
    Home: 0,
    End: count - 1,
  };
  const next = moves[key];
  return next === undefined || count === 0 ? undefined : Math.max(0, Math.min(count - 1, next));
}
