import type { Schemas } from '@cloudpam/api-client';
import { ActionIcon, Anchor, Group, Loader, Text } from '@mantine/core';
import {
  IconAlertTriangle,
  IconChevronDown,
  IconChevronRight,
  IconClockExclamation,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { ReadProblem } from '../feedback/problem-alert';
import { Count } from '../format/count';
import { TimeAgo } from '../format/time-ago';
import { useAccountsById } from '../records/use-records';
import { DataTable } from '../table/data-table';
import type { Column } from '../table/data-table';
import { useUrlIds } from '../url/use-url-ids';
import { accountStates } from './account-states';
import { DiscoverNow } from './discover-now';
import { CloudText, CoverageMark } from './discovery-words';
import { NothingCollected } from './nothing-collected';
import { IntervalSelect, PolicySelect } from './policy-fields';

const REGION_COLUMNS: readonly Column<Schemas['RegionCoverage']>[] = [
  { title: 'Region', width: 150, cell: ({ region }) => region },
  {
    title: 'Coverage',
    width: 150,
    cell: ({ coverage, unseen }) => (
      <Group gap={6} wrap="nowrap">
        <CoverageMark coverage={coverage} />
        {unseen && (
          <IconClockExclamation
            size={14}
            color="var(--mantine-color-orange-text)"
            title={unseen}
            aria-label={unseen}
          />
        )}
      </Group>
    ),
  },
  {
    title: 'Read',
    width: 70,
    align: 'right',
    cell: ({ collected_at }) => <TimeAgo at={collected_at} never="never" />,
  },
  {
    title: 'Complete',
    width: 80,
    align: 'right',
    cell: ({ complete_at }) => <TimeAgo at={complete_at} never="never" />,
    wideOnly: true,
  },
  {
    title: 'VPCs',
    width: 60,
    align: 'right',
    cell: ({ vpc_count }) => <Count of={vpc_count} unit="VPCs" />,
  },
  {
    title: 'Subnets',
    width: 70,
    align: 'right',
    cell: ({ subnet_count }) => <Count of={subnet_count} unit="subnets" />,
  },
  {
    title: 'Interfaces',
    width: 120,
    cell: ({ interfaces }) =>
      interfaces === 'off' ? (
        <Text span size="xs" c="dimmed" title="Collectors list them with --interfaces">
          not asked for
        </Text>
      ) : (
        <CoverageMark coverage={interfaces} />
      ),
  },
  {
    title: 'The cloud said',
    cell: ({ error_code, error_msg, interfaces_error }) => (
      <>
        {error_code && (
          <Text size="xs">
            <span className="mono">{error_code}</span> <CloudText text={error_msg ?? ''} />
          </Text>
        )}
        {interfaces_error && interfaces_error !== `${error_code}: ${error_msg}` && (
          <Text size="xs">
            Of interfaces: <CloudText text={interfaces_error} />
          </Text>
        )}
      </>
    ),
  },
];

/** How completely every account was read, when, by which rules, and how to do it now. */
export function StatusTab({
  status,
  error,
}: {
  status: Schemas['DiscoveryStatus'] | undefined;
  error: Error | null;
}) {
  const open = useUrlIds('open');
  const accounts = useAccountsById();
  if (error && !status) return <ReadProblem error={error} />;
  if (!status) return <Loader size="sm" aria-label="Loading discovery status" />;
  const states = accountStates(status, [...accounts.values()]);
  if (states.length === 0) return <NothingCollected />;
  const columns: readonly Column<Schemas['DiscoveryState']>[] = [
    {
      title: 'Account',
      cell: (state) => (
        <Group gap={6} wrap="nowrap">
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={`Regions of ${state.account_name}`}
            aria-expanded={open.ids.has(state.account_id)}
            onClick={() => open.toggle(state.account_id)}
          >
            {open.ids.has(state.account_id) ? (
              <IconChevronDown size={14} />
            ) : (
              <IconChevronRight size={14} />
            )}
          </ActionIcon>
          <div style={{ minWidth: 0 }}>
            <Text size="sm" fw={500} truncate title={state.account_name}>
              {state.account_name}
            </Text>
            <Anchor
              component={Link}
              to={`/discovery?tab=resources&account=${state.account_id}`}
              size="xs"
              className="mono"
            >
              {state.account_key}
            </Anchor>
          </div>
        </Group>
      ),
    },
    { title: 'Coverage', width: 120, cell: (state) => <AccountCoverage state={state} /> },
    {
      title: 'Last run',
      width: 70,
      align: 'right',
      cell: ({ last_run_at }) => <TimeAgo at={last_run_at} never="never" />,
    },
    {
      title: 'VPCs',
      width: 60,
      align: 'right',
      cell: ({ vpc_count }) => <Count of={vpc_count} unit="VPCs" />,
      wideOnly: true,
    },
    {
      title: 'Subnets',
      width: 70,
      align: 'right',
      cell: ({ subnet_count }) => <Count of={subnet_count} unit="subnets" />,
      wideOnly: true,
    },
    {
      title: 'Policy',
      width: 150,
      cell: ({ account_id }) => (
        <PolicySelect account={accounts.get(account_id)} serverPolicy={status.policy} />
      ),
      wideOnly: true,
    },
    {
      title: 'Interval',
      width: 155,
      cell: ({ account_id }) => (
        <IntervalSelect
          account={accounts.get(account_id)}
          serverInterval={status.interval_seconds}
        />
      ),
      wideOnly: true,
    },
    {
      title: 'Discovery',
      width: 225,
      align: 'right',
      cell: ({ account_id }) => <DiscoverNow accountId={account_id} />,
    },
  ];
  return (
    <DataTable
      label="Accounts"
      columns={columns}
      items={states}
      rowKey={({ account_id }) => account_id}
      empty={null}
      detail={(state) => {
        const isOpen = open.ids.has(state.account_id);
        return (
          (state.unseen || state.error_msg || isOpen) && (
            <AccountDetail state={state} isOpen={isOpen} />
          )
        );
      }}
    />
  );
}

function AccountCoverage({ state: { status, last_run_at } }: { state: Schemas['DiscoveryState'] }) {
  if (last_run_at !== null) return <CoverageMark coverage={status} />;
  return (
    <Text span size="xs" c="dimmed">
      not read yet
    </Text>
  );
}

function AccountDetail({ state, isOpen }: { state: Schemas['DiscoveryState']; isOpen: boolean }) {
  return (
    <>
      {state.unseen && (
        <Note
          icon={<IconClockExclamation size={14} />}
          color="orange"
          label="Unseen"
          text={state.unseen}
        />
      )}
      {state.error_msg && (
        <Note
          icon={<IconAlertTriangle size={14} />}
          color="red"
          label="The cloud said"
          text={state.error_msg}
        />
      )}
      {isOpen && (
        <DataTable
          label={`Regions of ${state.account_name}`}
          columns={REGION_COLUMNS}
          items={state.coverage}
          rowKey={({ region }) => region}
          empty={<Text size="xs">No region was listed yet.</Text>}
        />
      )}
    </>
  );
}

function Note({
  icon,
  color,
  label,
  text,
}: {
  icon: ReactNode;
  color: string;
  label: string;
  text: string;
}) {
  return (
    <Group gap={6} wrap="nowrap" align="flex-start" c={`var(--mantine-color-${color}-text)`}>
      <span aria-hidden style={{ marginTop: 1 }}>
        {icon}
      </span>
      <Text size="xs">
        <b>{label}:</b> <CloudText text={text} />
      </Text>
    </Group>
  );
}
