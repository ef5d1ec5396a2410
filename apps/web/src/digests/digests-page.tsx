import type { Schemas } from '@cloudpam/api-client';
import { Alert, Code, Flex, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconAlertTriangle, IconMail, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { ConfirmDialog } from '../actions/confirm-dialog';
import { notifyDone, notifyFailed } from '../actions/notify';
import { ReasonedButton } from '../actions/reasoned-button';
import { digestsApi } from '../api/digests';
import { useWrite } from '../api/use-write';
import { EmptyState } from '../feedback/empty-state';
import { TimeAgo } from '../format/time-ago';
import { Page } from '../frame/page';
import { useRefusal } from '../session/use-me';
import { DataTable } from '../table/data-table';
import type { Column } from '../table/data-table';
import { DigestDialog } from './digest-dialog';
import { DigestPreviewDialog } from './digest-preview-dialog';
import { DigestState, scheduleText, SECTIONS } from './digest-words';

interface Asking {
  readonly what: 'preview' | 'edit' | 'delete';
  readonly digest: Schemas['Digest'];
}

const COLUMNS: readonly Column<Schemas['Digest']>[] = [
  {
    title: 'Name',
    width: '35%',
    clip: true,
    cell: ({ name, recipients }) => (
      <>
        {name}
        <Text size="xs" c="dimmed" className="ellipsis" title={recipients.join(', ')}>
          {recipients.join(', ')}
        </Text>
      </>
    ),
  },
  { title: 'Sent', cell: ({ schedule }) => scheduleText(schedule) },
  {
    title: 'Tells of',
    cell: ({ sections }) => sections.map((each) => SECTIONS[each]).join(', '),
    wideOnly: true,
  },
  { title: 'State', width: 90, cell: (digest) => <DigestState digest={digest} /> },
  {
    title: 'Last',
    width: 70,
    align: 'right',
    cell: ({ last_sent_at }) => <TimeAgo at={last_sent_at} never="never" />,
    wideOnly: true,
  },
  {
    title: 'Next',
    width: 70,
    align: 'right',
    cell: ({ next_at }) => <TimeAgo at={next_at} />,
    wideOnly: true,
  },
];

/** Summaries that are sent by e-mail. */
export function DigestsPage() {
  const refusal = useRefusal('digests:manage');
  const [creating, setCreating] = useState(false);
  const [asking, setAsking] = useState<Asking | undefined>();
  const { data, error } = useQuery({
    queryKey: ['digests', 'all'],
    queryFn: ({ signal }) => digestsApi.list(signal),
    enabled: refusal === undefined,
  });
  const close = (): void => setAsking(undefined);
  const actions: Column<Schemas['Digest']> = {
    title: 'Actions',
    align: 'right',
    cell: (digest) => <Actions digest={digest} onAsk={(what) => setAsking({ what, digest })} />,
  };
  return (
    <Page
      title="Digests"
      about="What is new, by e-mail"
      actions={
        <ReasonedButton
          reason={refusal}
          leftSection={<IconPlus size={14} />}
          onClick={() => setCreating(true)}
        >
          New digest
        </ReasonedButton>
      }
    >
      {data?.mail_set_up === false && <NotSetUp />}
      {refusal === undefined ? (
        <DataTable
          label="Digests"
          columns={[...COLUMNS, actions]}
          items={data?.items}
          rowKey={({ id }) => id}
          error={error}
          empty={
            <EmptyState icon={<IconMail size={40} />} title="No digests yet">
              Have new findings, leases that end and pools that end soon sent to your team, daily or
              weekly.
            </EmptyState>
          }
        />
      ) : (
        <EmptyState icon={<IconMail size={40} />} title="Digests are for admins">
          {refusal}
        </EmptyState>
      )}
      {creating && <DigestDialog onClose={() => setCreating(false)} />}
      {asking?.what === 'preview' && <DigestPreviewDialog digest={asking.digest} onClose={close} />}
      {asking?.what === 'edit' && <DigestDialog digest={asking.digest} onClose={close} />}
      {asking?.what === 'delete' && <DeleteDigestDialog digest={asking.digest} onClose={close} />}
    </Page>
  );
}

function NotSetUp() {
  return (
    <Alert
      color="orange"
      icon={<IconAlertTriangle size={16} />}
      title="The server sends no mail"
      p="sm"
      mb="sm"
    >
      Digests can be made and previewed; what is due waits. Start the servers with{' '}
      <Code>SMTP_URL</Code> and <Code>SMTP_FROM</Code>.
    </Alert>
  );
}

function Actions({
  digest,
  onAsk,
}: {
  digest: Schemas['Digest'];
  onAsk: (what: Asking['what']) => void;
}) {
  const refusal = useRefusal('digests:manage');
  const test = useWrite((id: number, key) => digestsApi.test(id, key), tellOfTest);
  const noMail = digest.mail_set_up ? undefined : 'The server sends no mail.';
  const button = (label: string, onClick: () => void, reason = refusal, color?: string) => (
    <ReasonedButton
      size="compact-xs"
      variant="subtle"
      color={color}
      reason={reason}
      aria-label={`${label} ${digest.name}`}
      loading={label === 'Test' && test.isPending}
      onClick={onClick}
    >
      {label}
    </ReasonedButton>
  );
  return (
    <Flex wrap={{ base: 'wrap', sm: 'nowrap' }} justify="flex-end">
      {button('Preview', () => onAsk('preview'))}
      {button('Test', () => test.mutate(digest.id), refusal ?? noMail)}
      {button('Edit', () => onAsk('edit'))}
      {button('Delete', () => onAsk('delete'), refusal, 'red')}
    </Flex>
  );
}

function tellOfTest({ error, refused }: Schemas['DigestTest']): void {
  if (error !== null) notifyFailed(new Error(`It was not sent: ${error}`));
  else if (refused.length > 0) notifyFailed(new Error(`Refused: ${refused.join(' ')}`));
  else notifyDone('Sent the digest to its recipients');
}

function DeleteDigestDialog({
  digest,
  onClose,
}: {
  digest: Schemas['Digest'];
  onClose: () => void;
}) {
  const remove = useWrite(
    (id: number) => digestsApi.remove(id),
    () => {
      notifyDone(`Deleted the digest ${digest.name}`);
      onClose();
    },
  );
  const { recipients, name } = digest;
  return (
    <ConfirmDialog
      title={`Delete digest ${name}`}
      action="Delete digest"
      onConfirm={() => remove.mutate(digest.id)}
      onClose={onClose}
      busy={remove.isPending}
      error={remove.error}
    >
      <Text size="sm">
        {recipients.length === 1 ? recipients[0] : `${recipients.length} recipients`} will not get
        it any more. To stop for a while, turn it off.
      </Text>
    </ConfirmDialog>
  );
}
