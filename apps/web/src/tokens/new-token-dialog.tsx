import type { Schemas } from '@cloudpam/api-client';
import { Checkbox, Select, SimpleGrid, TextInput } from '@mantine/core';
import { useState } from 'react';
import { tokensApi } from '../api/access';
import { useWrite } from '../api/use-write';
import { momentOf } from '../format/local-time';
import { LimitFields } from '../limits/limit-fields';
import { limitOf } from '../limits/limits-text';
import { DialogForm } from '../pools/dialogs/dialog-form';
import { TokenSecret } from './token-secret';

const ROLES = [
  { value: 'viewer', label: 'Viewer: reads' },
  { value: 'editor', label: 'Editor: changes pools and records' },
  { value: 'admin', label: 'Admin: everything, tokens too' },
  { value: 'collector', label: 'Collector: posts what it discovers, nothing else' },
] as const satisfies readonly { value: Schemas['Role']; label: string }[];

/** Roles that cannot be limited to pools, and why. */
const NO_POOLS: { readonly [role in Schemas['Role']]?: string } = {
  admin: 'An admin has no limits',
  collector: 'A collector is limited to accounts',
};

/** Makes a token and shows its secret, once. */
export function NewTokenDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [role, setRole] = useState<Schemas['Role']>('viewer');
  const [readOnly, setReadOnly] = useState(false);
  const [shared, setShared] = useState(false);
  const [accounts, setAccounts] = useState<readonly string[]>([]);
  const [pools, setPools] = useState<readonly number[]>([]);
  const limits = {
    accounts: role === 'admin' ? null : limitOf(accounts),
    pools: NO_POOLS[role] === undefined ? limitOf(pools) : null,
  };
  const mayShare = role === 'collector' && limits.accounts !== null;
  const [expires, setExpires] = useState('');
  const wanted: Schemas['TokenRequest'] = {
    name: name.trim(),
    role,
    ...(readOnly ? { read_only: true } : {}),
    ...(mayShare && shared ? { shared_resources: true } : {}),
    ...limits,
    ...(expires === '' ? {} : { expires_at: momentOf(expires) ?? undefined }),
  };
  const create = useWrite(
    (body: Schemas['TokenRequest'], key) => tokensApi.create(body, key),
    undefined,
    wanted,
  );
  if (create.data) return <TokenSecret token={create.data} onClose={onClose} />;
  return (
    <DialogForm
      title="New token"
      action="Create token"
      onSubmit={() => create.mutate(wanted)}
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
          onChange={(value) => setRole(value as Schemas['Role'])} // The choices are the roles.
        />
        <LimitFields
          accounts={limits.accounts ?? []}
          pools={limits.pools ?? []}
          onAccounts={setAccounts}
          onPools={setPools}
          refusal={role === 'admin' ? NO_POOLS.admin : undefined}
          poolRefusal={NO_POOLS[role]}
        />
        <TextInput
          type="datetime-local"
          label="Expires"
          description="Empty: never"
          value={expires}
          onChange={(event) => setExpires(event.currentTarget.value)}
        />
      </SimpleGrid>
      <Checkbox
        label="Read-only"
        checked={readOnly}
        onChange={(event) => setReadOnly(event.currentTarget.checked)}
      />
      {mayShare && (
        <Checkbox
          label="May report shared resources"
          description="Those that other accounts own and share with the chosen ones"
          checked={shared}
          onChange={(event) => setShared(event.currentTarget.checked)}
        />
      )}
    </DialogForm>
  );
}
