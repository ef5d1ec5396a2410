import type { Schemas } from '@cloudpam/api-client';
import { Anchor, Group, SegmentedControl, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconCircleCheck, IconFilter } from '@tabler/icons-react';
import { Link } from 'react-router';
import { discoveryApi } from '../api/discovery';
import { EmptyState } from '../feedback/empty-state';
import { ReadAs } from '../feedback/read-as';
import { countText } from '../format/counts';
import { TimeAgo } from '../format/time-ago';
import { DataTable } from '../table/data-table';
import type { Column } from '../table/data-table';
import { PAGE_SIZE, Pager, usePage } from '../table/pager';
import { UrlTextInput } from '../url/url-text-input';
import { useUrlIds } from '../url/use-url-ids';
import { useUrlParams } from '../url/use-url-params';
import { VrfName } from '../records/vrf-name';
import { BulkBar } from './bulk-bar';
import { DiscoverNow } from './discover-now';
import { CloudText, FINDINGS, SeverityMark } from './discovery-words';
import { EndCell } from '../forecasts/forecast-cells';
import { PoolLine } from '../pools/pool-line';
import { IgnoredNote } from './ignored-note';
import { ResourceActions } from './resource-actions';
import { AccountFilter } from './resource-filters';
import { NameCell, PlaceCell, ResourceCidr } from './resource-cells';

const STATUSES = [
  { value: 'open', label: 'Open' },
  { value: 'ignored', label: 'Ignored' },
  { value: 'all', label: 'All' },
] as const;

function Why({ finding: { severity, reason, ignored } }: { finding: Schemas['Finding'] }) {
  return (
    <>
      <SeverityMark severity={severity} /> <CloudText text={reason} />
      {ignored && <IgnoredNote ignored={ignored} />}
    </>
  );
}

/** The account and region of what is no resource. */
function AccountCell({ finding: { account_key: key, region } }: { finding: Schemas['Finding'] }) {
  return (
    <>
      <div className="mono">{key}</div>
      <Text size="xs" c="dimmed">
        {region}
      </Text>
    </>
  );
}

const COLUMNS: readonly Column<Schemas['Finding']>[] = [
  {
    title: 'CIDR',
    width: 150,
    cell: ({ resource }) => resource && <ResourceCidr resource={resource} />,
  },
  {
    title: 'Resource',
    clip: true,
    cell: ({ resource }) =>
      resource && <NameCell name={resource.name} externalId={resource.external_id} />,
  },
  {
    title: 'Account, region',
    width: 190,
    cell: ({ resource }) => resource && <PlaceCell place={resource} />,
    wideOnly: true,
  },
  {
    title: 'Seen',
    width: 56,
    align: 'right',
    cell: ({ resource }) => resource && <TimeAgo at={resource.last_seen_at} />,
    wideOnly: true,
  },
  {
    title: 'Actions',
    width: 120,
    align: 'right',
    cell: ({ type, resource }) =>
      resource && isOfResource(type) && <ResourceActions resource={resource} findings={[type]} />,
  },
];

/** Findings about scopes have no resource. */
const ACCOUNT_COLUMNS: readonly Column<Schemas['Finding']>[] = [
  {
    title: 'Account, region',
    width: 240,
    cell: (finding) => <AccountCell finding={finding} />,
  },
  { title: 'Why', cell: (finding) => <Why finding={finding} /> },
  {
    title: 'Actions',
    width: 240,
    align: 'right',
    cell: ({ account_id }) => account_id !== null && <DiscoverNow accountId={account_id} />,
  },
];

/** What ends soon is a pool. */
const POOL_COLUMNS: readonly Column<Schemas['Finding']>[] = [
  {
    title: 'Pool',
    width: 150,
    cell: ({ pool }) => pool && <PoolLine pool={pool} tab="usage" />,
  },
  {
    title: 'Ends',
    width: 260,
    cell: ({ pool }) => pool && <EndCell forecast={pool} />,
  },
  { title: 'Why', cell: (finding) => <Why finding={finding} />, wideOnly: true },
];

/** What has a lease is a pool or an address. */
const LEASE_COLUMNS: readonly Column<Schemas['Finding']>[] = [
  {
    title: 'Pool or address',
    width: 260,
    cell: ({ lease }) =>
      lease && (
        <>
          <Anchor
            component={Link}
            to={lease.pool_id === null ? addressLink(lease.place) : `/pools/${lease.pool_id}`}
            className="mono"
          >
            {lease.place}
          </Anchor>
          <Text size="xs" c="dimmed">
            {lease.name}
          </Text>
        </>
      ),
  },
  {
    title: 'Ends',
    width: 80,
    cell: ({ lease }) => lease && <TimeAgo at={lease.expires_at} />,
  },
  { title: 'Why', cell: (finding) => <Why finding={finding} /> },
];

/** Where records and the cloud differ: the record that is too many, or too few. */
const ADDRESS_COLUMNS: readonly Column<Schemas['Finding']>[] = [
  {
    title: 'Address',
    width: 240,
    cell: ({ address }) =>
      address && (
        <>
          <Anchor component={Link} to={addressLink(address.address)} className="mono">
            {address.address}
          </Anchor>
          <Text size="xs" c="dimmed">
            {[<VrfName key="vrf" id={address.vrf_id} />, ' ', address.name]}
          </Text>
        </>
      ),
  },
  {
    title: 'Account, region',
    width: 190,
    cell: (finding) => <AccountCell finding={finding} />,
    wideOnly: true,
  },
  {
    title: 'Since',
    width: 60,
    cell: ({ address }) => address && <TimeAgo at={address.since} />,
    wideOnly: true,
  },
  { title: 'Why', cell: (finding) => <Why finding={finding} /> },
  {
    title: 'Actions',
    width: 110,
    align: 'right',
    cell: ({ address }) =>
      address && (
        <Anchor component={Link} to={putRight(address)} size="sm">
          {address.address_id === null ? 'Record…' : 'Show record'}
        </Anchor>
      ),
  },
];

const WEBHOOK_COLUMNS: readonly Column<Schemas['Finding']>[] = [
  {
    title: 'Webhook',
    width: 240,
    cell: ({ webhook }) =>
      webhook && (
        <Anchor component={Link} to={`/webhooks/${webhook.webhook_id}`}>
          {webhook.name}
        </Anchor>
      ),
  },
  { title: 'Why', cell: (finding) => <Why finding={finding} /> },
];

/** The record of an address among all, whatever its VRF. */
function addressLink(address: string): string {
  return `/addresses?${new URLSearchParams({ q: address })}`;
}

/** Where a difference is put right: at the record, or in the dialog for a new one. */
function putRight({ address_id, address, vrf_id, name }: Schemas['AddressFinding']): string {
  if (address_id !== null) return addressLink(address);
  const filled = {
    'new.address': address,
    'new.vrf_id': String(vrf_id),
    'new.name': name,
    'new.accept_observed': 'true',
  };
  return `/addresses?${new URLSearchParams(filled)}`;
}

const COLUMNS_OF = {
  unseen: ACCOUNT_COLUMNS,
  exhausts_soon: POOL_COLUMNS,
  lease_ends: LEASE_COLUMNS,
  stale_address: ADDRESS_COLUMNS,
  unknown_address: ADDRESS_COLUMNS,
  webhook_paused: WEBHOOK_COLUMNS,
} as const;

/** When findings of other things than resources appear. */
const APPEARS: Partial<Record<Schemas['FindingType'], string>> = {
  exhausts_soon: 'A pool appears when it has 26 weeks of history and its growth soon fills it.',
  lease_ends: 'A pool or an address appears two weeks before its lease ends.',
  stale_address:
    'A record appears when a complete listing of interfaces (--interfaces) is without its address.',
  unknown_address:
    'An address appears when it is in use without a record, in a subnet whose addresses have records.',
  webhook_paused:
    'A webhook appears when it answers 410, or when 100 events in a row could not be delivered.',
};

type ResourceFindingType = Exclude<Schemas['FindingType'], keyof typeof COLUMNS_OF>;

function isOfResource(type: Schemas['FindingType']): type is ResourceFindingType {
  return !(type in COLUMNS_OF);
}

/** What a person should look at, by type. */
export function FindingsTab({
  counts,
}: {
  counts: Schemas['DiscoveryStatus']['findings'] | undefined;
}) {
  const params = useUrlParams();
  const page = usePage();
  const picked = useUrlIds('pick');
  const types = Object.keys(FINDINGS) as Schemas['FindingType'][]; // Its keys are the types, by `satisfies`.
  const type =
    types.find((one) => one === params.text('type')) ??
    types.find((one) => (counts?.[one] ?? 0) > 0) ??
    'overlap';
  const status = STATUSES.find(({ value }) => value === params.text('status'))?.value ?? 'open';
  const query = {
    type,
    status: status === 'all' ? undefined : status,
    account_id: params.text('account'),
    q: params.text('q'),
    page,
    page_size: PAGE_SIZE,
  };
  const { data, error } = useQuery({
    queryKey: ['discovery', 'findings', query],
    queryFn: ({ signal }) => discoveryApi.findings(query, signal),
    placeholderData: keepPreviousData,
  });
  const words = FINDINGS[type];
  const resources = (data?.items ?? []).flatMap(({ resource }) =>
    resource && picked.ids.has(resource.id) ? [resource] : [],
  );
  return (
    <>
      <Group mb={6} gap="sm">
        <SegmentedControl
          size="xs"
          aria-label="Type of finding"
          maw="100%"
          style={{ overflowX: 'auto' }}
          value={type}
          onChange={(value) => params.set({ type: value, page: null, pick: null })}
          data={types.map((value) => ({
            value,
            label: `${FINDINGS[value].label} ${countText(counts?.[value] ?? 0).short}`,
          }))}
        />
        <Text size="xs" c="dimmed">
          {words.about}
        </Text>
      </Group>
      <Group mb="xs" gap={6} role="search" aria-label="Filter findings">
        <SegmentedControl
          size="xs"
          aria-label="Status"
          value={status}
          onChange={(value) =>
            params.set({ status: value === 'open' ? null : value, page: null, pick: null })
          }
          data={[...STATUSES]}
        />
        <UrlTextInput
          param="q"
          resets={{ page: null, pick: null }}
          aria-label="Filter by text"
          placeholder="Name, CIDR, cloud id…"
          leftSection={<IconFilter size={14} />}
          w={200}
        />
        <AccountFilter />
      </Group>
      <ReadAs text={data?.read_as} />
      {isOfResource(type) && resources.length > 0 && (
        <BulkBar resources={resources} findings={[type]} onClear={picked.clear} />
      )}
      <DataTable
        label={words.label}
        columns={isOfResource(type) ? COLUMNS : COLUMNS_OF[type]}
        items={data?.items}
        rowKey={({ id }) => id}
        error={error}
        detail={isOfResource(type) ? (finding) => <Why finding={finding} /> : undefined}
        selection={
          isOfResource(type)
            ? {
                picked,
                idOf: ({ resource }) => resource?.id,
                nameOf: ({ resource }) => resource?.cidr ?? '',
              }
            : undefined
        }
        empty={
          <EmptyState
            icon={<IconCircleCheck size={40} />}
            title={`${words.label}: nothing ${status === 'ignored' ? 'is ignored' : 'to look at'}`}
          >
            {status === 'ignored'
              ? 'What is ignored stays here, with who did it and why, until it is shown again.'
              : (APPEARS[type] ??
                'Findings appear when a collector posts something that doesn’t fit the plan.')}
          </EmptyState>
        }
      />
      <Pager total={data?.total} estimate={data?.total_is_estimate} one="finding" />
    </>
  );
}
