import type { Schemas } from '@cloudpam/api-client';
import { TimeAgo } from '../format/time-ago';
import type { RecordField } from '../records/record-dialog';
import type { Column } from '../table/data-table';

const STATUSES = ['active', 'reserved', 'deprecated'] satisfies Schemas['AddressStatus'][];
const ROLES = ['host', 'gateway', 'vip', 'dhcp'] satisfies Schemas['AddressRole'][];

/** The columns of a table of addresses. */
export const ADDRESS_COLUMNS: readonly Column<Schemas['Address']>[] = [
  {
    title: 'Address',
    width: 240,
    cell: ({ address }) => <span className="mono">{address}</span>,
  },
  { title: 'Name', cell: ({ name }) => name },
  { title: 'Role', width: 90, cell: ({ role }) => role, wideOnly: true },
  { title: 'Status', width: 100, cell: ({ status }) => status },
  {
    title: 'In the cloud',
    cell: ({ observed }) =>
      observed && (
        <span title={observed.external_id}>{observed.attached_to ?? observed.external_id}</span>
      ),
    wideOnly: true,
  },
  {
    title: 'Expires',
    width: 80,
    cell: ({ expires_at }) => expires_at && <TimeAgo at={expires_at} />,
    wideOnly: true,
  },
  { title: 'DNS name', cell: ({ dns_name }) => dns_name, wideOnly: true },
  {
    title: 'MAC',
    width: 150,
    cell: ({ mac }) => <span className="mono">{mac}</span>,
    wideOnly: true,
  },
  {
    title: 'Age',
    width: 70,
    align: 'right',
    cell: ({ created_at }) => <TimeAgo at={created_at} />,
    wideOnly: true,
  },
];

/** What people set of an address. */
export const ADDRESS_FIELDS: readonly RecordField[] = [
  { name: 'name', label: 'Name', type: 'text' },
  { name: 'role', label: 'Role', type: 'choice', choices: ROLES },
  { name: 'status', label: 'Status', type: 'choice', choices: STATUSES },
  {
    name: 'dns_name',
    label: 'DNS name',
    type: 'text',
    nullable: true,
    description: 'As db-1.example.com (RFC 1123)',
  },
  {
    name: 'mac',
    label: 'MAC address',
    type: 'text',
    nullable: true,
    description: 'Of its interface, in any of the usual forms',
  },
  { name: 'description', label: 'Description', type: 'text' },
  { name: 'tags', label: 'Tags', type: 'tags' },
  {
    name: 'expires_at',
    label: 'Expires',
    type: 'time',
    nullable: true,
    description: 'When it is given back by itself',
  },
];

/** How people call an address in a row. */
export function nameOfAddress({ address, name }: Schemas['Address']): string {
  return name === '' ? address : `${address} ${name}`;
}
