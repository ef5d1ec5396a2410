import type { Schemas } from '@cloudpam/api-client';
import { Text } from '@mantine/core';
import { ConfirmDialog } from '../actions/confirm-dialog';
import { notifyDone } from '../actions/notify';
import { usersApi } from '../api/users';
import { useWrite } from '../api/use-write';

/** Takes a user's access, or gives it back. */
export function ActiveDialog({ user, onClose }: { user: Schemas['User']; onClose: () => void }) {
  const deed = user.active ? 'Deactivate' : 'Reactivate';
  const change = useWrite(
    () => usersApi.change(user, { active: !user.active }),
    () => {
      notifyDone(`${deed}d ${user.name}`);
      onClose();
    },
  );
  return (
    <ConfirmDialog
      title={`${deed} ${user.name}`}
      action={`${deed} user`}
      onConfirm={() => change.mutate(undefined)}
      onClose={onClose}
      busy={change.isPending}
      error={change.error}
    >
      <Text size="sm">
        {user.active
          ? `All sessions of ${user.name} end at once, and they cannot log in until an admin ` +
            'reactivates them. Tokens they made go on working.'
          : `${user.name} can log in again, as ${user.role}.`}
      </Text>
    </ConfirmDialog>
  );
}
