import type { ImportFormat, VlanName, VrfName } from '@cloudpam/import';
import type { PoolKind, PoolStatus } from '@cloudpam/pools';
import { readEnds, readNetwork, readNetworkAndMask, type ReadNetwork } from '../rows/network';
import { poolOf, statusOf, tenantOf, vidOf } from '../rows/pool-parts';
import type { Reading } from '../rows/reading';
import type { Row } from '../rows/row';
import { quoted, skipped, wrong } from '../rows/row-problem';
import type { Dialect, ReadItem } from '../tables/table-kind';
import type { CsvLine } from '../text/csv-lines';
import { foldWord } from '../text/fold-word';
import { partsOf } from '../text/parts-of';
import { guessTable } from './guess';
import { HEADERS, KINDS, STATUSES, TOTALS } from './words';

const FORMAT: ImportFormat = 'spreadsheet';
const NAME_AND_VID = /^(.*?)\s*\((\d{1,4})\)$/s;
const FOLDER = /\(folder\)$/i;

const STATUS_HERE: Readonly<Record<string, { status?: PoolStatus; kind?: PoolKind }>> = {
  active: { status: 'active' },
  planned: { status: 'planned' },
  reserved: { status: 'planned', kind: 'reservation' },
  deprecated: { status: 'deprecated' },
  container: { kind: 'container' },
};

/** Any table at all: its columns are guessed. */
export const spreadsheet: Dialect = (lines) => {
  const { at, columns } = guessTable(lines);
  const header = lines[at]?.cells ?? lines[0]?.cells ?? [];
  const used = new Set(columns.values());
  const fields = [...new Set(HEADERS.values())];
  return {
    at,
    kind: {
      format: FORMAT,
      because: because(columns.has('cidr') || columns.has('address') || columns.has('first')),
      entity: 'pool',
      columns,
      fields,
      unknown: header.flatMap((_cell, column) => (used.has(column) ? [] : [column])),
      needs: ['cidr', 'address', 'first'],
      loose: true,
      reader: (row, reading) => rows(row, reading, lines[at]),
    },
  };
};

function because(known: boolean): string {
  return known
    ? 'It has no header of a system that is known here; one of its columns has networks.'
    : 'It has no header of a system that is known here.';
}

function rows(row: Row, reading: Reading, header: CsvLine | undefined): () => ReadItem {
  const { interned } = reading;

  const read = (): ReadItem => {
    refuseOthers(row, header);
    const network = networkOf(row, reading);
    const told = statusOf(row.text('status'), reading, usualStatus);
    const tenant = tenantOf(row.text('tenant'), reading);
    const role = row.text('role');
    const roleKind = role === null ? undefined : reading.meaning('role', role);
    const pool = poolOf(
      {
        network,
        vrf: vrf(),
        name: row.text('name'),
        description: row.text('description'),
        ...told,
        kind: roleKind ?? kindOf(row.text('kind')) ?? told.kind,
        region: row.text('region'),
        account: row.text('account') ?? tenant.account,
        ...vlan(),
        tags: [['role', role], ['tenant', tenant.tag], ['site', row.text('site')], ...row.tags()],
      },
      reading,
    );
    return {
      label: row.text('cidr') ?? row.text('address') ?? row.text('first') ?? '',
      item: pool,
    };
  };

  const vrf = (): VrfName | null => {
    const name = row.text('vrf');
    const rd = row.text('vrf_rd');
    return name === null && rd === null ? null : interned.vrf(name, rd);
  };

  const vlan = (): { vlan?: VlanName | null } => {
    if (!row.has('vlan') && !row.has('vlan_name')) return {};
    const number = row.text('vlan');
    const name = row.text('vlan_name');
    const [, before, vid] = partsOf(NAME_AND_VID, number ?? '') ?? [];
    const group = row.text('vlan_group');
    if (vid !== undefined)
      return { vlan: interned.vlan(Number(vid), name ?? (before || null), group) };
    const none = number === null || /^(na|n\/a|none|-|—|–|0)$/i.test(number);
    if (none && name === null) return { vlan: null };
    const said = none ? null : vidOf(number.replace(/^vlan\s*/i, ''), 'vlan');
    return { vlan: interned.vlan(said, name, group) };
  };

  return read;
}

/** @throws RowEnd for what is no network: sums, headings, a header again, folders */
function refuseOthers(row: Row, header: CsvLine | undefined): void {
  const filled = row.cells.filter((cell) => cell.trim() !== '');
  const network = row.text('cidr') ?? row.text('address') ?? row.text('first');
  if (network !== null && FOLDER.test(network))
    throw skipped('folder', 'A folder has no addresses: what is in it finds its place by itself.');
  const sums = filled.some((cell) => TOTALS.has(foldWord(cell)));
  if (sums && (network === null || !/\d/.test(network)))
    throw skipped('no_data', 'It has sums, and no network.');
  if (header && row.cells.every((cell, at) => cell.trim() === (header.cells[at]?.trim() ?? '')))
    throw skipped('no_data', 'It is the header again.');
  const alone = filled.length === 1 && row.cells.length > 1;
  if (alone && (network === null || !/\d[.:]|[.:]\d/.test(network)))
    throw skipped('no_data', 'It is a heading, and no network.');
}

function networkOf(row: Row, reading: Reading): ReadNetwork {
  const { fix } = reading;
  const cidr = row.text('cidr');
  const address = row.text('address');
  const mask = row.text('mask') ?? row.text('prefix_length') ?? '';
  const masked = row.has('mask') ? 'mask' : 'prefix_length';
  if (cidr !== null)
    return readNetworkAndMask(cidr, /[-–—\s]/.test(cidr) ? '' : mask, fix, ['cidr', masked]);
  if (address !== null) return readNetworkAndMask(address, mask, fix, ['address', masked]);
  const first = row.text('first');
  const last = row.text('last');
  if (first !== null && last !== null) return readEnds(first, last, 'first');
  const field = row.has('cidr') ? 'cidr' : row.has('address') ? 'address' : 'first';
  if (first !== null) return readNetwork(first, fix, 'first');
  throw wrong('missing_value', 'The network is missing.', field);
}

function usualStatus(word: string): { status?: PoolStatus; kind?: PoolKind } | undefined {
  const known = STATUSES.get(foldWord(word));
  if (known === 'free') throw skipped('free_space', 'It is free space, and no network in use.');
  return known && STATUS_HERE[known];
}

function kindOf(word: string | null): PoolKind | undefined {
  if (word === null) return undefined;
  const kind = KINDS.get(foldWord(word));
  if (kind) return kind;
  throw wrong(
    'unknown_word',
    `${quoted(word)} is no kind of pool: map the column to another field.`,
    'kind',
  );
}
