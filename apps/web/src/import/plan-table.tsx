import type { Schemas } from '@cloudpam/api-client';
import classes from './import.module.css';
import { ACTIONS, ActionMark, ENTITIES } from './import-words';
import { rowKey } from './plan-tree';
import { RowDetail, rowNote } from './row-detail';
import { RowGrid } from './row-grid';

const COLUMNS = [
  { title: 'Action', area: 'action' },
  { title: 'Row', area: 'label' },
  { title: 'Record', area: 'entity' },
  { title: 'VRF', area: 'vrf' },
  { title: 'Where', area: 'where' },
  { title: 'Changes, or what is in the way', area: 'note' },
];

/** The rows of a plan in the order of their files. */
export function PlanTable({
  rows,
  isStale,
}: {
  rows: readonly Schemas['ImportRow'][];
  isStale: boolean;
}) {
  return (
    <RowGrid
      label="Rows of the plan"
      lines={rows}
      keyOf={rowKey}
      columns={COLUMNS}
      isStale={isStale}
      cells={(row) => [
        <>
          <ActionMark action={row.action} hasLabel={false} /> {ACTIONS[row.action].label}
        </>,
        row.label,
        row.entity && ENTITIES[row.entity].one,
        row.vrf,
        <span key="" className={classes.place} title={`${row.file}, line ${row.line}`}>
          <span className="ellipsis">{row.file}</span>:{row.line}
        </span>,
        <span key="" title={rowNote(row)}>
          {rowNote(row)}
        </span>,
      ]}
      detail={(row) => <RowDetail row={row} />}
    />
  );
}
