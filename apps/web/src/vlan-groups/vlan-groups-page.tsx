import type { Schemas } from '@cloudpam/api-client';
import { Anchor } from '@mantine/core';
import { IconPlus, IconStack2 } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { ReasonedIcon } from '../actions/reasoned-button';
import { vlanGroupsApi } from '../api/vlan-groups';
import type { RecordField } from '../records/record-dialog';
import { RecordsPage } from '../records/records-page';
import { useAccounts, useAccountsById } from '../records/use-records';
import { useRefusal } from '../session/use-me';
import type { Column } from '../table/data-table';
import { TakeVlanDialog } from './take-vlan-dialog';
import { VidUsage } from './vid-usage';
import { VlanGroupPreview } from './vlan-group-preview';

type VlanGroup = Schemas['VlanGroup'];

const COLUMNS: readonly Column<VlanGroup>[] = [
  { title: 'Name', width: 160, cell: ({ name }) => name },
  {
    title: 'VLAN ids',
    cell: ({ vid_ranges }) => <span className="mono">{vid_ranges.replaceAll(',', ', ')}</span>,
    wideOnly: true,
  },
  { title: 'Taken', width: 180, cell: (group) => <VidUsage group={group} /> },
  { title: 'For', width: 170, cell: (group) => <For group={group} />, wideOnly: true },
  { title: 'Description', cell: ({ description }) => description, wideOnly: true },
  {
    title: 'Show',
    width: 70,
    cell: ({ id }) => (
      <Anchor component={Link} to={`/vlans?group=${id}`} size="sm">
        VLANs
      </Anchor>
    ),
  },
];

/** Groups of VLANs, and the next free VLAN id of each. */
export function VlanGroupsPage() {
  const accounts = useAccounts();
  const refusal = useRefusal('vlans:write');
  const [taking, setTaking] = useState<VlanGroup | undefined>();
  const fields: readonly RecordField[] = [
    { name: 'name', label: 'Name', type: 'text', required: true },
    {
      name: 'vid_ranges',
      label: 'VLAN ids',
      type: 'text',
      placeholder: '1-4094',
      description: 'As 100-199,300; all of them when nothing is said',
    },
    {
      name: 'account_id',
      label: 'Account',
      type: 'id',
      choices: accounts.map(({ id, name, key }) => ({
        value: String(id),
        label: `${name} (${key})`,
      })),
      description: 'That it is for, or the site',
      nullable: true,
    },
    {
      name: 'site',
      label: 'Site',
      type: 'text',
      description: 'That it is for, or the account',
      nullable: true,
    },
    { name: 'description', label: 'Description', type: 'text' },
  ];
  return (
    <>
      <RecordsPage
        api={vlanGroupsApi}
        permission="vlan-groups:write"
        title="VLAN groups"
        one="VLAN group"
        about="Sites or switch fabrics, in each of which VLAN ids and names are unique"
        columns={COLUMNS}
        fields={fields}
        nameOf={({ name }) => name}
        keep={({ vlan_count }) =>
          vlan_count === 0
            ? undefined
            : `VLANs lie in it (${vlan_count}): move or delete them first.`
        }
        deleteNote="No VLAN lies in it, so nothing else changes."
        preview={VlanGroupPreview}
        rowActions={(group) => (
          <ReasonedIcon
            label={`Take the next VLAN id of ${group.name}`}
            reason={
              refusal ??
              (group.vlan_count >= group.vid_count ? 'All of its VLAN ids are taken.' : undefined)
            }
            onClick={() => setTaking(group)}
          >
            <IconPlus size={14} />
          </ReasonedIcon>
        )}
        icon={<IconStack2 size={40} />}
        emptyText="A group has ranges of VLAN ids, and gives the next free one. VLANs name it as their group."
      />
      {taking && <TakeVlanDialog group={taking} onClose={() => setTaking(undefined)} />}
    </>
  );
}

function For({ group: { account_id, site } }: { group: VlanGroup }) {
  const account = useAccountsById().get(account_id ?? 0);
  return <>{account?.name ?? site}</>;
}
