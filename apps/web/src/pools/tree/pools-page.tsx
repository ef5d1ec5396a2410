import { Anchor, Box, Button, Group, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconPlus, IconZoomQuestion, IconNetwork } from '@tabler/icons-react';
import { useCallback, useMemo } from 'react';
import { Link } from 'react-router';
import { ReasonedButton } from '../../actions/reasoned-button';
import { useDiscoveryStatus } from '../../discovery/open-findings';
import { CollectorCommand, EmptyState } from '../../feedback/empty-state';
import { ReadProblem } from '../../feedback/problem-alert';
import { ReadAs } from '../../feedback/read-as';
import { Count } from '../../format/count';
import { plural } from '../../format/counts';
import { usePageTitle } from '../../frame/page';
import { useRefusal } from '../../session/use-me';
import { idsOfText, idsText } from '../../url/url-ids';
import { useUrlParams } from '../../url/use-url-params';
import { useOpenPoolDialog } from '../dialogs/pool-dialogs';
import { ExportButton } from './export-button';
import { NO_FILTERS, PoolFilterBar } from './pool-filter-bar';
import { PoolTable } from './pool-table';
import classes from './pools-page.module.css';
import { isFlat, poolFilters, poolQuery } from './pools-url';
import { usePoolRows } from './use-pool-rows';

const NONE_OPEN: ReadonlySet<number> = new Set();

/** The pool tree, or the pools that a filter finds as a flat list. */
export function PoolsPage() {
  usePageTitle('Pools');
  const params = useUrlParams();
  const openDialog = useOpenPoolDialog();
  const refusal = useRefusal('pools:write');
  const filters = poolFilters(params);
  const flat = isFlat(filters);
  const queryKey = JSON.stringify(poolQuery(filters));
  // By its text, so that a selection in the URL doesn't start the lists anew.
  const query = useMemo(() => JSON.parse(queryKey) as ReturnType<typeof poolQuery>, [queryKey]);
  const openParam = params.text('open');
  const open = useMemo(() => (flat ? NONE_OPEN : idsOfText(openParam)), [flat, openParam]);
  const { set } = params;
  const setOpen = useCallback((ids: ReadonlySet<number>) => set({ open: idsText(ids) }), [set]);
  const list = usePoolRows(query, open);
  const createPool = (): void =>
    openDialog({ type: 'create', vrfId: filters.vrf === '' ? undefined : Number(filters.vrf) });
  const empty = !list.loading && !list.error && list.rows.length === 0;
  return (
    <div className={classes.page}>
      <Group className={classes.head} gap="sm">
        <Title order={1}>Pools</Title>
        {list.total !== undefined && (
          <Text size="sm" c="dimmed">
            {list.totalIsEstimate && 'about '}
            <Count of={list.total} />{' '}
            {flat ? 'found' : list.total === 1 ? 'top-level pool' : 'top-level pools'}
          </Text>
        )}
        <Overlaps />
        <Group gap={8} ml="auto">
          {open.size > 0 && (
            <Button variant="subtle" color="gray" onClick={() => setOpen(NONE_OPEN)}>
              Collapse all
            </Button>
          )}
          <ExportButton filters={filters} />
          <ReasonedButton
            reason={refusal}
            onClick={createPool}
            leftSection={<IconPlus size={14} />}
          >
            New pool
          </ReasonedButton>
        </Group>
      </Group>
      <PoolFilterBar filters={filters} />
      <Box px={16}>
        <ReadAs text={list.readAs} />
      </Box>
      {list.error && (
        <div className={classes.head}>
          <ReadProblem error={list.error} />
        </div>
      )}
      {empty && flat && (
        <EmptyState icon={<IconZoomQuestion size={40} />} title="No pool matches these filters">
          <Anchor component="button" onClick={() => set(NO_FILTERS)}>
            Clear the filters
          </Anchor>
        </EmptyState>
      )}
      {empty && !flat && <NoPools />}
      {!empty && (
        <PoolTable
          list={list}
          flat={flat}
          filters={filters}
          open={open}
          onOpenChange={setOpen}
          onCreate={createPool}
        />
      )}
    </div>
  );
}

function NoPools() {
  return (
    <EmptyState icon={<IconNetwork size={40} />} title="No pools yet">
      <Text size="sm">
        Create the first pool, for example 10.0.0.0/8, and plan inside it. Or let a collector bring
        in what your clouds have:
      </Text>
      <CollectorCommand mode="run" />
    </EmptyState>
  );
}

function Overlaps() {
  const { data } = useDiscoveryStatus();
  const count = data?.findings.overlap ?? 0;
  if (count === 0) return null;
  return (
    <Button
      component={Link}
      to="/discovery?tab=findings&type=overlap"
      variant="light"
      color="orange"
      size="compact-xs"
      leftSection={<IconAlertTriangle size={13} />}
    >
      {plural(count, 'overlap')}
    </Button>
  );
}
