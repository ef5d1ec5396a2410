import type { Schemas } from '@cloudpam/api-client';
import { Text } from '@mantine/core';
import { useState } from 'react';
import { notifyDone } from '../actions/notify';
import { usersApi } from '../api/users';
import { useWrite } from '../api/use-write';
import { LimitFields } from '../limits/limit-fields';
import { limitOf, limitsText } from '../limits/limits-text';
import { DialogForm } from '../pools/dialogs/dialog-form';

/** Limits a user to accounts and pools, or takes the limits away. */
export function LimitsDialog({ user, onClose }: { user: Schemas['User']; onClose: () => void }) {
  const [accounts, setAccounts] = useState<readonly string[]>(user.accounts ?? []);
  const [pools, setPools] = useState<readonly number[]>(user.pools ?? []);
  const limits = { accounts: limitOf(accounts), pools: limitOf(pools) };
  const text = limitsText(limits);
  const change = useWrite(
    () => usersApi.change(user, limits),
    () => {
      notifyDone(
        text === undefined ? `${user.name} has no limits` : `${user.name} is limited to ${text}`,
      );
      onClose();
    },
  );
  return (
    <DialogForm
      title={`Limits of ${user.name}`}
      action={text === undefined ? 'Set no limits' : 'Set limits'}
      onSubmit={() => change.mutate(undefined)}
      onClose={onClose}
      busy={change.isPending}
      error={change.error}
      ready
    >
      <LimitFields accounts={accounts} pools={pools} onAccounts={setAccounts} onPools={setPools} />
      <Text size="sm">
        {text === undefined
          ? `${user.name} sees everything that a ${user.role} sees.`
          : `${user.name} sees and changes nothing else: what lies beyond is not there for them, ` +
            'in lists, search, export and audit. Sessions go on.'}
      </Text>
    </DialogForm>
  );
}
