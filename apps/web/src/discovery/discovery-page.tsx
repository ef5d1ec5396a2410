import { Badge, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { discoveryApi } from '../api/discovery';
import { countText } from '../format/counts';
import { Page } from '../frame/page';
import { useUrlParams } from '../url/use-url-params';
import { FindingsTab } from './findings-tab';
import { NetworksTab } from './networks-tab';
import { ResourcesTab } from './resources-tab';
import { StatusTab } from './status-tab';

// What one tab filters by means something else, or nothing, on the next.
const OF_TABS = { page: null, type: null, account: null, q: null, region: null, kind: null, management: null, overlap: null, sync: null, network: null };

/** What the collectors saw: how completely, what needs a person, and the inventory. */
export function DiscoveryPage() {
  const params = useUrlParams();
  const tab = params.text('tab') || 'status';
  const status = useQuery({ queryKey: ['discovery', 'status'], queryFn: ({ signal }) => discoveryApi.status(signal) });
  const findings = status.data?.findings;
  const open = findings ? findings.overlap + findings.drift + findings.orphan : 0;
  return (
    <Page
      title="Discovery"
      about={status.data ? `Policy ${status.data.policy}` : undefined}
      actions={
        <Text size="xs" c="dimmed" visibleFrom="sm">
          Collectors dial out and post what they see
        </Text>
      }
    >
      <Tabs value={tab} onChange={(next) => params.set({ ...OF_TABS, tab: next === 'status' ? null : next }, { push: true })}>
        <Tabs.List mb="sm" className="tabs">
          <Tabs.Tab value="status">Status</Tabs.Tab>
          <Tabs.Tab
            value="findings"
            rightSection={
              open > 0 && (
                <Badge size="xs" color="orange" title={`${open} open findings: overlaps, drift and orphans`}>
                  {countText(open).short}
                </Badge>
              )
            }
          >
            Findings
          </Tabs.Tab>
          <Tabs.Tab value="resources">Resources</Tabs.Tab>
          <Tabs.Tab value="networks">Networks</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="status">
          <StatusTab status={status.data} error={status.error} />
        </Tabs.Panel>
        <Tabs.Panel value="findings">
          <FindingsTab counts={findings} />
        </Tabs.Panel>
        <Tabs.Panel value="resources">
          <ResourcesTab />
        </Tabs.Panel>
        <Tabs.Panel value="networks">
          <NetworksTab />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
