import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Decision } from '../api/discovery';
import type { Resource } from '../api/wire-discovery';
import { DialogForm } from '../pools/dialogs/dialog-form';

const ACTIONS = { import: 'Import', approve: 'Approve', ignore: 'Ignore' } as const satisfies Record<Decision['type'], string>;

interface DecisionDialogProps {
  readonly type: Decision['type'];
  readonly resource: Resource;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly onDecide: (decision: Decision) => void;
  readonly onClose: () => void;
}

/** Says what a decision does before it is taken. */
export function DecisionDialog({ type, resource, busy, error, onDecide, onClose }: DecisionDialogProps) {
  const [reason, setReason] = useState('');
  return (
    <DialogForm
      title={`${ACTIONS[type]} ${resource.cidr} ${resource.name}`}
      action={ACTIONS[type]}
      busy={busy}
      error={error}
      ready={type !== 'ignore' || reason.trim() !== ''}
      onSubmit={() => onDecide(type === 'ignore' ? { type, reason: reason.trim() } : { type })}
      onClose={onClose}
    >
      <Text size="sm">
        {type === 'ignore'
          ? 'It stays in the inventory and is no longer reported, however often collectors see it. No pool changes.'
          : `Makes the pool ${resource.cidr} in the VRF of its network and links it to ${resource.external_id.split('/').at(-1)}.`}
      </Text>
      {type === 'ignore' && (
        <TextInput
          label="Reason"
          description="Shown to whoever asks later, and written to the audit log"
          required
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
    </DialogForm>
  );
}
