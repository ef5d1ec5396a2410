import type { Schemas } from '@cloudpam/api-client';
import { ActionIcon, Anchor, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconChevronDown, IconChevronRight, IconRobot } from '@tabler/icons-react';
import { Link } from 'react-router';
import { discoveryApi } from '../api/discovery';
import { CollectorCommand } from '../feedback/collector-command';
import { EmptyState } from '../feedback/empty-state';
import { everyText } from '../format/intervals';
import { TimeAgo } from '../format/time-ago';
import { DataTable } from '../table/data-table';
import type { Column } from '../table/data-table';
import { PAGE_SIZE, Pager, usePage } from '../table/pager';
import { useUrlParams } from '../url/use-url-params';
import { AgentMark } from './discovery-words';
import { JobProgress } from './job-progress';
import { useOpenJobs } from './use-collectors';

/** No event tells that an agent has called. */
const HEARTBEAT = 15_000;

/** Collectors in agent mode, those seen last first. */
export function AgentsTab() {
  const page = usePage();
  const params = useUrlParams();
  const jobs = [...useOpenJobs().values()];
  const query = { page, page_size: PAGE_SIZE };
  const { data, error } = useQuery({
    queryKey: ['discovery', 'agents', query],
    queryFn: ({ signal }) => discoveryApi.agents(query, signal),
    refetchInterval: HEARTBEAT,
  });
  // Agents are known by UUIDs: those in the URL are the open ones.
  const open = params.texts('agent');
  const toggle = (instance: string): void =>
    params.set({
      agent: open.includes(instance)
        ? open.filter((each) => each !== instance)
        : [...open, instance],
    });
  const columns: readonly Column<Schemas['Agent']>[] = [
    {
      title: 'Agent',
      cell: ({ name, instance }) => (
        <>
          {name}{' '}
          <Text span size="xs" c="dimmed" className="mono" title={instance}>
            {instance.slice(0, 8)}
          </Text>
        </>
      ),
    },
    { title: 'Status', width: 100, cell: ({ status }) => <AgentMark status={status} /> },
    {
      title: 'Last seen',
      width: 80,
      align: 'right',
      cell: ({ last_seen_at }) => <TimeAgo at={last_seen_at} />,
    },
    { title: 'Version', width: 100, cell: ({ version }) => version, wideOnly: true },
    {
      title: 'Providers',
      width: 130,
      cell: ({ providers }) => providers.join(', '),
      wideOnly: true,
    },
    {
      title: 'Accounts',
      width: 110,
      cell: ({ accounts, instance, name }) => (
        <Group gap={2} wrap="nowrap">
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={`Accounts of ${name}`}
            aria-expanded={open.includes(instance)}
            onClick={() => toggle(instance)}
          >
            {open.includes(instance) ? (
              <IconChevronDown size={14} />
            ) : (
              <IconChevronRight size={14} />
            )}
          </ActionIcon>
          {accounts.length}
        </Group>
      ),
    },
    {
      title: 'Schedule',
      width: 150,
      cell: ({ interval_seconds }) =>
        interval_seconds === null ? 'on request only' : everyText(interval_seconds),
      wideOnly: true,
    },
    {
      title: 'Job',
      width: 220,
      cell: ({ job }) => {
        const found = jobs.find(({ id }) => id === job);
        if (!found)
          return job === null ? (
            <Text span c="dimmed">
              none
            </Text>
          ) : (
            `#${job}`
          );
        return (
          <>
            <span className="mono">{found.account_key}</span>
            <JobProgress job={found} />
          </>
        );
      },
    },
  ];
  return (
    <>
      <DataTable
        label="Agents"
        columns={columns}
        items={data?.items}
        rowKey={({ instance }) => instance}
        error={error}
        detail={({ instance, accounts }) => open.includes(instance) && <Accounts keys={accounts} />}
        empty={
          <EmptyState icon={<IconRobot size={40} />} title="No agent has called yet">
            <Text size="sm">
              An agent is a collector that keeps running: it dials out, discovers on its schedule,
              and whenever you ask for it here. Make a token with the role{' '}
              <Anchor component={Link} to="/tokens" size="sm">
                collector
              </Anchor>
              , then run:
            </Text>
            <CollectorCommand mode="agent" />
          </EmptyState>
        }
      />
      <Pager total={data?.total} estimate={data?.total_is_estimate} one="agent" />
    </>
  );
}

function Accounts({ keys }: { keys: readonly string[] }) {
  if (keys.length === 0)
    return (
      <Text size="xs">
        It can list no account: check its credentials and the accounts of its token.
      </Text>
    );
  return (
    <Group gap="4px 14px">
      {keys.map((key) => (
        <Anchor
          key={key}
          component={Link}
          to={`/accounts?q=${encodeURIComponent(key)}`}
          size="xs"
          className="mono"
        >
          {key}
        </Anchor>
      ))}
    </Group>
  );
}
