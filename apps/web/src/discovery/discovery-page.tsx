import { Badge, Group, Tabs, Text } from '@mantine/core';
import { countText } from '../format/counts';
import { Page } from '../frame/page';
import { useUrlParams } from '../url/use-url-params';
import { AgentsTab } from './agents-tab';
import { POLICIES } from './discovery-words';
import { FindingsTab } from './findings-tab';
import { JobsTab } from './jobs-tab';
import { NetworksTab } from './networks-tab';
import { OpenFindings, useDiscoveryStatus } from './open-findings';
import { ResourcesTab } from './resources-tab';
import { StatusTab } from './status-tab';
import { useFollowedJobs, useOpenJobs } from './use-collectors';

// What one tab filters by means something else, or nothing, on the next.
const OF_TABS = {
  page: null,
  type: null,
  status: null,
  account: null,
  q: null,
  region: null,
  kind: null,
  management: null,
  overlap: null,
  sync: null,
  network: null,
  pick: null,
  open: null,
  agent: null,
};

/** What the collectors saw: how completely, what needs a person, and the inventory. */
export function DiscoveryPage() {
  const params = useUrlParams();
  const tab = params.text('tab') || 'status';
  const status = useDiscoveryStatus();
  const policy = status.data && POLICIES[status.data.policy];
  const running = useOpenJobs().size;
  useFollowedJobs();
  return (
    <Page
      title="Discovery"
      about={policy && `Policy of the server: ${policy.label.toLowerCase()}, ${policy.about}`}
      actions={
        <Text size="xs" c="dimmed" visibleFrom="sm">
          Collectors dial out and post what they see
        </Text>
      }
    >
      <Tabs
        value={tab}
        onChange={(next) =>
          params.set({ ...OF_TABS, tab: next === 'status' ? null : next }, { push: true })
        }
      >
        <Tabs.List mb="sm" className="tabs">
          <Tabs.Tab value="status">Accounts &amp; status</Tabs.Tab>
          <Tabs.Tab value="findings">
            <Group gap={8} wrap="nowrap">
              Findings <OpenFindings />
            </Group>
          </Tabs.Tab>
          <Tabs.Tab value="resources">Resources</Tabs.Tab>
          <Tabs.Tab value="networks">Networks</Tabs.Tab>
          <Tabs.Tab
            value="jobs"
            rightSection={
              running > 0 && (
                <Badge size="xs" color="blue" title={`${running} open`}>
                  {countText(running).short}
                </Badge>
              )
            }
          >
            Jobs
          </Tabs.Tab>
          <Tabs.Tab value="agents">Agents</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="status">
          <StatusTab status={status.data} error={status.error} />
        </Tabs.Panel>
        <Tabs.Panel value="findings">
          <FindingsTab counts={status.data?.findings} />
        </Tabs.Panel>
        <Tabs.Panel value="resources">
          <ResourcesTab />
        </Tabs.Panel>
        <Tabs.Panel value="networks">
          <NetworksTab />
        </Tabs.Panel>
        <Tabs.Panel value="jobs">
          <JobsTab />
        </Tabs.Panel>
        <Tabs.Panel value="agents">
          <AgentsTab />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
