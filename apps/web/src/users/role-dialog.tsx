import type { Schemas } from '@cloudpam/api-client';
import { Checkbox, Select, Text } from '@mantine/core';
import { useState } from 'react';
import { notifyDone } from '../actions/notify';
import { usersApi } from '../api/users';
import { useWrite } from '../api/use-write';
import { isLimited } from '../limits/limits-text';
import { DialogForm } from '../pools/dialogs/dialog-form';

const ROLES = [
  { value: 'viewer', label: 'Viewer: reads everything' },
  { value: 'editor', label: 'Editor: changes pools and records' },
  { value: 'admin', label: 'Admin: everything, users and tokens too' },
] as const satisfies readonly { value: Schemas['User']['role']; label: string }[];

/** Gives a user another role, and says that it ends their sessions. */
export function RoleDialog({ user, onClose }: { user: Schemas['User']; onClose: () => void }) {
  const [role, setRole] = useState(user.role);
  const [pinned, setPinned] = useState(true);
  const takesLimits = role === 'admin' && isLimited(user);
  const change = useWrite(
    () =>
      usersApi.change(user, {
        role,
        role_pinned: pinned,
        ...(takesLimits ? { accounts: null, pools: null } : {}),
      }),
    () => {
      notifyDone(`${user.name} is ${role}`);
      onClose();
    },
  );
  return (
    <DialogForm
      title={`Role of ${user.name}`}
      action={role === user.role ? 'Save' : 'Change role and end sessions'}
      onSubmit={() => change.mutate(undefined)}
      onClose={onClose}
      busy={change.isPending}
      error={change.error}
      ready={role !== user.role || pinned !== user.role_pinned}
    >
      <Select
        label="Role"
        data={ROLES}
        value={role}
        allowDeselect={false}
        data-autofocus
        onChange={(value) => setRole(value as Schemas['User']['role'])} // The choices are the roles.
      />
      <Checkbox
        label="Keep this role whatever the groups say"
        description="Otherwise the next login sets the role that the groups give"
        checked={pinned}
        onChange={(event) => setPinned(event.currentTarget.checked)}
      />
      <Text size="sm">
        {role === user.role
          ? 'The role stays; sessions go on.'
          : `All sessions of ${user.name} end at once. They log in again, as ${role} then.`}
        {takesLimits && ' Admins have no limits: those of this user are taken away.'}
      </Text>
    </DialogForm>
  );
}
