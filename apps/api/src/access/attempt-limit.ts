import { isIPv6 } from 'node:net';
import { CountedWindows } from '../http/counted-windows';
import { TooManyAttempts } from '../http/too-many-attempts';

const WINDOW_MS = 60_000;
const MOST_KEYS = 10_000;

/** Counts attempts for each key, a minute at a time. Remembers 10,000 keys, the latest ones. */
export class AttemptLimit {
  private readonly windows = new CountedWindows(WINDOW_MS, MOST_KEYS);

  constructor(private readonly perMinute: number) {}

  /** Counts one, and says whether it is still within the limit. */
  allows(key: string): boolean {
    try {
      this.count(key);
      return true;
    } catch {
      return false;
    }
  }

  /** @throws TooManyAttempts */
  count(key: string): void {
    const { count, remainingMs } = this.windows.count(key);
    if (count > this.perMinute) throw new TooManyAttempts(Math.ceil(remainingMs / 1_000));
  }
}

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
