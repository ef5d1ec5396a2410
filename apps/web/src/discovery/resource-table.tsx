import type { Schemas } from '@cloudpam/api-client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconCloudOff } from '@tabler/icons-react';
import { discoveryApi } from '../api/discovery';
import type { TextQuery } from '../api/query';
import { EmptyState } from '../feedback/empty-state';
import { ReadAs } from '../feedback/read-as';
import { TimeAgo } from '../format/time-ago';
import { TagList } from '../tags/tag-list';
import { DataTable } from '../table/data-table';
import type { Column } from '../table/data-table';
import { PAGE_SIZE, Pager, usePage } from '../table/pager';
import { useUrlIds } from '../url/use-url-ids';
import { BulkBar } from './bulk-bar';
import { ResourceActions } from './resource-actions';
import { NameCell, PlaceCell, ResourceCidr, ResourceState } from './resource-cells';

const COLUMNS: readonly Column<Schemas['Resource']>[] = [
  { title: 'CIDR', width: 132, cell: (resource) => <ResourceCidr resource={resource} /> },
  {
    title: 'Name, kind',
    clip: true,
    cell: ({ name, external_id, kind }) => (
      <NameCell name={name} externalId={external_id} note={kind.replace('_', ' ')} />
    ),
  },
  {
    title: 'Account, region',
    width: 160,
    cell: (resource) => <PlaceCell place={resource} />,
    wideOnly: true,
  },
  { title: 'State', width: 160, cell: (resource) => <ResourceState resource={resource} /> },
  // AWS keeps the name in a tag.
  {
    title: 'Tags',
    width: 110,
    cell: ({ tags: { Name: _, ...tags } }) => <TagList tags={tags} shown={1} />,
    wideOnly: 'desktop',
  },
  {
    title: 'Seen',
    width: 56,
    align: 'right',
    cell: ({ last_seen_at }) => <TimeAgo at={last_seen_at} />,
    wideOnly: true,
  },
  {
    title: 'Actions',
    width: 96,
    align: 'right',
    cell: (resource) => <ResourceActions resource={resource} />,
  },
];

interface ResourceTableProps {
  readonly query: TextQuery<'listResources'>;
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
      <ReadAs text={data?.read_as} />
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
