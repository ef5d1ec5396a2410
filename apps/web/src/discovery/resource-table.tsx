import { Anchor, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconCloudOff } from '@tabler/icons-react';
import { Link } from 'react-router';
import { discoveryApi } from '../api/discovery';
import type { Query } from '../api/request';
import type { Resource } from '../api/wire-discovery';
import { EmptyState } from '../feedback/empty-state';
import { TimeAgo } from '../format/time-ago';
import { TagList } from '../tags/tag-list';
import { DataTable } from '../table/data-table';
import type { Column } from '../table/data-table';
import { PAGE_SIZE, Pager, usePage } from '../table/pager';
import { useUrlIds } from '../url/use-url-ids';
import { BulkBar } from './bulk-bar';
import { CloudIdText, CloudText, PlacementMark, ResourceMarks } from './discovery-words';
import { IgnoredNote } from './ignored-note';
import { findingsOf } from './resource-findings';
import { ResourceActions } from './resource-actions';

const COLUMNS: readonly Column<Resource>[] = [
  { title: 'CIDR', width: 165, cell: (resource) => <ResourceCidr resource={resource} /> },
  {
    title: 'Name',
    cell: ({ name, external_id }) => (
      <>
        {name} <CloudIdText id={external_id} />
      </>
    ),
  },
  { title: 'Kind', width: 80, cell: ({ kind }) => kind.replace('_', ' '), wideOnly: true },
  { title: 'Account', width: 160, cell: ({ account_key }) => <span className="mono">{account_key}</span>, wideOnly: true },
  {
    title: 'Region',
    width: 115,
    cell: (resource) => (
      <>
        {resource.region} <PlacementMark resource={resource} />
      </>
    ),
    wideOnly: true,
  },
  { title: 'State', width: 250, cell: (resource) => <State resource={resource} /> },
  { title: 'Tags', width: 110, cell: ({ tags }) => <TagList tags={tags} shown={1} />, wideOnly: true },
  { title: 'Seen', width: 56, align: 'right', cell: ({ last_seen_at }) => <TimeAgo at={last_seen_at} />, wideOnly: true },
  { title: 'Actions', width: 110, align: 'right', cell: (resource) => <ResourceActions resource={resource} /> },
];

interface ResourceTableProps {
  readonly query: Query;
  readonly emptyTitle: string;
  readonly emptyText: string;
}

/** Discovered resources of a query. */
export function ResourceTable({ query, emptyTitle, emptyText }: ResourceTableProps) {
  const page = usePage();
  const picked = useUrlIds('pick');
  const asked = { ...query, page, page_size: PAGE_SIZE };
  const { data, error } = useQuery({
    queryKey: ['discovery', 'resources', asked],
    queryFn: ({ signal }) => discoveryApi.resources(asked, signal),
    placeholderData: keepPreviousData,
  });
  const resources = (data?.items ?? []).filter(({ id }) => picked.ids.has(id));
  return (
    <>
      {resources.length > 0 && <BulkBar resources={resources} onClear={picked.clear} />}
      <DataTable
        label="Resources"
        columns={COLUMNS}
        items={data?.items}
        rowKey={({ id }) => id}
        error={error}
        selection={{ picked, idOf: ({ id }) => id, nameOf: ({ cidr }) => cidr }}
        empty={
          <EmptyState icon={<IconCloudOff size={40} />} title={emptyTitle}>
            {emptyText}
          </EmptyState>
        }
      />
      <Pager total={data?.total} estimate={data?.total_is_estimate} one="resource" />
    </>
  );
}

/** How a resource stands, and what was found about it, shortly; what was ignored says so. */
function State({ resource }: { resource: Resource }) {
  return (
    <>
      <ResourceMarks resource={resource} />
      {findingsOf(resource).map(({ type, reason, ignored }) =>
        ignored ? (
          <IgnoredNote key={type} ignored={ignored} />
        ) : (
          <Text key={type} size="xs" c="dimmed" lineClamp={2}>
            <CloudText text={reason} />
          </Text>
        ),
      )}
    </>
  );
}

/** CIDR of a resource; it leads to its pool when there is one. */
export function ResourceCidr({ resource: { cidr, pool_id } }: { resource: Resource }) {
  if (pool_id === null) return <span className="mono">{cidr}</span>;
  return (
    <Anchor component={Link} to={`/pools/${pool_id}`} className="mono">
      {cidr}
    </Anchor>
  );
}
