import type { Schemas } from '@cloudpam/api-client';
import { TimeAgo } from '../format/time-ago';
import type { RecordField } from '../records/record-dialog';
import type { Column } from '../table/data-table';

const PURPOSES: readonly {
  readonly value: Schemas['ChosenRangePurpose'];
  readonly label: string;
}[] = [
  { value: 'reserved', label: 'reserved: for those who name it' },
  { value: 'dhcp', label: 'DHCP: a server gives its addresses out' },
  { value: 'excluded', label: 'excluded: nobody gets its addresses' },
];

/** The columns of a table of ranges. */
export const RANGE_COLUMNS: readonly Column<Schemas['Range']>[] = [
  {
    title: 'Range',
    width: 300,
    cell: ({ start_address, end_address }) => (
      <span className="mono">
        {start_address} – {end_address}
      </span>
    ),
  },
  { title: 'Name', cell: ({ name }) => name },
  { title: 'Purpose', width: 110, cell: ({ purpose }) => purpose },
  {
    title: 'Ends',
    width: 80,
    cell: ({ until }) => until && <TimeAgo at={until} />,
  },
  { title: 'Held by', width: 120, cell: ({ held_by }) => held_by, wideOnly: true },
  {
    title: 'Counts as used',
    width: 130,
    cell: ({ counts_as_used }) => (counts_as_used ? 'all of it' : 'its addresses'),
    wideOnly: true,
  },
];

/** What people set of a range. */
export const RANGE_FIELDS: readonly RecordField[] = [
  { name: 'start_address', label: 'First address', type: 'text', required: true, fixed: true },
  { name: 'end_address', label: 'Last address', type: 'text', required: true, fixed: true },
  { name: 'name', label: 'Name', type: 'text' },
  { name: 'purpose', label: 'Purpose', type: 'choice', choices: PURPOSES },
  { name: 'description', label: 'Description', type: 'text' },
  {
    name: 'counts_as_used',
    label: 'All of it counts as used',
    type: 'yes',
    description: 'Else only the addresses that somebody has of it',
  },
  {
    name: 'with_addresses',
    label: 'Take in what is there',
    type: 'yes',
    fixed: true,
    description: 'Else address records that lie there are in the way',
  },
];

/** How people call a range in a row. */
export function nameOfRange({ name, start_address, end_address }: Schemas['Range']): string {
  return `${start_address}–${end_address}${name === '' ? '' : ` ${name}`}`;
}
