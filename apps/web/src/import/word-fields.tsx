import { Button, Fieldset, Group, Select, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';

interface WordFieldsProps {
  readonly legend: string;
  readonly about: string;
  /** The words that are set, each with the choice that it means. */
  readonly words: Readonly<Record<string, string>>;
  /** Words of the files that could be set. */
  readonly found: readonly string[];
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  /** Said where there is nothing to choose. */
  readonly noChoice?: string;
  /** With undefined the word means what it usually does. */
  readonly onChange: (word: string, choice: string | undefined) => void;
}

/** What words of the files mean here, word by word. */
export function WordFields({
  legend,
  about,
  words,
  found,
  choices,
  noChoice,
  onChange,
}: WordFieldsProps) {
  const [word, setWord] = useState('');
  const shown = [...new Set([...Object.keys(words), ...found])];
  const first = choices[0]?.value;
  const add = (event: FormEvent): void => {
    event.preventDefault();
    if (word.trim() === '' || first === undefined) return;
    onChange(word.trim(), first);
    setWord('');
  };
  const row = (one: string): ReactNode => (
    <Table.Tr key={one}>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>{one}</Table.Td>
      <Table.Td>
        <Select
          aria-label={`${legend} ${one}`}
          placeholder="As usual"
          data={choices}
          value={words[one] ?? null}
          onChange={(choice) => onChange(one, choice ?? undefined)}
          clearable
          searchable={choices.length > 6}
        />
      </Table.Td>
    </Table.Tr>
  );
  return (
    <Fieldset legend={legend} p="xs">
      <Stack gap="xs">
        <Text size="xs" c="dimmed">
          {about} {first === undefined && noChoice}
        </Text>
        {shown.length > 0 && (
          <Table aria-label={legend} withRowBorders={false} verticalSpacing={2}>
            <Table.Tbody>{shown.map(row)}</Table.Tbody>
          </Table>
        )}
        <Group gap="xs" align="end" component="form" onSubmit={add}>
          <TextInput
            label="Another word"
            style={{ flex: 1 }}
            value={word}
            onChange={(event) => setWord(event.currentTarget.value)}
          />
          <Button
            type="submit"
            variant="default"
            leftSection={<IconPlus size={14} />}
            disabled={word.trim() === '' || first === undefined}
          >
            Add
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}
