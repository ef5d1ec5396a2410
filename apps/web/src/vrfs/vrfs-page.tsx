import type { Schemas } from '@cloudpam/api-client';
import { Anchor } from '@mantine/core';
import { IconArrowsSplit } from '@tabler/icons-react';
import { Link } from 'react-router';
import { vrfsApi } from '../api/vrfs';
import { TimeAgo } from '../format/time-ago';
import type { RecordField } from '../records/record-dialog';
import { RecordsPage } from '../records/records-page';
import type { Column } from '../table/data-table';

const GLOBAL = 1;

const COLUMNS: readonly Column<Schemas['Vrf']>[] = [
  { title: 'Name', cell: ({ name }) => name },
  {
    title: 'Route distinguisher',
    width: 180,
    cell: ({ rd }) => <span className="mono">{rd ?? '–'}</span>,
  },
  {
    title: 'Reachability domain',
    width: 160,
    cell: ({ reachability_domain: domain }) => domain ?? '–',
    wideOnly: true,
  },
  { title: 'Description', cell: ({ description }) => description, wideOnly: true },
  {
    title: 'Age',
    width: 70,
    align: 'right',
    cell: ({ created_at }) => <TimeAgo at={created_at} />,
    wideOnly: true,
  },
  {
    title: 'Show',
    width: 80,
    cell: ({ id }) => (
      <Anchor component={Link} to={`/pools?vrf=${id}`} size="sm">
        Pools
      </Anchor>
    ),
  },
];

const FIELDS: readonly RecordField[] = [
  { name: 'name', label: 'Name', type: 'text', required: true },
  {
    name: 'rd',
    label: 'Route distinguisher',
    type: 'text',
    placeholder: '65000:1',
    nullable: true,
  },
  {
    name: 'reachability_domain',
    label: 'Reachability domain',
    type: 'text',
    placeholder: 'corporate',
    description:
      'VRFs of one domain can reach each other: the same addresses in two of them collide',
    nullable: true,
  },
  { name: 'description', label: 'Description', type: 'text' },
];

/** Routing domains: inside one an address means one thing. */
export function VrfsPage() {
  return (
    <RecordsPage
      api={vrfsApi}
      permission="vrfs:write"
      title="VRFs"
      one="VRF"
      about="Routing domains: overlap is judged inside one, never across"
      columns={COLUMNS}
      fields={FIELDS}
      nameOf={({ name }) => name}
      keep={({ id }) => (id === GLOBAL ? 'The first VRF always stays.' : undefined)}
      deleteNote="The server refuses while pools or networks lie in it."
      icon={<IconArrowsSplit size={40} />}
      emptyText="Make one for address space that is routed apart, such as a default VPC."
    />
  );
}
