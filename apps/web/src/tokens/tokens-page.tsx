import type { Schemas } from '@cloudpam/api-client';
import { Badge, Group, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { ConfirmDialog } from '../actions/confirm-dialog';
import { notifyDone } from '../actions/notify';
import { ReasonedButton } from '../actions/reasoned-button';
import { tokensApi } from '../api/access';
import { session } from '../api/session';
import { useWrite } from '../api/use-write';
import { EmptyState } from '../feedback/empty-state';
import { TimeAgo } from '../format/time-ago';
import { useNow } from '../format/use-now';
import { Page } from '../frame/page';
import { LimitsCell } from '../limits/limits-cell';
import { useRefusal } from '../session/use-me';
import { DataTable } from '../table/data-table';
import type { Column } from '../table/data-table';
import { PAGE_SIZE, Pager, usePage } from '../table/pager';
import { NewTokenDialog } from './new-token-dialog';
import { TokenSecret } from './token-secret';

/** API tokens: who may do what, and when they were last used. */
export function TokensPage() {
  const refusal = useRefusal('tokens:manage');
  const page = usePage();
  const [creating, setCreating] = useState(false);
  const [rotating, setRotating] = useState<Schemas['Token'] | undefined>();
  const [revoking, setRevoking] = useState<Schemas['Token'] | undefined>();
  const query = { page, page_size: PAGE_SIZE };
  const { data, error } = useQuery({
    queryKey: ['tokens', query],
    queryFn: ({ signal }) => tokensApi.list(query, signal),
    placeholderData: keepPreviousData,
    enabled: refusal === undefined,
  });
  const columns: readonly Column<Schemas['Token']>[] = [
    {
      title: 'Name',
      cell: ({ name, public_id }) => (
        <>
          {name}
          <Text size="xs" c="dimmed" ff="monospace" title="What the token begins with">
            cpam_{public_id}
          </Text>
        </>
      ),
    },
    {
      title: 'Role',
      width: 130,
      cell: ({ role, read_only }) => `${role}${read_only ? ', read-only' : ''}`,
    },
    { title: 'Limits', cell: (token) => <TokenLimits token={token} />, wideOnly: true },
    { title: 'State', width: 100, cell: (token) => <TokenState token={token} /> },
    {
      title: 'By',
      cell: ({ created_by, created_by_name }) => <span title={created_by}>{created_by_name}</span>,
      wideOnly: true,
    },
    {
      title: 'Age',
      width: 60,
      align: 'right',
      cell: ({ created_at }) => <TimeAgo at={created_at} />,
      wideOnly: true,
    },
    {
      title: 'Expires',
      width: 80,
      align: 'right',
      cell: ({ expires_at }) => <TimeAgo at={expires_at} never="never" />,
      wideOnly: true,
    },
    {
      title: 'Last used',
      width: 80,
      align: 'right',
      cell: ({ last_used_at }) => <TimeAgo at={last_used_at} never="never" />,
    },
    {
      title: 'Actions',
      width: 150,
      align: 'right',
      cell: (token) => {
        const reason = refusal ?? (token.revoked_at ? 'It is revoked.' : undefined);
        return (
          <Group gap={0} wrap="nowrap" justify="flex-end">
            <ReasonedButton
              size="compact-xs"
              variant="subtle"
              reason={reason}
              aria-label={`Rotate ${token.name}`}
              onClick={() => setRotating(token)}
            >
              Rotate
            </ReasonedButton>
            <ReasonedButton
              size="compact-xs"
              variant="subtle"
              color="red"
              reason={reason}
              aria-label={`Revoke ${token.name}`}
              onClick={() => setRevoking(token)}
            >
              Revoke
            </ReasonedButton>
          </Group>
        );
      },
    },
  ];
  return (
    <Page
      title="Tokens"
      about="Keys for people, collectors and scripts"
      actions={
        <ReasonedButton
          reason={refusal}
          leftSection={<IconPlus size={14} />}
          onClick={() => setCreating(true)}
        >
          New token
        </ReasonedButton>
      }
    >
      {refusal === undefined ? (
        <DataTable
          label="Tokens"
          columns={columns}
          items={data?.items}
          rowKey={({ id }) => id}
          error={error}
          empty={<EmptyState icon={<IconKey size={40} />} title="No tokens yet" />}
        />
      ) : (
        <EmptyState icon={<IconKey size={40} />} title="Tokens are for admins">
          {refusal}
        </EmptyState>
      )}
      <Pager total={data?.total} one="token" />
      {creating && <NewTokenDialog onClose={() => setCreating(false)} />}
      {rotating && <RotateDialog token={rotating} onClose={() => setRotating(undefined)} />}
      {revoking && <RevokeDialog token={revoking} onClose={() => setRevoking(undefined)} />}
    </Page>
  );
}

function TokenLimits({ token }: { token: Schemas['Token'] }) {
  return (
    <>
      <LimitsCell limits={token} />
      {token.shared_resources && (
        <Text size="xs" c="dimmed">
          and what is shared with them
        </Text>
      )}
    </>
  );
}

function TokenState({ token: { revoked_at, expires_at } }: { token: Schemas['Token'] }) {
  const now = useNow();
  if (revoked_at) return <Badge color="red">revoked</Badge>;
  if (expires_at && Date.parse(expires_at) < now) return <Badge color="orange">expired</Badge>;
  return <Badge color="teal">active</Badge>;
}

function RotateDialog({ token, onClose }: { token: Schemas['Token']; onClose: () => void }) {
  const rotate = useWrite(async () => {
    const rotated = await tokensApi.rotate(token.id);
    // Before anything is read again: it may be the token of this very page.
    if (rotated.secret !== null) session.rotated(rotated.secret);
    return rotated;
  });
  if (rotate.data) return <TokenSecret token={rotate.data} onClose={onClose} />;
  return (
    <ConfirmDialog
      title={`Rotate ${token.name}`}
      action="Rotate token"
      onConfirm={() => rotate.mutate(undefined)}
      onClose={onClose}
      busy={rotate.isPending}
      error={rotate.error}
    >
      <Text size="sm">
        The token gets a new secret, shown once. The one in use ends at once: whoever has it is
        refused until they have the new one. Name, role and limits stay. Last used:{' '}
        <TimeAgo at={token.last_used_at} never="never" />
      </Text>
    </ConfirmDialog>
  );
}

function RevokeDialog({ token, onClose }: { token: Schemas['Token']; onClose: () => void }) {
  const revoke = useWrite(
    () => tokensApi.revoke(token.id),
    () => {
      notifyDone(`Revoked ${token.name}`);
      onClose();
    },
  );
  return (
    <ConfirmDialog
      title={`Revoke ${token.name}`}
      action="Revoke token"
      onConfirm={() => revoke.mutate(undefined)}
      onClose={onClose}
      busy={revoke.isPending}
      error={revoke.error}
    >
      <Text size="sm">
        Whoever uses this {token.role} token is refused from the next request on. It can’t be taken
        back. Last used: <TimeAgo at={token.last_used_at} never="never" />
      </Text>
    </ConfirmDialog>
  );
}
