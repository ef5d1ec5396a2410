import type { Schemas } from '@cloudpam/api-client';
import { Alert, Badge, Code, Group, Loader, SegmentedControl, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconAlertTriangle, IconWebhook } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { ConfirmDialog } from '../actions/confirm-dialog';
import { notifyDone, notifyFailed } from '../actions/notify';
import { ReasonedButton } from '../actions/reasoned-button';
import { useWrite } from '../api/use-write';
import { webhooksApi } from '../api/webhooks';
import { EmptyState } from '../feedback/empty-state';
import { ReadProblem } from '../feedback/problem-alert';
import { TimeAgo } from '../format/time-ago';
import { Page } from '../frame/page';
import { useRefusal } from '../session/use-me';
import { DataTable } from '../table/data-table';
import type { Column } from '../table/data-table';
import { PAGE_SIZE, Pager, usePage } from '../table/pager';
import { useUrlParams } from '../url/use-url-params';
import { ReplayDialog } from './replay-dialog';
import { WebhookDialog } from './webhook-dialog';
import { WebhookSecret } from './webhook-secret';
import { DELIVERY_STATUSES, filterWords, TEMPLATES, WebhookStateBadge } from './webhook-words';

/** No event tells that an event was told. */
const DELIVERING = 5_000;

/** What receivers say need not have a space to break it at. */
const ANSWER = { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' } as const;

type Asking = 'edit' | 'replay' | 'rotate' | 'delete';

/** A webhook: how it is, what it was told, and what can be done about it. */
export function WebhookPage() {
  const id = Number(useParams()['id']);
  const { data: webhook, error } = useQuery({
    queryKey: ['webhooks', id],
    queryFn: ({ signal }) => webhooksApi.get(id, signal),
    refetchInterval: DELIVERING,
  });
  if (error || !webhook)
    return (
      <Page title="Webhook">
        {error ? <ReadProblem error={error} /> : <Loader size="sm" aria-label="Loading webhook" />}
      </Page>
    );
  return <ShownWebhook webhook={webhook} />;
}

function ShownWebhook({ webhook }: { webhook: Schemas['Webhook'] }) {
  const [asking, setAsking] = useState<Asking | undefined>();
  const close = (): void => setAsking(undefined);
  const { name, url, filter, template, ordered, failure, state, seq, waiting } = webhook;
  return (
    <Page
      title={`Webhook ${name}`}
      about={url}
      actions={<Actions webhook={webhook} onAsk={setAsking} />}
    >
      <Stack gap="sm">
        {failure !== null && (
          <Alert
            color={state === 'paused' ? 'red' : 'orange'}
            icon={<IconAlertTriangle size={16} />}
            title={state === 'paused' ? 'It is told nothing' : 'The last attempt failed'}
            p="sm"
          >
            <span style={ANSWER}>{failure}</span>
          </Alert>
        )}
        <Group gap="md">
          <WebhookStateBadge webhook={webhook} />
          <Text size="sm">{filterWords(filter)}</Text>
          <Text size="sm" c="dimmed">
            {TEMPLATES[template.kind]} · {ordered ? 'in order' : 'in any order'} · up to event {seq}
            {waiting > 0 && ` · ${waiting} waiting`}
            {state !== 'paused' && webhook.next_attempt_at && (
              <>
                {' '}
                · next attempt <TimeAgo at={webhook.next_attempt_at} />
              </>
            )}
          </Text>
        </Group>
        <Deliveries webhook={webhook} />
      </Stack>
      {asking === 'edit' && <WebhookDialog webhook={webhook} onClose={close} />}
      {asking === 'replay' && <ReplayDialog webhook={webhook} onClose={close} />}
      {asking === 'rotate' && <NewSecretDialog webhook={webhook} onClose={close} />}
      {asking === 'delete' && <DeleteWebhookDialog webhook={webhook} onClose={close} />}
    </Page>
  );
}

function Actions({
  webhook,
  onAsk,
}: {
  webhook: Schemas['Webhook'];
  onAsk: (asking: Asking) => void;
}) {
  const refusal = useRefusal('webhooks:manage');
  const { id, state } = webhook;
  const isPaused = state === 'paused';
  const test = useWrite((_: undefined, key) => webhooksApi.test(id, key), tellOfTest);
  const turn = useWrite(
    (_: undefined, key) => (isPaused ? webhooksApi.resume(id, key) : webhooksApi.pause(id, key)),
    () => notifyDone(isPaused ? 'Resumed the webhook' : 'Paused the webhook'),
  );
  const button = (label: string, onClick: () => void, loading = false) => (
    <ReasonedButton
      variant="default"
      size="compact-sm"
      reason={refusal}
      loading={loading}
      onClick={onClick}
    >
      {label}
    </ReasonedButton>
  );
  return (
    <>
      {button('Send a test', () => test.mutate(undefined), test.isPending)}
      {button(isPaused ? 'Resume' : 'Pause', () => turn.mutate(undefined), turn.isPending)}
      {button('Tell again…', () => onAsk('replay'))}
      {button('New secret…', () => onAsk('rotate'))}
      {button('Edit…', () => onAsk('edit'))}
      {button('Delete…', () => onAsk('delete'))}
    </>
  );
}

function tellOfTest({ error, http_status: status, ms }: Schemas['DeliveryAttempt']): void {
  if (error === null) notifyDone(`It answered HTTP ${status} after ${ms} ms`);
  else notifyFailed(new Error(`The test has failed: ${error}`));
}

const FILTERS = [
  { value: '', label: 'All' },
  ...Object.entries(DELIVERY_STATUSES).map(([value, { label }]) => ({ value, label })),
];

const DELIVERY_COLUMNS: readonly Column<Schemas['WebhookDelivery']>[] = [
  {
    title: 'Event',
    width: 90,
    cell: ({ seq }) => <span className="mono">{seq}</span>,
    wideOnly: true,
  },
  { title: 'Type', cell: ({ type }) => type },
  {
    title: 'Status',
    width: 110,
    cell: ({ status }) => {
      const { label, color } = DELIVERY_STATUSES[status];
      return <Badge color={color}>{label}</Badge>;
    },
  },
  {
    title: 'Answer',
    width: 120,
    cell: ({ http_status: status, error }) => (
      <span style={ANSWER}>{error ?? `HTTP ${status}`}</span>
    ),
  },
  {
    title: 'Attempts',
    width: 90,
    align: 'right',
    cell: ({ attempts }) => attempts,
    wideOnly: true,
  },
  { title: 'Took', width: 90, align: 'right', cell: ({ ms }) => `${ms} ms`, wideOnly: true },
  {
    title: 'Last',
    width: 80,
    align: 'right',
    cell: ({ at }) => <TimeAgo at={at} />,
  },
];
const NEXT_ATTEMPT: Column<Schemas['WebhookDelivery']> = {
  title: 'Next',
  width: 80,
  align: 'right',
  cell: ({ next_at }) => next_at && <TimeAgo at={next_at} />,
  wideOnly: true,
};

/** What was sent, the newest event first. */
function Deliveries({ webhook: { id, state } }: { webhook: Schemas['Webhook'] }) {
  const params = useUrlParams();
  const page = usePage();
  const status = params.text('status');
  const query = { status, page, page_size: PAGE_SIZE };
  const { data, error } = useQuery({
    queryKey: ['webhooks', id, 'deliveries', query],
    queryFn: ({ signal }) => webhooksApi.deliveries(id, query, signal),
    placeholderData: keepPreviousData,
    refetchInterval: DELIVERING,
  });
  return (
    <section aria-label="Deliveries">
      <Group mb="xs">
        <SegmentedControl
          aria-label="Which deliveries"
          size="xs"
          data={FILTERS}
          value={status}
          onChange={(value) => params.set({ status: value || null, page: null })}
        />
      </Group>
      <DataTable
        label="Deliveries"
        columns={state === 'paused' ? DELIVERY_COLUMNS : [...DELIVERY_COLUMNS, NEXT_ATTEMPT]}
        items={data?.items}
        rowKey={({ seq, status: now }) => `${seq} ${now}`}
        error={error}
        detail={({ answer }) =>
          answer ? (
            <Code block tabIndex={0} style={{ ...ANSWER, maxHeight: 120, overflow: 'auto' }}>
              {answer}
            </Code>
          ) : undefined
        }
        empty={
          <EmptyState icon={<IconWebhook size={36} />} title="Nothing here">
            What passes its filter comes here as it is sent.
          </EmptyState>
        }
      />
      <Pager total={data?.total} one="delivery" many="deliveries" />
    </section>
  );
}

function NewSecretDialog({
  webhook,
  onClose,
}: {
  webhook: Schemas['Webhook'];
  onClose: () => void;
}) {
  const rotate = useWrite((id: number, key) => webhooksApi.rotate(id, key));
  if (rotate.data) return <WebhookSecret webhook={rotate.data} onClose={onClose} />;
  return (
    <ConfirmDialog
      title={`New secret for ${webhook.name}`}
      action="Make a new secret"
      onConfirm={() => rotate.mutate(webhook.id)}
      onClose={onClose}
      busy={rotate.isPending}
      error={rotate.error}
    >
      <Text size="sm">
        For 24 hours both secrets sign what is sent; after that the new one alone.
      </Text>
    </ConfirmDialog>
  );
}

function DeleteWebhookDialog({
  webhook,
  onClose,
}: {
  webhook: Schemas['Webhook'];
  onClose: () => void;
}) {
  const navigate = useNavigate();
  const remove = useWrite(
    (id: number) => webhooksApi.remove(id),
    () => {
      notifyDone(`Deleted the webhook ${webhook.name}`);
      void navigate('/webhooks');
    },
  );
  return (
    <ConfirmDialog
      title={`Delete webhook ${webhook.name}`}
      action="Delete webhook"
      onConfirm={() => remove.mutate(webhook.id)}
      onClose={onClose}
      busy={remove.isPending}
      error={remove.error}
    >
      <Text size="sm">
        <b>{webhook.url}</b> is told nothing any more
        {webhook.waiting > 0 && `, nor what waits: ${webhook.waiting} events`}. Its deliveries go
        with it. To stop for a while, pause it.
      </Text>
    </ConfirmDialog>
  );
}
