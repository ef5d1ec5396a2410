import { lookup as resolveByDns, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP } from 'node:net';
import { contains, tryParseCidr, type Cidr } from '@cloudpam/cidr';
import ipaddr from 'ipaddr.js';
import { buildConnector } from 'undici';

/** All of global unicast (RFC 4291 section 2.4); the rest of the space is nobody's yet. */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3');
/** Translated to IPv4 (RFC 6052 section 2.1): the last 32 bits are the address. */
const NAT64 = ipaddr.parseCIDR('64:ff9b::/96');
/** Of the host beneath each virtual machine of Azure, which tells it secrets: a public address of nobody else. */
const AZURE_HOST = '168.63.129.16';
/** Mapped IPv4 (RFC 4291 section 2.5.5.2). */
const MAPPED = ipaddr.parseCIDR('::ffff:0:0/96');

/** Resolves a name into all of its addresses, as `dns.lookup` does. */
export type Resolve = (
  hostname: string,
  options: LookupOptions & { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** A webhook may not go there. */
export class RefusedTarget extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RefusedTarget';
  }
}

/**
 * Keeps requests of webhooks out of networks that are not theirs (server-side request forgery): only
 * public unicast addresses, and those that the operator allows. A name is judged by the addresses it
 * has at the time of the connection, and the connection by the address that it has reached.
 */
export class TargetGuard {
  /** @param allowed CIDRs that may be reached beside the public addresses */
  constructor(
    private readonly allowed: readonly Cidr[],
    private readonly resolve: Resolve = resolveByDns,
  ) {}

  /**
   * Reads the URL of a webhook.
   * @throws RefusedTarget for what is no http or https URL, or names an address that is refused
   */
  checkUrl(text: string): URL {
    if (!URL.canParse(text)) throw new RefusedTarget('It is not a URL.');
    const url = new URL(text);
    if (url.protocol !== 'https:' && url.protocol !== 'http:')
      throw new RefusedTarget('Only http and https are asked.');
    if (url.username !== '' || url.password !== '')
      throw new RefusedTarget('A user and a password cannot stand in the URL.');
    // Decimal, octal and hexadecimal addresses have become plain ones by now.
    const host = bare(url.hostname);
    if (isIP(host)) this.checkAddress(host);
    return url;
  }

  /** @throws RefusedTarget for an address that is neither public nor allowed */
  checkAddress(text: string): void {
    const address = unwrapped(text);
    const isPublic =
      address !== undefined &&
      address.range() === 'unicast' &&
      address.toString() !== AZURE_HOST &&
      (address.kind() === 'ipv4' || address.match(GLOBAL_IPV6));
    if (isPublic) return;
    const cidr =
      address && tryParseCidr(`${address.toString()}/${address.kind() === 'ipv4' ? 32 : 128}`);
    if (!cidr || !this.allowed.some((each) => contains(each, cidr)))
      throw new RefusedTarget(
        `The address ${text} is not public, and WEBHOOK_ALLOW does not have it.`,
      );
  }

  /** Connects as undici does, to addresses that are not refused. */
  connector(timeoutMs: number): buildConnector.connector {
    const connect = buildConnector({
      timeout: timeoutMs,
      lookup: (hostname, options, callback) => this.lookup(hostname, options, callback),
    });
    return (options, callback) => {
      try {
        // A literal address is not looked up.
        const host = bare(options.hostname);
        if (isIP(host)) this.checkAddress(host);
      } catch (error) {
        return callback(error as RefusedTarget, null); // `checkAddress` throws no other
      }
      connect(options, (error, socket) => {
        if (error) return callback(error, null);
        try {
          this.checkAddress(socket.remoteAddress ?? 'unknown');
        } catch (refused) {
          socket.destroy();
          return callback(refused as RefusedTarget, null); // as above
        }
        callback(null, socket);
      });
    };
  }

  /** Every address of a name must do: which one is connected to is not for the name to choose. */
  private lookup(
    hostname: string,
    options: LookupOptions,
    callback: (
      error: NodeJS.ErrnoException | null,
      address: string | LookupAddress[],
      family?: number,
    ) => void,
  ): void {
    this.resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      try {
        for (const { address } of addresses) this.checkAddress(address);
      } catch (refused) {
        return callback(refused as RefusedTarget, []); // as above
      }
      const [first] = addresses;
      if (!first) return callback(new RefusedTarget(`${hostname} has no address.`), []);
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  }
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/** The address that packets end up at; undefined for what is none. */
function unwrapped(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  if (!ipaddr.isValid(text)) return undefined;
  const address = ipaddr.parse(text);
  if (address.kind() === 'ipv4') return address;
  const isWrapped = [MAPPED, NAT64].some((block) => address.match(block));
  return isWrapped ? ipaddr.fromByteArray(address.toByteArray().slice(12)) : address;
}
