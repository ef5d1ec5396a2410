import type { Schemas } from '@cloudpam/api-client';
import { Anchor } from '@mantine/core';
import { Link } from 'react-router';
import { Count } from '../format/count';
import { TimeAgo } from '../format/time-ago';
import { TagList } from '../tags/tag-list';
import type { Column } from '../table/data-table';
import { KINDS, PoolState, WordMark } from './pool-words';
import { HostsBar, UtilizationBar } from './utilization-bar';

/** Columns of a plain table of pools. */
export const POOL_COLUMNS: readonly Column<Schemas['Pool']>[] = [
  {
    title: 'CIDR',
    sort: 'cidr',
    width: 180,
    cell: (pool) => (
      <Anchor component={Link} to={`/pools/${pool.id}`} className="mono">
        {pool.cidr}
      </Anchor>
    ),
  },
  { title: 'Name', sort: 'name', cell: (pool) => pool.name },
  {
    title: 'Kind',
    width: 110,
    cell: (pool) => <WordMark word={KINDS[pool.kind]} />,
    wideOnly: true,
  },
  { title: 'Status', width: 110, cell: (pool) => <PoolState pool={pool} /> },
  {
    title: 'Utilization',
    width: 150,
    cell: (pool) => (
      <>
        <UtilizationBar utilization={pool.utilization} />
        {pool.hosts && <HostsBar hosts={pool.hosts} />}
      </>
    ),
    wideOnly: true,
  },
  {
    title: 'Free',
    width: 80,
    align: 'right',
    cell: (pool) => <Count of={pool.utilization.free} unit="free addresses" />,
    wideOnly: true,
  },
  { title: 'Region', width: 120, cell: (pool) => pool.region, wideOnly: true },
  { title: 'Tags', cell: (pool) => <TagList tags={pool.tags} />, wideOnly: true },
  {
    title: 'Age',
    sort: 'created_at',
    width: 60,
    align: 'right',
    cell: (pool) => <TimeAgo at={pool.created_at} />,
    wideOnly: true,
  },
];
