import * as fc from 'fast-check';
import {
  formatCidr,
  halves,
  merge,
  nthSubnet,
  parseCidr,
  sibling,
  split,
  subnetCount,
  supernet,
} from './index';
import { anyBlockIn, anySpace } from './small-space.fixture';

const anyBlock = anySpace.chain(anyBlockIn);

describe('split', () => {
  it('gives every subnet in address order, covering exactly the block', () => {
    fc.assert(
      fc.property(anyBlock, fc.nat(8), (block, more) => {
        const prefixLength = Math.min(block.prefixLength + more, block.family === 4 ? 32 : 128);
        const subnets = [...split(block, prefixLength)];
        expect(BigInt(subnets.length)).toBe(subnetCount(block, prefixLength));
        expect(subnets).toEqual(
          subnets.map((_, index) => nthSubnet(block, prefixLength, BigInt(index))),
        );
        expect(subnets.every((each) => each.prefixLength === prefixLength)).toBe(true);
        expect(merge(subnets)).toEqual([block]);
      }),
      { numRuns: 200 },
    );
  });

  it('is lazy, so a /16 of IPv6 can be split into single addresses', () => {
    const subnets = split(parseCidr('2001::/16'), 128);
    expect([subnets.next().value, subnets.next().value].map(formatCidr)).toEqual([
      '2001::/128',
      '2001::1/128',
    ]);
  });

  it('ends at the end of each address space', () => {
    expect([...split(parseCidr('0.0.0.0/0'), 1)].map(formatCidr)).toEqual([
      '0.0.0.0/1',
      '128.0.0.0/1',
    ]);
    expect([...split(parseCidr('::/0'), 1)].map(formatCidr)).toEqual(['::/1', '8000::/1']);
  });

  it('refuses at once a prefix length that is shorter than the block or too long for the family', () => {
    expect(() => split(parseCidr('10.0.0.0/16'), 15)).toThrow('it must be /16 to /32');
    expect(() => split(parseCidr('10.0.0.0/16'), 33)).toThrow('it must be /16 to /32');
  });
});

describe('nthSubnet', () => {
  it('counts from 0 in address order', () => {
    expect(formatCidr(nthSubnet(parseCidr('10.0.0.0/8'), 24, 258n))).toBe('10.1.2.0/24');
    expect(formatCidr(nthSubnet(parseCidr('2001:db8::/32'), 64, (1n << 32n) - 1n))).toBe(
      '2001:db8:ffff:ffff::/64',
    );
  });

  it('refuses an index that the block does not have', () => {
    expect(() => nthSubnet(parseCidr('10.0.0.0/8'), 9, 2n)).toThrow(RangeError);
    expect(() => nthSubnet(parseCidr('10.0.0.0/8'), 9, -1n)).toThrow(RangeError);
  });
});

describe('supernet, halves and sibling', () => {
  it('fit together: the halves of a block are siblings and the block is their supernet', () => {
    fc.assert(
      fc.property(
        anyBlock.filter((block) => block.first !== block.last),
        (block) => {
          const [lower, upper] = halves(block);
          expect([lower, upper]).toEqual([...split(block, block.prefixLength + 1)]);
          expect(sibling(lower)).toEqual(upper);
          expect(sibling(upper)).toEqual(lower);
          expect(supernet(lower, block.prefixLength)).toEqual(block);
          expect(supernet(upper, block.prefixLength)).toEqual(block);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('reach to /0, which has no sibling', () => {
    expect(formatCidr(supernet(parseCidr('203.0.113.0/24'), 0))).toBe('0.0.0.0/0');
    expect(formatCidr(supernet(parseCidr('2001:db8::/32'), 0))).toBe('::/0');
    expect(sibling(parseCidr('0.0.0.0/0'))).toBeUndefined();
    expect(sibling(parseCidr('::/0'))).toBeUndefined();
    expect(sibling(parseCidr('0.0.0.0/1'))).toEqual(parseCidr('128.0.0.0/1'));
  });

  it('refuse what does not exist', () => {
    expect(() => supernet(parseCidr('10.0.0.0/8'), 9)).toThrow('it must be /0 to /8');
    expect(() => halves(parseCidr('10.0.0.0/32'))).toThrow('/33 is not possible');
  });
});
