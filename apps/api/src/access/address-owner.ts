import { isIPv6 } from 'node:net';

/** Who an address belongs to: of IPv6 the /64, which one household or machine has. */
export function addressOwner(ip: string): string {
  if (!isIPv6(ip) || ip.includes('.')) return ip;
  const [before = '', after] = ip.toLowerCase().split('::');
  const head = before === '' ? [] : before.split(':');
  const tail = after === undefined || after === '' ? [] : after.split(':');
  const groups =
    after === undefined
      ? head
      : [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => '0'), ...tail];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
