import type { Schemas } from '@cloudpam/api-client';
import { Group, SegmentedControl, Select, Switch, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconChartLine } from '@tabler/icons-react';
import { forecastsApi } from '../../api/forecasts';
import { EmptyState } from '../../feedback/empty-state';
import { ReadProblem } from '../../feedback/problem-alert';
import { forecastSentence } from '../../forecasts/forecast-words';
import { UsageChart } from '../../forecasts/usage-chart';
import { dayText } from '../../charts/days';
import { Count } from '../../format/count';
import { useNow } from '../../format/use-now';
import { DataTable } from '../../table/data-table';
import type { Column } from '../../table/data-table';
import { useUrlParams } from '../../url/use-url-params';

const SPANS = [
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
  { value: '1095', label: '3 years' },
];
/** Not one of the lengths. */
const USUAL = 'usual';
const STANDARD = '365';
const DAY_MS = 86_400_000;

const COLUMNS: readonly Column<Schemas['UsageDay']>[] = [
  { title: 'Day', width: 110, cell: ({ day }) => day },
  {
    title: 'Used',
    width: 110,
    align: 'right',
    cell: ({ used }) => <Count of={used} unit="addresses" />,
  },
  {
    title: 'Free',
    width: 110,
    align: 'right',
    cell: ({ free }) => <Count of={free} unit="addresses" />,
  },
  {
    title: 'Largest free',
    width: 100,
    align: 'right',
    cell: ({ largest_free: largest }) => (largest === null ? 'none' : `/${largest}`),
  },
  {
    title: 'Free blocks',
    cell: ({ free_blocks: blocks }) =>
      blocks.map(({ prefix_length: length, count }) => `${count} × /${length}`).join(', '),
    wideOnly: true,
  },
];

/** How a pool was used, day by day, and when a block no longer fits into it. */
export function UsageTab({ pool }: { pool: Schemas['Pool'] }) {
  const params = useUrlParams();
  const span = SPANS.find(({ value }) => value === params.text('span'))?.value ?? STANDARD;
  const isTable = params.text('view') === 'table';
  const length = params.text('len');
  const today = Math.floor(useNow() / DAY_MS);
  const window = { from: dayText(today - Number(span)), to: dayText(today) };
  const usage = useQuery({
    queryKey: ['pools', pool.id, 'usage', window],
    queryFn: ({ signal }) => forecastsApi.usage(pool.id, window, signal),
    placeholderData: keepPreviousData,
  });
  const forecast = useQuery({
    queryKey: ['pools', pool.id, 'forecast', length],
    queryFn: ({ signal }) => forecastsApi.ofPool(pool.id, { prefix_length: length }, signal),
    placeholderData: keepPreviousData,
  });
  const { data } = usage;
  const error = usage.error ?? forecast.error;
  return (
    <>
      <Group mb="xs" gap="sm">
        <SegmentedControl
          size="xs"
          aria-label="Time"
          value={span}
          onChange={(value) => params.set({ span: value === STANDARD ? null : value })}
          data={SPANS}
        />
        <Select
          aria-label="Block that has to fit"
          w={120}
          allowDeselect={false}
          value={length === '' ? USUAL : length}
          onChange={(value) => params.set({ len: value === USUAL ? null : value })}
          data={[{ value: USUAL, label: 'Usual size' }, ...lengthsOf(pool.cidr)]}
        />
        <Switch
          label="Table"
          checked={isTable}
          onChange={(event) => params.set({ view: event.currentTarget.checked ? 'table' : null })}
        />
      </Group>
      {error && <ReadProblem error={error} />}
      <Text size="sm" mb="xs">
        {forecast.data && forecastSentence(forecast.data)}
      </Text>
      {data?.days.length === 0 && (
        <EmptyState icon={<IconChartLine size={36} />} title="Nothing was ever taken here">
          Days are counted from the first child or address on, a few seconds after it comes.
        </EmptyState>
      )}
      {data && data.days.length > 0 && !isTable && (
        <UsageChart usage={data} forecast={forecast.data} total={pool.utilization.total} />
      )}
      {data && data.days.length > 0 && isTable && (
        <DataTable
          label="Usage by day"
          columns={COLUMNS}
          items={data.days.toReversed()}
          rowKey={({ day }) => day}
          error={null}
          empty={null}
        />
      )}
    </>
  );
}

function lengthsOf(cidr: string): { readonly value: string; readonly label: string }[] {
  const [, length = '0'] = cidr.split('/');
  const first = Number(length);
  const bits = cidr.includes(':') ? 128 : 32;
  return Array.from({ length: bits - first + 1 }, (_, n) => ({
    value: String(first + n),
    label: `/${first + n}`,
  }));
}
