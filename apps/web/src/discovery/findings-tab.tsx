import { Group, SegmentedControl, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconCircleCheck } from '@tabler/icons-react';
import { discoveryApi } from '../api/discovery';
import type { Finding, FindingType } from '../api/wire-discovery';
import { EmptyState } from '../feedback/empty-state';
import { countText } from '../format/counts';
import { TimeAgo } from '../format/time-ago';
import { DataTable } from '../table/data-table';
import type { Column } from '../table/data-table';
import { PAGE_SIZE, Pager, usePage } from '../table/pager';
import { useUrlParams } from '../url/use-url-params';
import { AccountFilter } from './resource-filters';
import { CloudIdText, FINDINGS } from './discovery-words';
import { ResourceActions } from './resource-actions';
import { ResourceCidr } from './resource-table';

const COLUMNS: readonly Column<Finding>[] = [
  { title: 'CIDR', width: 170, cell: ({ resource }) => resource && <ResourceCidr resource={resource} /> },
  {
    title: 'Resource',
    width: 220,
    cell: ({ resource }) =>
      resource && (
        <>
          {resource.name} <CloudIdText id={resource.external_id} />
        </>
      ),
  },
  { title: 'Account', width: 170, cell: ({ account_key: key }) => <span className="mono">{key}</span>, wideOnly: true },
  { title: 'Region', width: 120, cell: ({ resource }) => resource?.region, wideOnly: true },
  {
    title: 'Why',
    cell: ({ status, reason }) => (
      <Text size="sm">
        {status === 'ignored' && <b>Ignored: </b>}
        {reason}
      </Text>
    ),
  },
  { title: 'Seen', width: 60, align: 'right', cell: ({ resource }) => resource && <TimeAgo at={resource.last_seen_at} />, wideOnly: true },
  { title: 'Actions', width: 190, align: 'right', cell: ({ resource }) => resource && <ResourceActions resource={resource} /> },
];

/** What a person should look at, by type. */
export function FindingsTab({ counts }: { counts: Readonly<Record<FindingType, number>> | undefined }) {
  const params = useUrlParams();
  const page = usePage();
  const types = Object.keys(FINDINGS) as FindingType[]; // Its keys are the types, by `satisfies`.
  const type = types.find((one) => one === params.text('type')) ?? types.find((one) => (counts?.[one] ?? 0) > 0) ?? 'overlap';
  const query = { type, account_id: params.text('account'), page, page_size: PAGE_SIZE };
  const { data, error } = useQuery({
    queryKey: ['discovery', 'findings', query],
    queryFn: ({ signal }) => discoveryApi.findings(query, signal),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <Group mb="xs" gap="sm">
        <SegmentedControl
          size="xs"
          aria-label="Type of finding"
          value={type}
          onChange={(value) => params.set({ type: value, page: null })}
          data={types.map((value) => ({ value, label: `${FINDINGS[value].label} ${countText(counts?.[value] ?? 0).short}` }))}
        />
        <AccountFilter />
        <Text size="xs" c="dimmed">
          {FINDINGS[type].about}
        </Text>
      </Group>
      <DataTable
        label={FINDINGS[type].label}
        columns={COLUMNS}
        items={data?.items}
        rowKey={({ id }) => id}
        error={error}
        empty={
          <EmptyState icon={<IconCircleCheck size={40} />} title={`${FINDINGS[type].label}: nothing to look at`}>
            Findings appear when a collector posts something that doesn’t fit the plan.
          </EmptyState>
        }
      />
      <Pager total={data?.total} estimate={data?.total_is_estimate} one="finding" />
    </>
  );
}
