import { Button, Group, Stack } from '@mantine/core';
import { Dialog } from '../../actions/dialog';
import type { FormEvent, ReactNode } from 'react';
import { ProblemAlert } from '../../feedback/problem-alert';

interface DialogFormProps {
  readonly title: string;
  /** Names the deed: `Create pool`. */
  readonly action: string;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly busy: boolean;
  readonly error?: Error | null;
  /** Fields of the form that show their own errors. */
  readonly inline?: readonly string[];
  /** False while something is missing. */
  readonly ready: boolean;
  readonly children: ReactNode;
}

/** A dialog with a form: Enter submits, Escape closes. */
export function DialogForm({
  title,
  action,
  onSubmit,
  onClose,
  busy,
  error,
  inline,
  ready,
  children,
}: DialogFormProps) {
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    if (ready && !busy) onSubmit();
  };
  return (
    <Dialog onClose={onClose} title={title}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          {children}
          <ProblemAlert error={error} inline={inline} />
          <Group justify="flex-end" gap="xs" mt="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={busy} disabled={!ready}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
