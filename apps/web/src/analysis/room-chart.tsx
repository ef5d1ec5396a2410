import type { Schemas } from '@cloudpam/api-client';
import { DataTable } from '../table/data-table';
import type { Column } from '../table/data-table';
import { Count } from '../format/count';
import { percentText } from '../format/counts';
import classes from './room-chart.module.css';

interface RoomChartProps {
  readonly lengths: readonly Schemas['RoomAtLength'][];
  /** The length that blocks of the pool mostly have. */
  readonly usual: number | null;
}

/** For each prefix length how much of the room that there could be is there: a bar, and its numbers. */
export function RoomChart({ lengths, usual }: RoomChartProps) {
  const columns: readonly Column<Schemas['RoomAtLength']>[] = [
    {
      title: 'Prefix',
      width: 92,
      cell: ({ prefix_length: length }) => (
        <span className="mono">
          /{length}
          {length === usual && ' usual'}
        </span>
      ),
    },
    { title: 'Room that is left', cell: (room) => <Bar of={room} /> },
    {
      title: 'Fit now',
      width: 80,
      align: 'right',
      cell: ({ placeable }) => <Count of={placeable} unit="blocks" />,
    },
    {
      title: 'In one piece',
      width: 100,
      align: 'right',
      cell: ({ packed }) => <Count of={packed} unit="blocks" />,
    },
    {
      title: 'Free blocks',
      width: 100,
      align: 'right',
      cell: ({ free_blocks: blocks }) => <Count of={blocks} unit="blocks" />,
      wideOnly: true,
    },
  ];
  return (
    <DataTable
      label="Room by prefix length"
      columns={columns}
      items={lengths}
      rowKey={({ prefix_length: length }) => length}
      error={null}
      empty={null}
    />
  );
}

function Bar({ of: { placeable, packed } }: { of: Schemas['RoomAtLength'] }) {
  const share = Number((BigInt(placeable) * 1_000_000n) / BigInt(packed)) / 1_000_000;
  return (
    <span className={classes.line}>
      <span className={classes.track} aria-hidden>
        <span className={classes.fill} style={{ width: `${share * 100}%` }} />
      </span>
      <span className={classes.percent}>{percentText(share)}</span>
    </span>
  );
}
