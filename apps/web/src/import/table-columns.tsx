import type { Schemas } from '@cloudpam/api-client';
import {
  Checkbox,
  Fieldset,
  Group,
  Select,
  SimpleGrid,
  Stack,
  Table,
  Text,
  Title,
} from '@mantine/core';
import { ScrollRegion } from '../table/scroll-region';
import type { ImportMap } from '../api/import';
import { columnOf, fieldLabel, fieldsOf, isTag, withColumn, withTags } from './import-map';
import { FORMATS } from './import-words';

interface TableColumnsProps {
  readonly table: Schemas['ImportTable'];
  readonly map: ImportMap;
  /** The columns without a meaning of all tables. */
  readonly everyUnknown: readonly string[];
  readonly onChange: (map: ImportMap) => void;
}

/** What the columns of one table mean, with its first rows. */
export function TableColumns({ table, map, everyUnknown, onChange }: TableColumnsProps) {
  const fields = fieldsOf(table);
  const meanings = new Map(fields.map((field) => [columnOf(table, map, field), field]));
  const unknown = table.unknown.filter((column) => !meanings.has(column));
  return (
    <Stack component="section" gap="xs" aria-label={table.file}>
      <Title order={3} fz="md">
        {table.file}
      </Title>
      <Text size="sm" c="dimmed">
        {FORMATS[table.format]}. {table.because}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2, sm: 3, lg: 5 }} spacing="sm" verticalSpacing="xs">
        {fields.map((field) => (
          <Select
            key={field}
            label={fieldLabel(field)}
            placeholder="No column"
            data={[...new Set(table.columns)]}
            value={columnOf(table, map, field)}
            onChange={(column) => onChange(withColumn(map, field, column))}
            clearable
            searchable
          />
        ))}
      </SimpleGrid>
      <Preview table={table} meanings={meanings} map={map} />
      {unknown.length > 0 && (
        <Fieldset legend="Columns without a meaning here: keep as tags" p="xs">
          <Group gap="md">
            <Checkbox
              label="All of them"
              checked={unknown.every((column) => isTag(map, column))}
              onChange={(event) =>
                onChange(withTags(map, everyUnknown, unknown, event.currentTarget.checked))
              }
            />
            {unknown.map((column) => (
              <Checkbox
                key={column}
                label={column}
                checked={isTag(map, column)}
                onChange={(event) =>
                  onChange(withTags(map, everyUnknown, [column], event.currentTarget.checked))
                }
              />
            ))}
          </Group>
        </Fieldset>
      )}
    </Stack>
  );
}

function Preview({
  table,
  meanings,
  map,
}: {
  table: Schemas['ImportTable'];
  meanings: ReadonlyMap<string | null, string>;
  map: ImportMap;
}) {
  const meaning = (column: string): string => {
    const field = meanings.get(column);
    if (field !== undefined) return fieldLabel(field);
    return isTag(map, column) ? 'Tag' : 'Not taken';
  };
  return (
    <ScrollRegion label={`First rows of ${table.file}`}>
      <Table aria-label={`First rows of ${table.file}`} fz="xs" verticalSpacing={2}>
        <Table.Thead>
          <Table.Tr>
            {table.columns.map((column, at) => (
              <Table.Th key={at} style={{ whiteSpace: 'nowrap' }}>
                {column}
                <Text size="xs" c={meanings.has(column) ? undefined : 'dimmed'} fw={400}>
                  {meaning(column)}
                </Text>
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {table.sample.slice(0, PREVIEW_ROWS).map((cells, row) => (
            <Table.Tr key={row}>
              {table.columns.map((_, at) => (
                <Table.Td key={at} className="ellipsis" maw={220} title={cells[at]}>
                  {cells[at]}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollRegion>
  );
}

const PREVIEW_ROWS = 10;
