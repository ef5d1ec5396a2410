import type { ImportedAddress } from '@cloudpam/import';
import { readHost, readSpan } from '../rows/host';
import { addressOf, rangeOf } from '../rows/leaf-parts';
import type { Reading } from '../rows/reading';
import type { Row } from '../rows/row';
import { wrong } from '../rows/row-problem';
import type { ReadItem } from '../tables/table-kind';
import { viewNamed } from './views';

/** null: it says what its row is, or does. */
type Fields = Readonly<Record<string, string | null>>;

/** What blocks of addresses and of ranges have both. */
const SHARED: Fields = { network_view: 'vrf', comment: 'description', name: 'name' };

/** A block of rows that become addresses, or ranges. */
interface HostBlock {
  readonly entity: 'address' | 'range';
  /** By its columns, in lower case and without their stars. */
  readonly fields: Fields;
  reader(row: Row, reading: Reading): () => ReadItem;
}

const RANGE: HostBlock = {
  entity: 'range',
  fields: { ...SHARED, start_address: 'start_address', end_address: 'end_address', disabled: null },
  reader: ranges,
};
const FIXED: HostBlock = {
  entity: 'address',
  fields: { ...SHARED, ip_address: 'address', ipv6addr: 'address', mac_address: 'mac' },
  reader: (row, reading) => addresses(row, reading, 'dhcp'),
};
const OF_HOST: HostBlock = {
  entity: 'address',
  fields: {
    ...SHARED,
    address: 'address',
    parent: 'dns_name',
    mac_address: 'mac',
    view: null,
    configure_for_dhcp: null,
  },
  reader: (row, reading) => addresses(row, reading, undefined),
};
const HOST: HostBlock = {
  entity: 'address',
  fields: {
    ...SHARED,
    fqdn: 'dns_name',
    addresses: 'addresses',
    ipv6_addresses: 'ipv6_addresses',
    view: null,
    configure_for_dns: null,
  },
  reader: hosts,
};

/** The blocks whose rows are addresses or ranges, by their names in headers. */
export const HOST_BLOCKS: Readonly<Record<string, HostBlock>> = {
  dhcprange: RANGE,
  ipv6dhcprange: RANGE,
  fixedaddress: FIXED,
  ipv6fixedaddress: FIXED,
  hostaddress: OF_HOST,
  ipv6hostaddress: OF_HOST,
  hostrecord: HOST,
};

function ranges(row: Row, reading: Reading): () => ReadItem {
  return () => {
    const [start, end] = [row.get('start_address') ?? '', row.get('end_address') ?? ''];
    const parts = {
      ...partsOf(row, reading),
      span: readSpan(start, end),
      purpose: 'dhcp' as const,
    };
    return { label: `${start}-${end}`, item: rangeOf(parts, reading) };
  };
}

function addresses(
  row: Row,
  reading: Reading,
  role: ImportedAddress['set']['role'],
): () => ReadItem {
  return () => {
    const address = row.get('address') ?? '';
    const parts = {
      ...partsOf(row, reading),
      cidr: readHost(address),
      mac: row.text('mac'),
      dnsName: row.text('dns_name'),
      calledBy: row.text('dns_name'),
      role,
    };
    return { label: address, item: addressOf(parts, reading) };
  };
}

/** A host with all of its addresses; those that have rows of their own tell the same there. */
function hosts(row: Row, reading: Reading): () => ReadItem {
  return () => {
    const listed = [row.get('addresses'), row.get('ipv6_addresses')]
      .flatMap((cell) => cell?.split(/[\s,;]+/) ?? [])
      .filter((address) => address !== '');
    const dnsName = row.text('dns_name');
    const [first, ...more] = listed.map((address) => ({
      label: address,
      item: addressOf(
        {
          ...partsOf(row, reading),
          cidr: readHost(address, 'addresses'),
          dnsName,
          calledBy: dnsName,
        },
        reading,
      ),
    }));
    if (!first) throw wrong('missing_value', 'The host has no address.', 'addresses');
    return { ...first, more };
  };
}

function partsOf(row: Row, reading: Reading) {
  return {
    vrf: viewNamed(row.text('vrf'), reading),
    name: row.text('name'),
    description: row.text('description'),
    tags: row.tags(),
  };
}
