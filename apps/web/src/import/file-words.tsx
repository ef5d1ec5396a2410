import type { Schemas } from '@cloudpam/api-client';
import { SimpleGrid } from '@mantine/core';
import type { ImportMap, StatusWord } from '../api/import';
import { choices, KINDS, STATUSES } from '../pools/pool-words';
import { useAccounts } from '../records/use-records';
import { sampleWords, withWord } from './import-map';
import { WordFields } from './word-fields';

const LEFT_OUT = 'left out';
const RESERVED = 'reservation';

/** What a status of a file can be here. */
const STATUS_CHOICES = [
  ...choices(STATUSES),
  { value: RESERVED, label: 'Reserved (kind)' },
  { value: LEFT_OUT, label: 'Left out' },
];

function choiceOf(word: StatusWord | null): string {
  if (word === null) return LEFT_OUT;
  return word.kind === RESERVED ? RESERVED : (word.status ?? '');
}

function wordOf(choice: string): StatusWord | null {
  if (choice === LEFT_OUT) return null;
  if (choice === RESERVED) return { kind: RESERVED };
  return { status: choice as Schemas['PoolStatus'] }; // What is left are the statuses.
}

interface FileWordsProps {
  readonly tables: readonly Schemas['ImportTable'][];
  readonly map: ImportMap;
  readonly onChange: (map: ImportMap) => void;
}

/** What statuses, roles and tenants of the files mean here. */
export function FileWords({ tables, map, onChange }: FileWordsProps) {
  const accounts = useAccounts();
  const { status = {}, role = {}, tenant = {} } = map.words ?? {};
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md">
      <WordFields
        legend="Status"
        about="Which status a word of the files is."
        words={Object.fromEntries(
          Object.entries(status).map(([word, meaning]) => [word, choiceOf(meaning)]),
        )}
        found={sampleWords(tables, map, 'status')}
        choices={STATUS_CHOICES}
        onChange={(word, choice) =>
          onChange(withWord(map, 'status', word, choice === undefined ? undefined : wordOf(choice)))
        }
      />
      <WordFields
        legend="Role"
        about="Which kind of pool has a role."
        words={role}
        found={sampleWords(tables, map, 'role')}
        choices={choices(KINDS)}
        onChange={(word, choice) =>
          // The choices are the kinds.
          onChange(withWord(map, 'role', word, choice as Schemas['PoolKind'] | undefined))
        }
      />
      <WordFields
        legend="Tenant"
        about="Which account a tenant is. Others become the tag “tenant”."
        words={tenant}
        found={sampleWords(tables, map, 'tenant')}
        noChoice="There is no account yet."
        choices={accounts.map(({ key, name }) => ({ value: key, label: `${name} (${key})` }))}
        onChange={(word, choice) => onChange(withWord(map, 'tenant', word, choice))}
      />
    </SimpleGrid>
  );
}
