import {
  formatRange,
  overlaps,
  readTypedRange,
  type AddressRange,
  type TypedRange,
} from '@cloudpam/cidr';
import { tagReadings, type Tag } from './tag-readings';

/** What somebody typed into a box that takes anything: every way in which it can be meant. */
export interface TypedText {
  /** Part of a name or of a cloud's id, in any case. */
  readonly text: string;
  readonly form: TypedRange['form'] | 'tag' | 'text';
  readonly range?: AddressRange;
  /** The id inside an ARN or an address of a console. */
  readonly cloudId?: string;
  /** An id of ours. */
  readonly id?: number;
  readonly tags: readonly Tag[];
  /** How it was read, where that is not word for word; a sentence for a person. */
  readonly readAs: string | null;
}

const QUOTED = /^(["'`<([{])(.*)(["'`>)\]}])$/s;
const CLOSED_BY: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '`': '`',
  '<': '>',
  '(': ')',
  '[': ']',
  '{': '}',
};
const AWS_ID = /\b(?:vpc|subnet)-[0-9a-f]{8,17}\b/;
const ARN = /^arn:[\w-]+:[^:]*:[^:]*:[^:]*:(?:.*[/:])?([^/:]+)$/;
const GCP_PATH = /\bprojects\/[\w.:-]+\/(?:global|(?:regions|zones)\/[\w-]+)\/[\w-]+\/[\w-]+/;
/** Things of a cloud that are not kept here, by the beginning of their ids. */
const NOT_KEPT: Readonly<Record<string, string>> = {
  eni: 'a network interface',
  i: 'an instance',
  sg: 'a security group',
  rtb: 'a route table',
  igw: 'an internet gateway',
  nat: 'a NAT gateway',
  eipalloc: 'an elastic address',
  vpce: 'a VPC endpoint',
  tgw: 'a transit gateway',
  pcx: 'a peering',
  acl: 'a network ACL',
};

/**
 * Reads what was typed or pasted: an address, a CIDR, a range (and their many spellings, see
 * `readTypedRange`), a tag, a cloud's id or ARN, an id of ours, a part of a name. Spaces and
 * brackets around it and dots, commas and semicolons after it do not count.
 */
export function readTypedText(typed: string): TypedText {
  const trimmed = typed.trim();
  const text = withoutEnds(trimmed);
  const range = readTypedRange(text) ?? readTypedRange(trimmed.replace(/[\s,;]+$/, ''));
  const cloudId = cloudIdIn(text);
  const tags = /\S[:=]/.test(text) ? tagReadings(text, ':=') : [];
  const id = /^#?[1-9]\d{0,14}$/.test(text) ? Number(text.replace('#', '')) : undefined;
  return {
    text,
    form: range?.form ?? (tags.length > 0 && cloudId === undefined ? 'tag' : 'text'),
    ...(range && { range: range.range }),
    ...(cloudId !== undefined && { cloudId }),
    ...(id !== undefined && { id }),
    tags,
    readAs: readAs(text, range, cloudId),
  };
}

/** What was typed into a box that narrows a list; undefined when that says nothing. */
export function typedIn(typed: string | undefined): TypedText | undefined {
  if (typed === undefined) return undefined;
  const read = readTypedText(typed);
  return read.text === '' ? undefined : read;
}

/**
 * Whether something with these names, tags and block is meant. A range means all that shares
 * addresses with it.
 */
export function isMeant(
  { text, cloudId, id, range, tags }: TypedText,
  one: {
    readonly id?: number;
    readonly names: readonly (string | null)[];
    readonly tags?: Readonly<Record<string, string>>;
    readonly cidr?: AddressRange;
  },
): boolean {
  const parts = [text, ...(cloudId === undefined ? [] : [cloudId])].map((part) =>
    part.toLowerCase(),
  );
  return (
    one.names.some(
      (name) => name !== null && parts.some((part) => name.toLowerCase().includes(part)),
    ) ||
    (id !== undefined && one.id === id) ||
    (range !== undefined && one.cidr !== undefined && overlaps(range, one.cidr)) ||
    tags.some(
      ({ key, value }) =>
        one.tags !== undefined && Object.hasOwn(one.tags, key) && one.tags[key] === value,
    )
  );
}

function withoutEnds(text: string): string {
  const bare = text.replace(/[\s.,;]+$/, '').trimStart();
  const [, open = '', inner = '', close = ''] = QUOTED.exec(bare) ?? [];
  const unquoted = open !== '' && CLOSED_BY[open] === close ? inner.trim() : bare;
  return unquoted === '' ? text : unquoted;
}

function cloudIdIn(text: string): string | undefined {
  const found = AWS_ID.exec(text)?.[0] ?? GCP_PATH.exec(text)?.[0] ?? ARN.exec(text)?.[1];
  return found === text ? undefined : found;
}

function readAs(
  text: string,
  range: TypedRange | undefined,
  cloudId: string | undefined,
): string | null {
  const kind = NOT_KEPT[/^([a-z]+)-[0-9a-f]{8,17}$/.exec(cloudId ?? text)?.[1] ?? ''];
  if (kind !== undefined)
    return (
      `${cloudId ?? text} is ${kind} of AWS; VPCs, subnets and their addresses are kept here. ` +
      'Search for its address.'
    );
  if (cloudId !== undefined) return `Read as the id ${cloudId}.`;
  return range && !range.literal ? `Read as ${formatRange(range.range)}.` : null;
}
