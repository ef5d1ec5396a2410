import type { Schemas } from '@cloudpam/api-client';
import { Group, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconListCheck } from '@tabler/icons-react';
import { discoveryApi } from '../api/discovery';
import { EmptyState } from '../feedback/empty-state';
import { plural } from '../format/counts';
import { durationText } from '../format/intervals';
import { TimeAgo } from '../format/time-ago';
import { useNow } from '../format/use-now';
import { DataTable } from '../table/data-table';
import type { Column } from '../table/data-table';
import { PAGE_SIZE, Pager, usePage } from '../table/pager';
import { useUrlParams } from '../url/use-url-params';
import { durationOf, isOpen } from './collectors';
import { CloudText, JOB_STATUSES, JobMark } from './discovery-words';
import { CancelJob, JobProgress } from './job-progress';
import { AccountFilter, ResourceFilter } from './resource-filters';
import { useAgents } from './use-collectors';

/** No event tells how far a job is. */
const BUSY = 2_000;

/** Discoveries that were asked for, newest first. */
export function JobsTab() {
  const params = useUrlParams();
  const page = usePage();
  const agents = useAgents() ?? [];
  const query = {
    account_id: params.text('account'),
    status: params.text('status'),
    page,
    page_size: PAGE_SIZE,
  };
  const { data, error } = useQuery({
    queryKey: ['discovery', 'jobs', query],
    queryFn: ({ signal }) => discoveryApi.jobs(query, signal),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.items.some(isOpen) ? BUSY : false),
  });
  const columns: readonly Column<Schemas['Job']>[] = [
    {
      title: 'Account',
      width: 170,
      cell: ({ account_key }) => <span className="mono">{account_key}</span>,
    },
    { title: 'Status', width: 125, cell: ({ status }) => <JobMark status={status} /> },
    { title: 'Progress', width: 190, cell: (job) => <ProgressCell job={job} /> },
    { title: 'Result', cell: (job) => <Result job={job} /> },
    {
      title: 'Agent',
      width: 120,
      cell: ({ agent }) =>
        agent && (
          <span title={agent}>
            {agents.find(({ instance }) => instance === agent)?.name ?? agent.slice(0, 8)}
          </span>
        ),
      wideOnly: true,
    },
    {
      title: 'Asked for',
      width: 130,
      cell: ({ requested_by, requested_at }) => (
        <>
          <Text size="sm" truncate title={requested_by} maw={130}>
            {requested_by}
          </Text>
          <Text size="xs" c="dimmed">
            <TimeAgo at={requested_at} />
          </Text>
        </>
      ),
      wideOnly: true,
    },
    {
      title: 'Took',
      width: 90,
      align: 'right',
      cell: (job) => <Duration job={job} />,
      wideOnly: true,
    },
    {
      title: 'Cancel',
      width: 60,
      align: 'right',
      cell: (job) => isOpen(job) && <CancelJob job={job} />,
    },
  ];
  const filtered = query.account_id !== '' || query.status !== '';
  return (
    <>
      <Group gap={6} mb="xs" role="search" aria-label="Filter jobs">
        <AccountFilter />
        <ResourceFilter param="status" label="Status" width={130} data={JOB_STATUSES} />
      </Group>
      <DataTable
        label="Jobs"
        columns={columns}
        items={data?.items}
        rowKey={({ id }) => id}
        error={error}
        empty={
          <EmptyState
            icon={<IconListCheck size={40} />}
            title={filtered ? 'No job matches' : 'No discovery was asked for yet'}
          >
            {filtered
              ? 'Clear a filter.'
              : 'Ask for one with “Discover now” under Accounts & status, or give an agent a schedule.'}
          </EmptyState>
        }
      />
      <Pager total={data?.total} estimate={data?.total_is_estimate} one="job" />
    </>
  );
}

function ProgressCell({ job }: { job: Schemas['Job'] }) {
  if (isOpen(job)) return <JobProgress job={job} />;
  const { counts } = job;
  if (!counts) return null;
  const short = [
    counts.partial > 0 && `${counts.partial} partial`,
    counts.failed > 0 && `${counts.failed} failed`,
  ]
    .filter(Boolean)
    .join(', ');
  return (
    <Text size="sm" component="div">
      {counts.complete} of {plural(counts.scopes, 'scope')}
      {short !== '' && (
        <Text size="xs" c="dimmed">
          {short}
        </Text>
      )}
    </Text>
  );
}

function Result({ job: { counts, error, message, status, attempt } }: { job: Schemas['Job'] }) {
  const words =
    counts &&
    (['imported', 'updated', 'orphaned', 'conflicts'] as const)
      .filter((name) => counts[name] > 0)
      .map((name) => `${counts[name]} ${name}`);
  return (
    <>
      {words && <Text size="sm">{words.length > 0 ? words.join(', ') : 'nothing new'}</Text>}
      {status === 'running' && message !== '' && (
        <Text size="xs" c="dimmed">
          {message}
        </Text>
      )}
      {error && (
        <Text size="xs" c="var(--mantine-color-red-text)">
          <CloudText text={error} />
        </Text>
      )}
      {attempt > 1 && (
        <Text size="xs" c="dimmed">
          try {attempt}
        </Text>
      )}
    </>
  );
}

function Duration({ job }: { job: Schemas['Job'] }) {
  const span = durationOf(job, useNow());
  return <>{span === undefined ? '–' : durationText(span)}</>;
}
