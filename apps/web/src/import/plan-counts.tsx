import type { Schemas } from '@cloudpam/api-client';
import { Table } from '@mantine/core';
import { ScrollRegion } from '../table/scroll-region';
import { Count } from '../format/count';
import { ACTION_NAMES, ACTIONS, ActionMark, ENTITIES, NOT_KEPT } from './import-words';

/** How many rows have which action, for each kind of record and together. */
export function PlanCounts({
  summary,
  done = false,
}: {
  summary: Schemas['ImportResult']['summary'];
  /** It has been applied. */
  done?: boolean;
}) {
  const rows = [
    ...summary.entities.map((counts) => ({
      title: counts.entity === null ? NOT_KEPT : ENTITIES[counts.entity].many,
      counts,
    })),
    { title: 'Together', counts: summary },
  ];
  return (
    <ScrollRegion label="Counts">
      <Table aria-label="Counts" w="auto" verticalSpacing={3}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>
              <span className="hidden">Kind of record</span>
            </Table.Th>
            {ACTION_NAMES.map((action) => (
              <Table.Th key={action} ta="right" style={{ whiteSpace: 'nowrap' }}>
                <ActionMark action={action} hasLabel={false} />{' '}
                {done ? ACTIONS[action].done : ACTIONS[action].label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ title, counts }) => (
            <Table.Tr key={title} fw={title === 'Together' ? 600 : undefined}>
              <Table.Th scope="row" fw="inherit">
                {title}
              </Table.Th>
              {ACTION_NAMES.map((action) => (
                <Table.Td key={action} ta="right">
                  <Count of={counts[action]} unit="rows" />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollRegion>
  );
}
