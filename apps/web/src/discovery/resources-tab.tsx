import { Group } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { ExportButton } from '../export/export-button';
import { useAccounts, useRegions } from '../records/use-records';
import { UrlTextInput } from '../url/url-text-input';
import { useUrlParams } from '../url/use-url-params';
import { NothingCollected } from './nothing-collected';
import { AccountFilter, ResourceFilter } from './resource-filters';
import { ResourceTable } from './resource-table';

const words = (...values: string[]) =>
  values.map((value) => ({ value, label: value.replace('_', ' ') }));

const KINDS = words('vpc', 'subnet', 'secondary_range');
const MANAGEMENTS = words('managed', 'unmanaged', 'pending', 'ignored');
const OVERLAPS = words('overlapping', 'nonoverlapping', 'ignored');
const SYNCS = words('synced', 'drift', 'orphaned');

/** The whole inventory, with filters in the URL. */
export function ResourcesTab() {
  const params = useUrlParams();
  const accounts = useAccounts();
  const regions = useRegions();
  const query = {
    q: params.text('q'),
    account_id: params.text('account'),
    region: params.text('region'),
    kind: params.text('kind'),
    management: params.text('management'),
    overlap_status: params.text('overlap'),
    sync_status: params.text('sync'),
    network_id: params.text('network'),
    vrf_id: params.text('vrf'),
  };
  const filtered = Object.values(query).some(Boolean);
  return (
    <>
      <Group gap={6} mb="xs" role="search" aria-label="Filter resources">
        <UrlTextInput
          param="q"
          resets={{ page: null }}
          aria-label="Filter by text"
          placeholder="Name, CIDR, cloud id…"
          leftSection={<IconFilter size={14} />}
          w={200}
        />
        <AccountFilter />
        <ResourceFilter param="region" label="Region" width={130} data={words(...regions)} />
        <ResourceFilter param="kind" label="Kind" width={130} data={KINDS} />
        <ResourceFilter param="management" label="Management" width={130} data={MANAGEMENTS} />
        <ResourceFilter param="overlap" label="Overlap" width={140} data={OVERLAPS} />
        <ResourceFilter param="sync" label="Sync" width={110} data={SYNCS} />
        <ExportButton shown={{ dataset: 'resources', query }} />
      </Group>
      {accounts.length === 0 && !filtered ? (
        <NothingCollected />
      ) : (
        <ResourceTable
          query={query}
          emptyTitle="No resource matches"
          emptyText="Clear a filter, or wait for the next run of a collector."
        />
      )}
    </>
  );
}
