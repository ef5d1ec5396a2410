import { Anchor, Group, Loader, Paper, Stack, Text } from '@mantine/core';
import { IconRadar2 } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { DiscoveryState, DiscoveryStatus, RegionCoverage } from '../api/wire-discovery';
import { CollectorCommand, EmptyState } from '../feedback/empty-state';
import { ProblemAlert } from '../feedback/problem-alert';
import { Count } from '../format/count';
import { plural } from '../format/counts';
import { TimeAgo } from '../format/time-ago';
import { DataTable } from '../table/data-table';
import type { Column } from '../table/data-table';
import { CoverageMark } from './discovery-words';

const COLUMNS: readonly Column<RegionCoverage>[] = [
  { title: 'Region', width: 150, cell: ({ region }) => region },
  { title: 'Coverage', width: 110, cell: ({ coverage }) => <CoverageMark coverage={coverage} /> },
  { title: 'Read', width: 70, align: 'right', cell: ({ collected_at }) => <TimeAgo at={collected_at} never="never" /> },
  {
    title: 'Complete',
    width: 80,
    align: 'right',
    cell: ({ complete_at }) => <TimeAgo at={complete_at} never="never" />,
    wideOnly: true,
  },
  { title: 'VPCs', width: 60, align: 'right', cell: ({ vpc_count }) => <Count of={vpc_count} unit="VPCs" /> },
  { title: 'Subnets', width: 70, align: 'right', cell: ({ subnet_count }) => <Count of={subnet_count} unit="subnets" /> },
  {
    title: 'The cloud said',
    cell: ({ error_code, error_msg }) =>
      error_code && (
        <Text size="xs">
          <span className="mono">{error_code}</span> {error_msg}
        </Text>
      ),
  },
];

/** How completely every region of every account was read, and when. */
export function StatusTab({ status, error }: { status: DiscoveryStatus | undefined; error: Error | null }) {
  if (error && !status) return <ProblemAlert error={error} />;
  if (!status) return <Loader size="sm" aria-label="Loading discovery status" />;
  if (status.items.length === 0) return <NothingCollected />;
  return (
    <Stack gap="md">
      {status.items.map((state) => (
        <AccountStatus key={state.account_id} state={state} />
      ))}
    </Stack>
  );
}

/** Nothing has been collected: how to start. */
export function NothingCollected() {
  return (
    <EmptyState icon={<IconRadar2 size={40} />} title="No collector has reported yet">
      <Text size="sm">
        A collector reads networks and subnets from your clouds and posts them here. Make a token with the role collector, then
        run:
      </Text>
      <CollectorCommand />
      <Text size="sm">
        No credentials at hand? It also reads saved CLI output: <span className="mono">--provider files --path DIR</span>
      </Text>
    </EmptyState>
  );
}

function AccountStatus({ state }: { state: DiscoveryState }) {
  return (
    <Paper withBorder component="section" aria-label={`Account ${state.account_name}`}>
      <Group px="sm" py={8} gap="sm">
        <Text fw={600}>{state.account_name}</Text>
        <Anchor component={Link} to={`/discovery?tab=resources&account=${state.account_id}`} size="xs" className="mono">
          {state.account_key}
        </Anchor>
        <CoverageMark coverage={state.status} />
        <Text size="xs" c="dimmed" ml="auto">
          {plural(state.vpc_count, 'VPC')}, {plural(state.subnet_count, 'subnet')}; last run{' '}
          <TimeAgo at={state.last_run_at} never="never" />
        </Text>
        {state.error_msg && (
          <Text size="xs" c="red" w="100%">
            {state.error_msg}
          </Text>
        )}
      </Group>
      <DataTable
        label={`Regions of ${state.account_name}`}
        columns={COLUMNS}
        items={state.coverage}
        rowKey={({ region }) => region}
        empty={null}
      />
    </Paper>
  );
}
