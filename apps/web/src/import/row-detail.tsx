import type { Schemas } from '@cloudpam/api-client';
import { Anchor, Table, Text } from '@mantine/core';
import { Link } from 'react-router';
import { ACTIONS, ActionMark, ENTITIES } from './import-words';

/** In a few words what is changed, or why a row is not taken. */
export function rowNote({ action, detail, changes }: Schemas['ImportRow']): string {
  if (detail !== null) return detail;
  if (action !== 'update' || !changes) return '';
  return changes.map(({ field }) => field).join(', ');
}

/** All that the plan says of a row. */
export function RowDetail({ row }: { row: Schemas['ImportRow'] }) {
  const { action, entity, label, file, line, column, code, detail, changes, id, cidr } = row;
  return (
    <>
      <Text size="sm">
        <ActionMark action={action} hasLabel={false} /> <b>{ACTIONS[action].label}</b>{' '}
        {entity && `${ENTITIES[entity].one} `}
        {entity === 'pool' && id !== null ? (
          <Anchor component={Link} to={`/pools/${id}`} size="sm" target="_blank">
            {cidr ?? label}
          </Anchor>
        ) : (
          label
        )}
      </Text>
      <Text size="xs" c="dimmed">
        {file}, line {line}
        {column !== null && `, column ${column}`}
        {code !== null && ` (${code})`}
      </Text>
      {detail !== null && <Text size="sm">{detail}</Text>}
      {changes && changes.length > 0 && (
        <Table aria-label="Changes" fz="xs" verticalSpacing={2} w="auto">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Field</Table.Th>
              <Table.Th>Before</Table.Th>
              <Table.Th>After</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {changes.map(({ field, before, after }) => (
              <Table.Tr key={field}>
                <Table.Td>{field}</Table.Td>
                <Table.Td className="mono">{valueText(before)}</Table.Td>
                <Table.Td className="mono">{valueText(after)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </>
  );
}

function valueText(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
