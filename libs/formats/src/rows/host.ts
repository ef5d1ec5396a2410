import { CidrError, parseAddress, type AddressRange, type Cidr } from '@cloudpam/cidr';
import { hostOf } from '@cloudpam/pools';
import { LONGEST_NETWORK } from './network';
import { quoted, wrong } from './row-problem';

/**
 * Reads a single address; a mask behind it says what network it is in, which follows from its place here.
 * @throws RowEnd `missing_value`, `invalid_address`
 */
export function readHost(text: string, field = 'address'): Cidr {
  const [address = ''] = text.trim().split(/\s*\/\s*\d{1,3}$/);
  if (address === '') throw wrong('missing_value', 'The address is missing.', field);
  if (address.length > LONGEST_NETWORK)
    throw wrong('invalid_address', `${quoted(address)} is no address: it is too long.`, field);
  try {
    const { family, value } = parseAddress(address);
    return hostOf(family, value);
  } catch (error) {
    if (!(error instanceof CidrError)) throw error;
    throw wrong('invalid_address', `${error.message.replace(/[.]$/, '')}.`, field);
  }
}

/**
 * Reads the addresses from a first to a last one.
 * @throws RowEnd `missing_value`, `invalid_address` also where the last one comes before the first
 */
export function readSpan(start: string, end: string): AddressRange {
  const [from, to] = [readHost(start, 'start_address'), readHost(end, 'end_address')];
  if (from.family === to.family && from.first <= to.first)
    return { family: from.family, first: from.first, last: to.last };
  const detail = `${quoted(end)} does not come after ${quoted(start)}: give the first and the last address.`;
  throw wrong('invalid_address', detail, 'end_address');
}
