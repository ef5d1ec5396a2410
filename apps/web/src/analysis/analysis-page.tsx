import type { Schemas } from '@cloudpam/api-client';
import { Group, SegmentedControl, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconReportAnalytics } from '@tabler/icons-react';
import { analysisApi } from '../api/analysis';
import { AccountFilter } from '../discovery/resource-filters';
import { EmptyState } from '../feedback/empty-state';
import { momentText } from '../format/ages';
import { countText } from '../format/counts';
import { Page } from '../frame/page';
import { VrfName } from '../records/vrf-name';
import { DataTable } from '../table/data-table';
import type { Column } from '../table/data-table';
import { PAGE_SIZE, Pager, usePage } from '../table/pager';
import { UrlSelect } from '../url/url-select';
import { PoolLine } from '../pools/pool-line';
import { useUrlParams } from '../url/use-url-params';
import { KINDS, SEVERITIES } from './analysis-words';
import { ActionCell, KindCell, SeenCell } from './recommendation-cells';

const ALL = 'all';
const COLUMNS: readonly Column<Schemas['KeptRecommendation']>[] = [
  { title: 'Pool', width: 150, cell: ({ pool }) => <PoolLine pool={pool} tab="analysis" /> },
  { title: 'VRF', width: 100, cell: ({ pool }) => <VrfName id={pool.vrf_id} />, wideOnly: true },
  { title: 'What', cell: (each) => <KindCell of={each} /> },
  { title: 'Do', width: 110, align: 'right', cell: (each) => <ActionCell of={each} /> },
];

/** What is recommended about all pools, what matters most first. */
export function AnalysisPage() {
  const params = useUrlParams();
  const page = usePage();
  const kinds = Object.keys(KINDS) as Schemas['RecommendationKind'][]; // as `satisfies` says
  const kind = kinds.find((each) => each === params.text('kind'));
  const severity = params.text('severity');
  const query = {
    ...(kind === undefined ? {} : { kind }),
    severity: Object.hasOwn(SEVERITIES, severity) ? severity : '',
    vrf_id: params.text('vrf'),
    account_id: params.text('account'),
    page,
    page_size: PAGE_SIZE,
  };
  const { data, error } = useQuery({
    queryKey: ['analysis', query],
    queryFn: ({ signal }) => analysisApi.list(query, signal),
    placeholderData: keepPreviousData,
  });
  const countOf = (asked: Schemas['RecommendationKind']): string => {
    const found = data?.kinds.find((each) => each.kind === asked);
    return found ? ` ${countText(found.count).short}${found.is_estimate ? '+' : ''}` : '';
  };
  return (
    <Page title="Analysis" about="What to change about pools, as all of them were analysed last">
      <Group mb={6} gap="sm">
        <SegmentedControl
          size="xs"
          aria-label="Kind of recommendation"
          maw="100%"
          style={{ overflowX: 'auto' }}
          value={kind ?? ALL}
          onChange={(value) => params.set({ kind: value === ALL ? null : value, page: null })}
          data={[
            { value: ALL, label: 'All' },
            ...kinds.map((value) => ({ value, label: KINDS[value].label + countOf(value) })),
          ]}
        />
        {kind && (
          <Text size="xs" c="dimmed">
            {KINDS[kind].about}
          </Text>
        )}
      </Group>
      <Group mb="xs" gap={6} role="search" aria-label="Filter recommendations">
        <UrlSelect
          param="severity"
          label="Severity"
          width={120}
          data={Object.entries(SEVERITIES).map(([value, { label }]) => ({ value, label }))}
          resets={{ page: null }}
        />
        <AccountFilter />
        {data?.next_at && <NextAnalysis at={data.next_at} />}
      </Group>
      <DataTable
        label="Recommendations"
        columns={COLUMNS}
        items={data?.items}
        rowKey={({ kind: of, pool }) => `${pool.pool_id} ${of}`}
        error={error}
        detail={(each) => <SeenCell of={each} />}
        empty={
          <EmptyState icon={<IconReportAnalytics size={40} />} title="Nothing to change">
            {data?.analysed_at == null
              ? 'Pools have not been analysed yet: that begins within a minute.'
              : 'The page of a pool has its analysis as it is now.'}
          </EmptyState>
        }
      />
      <Pager total={data?.total} estimate={data?.total_is_estimate} one="recommendation" />
    </Page>
  );
}

/** When all pools are analysed again; the exact time on hover. */
function NextAnalysis({ at }: { at: string }) {
  const time = new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return (
    <Text size="xs" c="dimmed">
      All pools are analysed again at{' '}
      <time dateTime={at} title={momentText(at)}>
        {time}
      </time>
    </Text>
  );
}
