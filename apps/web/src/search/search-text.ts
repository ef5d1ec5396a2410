import { readTypedRange } from '@cloudpam/cidr';

/** What a pasted text looks like. */
export type SearchKind = 'empty' | 'ip' | 'cidr' | 'range' | 'cloud_id' | 'tag' | 'text';

const CLOUD_ID =
  /^((vpc|subnet|eni|igw|rtb|acl)-[0-9a-f]{6,}|arn:aws[\w-]*:|https:\/\/www\.googleapis\.com\/|projects\/)/i;
const TAG = /^[^\s:=]+[:=]\S.*$/;

/** Says what the text looks like, to tell the person before the server answers. */
export function searchKind(text: string): SearchKind {
  const query = text.trim();
  if (query === '') return 'empty';
  const addresses = readTypedRange(query.replace(/[\s.,;]+$/, '')) ?? readTypedRange(query);
  if (addresses) return addresses.form;
  if (CLOUD_ID.test(query)) return 'cloud_id';
  return TAG.test(query) ? 'tag' : 'text';
}

/** One line that says how the text will be understood. */
export const SEARCH_HINTS = {
  empty: 'Paste an IP, CIDR, range, cloud id, name or key:value',
  ip: 'Address: pools and resources that contain it, narrowest first',
  cidr: 'CIDR: the pool itself, what contains it, what lies within',
  range: 'Range: everything it touches',
  cloud_id: 'Cloud id: the pool or resource with it',
  tag: 'Tag: everything that carries it',
  text: 'Part of a name or cloud id, or an id',
} as const satisfies Record<SearchKind, string>;
