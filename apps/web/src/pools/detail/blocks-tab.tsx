import type { Schemas } from '@cloudpam/api-client';
import { Button, Group, SegmentedControl, Select, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { IconBoxOff } from '@tabler/icons-react';
import { Link } from 'react-router';
import { poolsApi } from '../../api/pools';
import { EmptyState } from '../../feedback/empty-state';
import { Count } from '../../format/count';
import { useRefusal } from '../../session/use-me';
import { DataTable } from '../../table/data-table';
import { useUrlParams } from '../../url/use-url-params';
import { useOpenPoolDialog } from '../dialogs/pool-dialogs';
import { likelyPrefix, prefixChoices } from '../prefix-lengths';
import classes from './blocks-tab.module.css';
import { HostsNotCounted } from '../hosts-not-counted';
import { allocateWord, gapWord } from '../uncounted-hosts';

const PAGE_SIZE = 256;
const SHOWS = ['all', 'free', 'used'] as const;

/** A pool cut into blocks of one prefix length: which are free, used, or used in part. */
export function BlocksTab({ pool }: { pool: Schemas['Pool'] }) {
  const params = useUrlParams();
  const length = Number(params.text('len')) || likelyPrefix(pool.cidr);
  const show = SHOWS.find((one) => one === params.text('show')) ?? 'all';
  const view = params.text('view') === 'table' ? 'table' : 'grid';
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['pools', pool.id, 'blocks', length, show],
    queryFn: ({ pageParam, signal }) =>
      poolsApi.blocks(
        pool.id,
        { new_prefix_len: length, status: show, page_size: PAGE_SIZE, cursor: pageParam },
        { signal },
      ),
    initialPageParam: undefined as string | undefined, // The first page has no cursor.
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const blocks = data?.pages.flatMap((page) => page.items);
  const asTable = view === 'table' || !blocks || blocks.length === 0;
  return (
    <>
      {pool.uncounted_hosts && <HostsNotCounted mb="sm" />}
      <Group gap="sm" mb="sm" align="end">
        <Select
          label="Prefix length"
          data={prefixChoices(pool.cidr)}
          value={String(length)}
          allowDeselect={false}
          searchable
          w={170}
          onChange={(value) => params.set({ len: value })}
        />
        <SegmentedControl
          size="xs"
          aria-label="Show blocks"
          value={show}
          onChange={(value) => params.set({ show: value === 'all' ? null : value })}
          data={[
            { value: 'all', label: 'All' },
            { value: 'free', label: 'Free' },
            { value: 'used', label: 'Used' },
          ]}
        />
        <SegmentedControl
          size="xs"
          aria-label="View"
          value={view}
          onChange={(value) => params.set({ view: value === 'table' ? value : null })}
          data={[
            { value: 'grid', label: 'Grid' },
            { value: 'table', label: 'Table' },
          ]}
        />
        <Text size="xs" c="dimmed" pb={6}>
          <Count of={data?.pages[0]?.total ?? 0} unit="blocks" /> blocks of /{length}
        </Text>
      </Group>
      {asTable ? (
        <DataTable
          label="Blocks"
          columns={[
            {
              title: 'Block',
              width: 240,
              cell: ({ cidr }) => <span className="mono">{cidr}</span>,
            },
            {
              title: 'State',
              width: pool.uncounted_hosts ? 290 : 100,
              cell: ({ status }) => (status === 'free' ? gapWord(pool) : STATE_LABELS[status]),
            },
            { title: 'Pool', cell: (block) => <BlockLink pool={pool} block={block} /> },
          ]}
          items={blocks}
          rowKey={({ cidr }) => cidr}
          error={error}
          empty={
            <EmptyState
              icon={<IconBoxOff size={36} />}
              title={`No ${show === 'all' ? '' : show} /${length} blocks`}
            />
          }
        />
      ) : (
        <ul className={classes.grid} aria-label={`Blocks of /${length}`}>
          {blocks.map((block) => (
            <li
              key={block.cidr}
              className={classes.block}
              data-status={
                block.status === 'free' && pool.uncounted_hosts ? 'uncounted' : block.status
              }
            >
              <BlockLink pool={pool} block={block} grid />
            </li>
          ))}
        </ul>
      )}
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

const STATE_LABELS = { free: 'free', used: 'used', partial: 'in part' } as const satisfies Record<
  Schemas['BlockStatus'],
  string
>;

/** A used block leads to its pool; a free one can be taken. */
function BlockLink({
  pool,
  block,
  grid = false,
}: {
  pool: Schemas['Pool'];
  block: Schemas['Block'];
  grid?: boolean;
}) {
  const openDialog = useOpenPoolDialog();
  const refusal = useRefusal('pools:write');
  const name =
    block.pool_name ??
    (block.status === 'free' && pool.uncounted_hosts ? 'not counted' : STATE_LABELS[block.status]);
  const face = grid ? (
    <>
      <span className="mono">{block.cidr}</span>
      <small className="ellipsis">
        {block.status === 'partial' ? `in part ${block.pool_name ?? ''}` : name}
      </small>
    </>
  ) : block.status === 'free' ? (
    allocateWord(pool)
  ) : (
    name
  );
  if (block.status === 'free') {
    return (
      <button
        type="button"
        className={classes.face}
        disabled={refusal !== undefined}
        title={refusal ?? `${allocateWord(pool)} ${block.cidr}`}
        onClick={() => openDialog({ type: 'allocate', pool, gap: block.cidr })}
      >
        {face}
      </button>
    );
  }
  if (block.pool_id === null || block.pool_id === pool.id)
    return <span className={classes.face}>{face}</span>;
  return (
    <Link className={classes.face} to={`/pools/${block.pool_id}`} title={`${block.cidr} ${name}`}>
      {face}
    </Link>
  );
}
