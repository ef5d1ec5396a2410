import type { Schemas } from '@cloudpam/api-client';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { plural } from '../format/counts';
import classes from './import.module.css';
import { ActionMark } from './import-words';
import { planTree } from './plan-tree';
import type { PlanLine } from './plan-tree';
import { RowDetail, rowNote } from './row-detail';
import { RowGrid } from './row-grid';

const COLUMNS = [
  { title: 'Row', area: 'tree' },
  { title: 'Changes, or what is in the way', area: 'note' },
];

/** The rows of a plan where they lie: by VRF, and what contains what. */
export function PlanTree({
  rows,
  isStale,
}: {
  rows: readonly Schemas['ImportRow'][];
  isStale: boolean;
}) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const lines = useMemo(() => planTree(rows, closed), [rows, closed]);
  const toggle = ({ key }: PlanLine): void => {
    const next = new Set(closed);
    if (!next.delete(key)) next.add(key);
    setClosed(next);
  };
  const treeOf = (line: PlanLine) => ({
    depth: line.depth,
    isOpen: opens(line) ? !closed.has(line.key) : undefined,
  });
  return (
    <RowGrid
      label="The plan as a tree"
      lines={lines}
      keyOf={({ key }) => key}
      columns={COLUMNS}
      isStale={isStale}
      treeOf={treeOf}
      onToggle={toggle}
      cells={(line) => [
        <>
          <Chevron isOpen={treeOf(line).isOpen} onToggle={() => toggle(line)} />
          {line.row && <ActionMark action={line.row.action} />} <Name line={line} />
        </>,
        line.row && (
          <span key="" title={rowNote(line.row)}>
            {rowNote(line.row)}
          </span>
        ),
      ]}
      detail={(line) => line.row && <RowDetail row={line.row} />}
    />
  );
}

function opens(line: PlanLine): boolean {
  return line.type === 'heading' ? line.count > 0 : line.hasChildren;
}

function Chevron({ isOpen, onToggle }: { isOpen: boolean | undefined; onToggle: () => void }) {
  if (isOpen === undefined) return <span className={classes.chevron} />;
  const Icon = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <button
      type="button"
      tabIndex={-1}
      className={classes.chevron}
      aria-label={isOpen ? 'Close' : 'Open'}
      onClick={onToggle}
    >
      <Icon size={14} />
    </button>
  );
}

function Name({ line }: { line: PlanLine }) {
  if (line.type === 'heading')
    return (
      <b>
        {line.title} <span className={classes.hint}>{plural(line.count, 'row')}</span>
      </b>
    );
  const { cidr, label } = line.row;
  if (cidr === null) return label;
  return (
    <>
      <span className="mono">{cidr}</span> {label !== cidr && label}
    </>
  );
}
