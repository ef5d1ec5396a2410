import { Code, Group } from '@mantine/core';
import { CopyText } from '../actions/copy-button';

/** The command that brings in what the clouds have, once or again and again, ready to copy. */
export function CollectorCommand({ mode }: { mode: 'run' | 'agent' }) {
  const command = `npm run collector -- ${mode} --provider aws --server ${window.location.origin} --token cpam_…`;
  return (
    <Group gap={4} wrap="nowrap" maw="100%">
      <Code block tabIndex={0} style={{ overflowX: 'auto', textAlign: 'left' }}>
        {command}
      </Code>
      <CopyText text={command} label="Copy collector command" />
    </Group>
  );
}
