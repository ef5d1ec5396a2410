import type { Schemas } from '@cloudpam/api-client';
import { Group } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { ReasonedButton } from '../actions/reasoned-button';
import { usersApi } from '../api/users';
import { EmptyState } from '../feedback/empty-state';
import { TimeAgo } from '../format/time-ago';
import { Page } from '../frame/page';
import { LimitsCell } from '../limits/limits-cell';
import { useRefusal } from '../session/use-me';
import { DataTable } from '../table/data-table';
import type { Column } from '../table/data-table';
import { PAGE_SIZE, Pager, usePage } from '../table/pager';
import { ActiveDialog } from './active-dialog';
import { GroupsCell } from './groups-cell';
import { LimitsDialog } from './limits-dialog';
import { RoleDialog } from './role-dialog';
import { SessionsDialog } from './sessions-dialog';
import { StateCell } from './state-cell';

const DIALOGS = {
  role: RoleDialog,
  active: ActiveDialog,
  sessions: SessionsDialog,
  limits: LimitsDialog,
} as const;

/**
 * People who have logged in with a provider: their role, whether they may come in, and where they
 * are logged in.
 */
export function UsersPage() {
  const refusal = useRefusal('users:manage');
  const page = usePage();
  const [open, setOpen] = useState<
    { readonly dialog: keyof typeof DIALOGS; readonly user: Schemas['User'] } | undefined
  >();
  const query = { page, page_size: PAGE_SIZE };
  const { data, error } = useQuery({
    queryKey: ['users', query],
    queryFn: ({ signal }) => usersApi.list(query, signal),
    placeholderData: keepPreviousData,
    enabled: refusal === undefined,
  });
  const refusalOf = (dialog: keyof typeof DIALOGS, { role }: Schemas['User']): string | undefined =>
    refusal ??
    (dialog === 'limits' && role === 'admin'
      ? 'An admin cannot be limited. Change the role first.'
      : undefined);
  const action = (
    dialog: keyof typeof DIALOGS,
    user: Schemas['User'],
    text: string,
    color?: string,
  ) => (
    <ReasonedButton
      size="compact-xs"
      variant="subtle"
      color={color}
      reason={refusalOf(dialog, user)}
      aria-label={`${text} ${user.name}`}
      onClick={() => setOpen({ dialog, user })}
    >
      {text}
    </ReasonedButton>
  );
  const columns: readonly Column<Schemas['User']>[] = [
    { title: 'Name', cell: ({ name }) => name },
    { title: 'E-mail', cell: ({ email }) => email ?? '', wideOnly: true },
    { title: 'Provider', cell: ({ provider }) => provider, wideOnly: true },
    {
      title: 'Role',
      width: 130,
      cell: ({ role, role_pinned }) => `${role}${role_pinned ? ', set by hand' : ''}`,
    },
    {
      title: 'Groups',
      cell: ({ groups, name }) => <GroupsCell groups={groups} name={name} />,
      wideOnly: true,
    },
    { title: 'Limits', cell: (user) => <LimitsCell limits={user} />, wideOnly: true },
    { title: 'State', width: 130, cell: (user) => <StateCell user={user} /> },
    {
      title: 'Last login',
      width: 80,
      align: 'right',
      cell: ({ last_login_at }) => <TimeAgo at={last_login_at} />,
    },
    {
      title: 'Actions',
      width: 310,
      align: 'right',
      cell: (user) => (
        <Group gap={0} justify="flex-end" wrap="nowrap">
          {action('sessions', user, 'Sessions')}
          {action('role', user, 'Change role')}
          {action('limits', user, 'Limits')}
          {user.active
            ? action('active', user, 'Deactivate', 'red')
            : action('active', user, 'Reactivate')}
        </Group>
      ),
    },
  ];
  const Dialog = open && DIALOGS[open.dialog];
  return (
    <Page title="Users" about="People who have logged in with a provider">
      {refusal === undefined ? (
        <DataTable
          label="Users"
          columns={columns}
          items={data?.items}
          rowKey={({ id }) => id}
          error={error}
          empty={
            <EmptyState
              icon={<IconUsers size={40} />}
              title="Nobody has logged in with a provider yet"
            />
          }
        />
      ) : (
        <EmptyState icon={<IconUsers size={40} />} title="Users are for admins">
          {refusal}
        </EmptyState>
      )}
      <Pager total={data?.total} one="user" />
      {open && Dialog && <Dialog user={open.user} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}
