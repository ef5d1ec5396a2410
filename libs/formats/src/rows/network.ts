import {
  CidrError,
  parseCidr,
  parseRange,
  rangeToCidrs,
  tryParseCidr,
  type Cidr,
} from '@cloudpam/cidr';
import { maskLength } from './netmask';
import { quoted, wrong, type RowEnd } from './row-problem';

/** A network as it was written, and the text where host bits were taken away. */
export interface ReadNetwork {
  readonly cidr: Cidr;
  readonly fixedFrom?: string;
}

/** Characters of a network; a range of IPv6 has 79 of them. */
export const LONGEST_NETWORK = 200;
/** Indents and dots that lists put before a nested network. */
const INDENT = /^[\s\u00a0•·]+/;

/**
 * Reads a network: `10.0.0.0/8`, `10.0.0.0/255.0.0.0`, `10.0.0.0 255.0.0.0`, or a range that is
 * exactly one block.
 * @param fix takes set host bits away
 * @throws RowEnd `missing_value`, `invalid_cidr`, `invalid_prefix_length`, `host_bits`
 */
export function readNetwork(text: string, fix: boolean, field = 'cidr'): ReadNetwork {
  const cidr = tryParseCidr(text);
  if (cidr) return { cidr };
  const plain = text.replace(INDENT, '').trim();
  if (plain === '') throw wrong('missing_value', 'The network is missing.', field);
  if (plain.length > LONGEST_NETWORK)
    throw wrong('invalid_cidr', `${quoted(plain)} is no network: it is too long.`, field);
  const [address = '', mask] = plain.split(/\s*\/\s*|\s+(?=\d+\.\d+\.\d+\.\d+$)/);
  const length = mask === undefined ? undefined : maskLength(mask);
  if (length !== undefined) return blockOf(`${address}/${length}`, fix, field);
  return /[-–—]/.test(plain) && !plain.includes('/')
    ? rangeOf(plain.replace(/\s*[–—]\s*/, '-'), field)
    : blockOf(plain, fix, field);
}

/**
 * Reads a network whose mask stands in a cell of its own: `255.255.255.0`, `24`, `/24`.
 * @throws RowEnd as {@link readNetwork}
 */
export function readNetworkAndMask(
  address: string,
  mask: string,
  fix: boolean,
  fields: readonly [address: string, mask: string],
): ReadNetwork {
  if (mask === '' || address.includes('/')) return readNetwork(address, fix, fields[0]);
  const length = maskLength(mask.replace(/^\//, ''));
  if (length === undefined) {
    const detail = `${quoted(mask)} is neither a mask such as 255.255.255.0 nor a prefix length.`;
    throw wrong('invalid_prefix_length', detail, fields[1]);
  }
  return readNetwork(`${address}/${length}`, fix, fields[0]);
}

/**
 * The block from its first address to its last one.
 * @throws RowEnd `invalid_cidr` where they are not the ends of one block
 */
export function readEnds(first: string, last: string, field = 'cidr'): ReadNetwork {
  return rangeOf(`${first}-${last}`, field);
}

/** Whether a text is written like a network; it may be a wrong one. */
export function looksLikeNetwork(text: string): boolean {
  const plain = text.replace(INDENT, '');
  if (plain.length > LONGEST_NETWORK) return false;
  return (
    /^\d{1,3}(\.\d{1,3}){3}\s*(\/\s*[\d.]{1,15}|\s\d{1,3}(\.\d{1,3}){3}|[-–—]\s*\d[\d.]+)$/.test(
      plain,
    ) || /^[\da-f]{0,4}:[\da-f:.]*:[\da-f:.]*\s*\/\s*\d{1,3}$/i.test(plain)
  );
}

function blockOf(text: string, fix: boolean, field: string): ReadNetwork {
  try {
    return { cidr: parseCidr(text) };
  } catch (error) {
    if (!(error instanceof CidrError)) throw error;
    if (error.code !== 'not_canonical' || error.suggestion === undefined)
      throw problemOf(error, field);
    if (!fix) throw wrong('host_bits', sentence(error.message), field);
    return { cidr: parseCidr(error.suggestion), fixedFrom: text };
  }
}

function rangeOf(text: string, field: string): ReadNetwork {
  if (text.length > LONGEST_NETWORK)
    throw wrong('invalid_cidr', `${quoted(text)} is no range: it is too long.`, field);
  try {
    const range = parseRange(text);
    const [block, ...others] = rangeToCidrs(range);
    if (block && others.length === 0) return { cidr: block };
    const detail = `${text} is not one block, but ${others.length + 1} of them.`;
    throw wrong('invalid_cidr', detail, field);
  } catch (error) {
    throw error instanceof CidrError ? problemOf(error, field) : error;
  }
}

function problemOf(error: CidrError, field: string): RowEnd {
  const code = error.code === 'invalid_prefix_length' ? 'invalid_prefix_length' : 'invalid_cidr';
  return wrong(code, sentence(error.message), field);
}

function sentence(message: string): string {
  return /[.?!]$/.test(message) ? message : `${message}.`;
}
