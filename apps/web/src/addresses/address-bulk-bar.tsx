import type { Schemas } from '@cloudpam/api-client';
import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { ConfirmDialog } from '../actions/confirm-dialog';
import { notifyDone } from '../actions/notify';
import { ReasonedButton } from '../actions/reasoned-button';
import { addressesApi, changeAddresses } from '../api/addresses';
import { useWrite } from '../api/use-write';
import { plural } from '../format/counts';
import { RecordDialog } from '../records/record-dialog';
import { useRefusal } from '../session/use-me';
import { ADDRESS_FIELDS } from './address-words';

interface AddressBulkBarProps {
  readonly picked: readonly Schemas['Address'][];
  readonly onClear: () => void;
}

/**
 * What people set of many addresses at once: what tells one from another is not among it, nor tags, which would take
 * the place of those that each has.
 */
const SHARED = ADDRESS_FIELDS.filter(
  ({ name }) => !['name', 'dns_name', 'mac', 'tags'].includes(name),
);

/** What can be done with the picked addresses at once: all of them, or none. */
export function AddressBulkBar({ picked, onClear }: AddressBulkBarProps) {
  const refusal = useRefusal('pools:write');
  const [asking, setAsking] = useState<'update' | 'delete'>();
  const close = (): void => setAsking(undefined);
  const many = plural(picked.length, 'address', 'addresses');
  const ids = picked.map(({ id }) => id);
  return (
    <Group gap={6} mih={30} mb={4} role="toolbar" aria-label="Change the picked addresses">
      <Text size="sm" fw={500} role="status" mr={4}>
        {picked.length} picked
      </Text>
      <ReasonedButton
        size="compact-xs"
        variant="light"
        reason={refusal}
        onClick={() => setAsking('update')}
      >
        Change…
      </ReasonedButton>
      <ReasonedButton
        size="compact-xs"
        variant="light"
        color="red"
        reason={refusal}
        onClick={() => setAsking('delete')}
      >
        Give back…
      </ReasonedButton>
      <Button size="compact-xs" variant="subtle" color="gray" onClick={onClear}>
        Clear
      </Button>
      {asking === 'update' && (
        <RecordDialog
          api={{
            ...addressesApi,
            create: async (set: Schemas['AddressPatch'], idempotencyKey) => {
              await changeAddresses({ action: 'update', ids, set }, idempotencyKey);
              onClear();
            },
          }}
          one="address"
          title={`Change ${many}`}
          action={`Change ${many}`}
          done={`Changed ${many}`}
          fields={SHARED}
          record={undefined}
          onClose={close}
        />
      )}
      {asking === 'delete' && <GiveBack ids={ids} many={many} onClose={close} onDone={onClear} />}
    </Group>
  );
}

function GiveBack({
  ids,
  many,
  onClose,
  onDone,
}: {
  ids: readonly number[];
  many: string;
  onClose: () => void;
  onDone: () => void;
}) {
  const giveBack = useWrite(
    (_: undefined, key) => changeAddresses({ action: 'delete', ids: [...ids] }, key),
    () => {
      notifyDone(`Gave back ${many}`);
      onClose();
      onDone();
    },
  );
  return (
    <ConfirmDialog
      title={`Give back ${many}`}
      action={`Give back ${many}`}
      onConfirm={() => giveBack.mutate(undefined)}
      onClose={onClose}
      busy={giveBack.isPending}
      error={giveBack.error}
    >
      <Text size="sm">
        Their records are deleted, all or none. They are free again, or in quarantine where a rule
        says so.
      </Text>
    </ConfirmDialog>
  );
}
