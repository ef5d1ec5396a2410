import type { Schemas } from '@cloudpam/api-client';
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { IconBoxOff, IconPlus } from '@tabler/icons-react';
import { ReasonedButton } from '../../actions/reasoned-button';
import { poolsApi } from '../../api/pools';
import { EmptyState } from '../../feedback/empty-state';
import { Count } from '../../format/count';
import { useRefusal } from '../../session/use-me';
import { DataTable } from '../../table/data-table';
import { useOpenPoolDialog } from '../dialogs/pool-dialogs';
import { HostsNotCounted } from '../hosts-not-counted';
import { allocateWord } from '../uncounted-hosts';

const PAGE_SIZE = 100;

/** The maximal free blocks of a pool, each with a way to take from it. */
export function FreeTab({ pool }: { pool: Schemas['Pool'] }) {
  const openDialog = useOpenPoolDialog();
  const refusal = useRefusal('pools:write');
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['pools', pool.id, 'free-tab'],
    queryFn: ({ pageParam, signal }) =>
      poolsApi.free(pool.id, { page_size: PAGE_SIZE, cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined, // The first page has no cursor.
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  return (
    <>
      {pool.uncounted_hosts && <HostsNotCounted mb="sm" />}
      <DataTable
        label={pool.uncounted_hosts ? 'Blocks that no pool covers' : 'Free blocks'}
        columns={[
          {
            title: pool.uncounted_hosts ? 'Block' : 'Free block',
            width: 240,
            cell: ({ cidr }) => <span className="mono">{cidr}</span>,
          },
          {
            title: 'Addresses',
            width: 120,
            align: 'right',
            cell: ({ size }) => <Count of={size} unit="addresses" />,
          },
          {
            title: 'Actions',
            cell: ({ cidr }) => (
              <ReasonedButton
                variant="subtle"
                size="compact-xs"
                leftSection={<IconPlus size={12} />}
                reason={refusal}
                aria-label={`Allocate in ${cidr}`}
                onClick={() => openDialog({ type: 'allocate', pool, gap: cidr })}
              >
                {allocateWord(pool)}
              </ReasonedButton>
            ),
          },
        ]}
        items={data?.pages.flatMap((page) => page.items)}
        rowKey={({ cidr }) => cidr}
        error={error}
        empty={
          <EmptyState icon={<IconBoxOff size={36} />} title="Nothing is free">
            Every address is in a child or in use in a cloud. Grow the pool with Resize, or allocate
            in another one.
          </EmptyState>
        }
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
    </>
  );
}
