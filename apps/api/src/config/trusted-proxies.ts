import { BlockList, isIP } from 'node:net';
import type { IncomingMessage } from 'node:http';

const NAMED: Record<string, readonly string[]> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

/** The proxies whose `X-Forwarded-*` headers are believed; nobody else's are. */
export class TrustedProxies {
  private readonly list = new BlockList();

  /** @throws Error that names the text which is no address, CIDR or known name */
  constructor(texts: readonly string[]) {
    for (const text of texts.flatMap((each) => NAMED[each] ?? [each])) {
      const [address = '', length, ...rest] = text.split('/');
      const version = isIP(address);
      const bits = version === 4 ? 32 : 128;
      if (
        version === 0 ||
        rest.length > 0 ||
        (length !== undefined && !(/^\d{1,3}$/.test(length) && Number(length) <= bits))
      ) {
        throw new Error(
          `"${text}" is not an address, a CIDR, or one of ${Object.keys(NAMED).join(', ')}`,
        );
      }
      this.list.addSubnet(
        address,
        length === undefined ? bits : Number(length),
        version === 4 ? 'ipv4' : 'ipv6',
      );
    }
  }

  has(address: string | undefined): boolean {
    const plain = (address ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
    const version = isIP(plain);
    return version !== 0 && this.list.check(plain, version === 4 ? 'ipv4' : 'ipv6');
  }

  /** Whether the request comes straight from one of them. */
  sent(request: IncomingMessage): boolean {
    return this.has(request.socket.remoteAddress);
  }
}
