import { Kbd, Table } from '@mantine/core';
import { Dialog } from '../actions/dialog';

const SHORTCUTS = [
  ['/', 'Search'],
  ['?', 'These shortcuts'],
  ['↑ ↓', 'Move in the pool table; PgUp, PgDn, Home, End too'],
  ['→', 'Open the pool, or go to its first child'],
  ['←', 'Close the pool, or go to its parent'],
  ['Enter', 'Show the pool; in free space: allocate'],
  ['a', 'Allocate from the selected pool or free space'],
  ['n', 'New pool'],
  ['i', 'Import, on the page of the pools'],
  ['e', 'Edit the selected pool'],
  ['Del', 'Delete the selected pool (asks first)'],
] as const;

/** What the keyboard does. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog onClose={onClose} title="Keyboard shortcuts" size="md">
      <Table>
        <Table.Tbody>
          {SHORTCUTS.map(([key, deed]) => (
            <Table.Tr key={key}>
              <Table.Td w={90}>
                <Kbd size="xs">{key}</Kbd>
              </Table.Td>
              <Table.Td>{deed}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Dialog>
  );
}
