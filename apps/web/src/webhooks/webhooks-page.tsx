import type { Schemas } from '@cloudpam/api-client';
import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconPlus, IconWebhook } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { ReasonedButton } from '../actions/reasoned-button';
import { webhooksApi } from '../api/webhooks';
import { EmptyState } from '../feedback/empty-state';
import { TimeAgo } from '../format/time-ago';
import { Page } from '../frame/page';
import { useRefusal } from '../session/use-me';
import { DataTable } from '../table/data-table';
import type { Column } from '../table/data-table';
import { WebhookDialog } from './webhook-dialog';
import { filterWords, TEMPLATES, WebhookStateBadge } from './webhook-words';

const COLUMNS: readonly Column<Schemas['Webhook']>[] = [
  {
    title: 'Name',
    width: '35%',
    clip: true,
    cell: ({ id, name, url }) => (
      <>
        <Anchor component={Link} to={`/webhooks/${id}`} size="sm">
          {name}
        </Anchor>
        <Text size="xs" c="dimmed" className="ellipsis" title={url}>
          {url}
        </Text>
      </>
    ),
  },
  { title: 'Told of', cell: ({ filter }) => filterWords(filter), wideOnly: true },
  { title: 'Body', width: 150, cell: ({ template }) => TEMPLATES[template.kind], wideOnly: true },
  { title: 'State', width: 100, cell: (webhook) => <WebhookStateBadge webhook={webhook} /> },
  { title: 'Waiting', width: 80, align: 'right', cell: ({ waiting }) => waiting },
  {
    title: 'Age',
    width: 70,
    align: 'right',
    cell: ({ created_at }) => <TimeAgo at={created_at} />,
    wideOnly: true,
  },
];

/** Who else is told of what happens. */
export function WebhooksPage() {
  const refusal = useRefusal('webhooks:manage');
  const [creating, setCreating] = useState(false);
  const { data, error } = useQuery({
    queryKey: ['webhooks', 'all'],
    queryFn: ({ signal }) => webhooksApi.list(signal),
    enabled: refusal === undefined,
  });
  return (
    <Page
      title="Webhooks"
      about="Signed requests to others for what happens"
      actions={
        <ReasonedButton
          reason={refusal}
          leftSection={<IconPlus size={14} />}
          onClick={() => setCreating(true)}
        >
          New webhook
        </ReasonedButton>
      }
    >
      {refusal === undefined ? (
        <DataTable
          label="Webhooks"
          columns={COLUMNS}
          items={data?.items}
          rowKey={({ id }) => id}
          error={error}
          empty={
            <EmptyState icon={<IconWebhook size={40} />} title="No webhooks yet">
              Tell Slack, Teams, PagerDuty or a program of yours of allocations, findings and
              leases.
            </EmptyState>
          }
        />
      ) : (
        <EmptyState icon={<IconWebhook size={40} />} title="Webhooks are for admins">
          {refusal}
        </EmptyState>
      )}
      {creating && <WebhookDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}
