import type { Schemas } from '@cloudpam/api-client';
import { ActionIcon, Button, Group, Input, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';

type TagEntry = readonly [key: string, value: string];

interface TagsFieldProps {
  readonly value: Schemas['Pool']['tags'];
  readonly onChange: (tags: Schemas['Pool']['tags']) => void;
  /** Keys that stay and ask for a value. */
  readonly required?: readonly string[];
}

/** Edits tags, key and value apart: cloud tags have colons and equals signs in both. */
export function TagsField({ value, onChange, required = [] }: TagsFieldProps) {
  // Entries without a key are kept while typing and left out of the tags.
  const [entries, setEntries] = useState<readonly TagEntry[]>(() =>
    Object.entries({ ...Object.fromEntries(required.map((key) => [key, ''])), ...value }),
  );
  const update = (next: readonly TagEntry[]): void => {
    setEntries(next);
    onChange(
      Object.fromEntries(
        next.filter(([key]) => key.trim() !== '').map(([key, text]) => [key.trim(), text]),
      ),
    );
  };
  return (
    <Input.Wrapper label="Tags" size="xs">
      <Stack gap={4}>
        {entries.map(([key, text], index) => (
          <Group key={index} gap={4} wrap="nowrap">
            <TextInput
              aria-label={`Tag ${index + 1} key`}
              placeholder="key"
              flex={1}
              value={key}
              readOnly={index < required.length}
              onChange={(event) => update(entries.with(index, [event.currentTarget.value, text]))}
            />
            <TextInput
              aria-label={`Tag ${index + 1} value`}
              placeholder={index < required.length ? 'required by the pool' : 'value'}
              flex={2}
              value={text}
              required={index < required.length}
              onChange={(event) => update(entries.with(index, [key, event.currentTarget.value]))}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Remove tag ${key}`}
              disabled={index < required.length}
              onClick={() => update(entries.toSpliced(index, 1))}
            >
              <IconX size={14} />
            </ActionIcon>
          </Group>
        ))}
        <Button
          variant="subtle"
          size="compact-xs"
          w="max-content"
          leftSection={<IconPlus size={12} />}
          onClick={() => setEntries([...entries, ['', '']])}
        >
          Add tag
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}
