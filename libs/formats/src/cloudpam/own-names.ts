import type { ImportedPool, VrfName } from '@cloudpam/import';
import type { Reading } from '../rows/reading';
import { quoted, wrong } from '../rows/row-problem';
import type { OwnCells } from './cells';
import { OwnIds } from './own-records';

/** The VRF that a row names: by name, or in an older export by its id. @throws RowEnd `invalid_value` */
export function vrfOfRow(cells: OwnCells, reading: Reading): VrfName | null {
  const { interned } = reading;
  if (cells.has('vrf')) {
    const name = cells.text('vrf');
    return name === null ? reading.defaultVrf : interned.vrf(name, cells.text('vrf_rd'));
  }
  const [name, rd] = namesOfId(cells, reading, 'vrf_id') ?? [];
  return name === undefined ? reading.defaultVrf : interned.vrf(name, rd || null);
}

/** The account that a row names, in the same ways. @throws RowEnd `invalid_value` */
export function accountOfRow(cells: OwnCells, reading: Reading): { account?: string | null } {
  if (cells.has('account')) return { account: cells.text('account') };
  if (!cells.has('account_id')) return {};
  return { account: namesOfId(cells, reading, 'account_id')?.[0] ?? null };
}

/** The tags of a row: all that there are, where it has the column. @throws RowEnd `invalid_value` */
export function tagsOfRow(cells: OwnCells, { interned }: Reading): ImportedPool['tags'] {
  const are = cells.has('tags') ? 'all' : 'these';
  return interned.tags(`own ${cells.text('tags') ?? are}`, () => ({ values: cells.tags(), are }));
}

/** What an id stands for; undefined where there is none. @throws RowEnd `invalid_value` */
export function namesOfId(
  cells: OwnCells,
  reading: Reading,
  field: string,
): readonly string[] | undefined {
  const id = cells.text(field);
  if (id === null) return undefined;
  const names = reading.shared(OwnIds).names.get(field)?.get(id);
  if (names) return names;
  const table = `${field.replace('_id', '')}s.csv`;
  throw wrong(
    'invalid_value',
    `This export says ids alone, and nothing in it says what ${field} ${quoted(id)} is: ` +
      `give ${table} of the same export too.`,
    field,
  );
}
