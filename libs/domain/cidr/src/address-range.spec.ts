import * as fc from 'fast-check';
import {
  addressCount,
  contains,
  formatAddress,
  formatCidr,
  merge,
  overlaps,
  parseCidr,
  parseRange,
  rangeToCidrs,
} from './index';
import { anyBlockIn, anyRangeIn, anySpace, maximalBlocks } from './small-space.fixture';

const text = (cidrs: readonly Parameters<typeof formatCidr>[0][]): string[] =>
  cidrs.map(formatCidr);

describe('contains and overlaps', () => {
  it('agree with sets of addresses', () => {
    const example = anySpace.chain((space) =>
      fc.tuple(fc.constant(space), anyRangeIn(space), anyRangeIn(space)),
    );
    fc.assert(
      fc.property(example, ([space, a, b]) => {
        const [inA, inB] = [space.positions([a]), space.positions([b])];
        expect(contains(a, b)).toBe([...inB].every((each) => inA.has(each)));
        expect(overlaps(a, b)).toBe([...inB].some((each) => inA.has(each)));
        expect(addressCount(a)).toBe(BigInt(inA.size));
      }),
      { numRuns: 500 },
    );
  });

  it('keep the families apart, though IPv4 lies in the 128-bit space', () => {
    expect(contains(parseCidr('::/0'), parseCidr('10.0.0.0/8'))).toBe(false);
    expect(overlaps(parseCidr('::/0'), parseCidr('0.0.0.0/0'))).toBe(false);
  });
});

describe('addressCount', () => {
  it('counts past 2^53', () => {
    expect(addressCount(parseCidr('::/0'))).toBe(340282366920938463463374607431768211456n);
    expect(addressCount(parseCidr('0.0.0.0/0'))).toBe(4294967296n);
  });
});

describe('rangeToCidrs', () => {
  it('gives the maximal blocks of the range', () => {
    const example = anySpace.chain((space) => fc.tuple(fc.constant(space), anyRangeIn(space)));
    fc.assert(
      fc.property(example, ([space, range]) => {
        expect(rangeToCidrs(range)).toEqual(maximalBlocks(space, space.positions([range])));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['10.0.0.1-10.0.0.6', ['10.0.0.1/32', '10.0.0.2/31', '10.0.0.4/31', '10.0.0.6/32']],
    ['0.0.0.0-255.255.255.255', ['0.0.0.0/0']],
    ['255.255.255.254-255.255.255.255', ['255.255.255.254/31']],
    ['::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', ['::/0']],
  ])('covers %s', (range, blocks) => {
    expect(text(rangeToCidrs(parseRange(range)))).toEqual(blocks);
  });

  it('needs at most 254 blocks', () => {
    expect(rangeToCidrs(parseRange('::1-ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe'))).toHaveLength(
      254,
    );
  });
});

describe('merge', () => {
  it('gives the fewest blocks that cover the same addresses', () => {
    const example = anySpace.chain((space) =>
      fc.tuple(fc.constant(space), fc.array(anyBlockIn(space), { maxLength: 20 })),
    );
    fc.assert(
      fc.property(example, ([space, blocks]) => {
        expect(merge(blocks)).toEqual(maximalBlocks(space, space.positions(blocks)));
      }),
      { numRuns: 300 },
    );
  });

  it('joins buddies up to the top and keeps neighbours that are not buddies', () => {
    expect(text(merge(['10.0.1.0/24', '10.0.0.128/25', '10.0.0.0/25'].map(parseCidr)))).toEqual([
      '10.0.0.0/23',
    ]);
    expect(text(merge(['10.0.2.0/24', '10.0.1.0/24'].map(parseCidr)))).toEqual([
      '10.0.1.0/24',
      '10.0.2.0/24',
    ]);
  });

  it('keeps the families apart, in one order', () => {
    const mixed = [
      '2001:db8:8000::/33',
      '10.0.0.0/9',
      '2001:db8::/33',
      '10.128.0.0/9',
      '::/16',
    ].map(parseCidr);
    expect(text(merge(mixed))).toEqual(['::/16', '10.0.0.0/8', '2001:db8::/32']);
  });
});

describe('parseRange', () => {
  it.each([
    ['10.0.0.4-10.0.0.9', '10.0.0.4', '10.0.0.9'],
    ['10.0.0.4 - 10.0.0.9', '10.0.0.4', '10.0.0.9'],
    ['10.0.0.0/30', '10.0.0.0', '10.0.0.3'],
    ['10.0.0.7', '10.0.0.7', '10.0.0.7'],
    ['2001:db8::1-2001:DB8::f', '2001:db8::1', '2001:db8::f'],
  ])('reads %s', (range, first, last) => {
    const parsed = parseRange(range);
    expect([
      formatAddress(parsed.family, parsed.first),
      formatAddress(parsed.family, parsed.last),
    ]).toEqual([first, last]);
  });

  it.each([
    ['10.0.0.9-10.0.0.4', 'invalid_cidr'],
    ['10.0.0.1-2001:db8::1', 'invalid_cidr'],
    ['10.0.0.1/24', 'not_canonical'],
    ['10.0.0.0/24-10.0.1.0/24', 'invalid_cidr'],
    ['10.0.0.1-', 'invalid_address'],
    ['-10.0.0.1', 'invalid_address'],
    ['-', 'invalid_address'],
    ['10.0.0.1-10.0.0.2-10.0.0.3', 'invalid_address'],
    ['10.0.0.1-9', 'invalid_address'],
    [' 10.0.0.1', 'invalid_address'],
    ['10.0.0.1 -\t10.0.0.2', 'invalid_address'],
  ])('refuses %j as %s', (range, code) => {
    expect(() => parseRange(range)).toThrow(expect.objectContaining({ code }));
  });
});
