import type { Schemas } from '@cloudpam/api-client';
import { Badge, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ConfirmDialog } from '../actions/confirm-dialog';
import { notifyDone } from '../actions/notify';
import { usersApi } from '../api/users';
import { useWrite } from '../api/use-write';
import { TimeAgo } from '../format/time-ago';
import { DataTable } from '../table/data-table';
import type { Column } from '../table/data-table';

const COLUMNS: readonly Column<Schemas['UserSession']>[] = [
  {
    title: 'From',
    cell: ({ ip, current }) => (
      <>
        {ip} {current && <Badge size="xs">this one</Badge>}
      </>
    ),
  },
  {
    title: 'Browser',
    cell: ({ user_agent }) => (
      <Text size="xs" lineClamp={1} title={user_agent}>
        {user_agent}
      </Text>
    ),
  },
  {
    title: 'Last used',
    width: 80,
    align: 'right',
    cell: ({ last_used_at }) => <TimeAgo at={last_used_at} />,
  },
  {
    title: 'Ends',
    width: 80,
    align: 'right',
    cell: ({ expires_at }) => <TimeAgo at={expires_at} />,
  },
];

/** Where a user is logged in; ends it all. */
export function SessionsDialog({ user, onClose }: { user: Schemas['User']; onClose: () => void }) {
  const { data, error } = useQuery({
    queryKey: ['users', user.id, 'sessions'],
    queryFn: ({ signal }) => usersApi.sessions(user.id, signal),
  });
  const end = useWrite(
    () => usersApi.endSessions(user.id),
    ({ ended }) => {
      notifyDone(`Ended ${ended} ${ended === 1 ? 'session' : 'sessions'} of ${user.name}`);
      onClose();
    },
  );
  const count = data?.items.length ?? 0;
  return (
    <ConfirmDialog
      title={`Sessions of ${user.name}`}
      action="End all sessions"
      onConfirm={() => end.mutate(undefined)}
      onClose={onClose}
      busy={end.isPending}
      error={end.error}
      ready={count > 0}
    >
      <DataTable
        label={`Sessions of ${user.name}`}
        columns={COLUMNS}
        items={data?.items}
        rowKey={({ id }) => id}
        error={error}
        empty={<Text size="sm">{user.name} is not logged in anywhere.</Text>}
      />
      {count > 0 && (
        <Text size="sm">They may log in again; to prevent that, deactivate the user.</Text>
      )}
    </ConfirmDialog>
  );
}
