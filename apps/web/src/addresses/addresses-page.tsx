import type { Schemas } from '@cloudpam/api-client';
import { IconMapPin } from '@tabler/icons-react';
import { addressesApi } from '../api/addresses';
import type { RecordField } from '../records/record-dialog';
import { RecordsPage } from '../records/records-page';
import { VrfName } from '../records/vrf-name';
import type { Column } from '../table/data-table';
import { ADDRESS_COLUMNS, ADDRESS_FIELDS, nameOfAddress } from './address-words';

const COLUMNS: readonly Column<Schemas['Address']>[] = [
  ...ADDRESS_COLUMNS.slice(0, 1),
  {
    title: 'VRF',
    width: 120,
    cell: ({ vrf_id }) => <VrfName id={vrf_id} />,
    wideOnly: true,
  },
  ...ADDRESS_COLUMNS.slice(1),
];

const FIELDS: readonly RecordField[] = [
  {
    name: 'address',
    label: 'Address',
    type: 'text',
    required: true,
    fixed: true,
    description: 'One that was chosen elsewhere; to have one chosen, open its pool',
  },
  ...ADDRESS_FIELDS,
];

/** Single addresses that somebody has. */
export function AddressesPage() {
  return (
    <RecordsPage
      api={addressesApi}
      permission="pools:write"
      title="Addresses"
      one="address"
      many="addresses"
      about="Single addresses that somebody has, each in the smallest pool around it"
      columns={COLUMNS}
      fields={FIELDS}
      nameOf={nameOfAddress}
      deleteNote="The address is free again."
      icon={<IconMapPin size={40} />}
      emptyText="Take addresses on the page of a pool, or record those that were chosen elsewhere."
    />
  );
}
