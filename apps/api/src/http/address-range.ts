import { parseRange, type AddressRange } from '@cloudpam/cidr';

/** The addresses that a parameter names; undefined when it is left out. @throws CidrError */
export function rangeOf(text: string | undefined): AddressRange | undefined {
  return text === undefined ? undefined : parseRange(text);
}
