import { Anchor, Box, Group, Text, Title } from '@mantine/core';
import { IconZoomQuestion } from '@tabler/icons-react';
import { Suspense, useCallback, useEffect, useMemo } from 'react';
import { EmptyState } from '../../feedback/empty-state';
import { ReadAs } from '../../feedback/read-as';
import { Count } from '../../format/count';
import { usePageTitle } from '../../frame/page';
import { contentShown, noteContentShown } from '../../lazy/content-shown';
import { lazily } from '../../lazy/lazily';
import { idsOfText, idsText } from '../../url/url-ids';
import { useUrlParams } from '../../url/use-url-params';
import { useOpenPoolDialog } from '../dialogs/pool-dialogs';
import { PoolTable } from './pool-table';
import classes from './pools-page.module.css';
import { isFlat, NO_FILTERS, poolFilters, poolQuery } from './pools-url';
import { usePoolRows } from './use-pool-rows';

const PoolsPageActions = lazily(
  () => import('./pools-page-actions'),
  'PoolsPageActions',
  contentShown,
);
const ReadProblem = lazily(() => import('../../feedback/problem-alert'), 'ReadProblem');
const NoPools = lazily(() => import('./no-pools'), 'NoPools', contentShown);
const PoolFilterBar = lazily(() => import('./pool-filter-bar'), 'PoolFilterBar', contentShown);
const NONE_OPEN: ReadonlySet<number> = new Set();

/** The pool tree, or the pools that a filter finds as a flat list. */
export function PoolsPage() {
  usePageTitle('Pools');
  const params = useUrlParams();
  const openDialog = useOpenPoolDialog();
  const filters = poolFilters(params);
  const flat = isFlat(filters);
  const queryKey = JSON.stringify(poolQuery(filters));
  // By its text, so that a selection in the URL doesn't start the lists anew.
  const query = useMemo(() => JSON.parse(queryKey) as ReturnType<typeof poolQuery>, [queryKey]);
  const openParam = params.text('open');
  const open = useMemo(() => (flat ? NONE_OPEN : idsOfText(openParam)), [flat, openParam]);
  const { set } = params;
  const setOpen = useCallback((ids: ReadonlySet<number>) => set({ open: idsText(ids) }), [set]);
  const list = usePoolRows(query, open);
  const createPool = (): void =>
    openDialog({ type: 'create', vrfId: filters.vrf === '' ? undefined : Number(filters.vrf) });
  useEffect(() => {
    if (!list.loading) noteContentShown();
  }, [list.loading]);
  const empty = !list.loading && !list.error && list.rows.length === 0;
  return (
    <div className={classes.page}>
      <Group className={classes.head} gap="sm">
        <Title order={1}>Pools</Title>
        {list.total !== undefined && (
          <Text size="sm" c="dimmed">
            {list.totalIsEstimate && 'about '}
            <Count of={list.total} />{' '}
            {flat ? 'found' : list.total === 1 ? 'top-level pool' : 'top-level pools'}
          </Text>
        )}
        <Suspense>
          <PoolsPageActions
            filters={filters}
            onCreate={createPool}
            onCollapse={open.size > 0 ? () => setOpen(NONE_OPEN) : undefined}
          />
        </Suspense>
      </Group>
      <Box mih={38}>
        <Suspense>
          <PoolFilterBar filters={filters} />
        </Suspense>
      </Box>
      <Box px={16}>
        <ReadAs text={list.readAs} />
      </Box>
      {list.error && (
        <div className={classes.head}>
          <Suspense>
            <ReadProblem error={list.error} />
          </Suspense>
        </div>
      )}
      {empty && flat && (
        <EmptyState icon={<IconZoomQuestion size={40} />} title="No pool matches these filters">
          <Anchor component="button" onClick={() => set(NO_FILTERS)}>
            Clear the filters
          </Anchor>
        </EmptyState>
      )}
      {empty && !flat && (
        <Suspense>
          <NoPools onCreate={createPool} />
        </Suspense>
      )}
      {!empty && (
        <PoolTable
          list={list}
          flat={flat}
          filters={filters}
          open={open}
          onOpenChange={setOpen}
          onCreate={createPool}
        />
      )}
    </div>
  );
}
