import type { Schemas } from '@cloudpam/api-client';
import { Anchor } from '@mantine/core';
import { IconTags } from '@tabler/icons-react';
import { Link } from 'react-router';
import { vlansApi } from '../api/vlans';
import { TimeAgo } from '../format/time-ago';
import type { RecordField } from '../records/record-dialog';
import { RecordsPage } from '../records/records-page';
import { useVlanGroups } from '../records/use-records';
import type { Column } from '../table/data-table';
import { UrlSelect } from '../url/url-select';
import { useUrlParams } from '../url/use-url-params';

const COLUMNS: readonly Column<Schemas['Vlan']>[] = [
  { title: 'VID', width: 80, align: 'right', cell: ({ vid }) => vid },
  { title: 'Name', cell: ({ name }) => name },
  {
    title: 'Group',
    width: 160,
    cell: ({ group, group_id }) =>
      group_id === null ? (
        group
      ) : (
        <Anchor component={Link} to={`/vlan-groups?q=${encodeURIComponent(group)}`} size="sm">
          {group}
        </Anchor>
      ),
  },
  { title: 'Description', cell: ({ description }) => description, wideOnly: true },
  {
    title: 'Show',
    width: 60,
    cell: ({ id }) => (
      <Anchor component={Link} to={`/pools?vlan=${id}`} size="sm">
        Pools
      </Anchor>
    ),
  },
  {
    title: 'Age',
    width: 70,
    align: 'right',
    cell: ({ created_at }) => <TimeAgo at={created_at} />,
    wideOnly: true,
  },
];

/** VLANs that pools can be bound to. */
export function VlansPage() {
  const groups = useVlanGroups();
  const group = useUrlParams().text('group');
  const fields: readonly RecordField[] = [
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
      suggestions: groups.map(({ name }) => name),
      description: 'A VLAN group, or a site without one: a VID is unique in it',
    },
    { name: 'description', label: 'Description', type: 'text' },
  ];
  return (
    <RecordsPage
      api={vlansApi}
      permission="vlans:write"
      title="VLANs"
      one="VLAN"
      about="Layer 2 segments that pools can be bound to"
      columns={COLUMNS}
      fields={fields}
      nameOf={({ vid, name }) => `${vid} ${name}`}
      filter={{
        query: { group_id: group },
        input: (
          <UrlSelect
            param="group"
            label="VLAN group"
            width={180}
            data={groups.map(({ id, name }) => ({ value: String(id), label: name }))}
            resets={{ page: null }}
          />
        ),
      }}
      deleteNote="The server refuses while pools are bound to it."
      icon={<IconTags size={40} />}
      emptyText="Add the VLANs of your sites, then bind pools to them."
    />
  );
}
