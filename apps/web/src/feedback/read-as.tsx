import { Text } from '@mantine/core';

/** How the server read what was typed into the box above, where that is not word for word. */
export function ReadAs({ text }: { text: string | null | undefined }) {
  return (
    <Text size="xs" c="dimmed" mb={text ? 6 : 0} role="status" aria-label="How the text was read">
      {text}
    </Text>
  );
}
