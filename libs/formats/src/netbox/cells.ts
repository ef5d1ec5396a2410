import type { VlanName, VrfName } from '@cloudpam/import';
import type { Reading } from '../rows/reading';
import type { Row } from '../rows/row';
import { wrong, type RowEnd } from '../rows/row-problem';
import { foldWord } from '../text/fold-word';
import { partsOf } from '../text/parts-of';
import type { LeafStatus } from './leaves';
import { NetboxNames } from './netbox-names';
import type { Status } from './records';
import { GLOBAL_WORDS } from './words';

/** `name (rd)`; a route distinguisher has a colon and no blanks, a name may end in parentheses. */
const NAME_AND_RD = /^(.+) \(([^\s()]+:[^\s()]+)\)$/s;
const NAME_AND_VID = /^(.*) \((\d{1,4})\)$/s;
const RD = /^(\d{1,10}|\d{1,3}(\.\d{1,3}){3}):\d{1,10}$/;
/** Characters of the tags of one prefix. */
const LONGEST_TAGS = 10_000;
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#34;': '"',
  '&#39;': "'",
  '&#x27;': "'",
};

/** What NetBox shows for nothing. */
export function orNone(text: string | null | undefined): string | null {
  return !text || text === '—' || text === '–' ? null : text;
}

/**
 * The VRF that a cell of an export names: `name (rd)`, `name`, or the word for none. It is HTML
 * without tags: `R&amp;D`. Where the VRFs are in the same upload, they tell which name it is.
 */
export function exportedVrf(cell: string | null, reading: Reading): VrfName | null {
  const text = orNone(cell)?.replace(/&(?:amp|lt|gt|quot|#34|#39|#x27);/g, (each) => {
    return ENTITIES[each] ?? each;
  });
  if (!text) return null;
  const known = reading.shared(NetboxNames).vrfs.get(text);
  if (known) return known;
  if (GLOBAL_WORDS.has(foldWord(text))) return null;
  const [, name, rd] = partsOf(NAME_AND_RD, text) ?? [];
  return name === undefined || rd === undefined
    ? reading.interned.vrf(text, null)
    : reading.interned.vrf(name, rd);
}

/**
 * The VRF of an import file: by name, by route distinguisher, or both.
 * @throws RowEnd `invalid_value` where only an id names it
 */
export function importedVrf(row: Row, reading: Reading): VrfName | null {
  const name = row.text('vrf');
  const rd = row.text('vrf_rd');
  if (name === null && rd === null) {
    if (row.text('vrf_id') === null) return null;
    throw vrfById('vrf_id');
  }
  if (rd === null && name !== null && RD.test(name)) return reading.interned.vrf(null, name);
  return reading.interned.vrf(name, rd);
}

/** Nobody but NetBox knows what its ids mean. */
export function vrfById(field: string): RowEnd {
  return wrong('invalid_value', 'The VRF is named by an id of NetBox: give its name.', field);
}

/** The VLAN that a cell names: `name (vid)`, a number, or a name. */
export function vlanNamed(
  cell: string | null,
  group: string | null,
  reading: Reading,
): VlanName | null {
  const text = orNone(cell);
  if (text === null) return null;
  const [, name, vid] = partsOf(NAME_AND_VID, text) ?? [];
  if (name !== undefined) return reading.interned.vlan(Number(vid), name || null, group);
  return /^\d{1,4}$/.test(text)
    ? reading.interned.vlan(Number(text), null, group)
    : reading.interned.vlan(null, text, group);
}

/**
 * The names of tags, which a comma stands between, and which may hold one. Where the tags are in
 * the same upload, the longest name that fits counts.
 */
export function tagNames(cell: string | null, reading: Reading): string[] {
  const text = orNone(cell);
  if (text === null) return [];
  if (text.length > LONGEST_TAGS)
    throw wrong('invalid_value', `The tags have more than ${LONGEST_TAGS} characters.`, 'tags');
  const { tags: known, mostParts } = reading.shared(NetboxNames);
  const parts = text.split(',');
  const names: string[] = [];
  for (let from = 0; from < parts.length;) {
    let to = Math.min(parts.length, from + mostParts);
    while (to > from + 1 && !known.has(parts.slice(from, to).join(',').trim())) to--;
    const name = parts.slice(from, to).join(',').trim();
    if (name !== '') names.push(name);
    from = to;
  }
  return names;
}

const STATUSES: readonly string[] = ['container', 'active', 'reserved', 'deprecated'];

/** By its value, as NetBox takes it and its API says it. */
export function statusValue(word: string): Status | undefined {
  const value = word.toLowerCase();
  // One of the list is one of the type.
  return STATUSES.includes(value) ? (value as Status) : undefined;
}

/** The tag that a place becomes: a site, or what else can be the scope of a prefix. */
export function placeKey(scopeType: string | null): 'site' | 'scope' {
  return scopeType === null || /(^|\.)site$/i.test(scopeType) ? 'site' : 'scope';
}

const LEAF_STATUSES: readonly string[] = ['active', 'reserved', 'deprecated', 'dhcp', 'slaac'];

/** A status of an address or a range by its value, as NetBox takes it and its API says it. */
export function leafStatusValue(word: string): LeafStatus | undefined {
  const value = word.toLowerCase();
  // One of the list is one of the type.
  return LEAF_STATUSES.includes(value) ? (value as LeafStatus) : undefined;
}

/** Whether a cell says yes; undefined where it says nothing. */
export function isYes(cell: string | null): boolean | undefined {
  return cell === null ? undefined : /^(true|yes|1|✔)$/i.test(cell);
}
