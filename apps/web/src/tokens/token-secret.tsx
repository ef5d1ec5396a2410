import type { Schemas } from '@cloudpam/api-client';
import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core';
import { Dialog } from '../actions/dialog';
import { IconKey } from '@tabler/icons-react';
import { CopyText } from '../actions/copy-button';

/** Shows the secret of a token that was just made or rotated: the one time that it can be seen. */
export function TokenSecret({
  token,
  onClose,
}: {
  token: Schemas['NewToken'];
  onClose: () => void;
}) {
  const secret = token.secret ?? 'It was shown before; rotate the token to get a new one.';
  return (
    <Dialog
      onClose={onClose}
      title={`Token ${token.name}`}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <Stack gap="sm">
        <Alert color="teal" icon={<IconKey size={16} />} title="Copy it now" p="sm">
          It is shown this once; the server keeps only a hash.
        </Alert>
        <Group gap={4} wrap="nowrap">
          <Code
            block
            aria-label="Token secret"
            style={{ flex: 1, wordBreak: 'break-all', whiteSpace: 'pre-wrap' }}
          >
            {secret}
          </Code>
          <CopyText text={secret} label="Copy token" />
        </Group>
        <Text size="xs" c="dimmed">
          Use it as <span className="mono">Authorization: Bearer …</span>, or to sign in here.
        </Text>
        <Group justify="flex-end">
          <Button onClick={onClose}>I have copied it</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
