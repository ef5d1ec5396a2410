import type { Schemas } from '@cloudpam/api-client';
import { Button, Group, Text, Title } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { CopyText } from '../../actions/copy-button';
import { fetchObservedAddresses } from '../../api/addresses';
import { Count } from '../../format/count';
import { TimeAgo } from '../../format/time-ago';
import { DataTable, type Column } from '../../table/data-table';
import { useHostUsage } from './use-host-usage';

const PAGE_SIZE = 100;
const KINDS: Readonly<Record<Schemas['ObservedKind'], string>> = {
  interface: 'interface',
  elastic: 'Elastic IP',
  external: 'public',
  static: 'reserved',
};

const COLUMNS: readonly Column<Schemas['ObservedAddress']>[] = [
  {
    title: 'In the cloud',
    width: 240,
    cell: ({ cidr }) => {
      const text = cidr.replace(/\/(32|128)$/, '');
      return (
        <Group gap={2} wrap="nowrap">
          <span className="mono">{text}</span>
          <CopyText text={text} label={`Copy ${text}`} />
        </Group>
      );
    },
  },
  {
    title: 'Attached to',
    cell: ({ attached_to, external_id, name }) => (
      <span title={external_id}>{attached_to ?? (name || external_id)}</span>
    ),
  },
  { title: 'Kind', width: 100, cell: ({ kind }) => KINDS[kind] },
  {
    title: 'Cloud id',
    cell: ({ external_id }) => (
      <span className="mono" title={external_id}>
        {external_id.split('/').at(-1)}
      </span>
    ),
    wideOnly: true,
  },
  {
    title: 'Seen',
    width: 110,
    align: 'right',
    cell: ({ seen_at, gone_at }) =>
      gone_at === null ? (
        <TimeAgo at={seen_at} />
      ) : (
        <span title="Not in the last complete listing: nobody gets it for a while">
          gone <TimeAgo at={gone_at} />
        </span>
      ),
  },
];

/** What has the addresses of a pool in clouds; nothing where nobody has listed that. */
export function ObservedAddresses({ pool }: { pool: Schemas['Pool'] }) {
  const usage = useHostUsage(pool.id);
  const isListed = usage !== undefined && (usage.coverage !== 'off' || usage.observed !== '0');
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['addresses', pool.id, 'observed'],
    queryFn: ({ pageParam, signal }) =>
      fetchObservedAddresses(pool.id, { page_size: PAGE_SIZE, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined, // The first page has no cursor.
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    enabled: isListed,
  });
  if (!isListed) return null;
  return (
    <section aria-label="In the cloud">
      <Title order={2} size="h5" mt="lg" mb={4}>
        In the cloud
      </Title>
      <Summary usage={usage} />
      <DataTable
        label="Addresses in the cloud"
        columns={COLUMNS}
        items={data?.pages.flatMap((page) => page.items)}
        rowKey={({ id }) => id}
        error={error}
        empty={<Text size="sm">No interface has an address of this pool.</Text>}
      />
      {hasNextPage && (
        <Button
          variant="default"
          mt="sm"
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          Load more
        </Button>
      )}
    </section>
  );
}

function Summary({ usage }: { usage: Schemas['HostUsage'] }) {
  const { observed, recorded, free, coverage, observed_at } = usage;
  return (
    <Group gap={6} mb="xs">
      <Text size="sm" c="dimmed" component="p" m={0}>
        <Count of={observed} unit="addresses in the cloud" /> in use,{' '}
        <Count of={String(recorded)} unit="address records" /> with a record,{' '}
        <Count of={free} unit="free addresses" /> to give out.{' '}
        {coverage === 'complete' ? (
          <>
            All interfaces were listed <TimeAgo at={observed_at} /> ago.
          </>
        ) : (
          coverage !== 'off' &&
          `Interfaces were listed ${coverage === 'partial' ? 'in part' : 'not at all'} the last time: ` +
            'there may be more.'
        )}
      </Text>
    </Group>
  );
}
