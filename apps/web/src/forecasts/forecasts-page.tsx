import type { Schemas } from '@cloudpam/api-client';
import { Group, SegmentedControl } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconTrendingUp } from '@tabler/icons-react';
import { forecastsApi } from '../api/forecasts';
import { EmptyState } from '../feedback/empty-state';
import { Count } from '../format/count';
import { Page } from '../frame/page';
import { PoolLine } from '../pools/pool-line';
import { VrfName } from '../records/vrf-name';
import { DataTable } from '../table/data-table';
import type { Column } from '../table/data-table';
import { PAGE_SIZE, Pager, usePage } from '../table/pager';
import { useUrlParams } from '../url/use-url-params';
import { EndCell } from './forecast-cells';

const WITHIN = [
  { value: '30d', label: '30 days' },
  { value: '90d', label: '90 days' },
  { value: '365d', label: '1 year' },
  { value: '1095d', label: '3 years' },
];
const STANDARD = '90d';

const COLUMNS: readonly Column<Schemas['PoolForecast']>[] = [
  { title: 'Pool', width: 150, cell: (pool) => <PoolLine pool={pool} tab="usage" /> },
  { title: 'VRF', width: 100, cell: ({ vrf_id }) => <VrfName id={vrf_id} />, wideOnly: true },
  { title: 'For', width: 48, cell: ({ prefix_length }) => <>/{prefix_length}</> },
  { title: 'When', cell: (forecast) => <EndCell forecast={forecast} /> },
  {
    title: 'Growth a week',
    width: 120,
    align: 'right',
    cell: ({ forecast: { growth_per_week: growth } }) =>
      growth !== null && <Count of={Math.round(growth)} unit="addresses" />,
    wideOnly: true,
  },
];

/** Pools into which soon nothing fits, the soonest first. */
export function ForecastsPage() {
  const params = useUrlParams();
  const page = usePage();
  const within = WITHIN.find(({ value }) => value === params.text('within'))?.value ?? STANDARD;
  const query = { within, page, page_size: PAGE_SIZE };
  const { data, error } = useQuery({
    queryKey: ['forecasts', query],
    queryFn: ({ signal }) => forecastsApi.ending(query, signal),
    placeholderData: keepPreviousData,
  });
  return (
    <Page
      title="Forecasts"
      about="Pools into which a block of their usual length soon no longer fits, as of last night"
    >
      <Group mb="xs">
        <SegmentedControl
          size="xs"
          aria-label="Ends within"
          value={within}
          onChange={(value) =>
            params.set({ within: value === STANDARD ? null : value, page: null })
          }
          data={WITHIN}
        />
      </Group>
      <DataTable
        label="Pools that end soon"
        columns={COLUMNS}
        items={data?.items}
        rowKey={({ pool_id }) => String(pool_id)}
        error={error}
        empty={
          <EmptyState icon={<IconTrendingUp size={40} />} title="Nothing ends so soon">
            A pool is told of once it has 26 weeks of history and grows. Its page tells more.
          </EmptyState>
        }
      />
      <Pager total={data?.total} estimate={data?.total_is_estimate} one="pool" />
    </Page>
  );
}
