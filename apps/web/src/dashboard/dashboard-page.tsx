import { Loader, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useEffect } from 'react';
import { fetchDashboard } from '../api/dashboard';
import { TimeAgo } from '../format/time-ago';
import { Page } from '../frame/page';
import { contentShown, noteContentShown } from '../lazy/content-shown';
import { lazily } from '../lazy/lazily';
import { LazyPart } from '../lazy/lazy-part';
import { useOpenPoolDialog } from '../pools/dialogs/pool-dialogs';
import { KeyFigures } from './key-figures';

const ReadProblem = lazily(() => import('../feedback/problem-alert'), 'ReadProblem');
const DashboardCards = lazily(() => import('./dashboard-cards'), 'DashboardCards', contentShown);
const NoPools = lazily(() => import('../pools/tree/no-pools'), 'NoPools');
/** Events tell of changes; that the pools were counted once more, none does. */
const REFRESH_MS = 15_000;
/** While all pools are counted for the first time. */
const SOON_MS = 2_000;

/** The first page: what needs a person now, and how the estate as a whole is used. */
export function DashboardPage() {
  const openDialog = useOpenPoolDialog();
  const { data, error } = useQuery({
    queryKey: ['dashboard'],
    queryFn: ({ signal }) => fetchDashboard(signal),
    refetchInterval: ({ state }) =>
      state.data?.missing.some(({ reason }) => reason === 'not_counted_yet') ? SOON_MS : REFRESH_MS,
  });
  const isKnown = data !== undefined || error !== null;
  useEffect(() => {
    if (isKnown) noteContentShown();
  }, [isKnown]);
  return (
    <Page
      title="Dashboard"
      actions={
        data?.estate?.counted_at && (
          <Text size="xs" c="dimmed">
            Pools counted <TimeAgo at={data.estate.counted_at} />
          </Text>
        )
      }
    >
      {error && !data && (
        <Suspense>
          <ReadProblem error={error} />
        </Suspense>
      )}
      {!isKnown && <Loader size="sm" m="md" aria-label="Loading the dashboard" />}
      {data && !data.has_pools && (
        <Suspense>
          <NoPools onCreate={() => openDialog({ type: 'create' })} />
        </Suspense>
      )}
      {data?.has_pools && (
        <>
          <KeyFigures dashboard={data} />
          <LazyPart>
            <DashboardCards dashboard={data} />
          </LazyPart>
        </>
      )}
    </Page>
  );
}
