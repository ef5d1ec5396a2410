import type { ImportFormat, SkippedRow, VrfName } from '@cloudpam/import';
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

const FORMAT: ImportFormat = 'infoblox';

/** A header: `header-network`, with a star at the columns that must be filled. */
const HEADER = /^header-(\w+)\*?$/i;
/** An extensible attribute; those that are inherited follow from the networks around. */
const ATTRIBUTE = /^EA-(.+)$/i;
const INHERITED = /^EAInherited-/i;
/** The view that everything is in where there is no other one. */
const DEFAULT_VIEW = 'default';

/** Blocks whose rows are networks, and whether they hold others. */
const NETWORKS: Readonly<Record<string, 'container' | 'network'>> = {
  networkcontainer: 'container',
  ipv6networkcontainer: 'container',
  network: 'network',
  ipv6network: 'network',
};
/** Blocks of single addresses: hosts, records with an address, ranges of DHCP. */
const ADDRESSES = /host|fixedaddress|range|a{1,4}record|ptrrecord|reservation|sharednetwork|lease/;

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
      ...columnsOf(cells, (cell) => networkField(cell.trim())),
      reader: (row, reading) => networks(row, reading, holds),
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
    reader: leftOut(ADDRESSES.test(object) ? NOT_YET : NOT_KEPT),
  };
}

const NOT_YET: SkippedRow = {
  skip: 'not_yet_kept',
  detail: 'Single addresses, ranges and hosts are not imported yet.',
};
const NOT_KEPT: SkippedRow = {
  skip: 'not_kept',
  detail: 'Only networks and their views are kept.',
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

function networkField(cell: string): string | null | undefined {
  const attribute = ATTRIBUTE.exec(cell)?.[1];
  if (attribute !== undefined) return `${TAG_FIELD}${attribute.trim()}`;
  if (HEADER.test(cell) || INHERITED.test(cell)) return null;
  const name = cell.replace(/\*$/, '').toLowerCase();
  return Object.hasOwn(NETWORK_FIELDS, name) ? NETWORK_FIELDS[name] : undefined;
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

function viewNamed(name: string | null, { interned }: Reading): VrfName | null {
  return name === null || name === DEFAULT_VIEW ? null : interned.vrf(name, null);
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
