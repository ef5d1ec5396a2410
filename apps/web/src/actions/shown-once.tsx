import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { CopyText } from './copy-button';
import { Dialog } from './dialog';

interface ShownOnceProps {
  readonly title: string;
  /** What it is called: `Token secret`. */
  readonly label: string;
  /** Null where it was shown before. */
  readonly secret: string | null;
  /** How to get another one, where it was shown before. */
  readonly otherwise: string;
  /** Why it is shown this once. */
  readonly why: string;
  /** How it is used. */
  readonly children: ReactNode;
  readonly onClose: () => void;
}

/** Shows a secret that was just made: the one time that it can be seen. */
export function ShownOnce({
  title,
  label,
  secret,
  otherwise,
  why,
  children,
  onClose,
}: ShownOnceProps) {
  const text = secret ?? otherwise;
  return (
    <Dialog onClose={onClose} title={title} closeOnClickOutside={false} closeOnEscape={false}>
      <Stack gap="sm">
        <Alert color="teal" icon={<IconKey size={16} />} title="Copy it now" p="sm">
          {why}
        </Alert>
        <Group gap={4} wrap="nowrap">
          <Code
            block
            aria-label={label}
            style={{ flex: 1, wordBreak: 'break-all', whiteSpace: 'pre-wrap' }}
          >
            {text}
          </Code>
          <CopyText text={text} label={`Copy ${label.toLowerCase()}`} />
        </Group>
        <Text size="xs" c="dimmed">
          {children}
        </Text>
        <Group justify="flex-end">
          <Button onClick={onClose}>I have copied it</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
