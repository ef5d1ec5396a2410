import { Loader, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useEffect } from 'react';
import { fetchDashboard } from '../api/dashboard';
import { ReadProblem } from '../feedback/problem-alert';
import { TimeAgo } from '../format/time-ago';
import { Page } from '../frame/page';
import { noteContentShown } from '../lazy/content-shown';
import { lazily } from '../lazy/lazily';
import { useOpenPoolDialog } from '../pools/dialogs/pool-dialogs';
import { ChangesCard } from './changes-card';
import { CoverageCard } from './coverage-card';
import classes from './dashboard.module.css';
import { EndingCard } from './ending-card';
import { FindingsCard } from './findings-card';
import { GrowthCard } from './growth-card';
import { KeyFigures } from './key-figures';
import { FullestCard, UtilizationCard } from './utilization-card';

const NoPools = lazily(() => import('../pools/tree/no-pools'), 'NoPools');
const REFRESH_MS = 30_000;
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
        data?.estate && (
          <Text size="xs" c="dimmed">
            Pools counted <TimeAgo at={data.estate.counted_at} />
          </Text>
        )
      }
    >
      {error && !data && <ReadProblem error={error} />}
      {!isKnown && <Loader size="sm" m="md" aria-label="Loading the dashboard" />}
      {data && !data.has_pools && (
        <Suspense>
          <NoPools onCreate={() => openDialog({ type: 'create' })} />
        </Suspense>
      )}
      {data?.has_pools && (
        <>
          <KeyFigures dashboard={data} />
          <div className={classes.cards}>
            <FindingsCard dashboard={data} />
            <EndingCard dashboard={data} />
            <UtilizationCard dashboard={data} />
            <FullestCard dashboard={data} />
            <GrowthCard dashboard={data} />
            <CoverageCard dashboard={data} />
            <ChangesCard dashboard={data} />
          </div>
        </>
      )}
    </Page>
  );
}
