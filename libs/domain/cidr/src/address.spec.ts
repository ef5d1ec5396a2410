import { isIP } from 'node:net';
import * as fc from 'fast-check';
import * as ipaddr from 'ipaddr.js';
import {
  CidrError,
  addressBytes,
  addressFromBytes,
  familyBits,
  formatAddress,
  formatCidr,
  parseAddress,
  parseCidr,
  tryParseCidr,
} from './index';

const IPV4_BASE = 0xffff_0000_0000n;
const anyIpv4 = fc.integer({ min: 0, max: 0xffff_ffff }).map((bits) => IPV4_BASE + BigInt(bits));
// Groups that are often zero, so that runs of zeros of all lengths occur.
const anyIpv6 = fc
  .array(fc.oneof(fc.constant(0), fc.constant(0), fc.integer({ min: 0, max: 0xffff })), {
    minLength: 8,
    maxLength: 8,
  })
  .map((groups) => groups.reduce((value, group) => (value << 16n) | BigInt(group), 0n))
  .filter((value) => value >> 32n !== 0xffffn);

function bytesOf(value: bigint, count: number): number[] {
  return [...addressBytes(value)].slice(16 - count);
}

function readable(text: string): boolean {
  try {
    parseAddress(text);
    return true;
  } catch (error) {
    if (error instanceof CidrError && error.code === 'invalid_address') return false;
    throw error;
  }
}

describe('addresses', () => {
  it('format as ipaddr.js formats them (RFC 5952)', () => {
    fc.assert(
      fc.property(anyIpv4, anyIpv6, (four, six) => {
        expect(formatAddress(4, four)).toBe(new ipaddr.IPv4(bytesOf(four, 4)).toString());
        expect(formatAddress(6, six)).toBe(new ipaddr.IPv6(bytesOf(six, 16)).toRFC5952String());
      }),
      { numRuns: 2000 },
    );
  });

  it('read back from every spelling', () => {
    fc.assert(
      fc.property(anyIpv4, anyIpv6, (four, six) => {
        expect(parseAddress(formatAddress(4, four))).toEqual({ family: 4, value: four });
        const oracle = new ipaddr.IPv6(bytesOf(six, 16));
        const tail = new ipaddr.IPv4(bytesOf(six, 4)).toString();
        const padded = oracle.parts.map((part) => part.toString(16).padStart(4, '0')).join(':');
        const head = oracle.parts.slice(0, 6).map((part) => part.toString(16));
        const spellings = [
          formatAddress(6, six),
          oracle.toNormalizedString(),
          padded,
          padded.toUpperCase(),
          `${head.join(':')}:${tail}`,
        ];
        for (const text of spellings) expect(parseAddress(text)).toEqual({ family: 6, value: six });
      }),
      { numRuns: 1000 },
    );
  });

  it('are read exactly when the runtime takes the text for an address', () => {
    const noise = fc.string({ unit: fc.constantFrom(...'0019af::..'), maxLength: 20 });
    const good = fc.oneof(
      anyIpv4.map((value) => formatAddress(4, value)),
      anyIpv6.map((value) => formatAddress(6, value)),
    );
    const damaged = fc
      .tuple(good, fc.nat(40), fc.nat(2), noise)
      .map(
        ([text, at, cut, insert]) => text.slice(0, at) + insert.slice(0, 2) + text.slice(at + cut),
      );
    fc.assert(
      fc.property(fc.oneof(noise, damaged), (text) => {
        // The URL parser, because ipaddr.js takes ::1.2.3.4 for IPv4-mapped.
        const isMapped =
          isIP(text) === 6 && /^\[::ffff:\w+:\w+\]$/.test(new URL(`http://[${text}]/`).hostname);
        expect([text, readable(text)]).toEqual([text, isIP(text) !== 0 && !isMapped]);
      }),
      { numRuns: 20_000 },
    );
  });

  it('refuse an IPv4-mapped text and tell how to write it', () => {
    expect(() => parseAddress('::ffff:10.0.0.1')).toThrow(
      '::ffff:10.0.0.1 is an IPv4 address; write it as 10.0.0.1',
    );
    expect(() => parseAddress('::ffff:a00:1')).toThrow('write it as 10.0.0.1');
  });

  it('refuse to be formatted as the other family or from outside of the space', () => {
    expect(() => formatAddress(4, 10n)).toThrow(CidrError);
    expect(() => formatAddress(6, 1n << 128n)).toThrow(CidrError);
    expect(() => formatAddress(6, -1n)).toThrow(CidrError);
  });

  it('have 32 or 128 bits', () => {
    expect([familyBits(4), familyBits(6)]).toEqual([32, 128]);
  });
});

describe('address bytes', () => {
  it('are 16, big endian, and come back', () => {
    expect([...addressBytes(parseAddress('10.0.0.1').value)]).toEqual([
      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 10, 0, 0, 1,
    ]);
    fc.assert(
      fc.property(fc.oneof(anyIpv4, anyIpv6), (value) => {
        expect(addressFromBytes(addressBytes(value))).toBe(value);
      }),
    );
  });

  it('are read at their place in a larger buffer', () => {
    const buffer = new Uint8Array(40);
    buffer.set(addressBytes(0x2001_0db8n << 96n), 7);
    expect(addressFromBytes(buffer.subarray(7, 23))).toBe(0x2001_0db8n << 96n);
  });

  it('are refused in any other number', () => {
    expect(() => addressFromBytes(new Uint8Array(4))).toThrow('an address has 16 bytes, not 4');
    expect(() => addressBytes(1n << 128n)).toThrow(CidrError);
  });
});

describe('blocks', () => {
  it('have the first and last address that ipaddr.js computes', () => {
    const four = fc.tuple(
      anyIpv4.map((value) => formatAddress(4, value)),
      fc.integer({ min: 0, max: 32 }),
    );
    const six = fc.tuple(
      anyIpv6.map((value) => formatAddress(6, value)),
      fc.integer({ min: 0, max: 95 }),
    );
    fc.assert(
      fc.property(four, six, ([address4, length4], [address6, length6]) => {
        const text4 = `${ipaddr.IPv4.networkAddressFromCIDR(`${address4}/${length4}`)}/${length4}`;
        const block4 = parseCidr(text4);
        expect(formatCidr(block4)).toBe(text4);
        expect(formatAddress(4, block4.last)).toBe(
          ipaddr.IPv4.broadcastAddressFromCIDR(text4).toString(),
        );
        const text6 = `${ipaddr.IPv6.networkAddressFromCIDR(`${address6}/${length6}`).toRFC5952String()}/${length6}`;
        const block6 = parseCidr(text6);
        expect(formatCidr(block6)).toBe(text6);
        expect(formatAddress(6, block6.last)).toBe(
          ipaddr.IPv6.broadcastAddressFromCIDR(text6).toRFC5952String(),
        );
        expect(tryParseCidr(`${address4}/${length4}`) === undefined).toBe(
          `${address4}/${length4}` !== text4,
        );
      }),
      { numRuns: 1000 },
    );
  });
});
