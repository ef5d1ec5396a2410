import { Anchor, Loader, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconMapOff } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from 'react-router';
import { ApiProblem } from '../../api/api-problem';
import { poolsApi } from '../../api/pools';
import { EmptyState } from '../../feedback/empty-state';
import { ReadProblem } from '../../feedback/problem-alert';
import frame from '../../frame/app-frame.module.css';
import { usePageTitle } from '../../frame/page';
import { lazily } from '../../lazy/lazily';
import { useUrlParams } from '../../url/use-url-params';
import { AddressesTab } from './addresses-tab';
import { AddressMap } from './address-map';
import { BlocksTab } from './blocks-tab';
import { ChildrenTab } from './children-tab';
import { CloudTab } from './cloud-tab';
import { FreeTab } from './free-tab';
import { HistoryTab } from './history-tab';
import { PoolHeader } from './pool-header';
import { RangesTab } from './ranges-tab';

const AnalysisTab = lazily(() => import('./analysis-tab'), 'AnalysisTab');
const UsageTab = lazily(() => import('./usage-tab'), 'UsageTab');

const TABS = {
  children: 'Children',
  addresses: 'Addresses',
  ranges: 'Ranges',
  free: 'Free space',
  blocks: 'Blocks',
  usage: 'Usage',
  analysis: 'Analysis',
  cloud: 'Cloud',
  history: 'History',
} as const;
// Parameters that belong to one tab and would mean something else on the next.
const OF_TABS = {
  page: null,
  q: null,
  len: null,
  show: null,
  view: null,
  sort: null,
  pick: null,
  span: null,
  at: null,
};

/** One pool: where it lies, what is in it, what is left, what was done to it. */
export function PoolPage() {
  const id = Number(useParams()['id']);
  const params = useUrlParams();
  const navigate = useNavigate();
  const { data: pool, error } = useQuery({
    queryKey: ['pools', id],
    queryFn: ({ signal }) => poolsApi.get(id, { signal }),
    enabled: Number.isSafeInteger(id),
  });
  usePageTitle(pool ? `${pool.cidr} ${pool.name}` : 'Pool');
  if (!Number.isSafeInteger(id) || (error instanceof ApiProblem && error.status === 404))
    return <NoPool />;
  if (error && !pool)
    return (
      <div className={frame.page}>
        <ReadProblem error={error} />
      </div>
    );
  if (!pool) return <Loader size="sm" m="lg" aria-label="Loading pool" />;
  const tab = params.text('tab') || 'children';
  return (
    <div className={frame.page}>
      <PoolHeader
        pool={pool}
        onGone={() =>
          void navigate(pool.parent_id === null ? '/pools' : `/pools/${pool.parent_id}`)
        }
      />
      <AddressMap pool={pool} />
      <Tabs
        mt="md"
        value={tab}
        onChange={(next) =>
          params.set({ ...OF_TABS, tab: next === 'children' ? null : next }, { push: true })
        }
      >
        <Tabs.List mb="sm" className="tabs">
          {Object.entries(TABS).map(([value, label]) => (
            <Tabs.Tab key={value} value={value}>
              {label}
              {value === 'children' && pool.child_count !== undefined && ` (${pool.child_count})`}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="children">
          <ChildrenTab pool={pool} />
        </Tabs.Panel>
        <Tabs.Panel value="addresses">
          <AddressesTab pool={pool} />
        </Tabs.Panel>
        <Tabs.Panel value="ranges">
          <RangesTab pool={pool} />
        </Tabs.Panel>
        <Tabs.Panel value="free">
          <FreeTab pool={pool} />
        </Tabs.Panel>
        <Tabs.Panel value="blocks">
          <BlocksTab pool={pool} />
        </Tabs.Panel>
        <Tabs.Panel value="usage">
          <UsageTab pool={pool} />
        </Tabs.Panel>
        <Tabs.Panel value="analysis">
          <AnalysisTab pool={pool} />
        </Tabs.Panel>
        <Tabs.Panel value="cloud">
          <CloudTab pool={pool} />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <HistoryTab pool={pool} />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

function NoPool() {
  return (
    <EmptyState icon={<IconMapOff size={40} />} title="There is no such pool" isPage>
      It may have been deleted; the audit log still knows it.
      <Anchor component={Link} to="/pools">
        Go to the pools
      </Anchor>
    </EmptyState>
  );
}
