import { Checkbox, MultiSelect, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useState } from 'react';
import { tokensApi } from '../api/access';
import type { TokenRequest } from '../api/access';
import { useWrite } from '../api/use-write';
import type { Role } from '../api/wire-access';
import { DialogForm } from '../pools/dialogs/dialog-form';
import { useAccounts } from '../records/use-records';
import { TokenSecret } from './token-secret';

const ROLES = [
  { value: 'viewer', label: 'Viewer: reads everything' },
  { value: 'editor', label: 'Editor: changes pools and records' },
  { value: 'admin', label: 'Admin: everything, tokens too' },
  { value: 'collector', label: 'Collector: posts what it discovers, nothing else' },
] as const satisfies readonly { value: Role; label: string }[];

/** Makes a token and shows its secret, once. */
export function NewTokenDialog({ onClose }: { onClose: () => void }) {
  const accounts = useAccounts();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [readOnly, setReadOnly] = useState(false);
  const [scope, setScope] = useState<string[]>([]);
  const [expires, setExpires] = useState('');
  const create = useWrite((body: TokenRequest, key) => tokensApi.create(body, key));
  if (create.data) return <TokenSecret token={create.data} onClose={onClose} />;
  return (
    <DialogForm
      title="New token"
      action="Create token"
      onSubmit={() =>
        create.mutate({
          name: name.trim(),
          role,
          ...(readOnly ? { read_only: true } : {}),
          ...(scope.length > 0 ? { accounts: scope } : {}),
          ...(expires === '' ? {} : { expires_at: new Date(expires).toISOString() }),
        })
      }
      onClose={onClose}
      busy={create.isPending}
      error={create.error}
      ready={name.trim() !== ''}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput
          label="Name"
          description="Who or what will use it"
          required
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label="Role"
          description="What it may do"
          data={ROLES}
          value={role}
          allowDeselect={false}
          onChange={(value) => setRole(value as Role)} // The choices are the roles.
        />
        <MultiSelect
          size="xs"
          label="Accounts"
          description="Nothing chosen: all"
          data={accounts.map(({ key, name: account }) => ({ value: key, label: `${account} (${key})` }))}
          value={scope}
          onChange={setScope}
          searchable
          clearable
        />
        <TextInput
          type="datetime-local"
          label="Expires"
          description="Empty: never"
          value={expires}
          onChange={(event) => setExpires(event.currentTarget.value)}
        />
      </SimpleGrid>
      <Checkbox label="Read-only" checked={readOnly} onChange={(event) => setReadOnly(event.currentTarget.checked)} />
    </DialogForm>
  );
}
