import type { Schemas } from '@cloudpam/api-client';
import { IconMapPin } from '@tabler/icons-react';
import { addressesApi } from '../api/addresses';
import type { RecordField } from '../records/record-dialog';
import { RecordsPage } from '../records/records-page';
import { useVrfs } from '../records/use-records';
import { VrfName } from '../records/vrf-name';
import type { Column } from '../table/data-table';
import { AddressBulkBar } from './address-bulk-bar';
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

const ADDRESS: readonly RecordField[] = [
  {
    name: 'address',
    label: 'Address',
    type: 'text',
    required: true,
    fixed: true,
    description: 'One that was chosen elsewhere; to have one chosen, open its pool',
  },
];
const IN_USE: readonly RecordField[] = [
  {
    name: 'accept_observed',
    label: 'Also where a cloud uses it',
    type: 'yes',
    fixed: true,
    description: 'The record is of what is there',
  },
];

/** In which VRF; the global one where there is no other. */
function vrfField(vrfs: readonly Schemas['Vrf'][]): readonly RecordField[] {
  const choices = vrfs.map(({ id, name }) => ({ value: String(id), label: name }));
  return choices.length < 2
    ? []
    : [
        {
          name: 'vrf_id',
          label: 'VRF',
          type: 'id',
          choices,
          fixed: true,
          nullable: true,
          description: 'The VRF global when nothing is chosen',
        },
      ];
}

/** Single addresses that somebody has. */
export function AddressesPage() {
  const vrfs = useVrfs();
  return (
    <RecordsPage
      api={addressesApi}
      permission="pools:write"
      title="Addresses"
      one="address"
      many="addresses"
      about="Single addresses that somebody has, each in the smallest pool around it"
      columns={COLUMNS}
      fields={[...ADDRESS, ...vrfField(vrfs), ...ADDRESS_FIELDS, ...IN_USE]}
      nameOf={nameOfAddress}
      bulk={AddressBulkBar}
      deleteNote="The address is free again; where its pool keeps what was deleted for a time, after that."
      icon={<IconMapPin size={40} />}
      emptyText="Take addresses on the page of a pool, or record those that were chosen elsewhere."
    />
  );
}
