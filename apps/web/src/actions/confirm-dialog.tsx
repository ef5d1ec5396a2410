import { Button, Group, Stack } from '@mantine/core';
import { Dialog } from './dialog';
import type { ReactNode } from 'react';
import { ProblemAlert } from '../feedback/problem-alert';

interface Confirmation {
  readonly title: string;
  /** What exactly will be touched. */
  readonly children: ReactNode;
  /** Names the deed: `Revoke token`. */
  readonly action: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly busy: boolean;
  readonly error: Error | null;
  /** False while what will be touched isn't known. */
  readonly ready?: boolean;
}

/** Asks before something that can't be taken back. */
export function ConfirmDialog({
  title,
  children,
  action,
  onConfirm,
  onClose,
  busy,
  error,
  ready = true,
}: Confirmation) {
  return (
    <Dialog onClose={onClose} title={title}>
      <Stack gap="md">
        {children}
        <ProblemAlert error={error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button color="red" onClick={onConfirm} loading={busy} disabled={!ready}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
