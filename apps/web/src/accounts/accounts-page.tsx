import type { Schemas } from '@cloudpam/api-client';
import { Anchor } from '@mantine/core';
import { IconBuildingCommunity } from '@tabler/icons-react';
import { Link } from 'react-router';
import { accountsApi } from '../api/accounts';
import { everyText } from '../format/intervals';
import type { RecordField } from '../records/record-dialog';
import { RecordsPage } from '../records/records-page';
import type { Column } from '../table/data-table';

const COLUMNS: readonly Column<Schemas['Account']>[] = [
  { title: 'Name', width: 170, cell: ({ name }) => name },
  { title: 'Key', cell: ({ key }) => <span className="mono">{key}</span> },
  { title: 'Platform', width: 90, cell: ({ platform }) => platform, wideOnly: true },
  { title: 'Tier', width: 70, cell: ({ tier }) => tier, wideOnly: true },
  { title: 'Environment', width: 110, cell: ({ environment }) => environment, wideOnly: true },
  { title: 'Regions', cell: ({ regions }) => regions.join(', '), wideOnly: true },
  { title: 'Discovery', width: 140, cell: discoveryText, wideOnly: true },
  { title: 'Description', cell: ({ description }) => description, wideOnly: true },
  {
    title: 'Show',
    width: 145,
    cell: ({ id }) => (
      <>
        <Anchor component={Link} to={`/pools?account=${id}`} size="sm">
          Pools
        </Anchor>{' '}
        ·{' '}
        <Anchor component={Link} to={`/discovery?tab=resources&account=${id}`} size="sm">
          Resources
        </Anchor>
      </>
    ),
  },
];

const FIELDS: readonly RecordField[] = [
  { name: 'name', label: 'Name', type: 'text', required: true },
  { name: 'key', label: 'Key', type: 'text', placeholder: 'provider:cloud id', fixed: true },
  {
    name: 'provider',
    label: 'Provider',
    type: 'choice',
    choices: ['aws', 'gcp', 'azure', 'onprem'],
    required: true,
    fixed: true,
  },
  {
    name: 'external_id',
    label: 'Cloud id',
    type: 'text',
    required: true,
    placeholder: '123456789012',
    fixed: true,
  },
  { name: 'platform', label: 'Platform', type: 'text', nullable: true },
  { name: 'tier', label: 'Tier', type: 'text', nullable: true },
  { name: 'environment', label: 'Environment', type: 'text', placeholder: 'prod', nullable: true },
  { name: 'regions', label: 'Regions', type: 'texts', placeholder: 'eu-west-1' },
  { name: 'description', label: 'Description', type: 'text' },
  {
    name: 'discovery_policy',
    label: 'Discovery policy',
    type: 'choice',
    choices: ['auto', 'approve', 'observe'],
    placeholder: 'Server default',
    description: 'Whether what fits becomes a pool by itself',
    nullable: true,
  },
  {
    name: 'discovery_interval',
    label: 'Discovery interval, seconds',
    type: 'number',
    min: 60,
    max: 31_536_000,
    placeholder: 'Server default',
    description: 'Not discovered for longer, it is a finding',
    nullable: true,
  },
];

function discoveryText({ discovery_policy, discovery_interval }: Schemas['Account']): string {
  return [discovery_policy, discovery_interval === null ? null : everyText(discovery_interval)]
    .filter((text) => text !== null)
    .join(', ');
}

/** AWS accounts, GCP projects, Azure subscriptions and sites. */
export function AccountsPage() {
  return (
    <RecordsPage
      api={accountsApi}
      permission="accounts:write"
      title="Accounts"
      one="account"
      about="AWS accounts, GCP projects, Azure subscriptions, sites"
      columns={COLUMNS}
      fields={FIELDS}
      nameOf={({ name }) => name}
      deleteNote="The server refuses while pools or discovered resources belong to it."
      icon={<IconBuildingCommunity size={40} />}
      emptyText="Collectors add the accounts they read by themselves. Add a site of your own here."
    />
  );
}
