import type { VrfName } from '@cloudpam/import';
import { vidOf } from '../rows/pool-parts';
import type { Reading } from '../rows/reading';
import { vidRangesOf, vlanGroupOf, vlanOf, vrfOf } from '../rows/record-parts';
import type { Row } from '../rows/row';
import type { ReadItem, TableKind } from '../tables/table-kind';
import { isYes, orNone, placeKey, tagNames, vlanNamed } from './cells';
import { addressOfNetbox, rangeOfNetbox, type LeafStatus } from './leaves';
import { NetboxNames } from './netbox-names';
import { poolOfAggregate, poolOfPrefix, type Status } from './records';

/** What one way of writing prefixes has of its own. */
interface PrefixCells {
  status(word: string): Status | undefined;
  vrf(row: Row, reading: Reading): VrfName | null;
  /** null: of whichever group has the VLAN. */
  vlanGroup(row: Row): string | null;
}

/** Reads prefixes out of CSV. */
export function prefixReader({ status, vrf, vlanGroup }: PrefixCells): TableKind['reader'] {
  return (row, reading) => () => {
    const site = orNone(row.text('site'));
    const vlan = row.has('vlan') ? vlanNamed(row.text('vlan'), vlanGroup(row), reading) : undefined;
    const { prefix, tenant, description, tags, asked } = addresses(row, reading);
    // Written out: a spread takes 10 us a row.
    const told = {
      prefix,
      tenant,
      description,
      tags,
      asked,
      status: orNone(row.text('status')),
      vrf: vrf(row, reading),
      place: {
        key: site === null ? placeKey(row.text('scope_type')) : 'site',
        name: site ?? orNone(row.text('scope')),
      },
      vlan,
      role: orNone(row.text('role')),
      id: row.text('source_id'),
    } as const;
    return { label: prefix, item: poolOfPrefix(told, status, reading) };
  };
}

/** Reads aggregates out of CSV. */
export function aggregates(row: Row, reading: Reading): () => ReadItem {
  return () => {
    const aggregate = { ...addresses(row, reading), rir: orNone(row.text('rir')) };
    return { label: aggregate.prefix, item: poolOfAggregate(aggregate, reading) };
  };
}

/** What one way of writing addresses and ranges has of its own. */
interface LeafCells {
  status(word: string): LeafStatus | undefined;
  vrf(row: Row, reading: Reading): VrfName | null;
}

/** Reads IP addresses out of CSV. */
export function ipAddressReader({ status, vrf }: LeafCells): TableKind['reader'] {
  return (row, reading) => () => {
    const address = row.get('address') ?? '';
    const ip = {
      ...leaf(row, reading),
      address,
      vrf: vrf(row, reading),
      dnsName: orNone(row.text('dns_name')),
      device: orNone(row.text('device')) ?? orNone(row.text('virtual_machine')),
      interface: orNone(row.text('interface')),
    };
    return { label: address, item: addressOfNetbox(ip, status, reading) };
  };
}

/** Reads IP ranges out of CSV. */
export function ipRangeReader({ status, vrf }: LeafCells): TableKind['reader'] {
  return (row, reading) => () => {
    const [start, end] = [row.get('start_address') ?? '', row.get('end_address') ?? ''];
    const range = {
      ...leaf(row, reading),
      start,
      end,
      vrf: vrf(row, reading),
      isUtilized: isYes(row.text('mark_utilized')),
      isPopulated: isYes(row.text('mark_populated')),
    };
    return { label: `${start}-${end}`, item: rangeOfNetbox(range, status, reading) };
  };
}

function leaf(row: Row, reading: Reading) {
  return {
    status: orNone(row.text('status')),
    tenant: orNone(row.text('tenant')),
    role: orNone(row.text('role')),
    description: orNone(row.text('description')),
    tags: tagNames(row.text('tags'), reading),
    id: row.text('source_id'),
    asked: row.tags(),
  };
}

/** What prefixes and aggregates have both. */
function addresses(row: Row, reading: Reading) {
  return {
    prefix: row.get('cidr') ?? '',
    tenant: orNone(row.text('tenant')),
    description: orNone(row.text('description')),
    tags: tagNames(row.text('tags'), reading),
    asked: row.tags(),
  };
}

/** Reads VLANs out of CSV. */
export function vlans(row: Row): () => ReadItem {
  return () =>
    vlanOf(
      vidOf(row.get('vid') ?? '', 'vid'),
      row.text('name'),
      orNone(row.text('group')) ?? orNone(row.text('site')),
      row.get('description'),
    );
}

/** Reads VLAN groups out of CSV; what they are for becomes their site, whatever it is there. */
export function vlanGroups(row: Row): () => ReadItem {
  return () => {
    const [least, most] = [row.text('min_vid'), row.text('max_vid')];
    const ranges =
      orNone(row.text('vid_ranges')) ??
      (least === null && most === null ? null : `${least ?? 1}-${most ?? 4094}`);
    const site = orNone(row.text('scope'));
    return vlanGroupOf(row.text('name'), {
      ...(ranges === null ? {} : { vidRanges: vidRangesOf(ranges) }),
      ...(site === null ? {} : { site }),
      ...(row.has('description') ? { description: row.get('description') ?? '' } : {}),
    });
  };
}

/** Reads VRFs out of CSV, and keeps how cells of the same upload name them. */
export function vrfs(row: Row, reading: Reading): () => ReadItem {
  const names = reading.shared(NetboxNames).vrfs;
  return () => {
    const name = row.text('name');
    const rd = orNone(row.text('rd'));
    if (name !== null)
      names.set(rd === null ? name : `${name} (${rd})`, reading.interned.vrf(name, rd));
    return vrfOf(name, row.has('rd') ? rd : undefined, row.get('description'));
  };
}
