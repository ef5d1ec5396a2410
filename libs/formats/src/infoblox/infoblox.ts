import type { ImportFormat, SkippedRow } from '@cloudpam/import';
import { readNetworkAndMask } from '../rows/network';
import { poolOf } from '../rows/pool-parts';
import type { Reading } from '../rows/reading';
import { TAG_FIELD, type Row } from '../rows/row';
import { vrfOf } from '../rows/record-parts';
import {
  columnsOf,
  headerAmong,
  type Dialect,
  type ReadItem,
  type TableKind,
} from '../tables/table-kind';
import { HOST_BLOCKS } from './hosts';
import { DEFAULT_VIEW, viewNamed } from './views';

const FORMAT: ImportFormat = 'infoblox';

/** A header: `header-network`, with a star at the columns that must be filled. */
const HEADER = /^header-(\w+)\*?$/i;
/** An extensible attribute; those that are inherited follow from the networks around. */
const ATTRIBUTE = /^EA-(.+)$/i;
const INHERITED = /^EAInherited-/i;

/** Blocks whose rows are networks, and whether they hold others. */
const NETWORKS: Readonly<Record<string, 'container' | 'network'>> = {
  networkcontainer: 'container',
  ipv6networkcontainer: 'container',
  network: 'network',
  ipv6network: 'network',
};
/** Infoblox's CSV: blocks of rows, each under a header that says what its rows are. */
export const infoblox: Dialect = (lines) => headerAmong(lines, 1, kindOf);

function kindOf(cells: readonly string[]): TableKind | undefined {
  const object = HEADER.exec(cells[0]?.trim() ?? '')?.[1]?.toLowerCase();
  if (object === undefined) return undefined;
  const shared = {
    format: FORMAT,
    because: `Its header is header-${object}, as Infoblox writes it.`,
    loose: true,
    next: (line: { readonly cells: readonly string[] }) => kindOf(line.cells),
  };
  const holds = Object.hasOwn(NETWORKS, object) ? NETWORKS[object] : undefined;
  if (holds) {
    return {
      ...shared,
      entity: 'pool',
      fields: [...new Set(Object.values(NETWORK_FIELDS).filter((field) => field !== null))],
      ...columnsOf(cells, (cell) => fieldOf(cell.trim(), NETWORK_FIELDS)),
      reader: (row, reading) => networks(row, reading, holds),
    };
  }
  const block = Object.hasOwn(HOST_BLOCKS, object) ? HOST_BLOCKS[object] : undefined;
  if (block) {
    const { entity, fields, reader } = block;
    return {
      ...shared,
      entity,
      fields: [...new Set(Object.values(fields).filter((field) => field !== null))],
      ...columnsOf(cells, (cell) => fieldOf(cell.trim(), fields)),
      reader,
    };
  }
  if (object === 'networkview') {
    return {
      ...shared,
      entity: 'vrf',
      order: 0,
      fields: ['name', 'description'],
      ...columnsOf(cells, (cell) => viewField(cell.trim())),
      reader: views,
    };
  }
  return {
    ...shared,
    entity: null,
    fields: [],
    columns: new Map(),
    unknown: [],
    reader: leftOut(NOT_KEPT),
  };
}

const NOT_KEPT: SkippedRow = {
  skip: 'not_kept',
  detail: 'Only networks, their views, ranges and addresses are kept.',
};

/** null: it says what its row is, or does. */
const NETWORK_FIELDS: Readonly<Record<string, string | null>> = {
  address: 'address',
  netmask: 'mask',
  cidr: 'prefix_length',
  network_view: 'vrf',
  comment: 'description',
  ddns_domainname: null,
  _new_address: null,
  _new_netmask: null,
};

function fieldOf(cell: string, fields: typeof NETWORK_FIELDS): string | null | undefined {
  const attribute = ATTRIBUTE.exec(cell)?.[1];
  if (attribute !== undefined) return `${TAG_FIELD}${attribute.trim()}`;
  if (HEADER.test(cell) || INHERITED.test(cell)) return null;
  const name = cell.replace(/\*$/, '').toLowerCase();
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function viewField(cell: string): string | null | undefined {
  if (HEADER.test(cell)) return null;
  const name = cell.replace(/\*$/, '').toLowerCase();
  return name === 'name' ? 'name' : name === 'comment' ? 'description' : undefined;
}

function networks(row: Row, reading: Reading, holds: 'container' | 'network'): () => ReadItem {
  return () => {
    const address = row.get('address') ?? '';
    const mask = row.text('mask') ?? row.text('prefix_length') ?? '';
    const masked = row.has('mask') ? 'mask' : 'prefix_length';
    const network = readNetworkAndMask(address, mask, reading.fix, ['address', masked]);
    return {
      label: mask === '' ? address : `${address}/${mask}`,
      item: poolOf(
        {
          network,
          vrf: viewNamed(row.text('vrf'), reading),
          description: row.text('description'),
          ...(holds === 'container' ? { kind: 'container' } : {}),
          tags: row.tags(),
        },
        reading,
      ),
    };
  };
}

function views(row: Row): () => ReadItem {
  return () => {
    const name = row.text('name');
    if (name === DEFAULT_VIEW)
      return {
        label: name,
        item: { skip: 'not_kept', detail: 'The view default is the VRF global.' },
      };
    return vrfOf(name, undefined, row.get('description'));
  };
}

function leftOut(item: SkippedRow): TableKind['reader'] {
  return (row) => () => ({ label: row.cells[1]?.trim() ?? '', item });
}
