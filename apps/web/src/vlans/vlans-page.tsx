import type { Schemas } from '@cloudpam/api-client';
import { IconTags } from '@tabler/icons-react';
import { vlansApi } from '../api/vlans';
import { TimeAgo } from '../format/time-ago';
import type { RecordField } from '../records/record-dialog';
import { RecordsPage } from '../records/records-page';
import type { Column } from '../table/data-table';

const COLUMNS: readonly Column<Schemas['Vlan']>[] = [
  { title: 'VID', width: 80, align: 'right', cell: ({ vid }) => vid },
  { title: 'Name', cell: ({ name }) => name },
  { title: 'Group', width: 160, cell: ({ group }) => group },
  { title: 'Description', cell: ({ description }) => description, wideOnly: true },
  {
    title: 'Age',
    width: 70,
    align: 'right',
    cell: ({ created_at }) => <TimeAgo at={created_at} />,
    wideOnly: true,
  },
];

const FIELDS: readonly RecordField[] = [
  {
    name: 'vid',
    label: 'VID',
    type: 'number',
    required: true,
    min: 1,
    max: 4094,
    description: '1 to 4094 (IEEE 802.1Q)',
  },
  { name: 'name', label: 'Name', type: 'text', required: true },
  {
    name: 'group',
    label: 'Group',
    type: 'text',
    placeholder: 'fra1',
    description: 'A VID is unique in its group',
  },
  { name: 'description', label: 'Description', type: 'text' },
];

/** VLANs that pools can be bound to. */
export function VlansPage() {
  return (
    <RecordsPage
      api={vlansApi}
      permission="vlans:write"
      title="VLANs"
      one="VLAN"
      about="Layer 2 segments that pools can be bound to"
      columns={COLUMNS}
      fields={FIELDS}
      nameOf={({ vid, name }) => `${vid} ${name}`}
      deleteNote="The server refuses while pools are bound to it."
      icon={<IconTags size={40} />}
      emptyText="Add the VLANs of your sites, then bind pools to them."
    />
  );
}
