import type { Schemas } from '@cloudpam/api-client';
import { Anchor, Badge, Group } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconCloudOff, IconFilter } from '@tabler/icons-react';
import { Link } from 'react-router';
import { ReasonedButton } from '../actions/reasoned-button';
import { discoveryApi } from '../api/discovery';
import { EmptyState } from '../feedback/empty-state';
import { ReadAs } from '../feedback/read-as';
import { TimeAgo } from '../format/time-ago';
import { useVrfs } from '../records/use-records';
import { VrfName } from '../records/vrf-name';
import { useRefusal } from '../session/use-me';
import { DataTable } from '../table/data-table';
import type { Column } from '../table/data-table';
import { PAGE_SIZE, Pager, usePage } from '../table/pager';
import { UrlTextInput } from '../url/url-text-input';
import { useUrlParams } from '../url/use-url-params';
import { useOpenDiscoveryDialog } from './discovery-dialogs';
import { CloudIdText } from './discovery-words';
import { PlaceCell } from './resource-cells';
import { AccountFilter } from './resource-filters';

/** The cloud networks and the VRF each lies in. */
export function NetworksTab() {
  const params = useUrlParams();
  const page = usePage();
  const alone = useVrfs().length < 2 ? 'There is no other VRF: give it its own.' : undefined;
  const refusal = useRefusal('vrfs:write');
  const openDialog = useOpenDiscoveryDialog();
  const query = {
    account_id: params.text('account'),
    vrf_id: params.text('vrf'),
    q: params.text('q'),
    page,
    page_size: PAGE_SIZE,
  };
  const { data, error } = useQuery({
    queryKey: ['discovery', 'networks', query],
    queryFn: ({ signal }) => discoveryApi.networks(query, signal),
    placeholderData: keepPreviousData,
  });
  const columns: readonly Column<Schemas['Network']>[] = [
    {
      title: 'Network',
      clip: true,
      cell: (network) => (
        <>
          <Anchor
            component={Link}
            to={`/discovery?tab=resources&network=${network.id}`}
            size="sm"
            className="ellipsis"
            display="block"
            title={network.name}
          >
            {network.name}
          </Anchor>
          <div className="ellipsis">
            {network.is_default && (
              <Badge color="gray" mr={4}>
                default
              </Badge>
            )}
            <CloudIdText id={network.external_id} />
          </div>
        </>
      ),
    },
    { title: 'Account, region', width: 180, cell: (network) => <PlaceCell place={network} /> },
    { title: 'VRF', width: 140, cell: ({ vrf_id }) => <VrfName id={vrf_id} /> },
    {
      title: 'First seen',
      width: 90,
      align: 'right',
      cell: ({ first_seen_at }) => <TimeAgo at={first_seen_at} />,
      wideOnly: 'desktop',
    },
    {
      title: 'Last seen',
      width: 90,
      align: 'right',
      cell: ({ last_seen_at }) => <TimeAgo at={last_seen_at} />,
      wideOnly: true,
    },
    {
      title: 'Actions',
      width: 190,
      align: 'right',
      cell: (network) => (
        <Group gap={2} justify="flex-end" wrap="nowrap">
          <ReasonedButton
            size="compact-xs"
            variant="subtle"
            reason={refusal}
            aria-label={`Own VRF for ${network.external_id}`}
            onClick={() => openDialog({ type: 'isolate', network, into: 'new' })}
          >
            Own VRF…
          </ReasonedButton>
          <ReasonedButton
            size="compact-xs"
            variant="subtle"
            color="gray"
            reason={refusal ?? alone}
            aria-label={`Move ${network.external_id} to a VRF`}
            onClick={() => openDialog({ type: 'isolate', network, into: 'existing' })}
          >
            Move to VRF…
          </ReasonedButton>
        </Group>
      ),
    },
  ];
  return (
    <>
      <Group gap={6} mb="xs" role="search" aria-label="Filter networks">
        <UrlTextInput
          param="q"
          resets={{ page: null }}
          aria-label="Filter by text"
          placeholder="Name or cloud id…"
          leftSection={<IconFilter size={14} />}
          w={200}
        />
        <AccountFilter />
      </Group>
      <ReadAs text={data?.read_as} />
      <DataTable
        label="Networks"
        columns={columns}
        items={data?.items}
        rowKey={({ id }) => id}
        error={error}
        empty={
          <EmptyState icon={<IconCloudOff size={40} />} title="No network matches">
            Networks appear with the first run of a collector.
          </EmptyState>
        }
      />
      <Pager total={data?.total} estimate={data?.total_is_estimate} one="network" />
    </>
  );
}
