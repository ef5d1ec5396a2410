import type { Schemas } from '@cloudpam/api-client';
import { List, Table, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { ReasonedIcon } from '../actions/reasoned-button';
import { bytesText } from './given-files';
import type { GivenFile } from './given-files';
import { ENTITIES, FORMATS } from './import-words';

interface FileTableProps {
  readonly files: readonly GivenFile[];
  /** Undefined while the server has not looked at them. */
  readonly tables: readonly Schemas['ImportTable'][] | undefined;
  readonly onRemove: (file: GivenFile) => void;
}

/** The files that were given, what was found in each, and why it was taken for that. */
export function FileTable({ files, tables, onRemove }: FileTableProps) {
  return (
    <Table.ScrollContainer minWidth={360} type="native">
      <Table aria-label="Files" style={{ tableLayout: 'fixed' }}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="36%">File</Table.Th>
            <Table.Th w={72} ta="right">
              Size
            </Table.Th>
            <Table.Th>Taken for</Table.Th>
            <Table.Th w={44}>
              <span className="hidden">Actions</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {files.map((file) => (
            <Table.Tr key={file.id} style={{ verticalAlign: 'top' }}>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                {file.name}
                {file.note && (
                  <Text size="xs" c="dimmed">
                    {file.note}
                  </Text>
                )}
              </Table.Td>
              <Table.Td ta="right">
                {bytesText(file.parts.reduce((all, { size }) => all + size, 0))}
              </Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                <Found file={file} tables={tables} />
              </Table.Td>
              <Table.Td>
                <ReasonedIcon
                  label={`Remove ${file.name}`}
                  reason={undefined}
                  onClick={() => onRemove(file)}
                >
                  <IconX size={14} />
                </ReasonedIcon>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Found({ file, tables }: { file: GivenFile; tables: FileTableProps['tables'] }) {
  if (file.fault !== undefined)
    return (
      <Text size="sm" c="red" role="alert">
        {file.fault}
      </Text>
    );
  const found = tables?.filter((table) =>
    file.parts.some(({ name }) => table.file === name || table.file.startsWith(`${name}/`)),
  );
  if (!found) return <Text size="sm">…</Text>;
  if (found.length === 0) return <Text size="sm">Nothing was found in it.</Text>;
  return (
    <List size="sm" listStyleType="none" spacing={4}>
      {found.map((table, index) => (
        <List.Item key={index}>
          <b>{FORMATS[table.format]}</b>: {table.entity ? ENTITIES[table.entity].many : 'not kept'}
          <Text size="xs" c="dimmed">
            {table.file !== file.name && `${table.file}: `}
            {table.because} {writtenAs(table)}
          </Text>
        </List.Item>
      ))}
    </List>
  );
}

const DELIMITERS: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
  ' ': 'blanks',
};

/** How the text of a table is written: its encoding, and what stands between its cells. */
function writtenAs({ encoding, delimiter }: Schemas['ImportTable']): string {
  if (delimiter === null) return `Read as ${encoding}.`;
  return `Read as ${encoding}, with ${DELIMITERS[delimiter] ?? delimiter} between cells.`;
}
