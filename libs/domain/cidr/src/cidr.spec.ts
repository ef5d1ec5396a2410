import { ACCEPTED_CIDRS, REFUSED_CIDRS } from './cidr-texts.fixture';
import {
  CidrError,
  cidrAt,
  cidrOf128,
  compareCidrs,
  formatCidr,
  hostBits,
  parseAddress,
  parseCidr,
  prefixLength128,
  sameCidr,
  tryParseCidr,
} from './index';

function refusal(work: () => unknown): CidrError {
  try {
    work();
  } catch (error) {
    if (error instanceof CidrError) return error;
    throw error;
  }
  throw new Error('was not refused');
}

describe('parseCidr', () => {
  it.each(ACCEPTED_CIDRS)('reads %j, whose canonical form is %s', (text, canonical) => {
    expect(formatCidr(parseCidr(text))).toBe(canonical);
    expect(parseCidr(canonical)).toEqual(parseCidr(text));
    expect(tryParseCidr(text)).toEqual(parseCidr(text));
  });

  it.each(REFUSED_CIDRS)('refuses %j as %s', (text, code, message) => {
    const error = refusal(() => parseCidr(text));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
    expect(tryParseCidr(text)).toBeUndefined();
  });

  it('suggests the canonical form of a block with host bits, and nothing otherwise', () => {
    expect(refusal(() => parseCidr('10.0.1.0/16')).suggestion).toBe('10.0.0.0/16');
    expect(refusal(() => parseCidr('2001:db8::1:0/64')).suggestion).toBe('2001:db8::/64');
    expect(refusal(() => parseCidr('10.0.0.0')).suggestion).toBeUndefined();
  });

  it('cuts a long text in its message', () => {
    expect(refusal(() => parseCidr('9'.repeat(1_000_000))).message.length).toBeLessThan(200);
    expect(
      refusal(() => parseCidr(`10.0.0.0/${'9'.repeat(1_000_000)}`)).message.length,
    ).toBeLessThan(200);
  });

  it('puts IPv4 into the 128-bit space as IPv4-mapped', () => {
    expect(parseCidr('10.0.0.0/24')).toEqual({
      family: 4,
      first: 0xffff_0a00_0000n,
      last: 0xffff_0a00_00ffn,
      prefixLength: 24,
    });
  });
});

describe('cidrAt', () => {
  it('makes the block that starts at an address', () => {
    expect(cidrAt(4, parseAddress('10.0.0.0').value, 8)).toEqual(parseCidr('10.0.0.0/8'));
    expect(cidrAt(6, 0n, 0)).toEqual(parseCidr('::/0'));
  });

  it.each([
    ['not_canonical', 4, '10.0.0.1', 8],
    ['not_canonical', 6, '2001:db8::1', 64],
    ['invalid_prefix_length', 4, '10.0.0.0', 33],
    ['invalid_prefix_length', 4, '10.0.0.0', -1],
    ['invalid_prefix_length', 4, '10.0.0.0', 8.5],
    ['invalid_prefix_length', 4, '10.0.0.0', NaN],
    ['invalid_prefix_length', 6, '::', 129],
    ['invalid_address', 4, '2001:db8::', 32],
    ['invalid_cidr', 6, '10.0.0.0', 104],
  ] as const)('refuses as %s: family %d, %s/%d', (code, family, address, prefixLength) => {
    expect(refusal(() => cidrAt(family, parseAddress(address).value, prefixLength)).code).toBe(
      code,
    );
  });

  it('refuses values outside of the 128-bit space', () => {
    expect(refusal(() => cidrAt(6, -1n, 128)).code).toBe('invalid_address');
    expect(refusal(() => cidrAt(6, 1n << 128n, 128)).code).toBe('invalid_address');
  });
});

describe('the storage form', () => {
  it.each(ACCEPTED_CIDRS)('brings %j back', (text) => {
    const cidr = parseCidr(text);
    expect(cidrOf128(cidr.first, prefixLength128(cidr))).toEqual(cidr);
  });

  it('counts the prefix of an IPv4 block in the 128-bit space', () => {
    expect(prefixLength128(parseCidr('10.0.0.0/24'))).toBe(120);
    expect(prefixLength128(parseCidr('2001:d00::/24'))).toBe(24);
  });

  it('is IPv4 if and only if the block lies inside ::ffff:0:0/96', () => {
    expect(cidrOf128(0xffff_0000_0000n, 96)).toEqual(parseCidr('0.0.0.0/0'));
    expect(cidrOf128(0xfffe_0000_0000n, 95).family).toBe(6);
    expect(cidrOf128(0n, 0).family).toBe(6);
    expect(cidrOf128(0x1_0000_0000_0000n, 96).family).toBe(6);
    expect(refusal(() => cidrOf128(0xffff_0000_0000n, 95)).code).toBe('not_canonical');
    expect(refusal(() => cidrOf128(0xffff_0000_0000n, 129)).code).toBe('invalid_prefix_length');
  });
});

describe('order and identity', () => {
  it('sorts by first address, then the larger block first, IPv4 in its place between IPv6 blocks', () => {
    const ipv4 = ['10.0.0.0/8', '10.0.0.0/16', '10.0.0.0/32', '10.0.1.0/24'];
    const sorted = ['::/8', '::1/128', ...ipv4, '2001:db8::/32', '2001:db8::/48'];
    const shuffled = [...sorted].reverse().map(parseCidr);
    expect(shuffled.sort(compareCidrs).map(formatCidr)).toEqual(sorted);
  });

  it('gives 0 for the same block only', () => {
    expect(compareCidrs(parseCidr('10.0.0.0/8'), parseCidr('10.0.0.0/8'))).toBe(0);
    expect(sameCidr(parseCidr('2001:DB8::/32'), parseCidr('2001:db8:0::/32'))).toBe(true);
    expect(sameCidr(parseCidr('10.0.0.0/8'), parseCidr('10.0.0.0/9'))).toBe(false);
    expect(sameCidr(parseCidr('10.0.0.0/8'), parseCidr('11.0.0.0/8'))).toBe(false);
  });

  it('has 2^hostBits addresses', () => {
    expect(hostBits(parseCidr('10.0.0.0/24'))).toBe(8);
    expect(hostBits(parseCidr('2001:db8::/32'))).toBe(96);
  });
});
