import type { Schemas } from '@cloudpam/api-client';
import { Group, SegmentedControl, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconReportAnalytics } from '@tabler/icons-react';
import { analysisApi } from '../api/analysis';
import { AccountFilter } from '../discovery/resource-filters';
import { EmptyState } from '../feedback/empty-state';
import { ageText, momentText } from '../format/ages';
import { countText } from '../format/counts';
import { useNow } from '../format/use-now';
import { Page } from '../frame/page';
import { VrfName } from '../records/vrf-name';
import { DataTable } from '../table/data-table';
import type { Column } from '../table/data-table';
import { PAGE_SIZE, Pager, usePage } from '../table/pager';
import { UrlSelect } from '../url/url-select';
import { useUrlParams } from '../url/use-url-params';
import { KINDS, SEVERITIES } from './analysis-words';
import { ActionCell, KindCell, PoolCell, SeenCell } from './recommendation-cells';

const ALL = 'all';
const COLUMNS: readonly Column<Schemas['KeptRecommendation']>[] = [
  { title: 'Pool', width: 150, cell: (each) => <PoolCell of={each} /> },
  { title: 'VRF', width: 100, cell: ({ pool }) => <VrfName id={pool.vrf_id} />, wideOnly: true },
  { title: 'What', width: 100, cell: (each) => <KindCell of={each} /> },
  { title: 'Seen', cell: (each) => <SeenCell of={each} />, wideOnly: true },
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
    severity: severity in SEVERITIES ? severity : '',
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
        {data && <LastAnalysis list={data} />}
      </Group>
      <DataTable
        label="Recommendations"
        columns={COLUMNS}
        items={data?.items}
        rowKey={({ kind: of, pool }) => `${pool.pool_id} ${of}`}
        error={error}
        detail={(each) => <SeenOnPhone of={each} />}
        empty={
          <EmptyState icon={<IconReportAnalytics size={40} />} title="Nothing to change">
            {data?.analysed_at == null
              ? 'Pools have not been analysed yet: that begins within a minute.'
              : `All pools are analysed again from ${momentText(data.next_at ?? data.analysed_at)} on. ` +
                'The page of a pool has its analysis as it is now.'}
          </EmptyState>
        }
      />
      <Pager total={data?.total} estimate={data?.total_is_estimate} one="recommendation" />
    </Page>
  );
}

/** When all pools were analysed, and when they will be. */
function LastAnalysis({ list }: { list: Schemas['RecommendationList'] }) {
  const now = useNow();
  const { analysed_at: last, next_at: next } = list;
  if (last === null || next === null) return null;
  return (
    <Text size="xs" c="dimmed">
      Analysed {ageText(last, now)} ago, again from {momentText(next)} on
    </Text>
  );
}

/** On a phone what was seen has its own line. */
function SeenOnPhone({ of }: { of: Schemas['KeptRecommendation'] }) {
  return (
    <Text component="div" size="xs" hiddenFrom="sm">
      <SeenCell of={of} />
    </Text>
  );
}
