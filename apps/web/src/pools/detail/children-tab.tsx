import type { Schemas } from '@cloudpam/api-client';
import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconArrowsJoin2, IconPlus, IconSitemap } from '@tabler/icons-react';
import { ReasonedButton } from '../../actions/reasoned-button';
import { poolsApi } from '../../api/pools';
import { EmptyState } from '../../feedback/empty-state';
import { useRefusal } from '../../session/use-me';
import { DataTable } from '../../table/data-table';
import { PAGE_SIZE, Pager, usePage } from '../../table/pager';
import { useUrlIds } from '../../url/use-url-ids';
import { useUrlParams } from '../../url/use-url-params';
import { useOpenPoolDialog } from '../dialogs/pool-dialogs';
import { POOL_COLUMNS } from '../pool-columns';
import { HostsNotCounted } from '../hosts-not-counted';
import { allocateWord } from '../uncounted-hosts';

/** The children of a pool as a table; picked ones can be merged. */
export function ChildrenTab({ pool }: { pool: Schemas['Pool'] }) {
  const params = useUrlParams();
  const page = usePage();
  const openDialog = useOpenPoolDialog();
  const refusal = useRefusal('pools:write');
  const sort = params.text('sort') || 'cidr';
  const picked = useUrlIds('pick');
  const query = { page, page_size: PAGE_SIZE, sort };
  const { data, error } = useQuery({
    queryKey: ['pools', pool.id, 'children-page', query],
    queryFn: ({ signal }) => poolsApi.children(pool.id, query, { signal }),
  });
  const pools = (data?.items ?? []).filter(({ id }) => picked.ids.has(id));
  return (
    <>
      {pools.length > 0 && (
        <Group mb="xs" gap="xs">
          <ReasonedButton
            variant="light"
            leftSection={<IconArrowsJoin2 size={14} />}
            reason={
              refusal ?? (pools.length < 2 ? 'Pick two or more neighbours to merge.' : undefined)
            }
            onClick={() => openDialog({ type: 'merge', pools, onDone: picked.clear })}
          >
            Merge {pools.length}
          </ReasonedButton>
        </Group>
      )}
      <DataTable
        label="Children"
        columns={POOL_COLUMNS}
        items={data?.items}
        rowKey={({ id }) => id}
        selection={{ picked, idOf: ({ id }) => id, nameOf: ({ cidr }) => cidr }}
        error={error}
        sort={sort}
        onSort={(next) =>
          params.set({ sort: next === 'cidr' ? null : next, page: null, pick: null })
        }
        empty={
          <EmptyState icon={<IconSitemap size={36} />} title="Nothing inside yet">
            {pool.uncounted_hosts ? (
              <HostsNotCounted />
            ) : (
              <Text size="sm">
                Allocate blocks here, or create pools with CIDRs of your own choice.
              </Text>
            )}
            <ReasonedButton
              reason={refusal}
              leftSection={<IconPlus size={14} />}
              onClick={() => openDialog({ type: 'allocate', pool })}
            >
              {pool.uncounted_hosts ? allocateWord(pool) : 'Allocate the first block'}
            </ReasonedButton>
          </EmptyState>
        }
      />
      <Pager total={data?.total} estimate={data?.total_is_estimate} one="child" many="children" />
    </>
  );
}
