import type { ImportEntity, ImportFormat, VlanName, VrfName } from '@cloudpam/import';
import { vidOf } from '../rows/pool-parts';
import { vidRangesOf, vlanGroupOf, vlanOf, vrfOf } from '../rows/record-parts';
import type { Reading } from '../rows/reading';
import {
  isObject,
  textOf,
  valueOf,
  type JsonDialect,
  type JsonKind,
  type JsonObject,
} from '../tables/json-kind';
import type { ReadItem } from '../tables/table-kind';
import { isYes, leafStatusValue, placeKey, statusValue, vrfById } from './cells';
import { addressOfNetbox, rangeOfNetbox } from './leaves';
import { NOT_KEPT, type NotKept } from './not-kept';
import { poolOfAggregate, poolOfPrefix } from './records';

const FORMAT: ImportFormat = 'netbox_api';
/** Before the name of a custom field, where columns are listed. */
const CUSTOM = 'custom_fields.';

/** Objects of NetBox's REST API: a page of them, or a list. */
export const netboxApi: JsonDialect = (key, first, { options }) => {
  if (key !== null && key !== 'results') return undefined;
  const has = (...keys: string[]): boolean => keys.every((each) => Object.hasOwn(first, each));
  const table = (
    what: string,
    entity: ImportEntity | null,
    mapping: Readonly<Record<string, string>>,
    reader: JsonKind['reader'],
  ): JsonKind => {
    const mapped =
      entity === 'pool' || entity === 'address' || entity === 'range'
        ? { ...mapping, ...askedOf(first, options.map.tags) }
        : mapping;
    return {
      format: FORMAT,
      because: `Its objects are ${what} of NetBox's REST API.`,
      entity,
      mapping: mapped,
      unknown: entity === null ? [] : unknownOf(first, Object.values(mapped)),
      reader,
    };
  };
  const left = ({ what, skip, detail }: NotKept, label: string): JsonKind =>
    table(what, null, {}, () => (object) => ({
      label: textOf(object, label) ?? '',
      item: { skip, detail },
    }));

  if (has('prefix', 'rir')) return table('aggregates', 'pool', AGGREGATE, aggregates);
  if (has('prefix')) return table('prefixes', 'pool', PREFIX, prefixes);
  if (has('start_address', 'end_address')) return table('IP ranges', 'range', RANGE, ranges);
  if (has('address', 'family')) return table('IP addresses', 'address', ADDRESS, ipAddresses);
  if (has('vid', 'name')) return table('VLANs', 'vlan', VLAN, () => vlan);
  if (has('rd', 'name')) return table('VRFs', 'vrf', VRF, () => vrf);
  if (!has('name', 'slug')) return undefined;
  if (has('color')) return left(NOT_KEPT.tags, 'name');
  if (has('is_private')) return left(NOT_KEPT.rirs, 'name');
  if (has('vid_ranges')) return table('VLAN groups', 'vlan_group', VLAN_GROUP, () => vlanGroup);
  if (has('weight')) return left(NOT_KEPT.roles, 'name');
  return left(has('facility') ? NOT_KEPT.sites : NOT_KEPT.tenants, 'name');
};

/** What addresses and ranges have both. */
const LEAF = {
  status: 'status',
  vrf: 'vrf',
  tenant: 'tenant',
  role: 'role',
  description: 'description',
  tags: 'tags',
  source_id: 'id',
};
const ADDRESS = {
  ...LEAF,
  address: 'address',
  dns_name: 'dns_name',
  interface: 'assigned_object',
};
const RANGE = {
  ...LEAF,
  start_address: 'start_address',
  end_address: 'end_address',
  mark_utilized: 'mark_utilized',
  mark_populated: 'mark_populated',
};
const AGGREGATE = {
  cidr: 'prefix',
  rir: 'rir',
  tenant: 'tenant',
  description: 'description',
  tags: 'tags',
};
const PREFIX = {
  cidr: 'prefix',
  status: 'status',
  vrf: 'vrf',
  tenant: 'tenant',
  scope: 'scope',
  scope_type: 'scope_type',
  vlan: 'vlan',
  role: 'role',
  description: 'description',
  tags: 'tags',
  source_id: 'id',
};
const VLAN = { vid: 'vid', name: 'name', group: 'group', site: 'site', description: 'description' };
const VLAN_GROUP = {
  name: 'name',
  vid_ranges: 'vid_ranges',
  scope: 'scope',
  description: 'description',
};
const VRF = { name: 'name', rd: 'rd', description: 'description' };

/** Keys that follow from the rest, or say where an object is read. */
const DERIVED = ['id', 'url', 'display_url', 'display', 'family', 'scope_id', 'created'];
const ALSO_DERIVED = [
  'assigned_object_type',
  'assigned_object_id',
  'size',
  'last_updated',
  'children',
  '_depth',
  'prefix_count',
  'ipaddress_count',
];

function unknownOf(first: JsonObject, used: readonly string[]): string[] {
  const custom = Object.keys(customFields(first)).map((key) => `${CUSTOM}${key}`);
  return [...Object.keys(first).filter((key) => key !== 'custom_fields'), ...custom].filter(
    (key) => ![...used, ...DERIVED, ...ALSO_DERIVED].includes(key),
  );
}

/** The custom fields that are asked to become tags, as a mapping. */
function askedOf(
  first: JsonObject,
  asked: readonly string[] | 'all' | undefined,
): Record<string, string> {
  const keys = Object.keys(customFields(first)).filter(
    (key) => asked === 'all' || asked?.includes(key) || asked?.includes(`${CUSTOM}${key}`),
  );
  return Object.fromEntries(keys.map((key) => [`tag:${key}`, `${CUSTOM}${key}`]));
}

function customFields(object: JsonObject): JsonObject {
  const fields = valueOf(object, 'custom_fields');
  return isObject(fields) ? fields : {};
}

function prefixes(reading: Reading): (object: JsonObject) => ReadItem {
  return (object) => {
    const prefix = textOf(object, 'prefix') ?? '';
    const site = named(valueOf(object, 'site'));
    return {
      label: prefix,
      item: poolOfPrefix(
        {
          prefix,
          status: choice(valueOf(object, 'status')),
          vrf: vrfIn(object, reading),
          tenant: named(valueOf(object, 'tenant')),
          place: {
            key: site === null ? placeKey(textOf(object, 'scope_type')) : 'site',
            name: site ?? named(valueOf(object, 'scope')),
          },
          vlan: vlanIn(object, reading),
          role: named(valueOf(object, 'role')),
          description: textOf(object, 'description'),
          tags: tagsIn(object),
          id: textOf(object, 'id'),
          asked: askedTags(object, reading),
        },
        statusValue,
        reading,
      ),
    };
  };
}

function ipAddresses(reading: Reading): (object: JsonObject) => ReadItem {
  return (object) => {
    const address = textOf(object, 'address') ?? '';
    const its = valueOf(object, 'assigned_object');
    const ip = {
      ...leaf(object, reading),
      address,
      dnsName: textOf(object, 'dns_name'),
      device: named(valueOf(its, 'device')) ?? named(valueOf(its, 'virtual_machine')),
      interface: named(its),
    };
    return { label: address, item: addressOfNetbox(ip, leafStatusValue, reading) };
  };
}

function ranges(reading: Reading): (object: JsonObject) => ReadItem {
  return (object) => {
    const [start, end] = ['start_address', 'end_address'].map((key) => textOf(object, key) ?? '');
    const range = {
      ...leaf(object, reading),
      start: start ?? '',
      end: end ?? '',
      isUtilized: isYes(textOf(object, 'mark_utilized')),
      isPopulated: isYes(textOf(object, 'mark_populated')),
    };
    return { label: `${start}-${end}`, item: rangeOfNetbox(range, leafStatusValue, reading) };
  };
}

function leaf(object: JsonObject, reading: Reading) {
  const role = valueOf(object, 'role');
  return {
    status: choice(valueOf(object, 'status')),
    vrf: vrfIn(object, reading),
    tenant: named(valueOf(object, 'tenant')),
    role: textOf(role, 'value') ?? named(role),
    description: textOf(object, 'description'),
    tags: tagsIn(object),
    id: textOf(object, 'id'),
    asked: askedTags(object, reading),
  };
}

function aggregates(reading: Reading): (object: JsonObject) => ReadItem {
  return (object) => {
    const prefix = textOf(object, 'prefix') ?? '';
    return {
      label: prefix,
      item: poolOfAggregate(
        {
          prefix,
          rir: named(valueOf(object, 'rir')),
          tenant: named(valueOf(object, 'tenant')),
          description: textOf(object, 'description'),
          tags: tagsIn(object),
          asked: askedTags(object, reading),
        },
        reading,
      ),
    };
  };
}

function vlan(object: JsonObject): ReadItem {
  return vlanOf(
    vidOf(textOf(object, 'vid') ?? '', 'vid'),
    textOf(object, 'name'),
    named(valueOf(object, 'group')) ?? named(valueOf(object, 'site')),
    textOf(object, 'description') ?? '',
  );
}

/** A VLAN group; what it is for becomes its site, whatever it is there. */
function vlanGroup(object: JsonObject): ReadItem {
  const ranges = valueOf(object, 'vid_ranges');
  const text = Array.isArray(ranges) ? ranges.map(rangeText).join() : '';
  const site = named(valueOf(object, 'scope'));
  return vlanGroupOf(textOf(object, 'name'), {
    ...(text === '' ? {} : { vidRanges: vidRangesOf(text) }),
    ...(site === null ? {} : { site }),
    description: textOf(object, 'description') ?? '',
  });
}

/** `100-199` of `[100, 199]`, or the text itself. */
function rangeText(range: unknown): string {
  return Array.isArray(range) ? range.map(String).join('-') : String(range);
}

function vrf(object: JsonObject): ReadItem {
  return vrfOf(textOf(object, 'name'), textOf(object, 'rd'), textOf(object, 'description') ?? '');
}

function vrfIn(object: JsonObject, reading: Reading): VrfName | null {
  const its = valueOf(object, 'vrf');
  const name = named(its);
  if (name !== null) return reading.interned.vrf(name, textOf(its, 'rd'));
  if (its === null || its === undefined) return null;
  throw vrfById('vrf');
}

/** undefined: not told. */
function vlanIn(object: JsonObject, reading: Reading): VlanName | null | undefined {
  const its = valueOf(object, 'vlan');
  if (its === undefined) return undefined;
  const vid = textOf(its, 'vid');
  if (vid === null) return null;
  return reading.interned.vlan(
    vidOf(vid, 'vlan'),
    textOf(its, 'name'),
    named(valueOf(its, 'group')),
  );
}

function tagsIn(object: JsonObject): string[] {
  const tags = valueOf(object, 'tags');
  return Array.isArray(tags) ? tags.flatMap((tag: unknown) => named(tag) ?? []) : [];
}

function askedTags(object: JsonObject, { options }: Reading): [string, string | null][] {
  const fields = customFields(object);
  return Object.values(askedOf(object, options.map.tags)).map((path) => {
    const key = path.slice(CUSTOM.length);
    const value = fields[key];
    return [key, choice(value) ?? (value == null ? null : JSON.stringify(value))];
  });
}

/** The name of a nested object, or the text itself. */
function named(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() || null;
  return textOf(value, 'name') ?? textOf(value, 'display');
}

/** The value of a choice, `{value, label}`, or the text or number itself. */
function choice(value: unknown): string | null {
  if (typeof value === 'string') return value.trim() || null;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return textOf(value, 'value');
}
