import * as fc from 'fast-check';
import {
  chooseBlocks,
  formatCidr,
  freeBlocks,
  largestFree,
  parseCidr,
  parseRange,
  split,
  subtract,
} from './index';
import type { Cidr, Strategy } from './index';
import {
  anyBlockIn,
  anyRangeIn,
  anySpace,
  chooseOneNaively,
  maximalBlocks,
} from './small-space.fixture';

const STRATEGIES: readonly Strategy[] = ['first_fit', 'best_fit', 'last_fit'];
const cidrs = (...texts: string[]): Cidr[] => texts.map(parseCidr);
const texts = (blocks: readonly Cidr[] | undefined): string[] | undefined =>
  blocks?.map(formatCidr);

describe('the worked example', () => {
  const pool = parseCidr('192.168.0.0/20');
  const afterBig = chooseBlocks(freeBlocks(pool, []), 21, 1, 'first_fit');
  const afterSmall = chooseBlocks(afterBig?.remaining ?? [], 28, 1, 'first_fit');
  const free = freeBlocks(pool, [...(afterBig?.chosen ?? []), ...(afterSmall?.chosen ?? [])]);

  it('takes a /21, then a /28', () => {
    expect(texts(afterBig?.chosen)).toEqual(['192.168.0.0/21']);
    expect(texts(afterSmall?.chosen)).toEqual(['192.168.8.0/28']);
  });

  it('leaves a /28 to a /22 free', () => {
    const left = ['8.16/28', '8.32/27', '8.64/26', '8.128/25', '9.0/24', '10.0/23', '12.0/22'];
    expect(texts(free)).toEqual(left.map((each) => `192.168.${each}`));
    expect(afterSmall?.remaining).toEqual(free);
  });

  it('has no /21 left; the largest is a /22, at 192.168.12.0', () => {
    expect(chooseBlocks(free, 21, 1, 'first_fit')).toBeUndefined();
    expect(largestFree(free)?.prefixLength).toBe(22);
    expect(texts(chooseBlocks(free, 22, 1, 'first_fit')?.chosen)).toEqual(['192.168.12.0/22']);
  });
});

describe('freeBlocks', () => {
  it('gives the maximal blocks that nothing touches, whatever the order and overlap of what is taken', () => {
    const example = anySpace.chain((space) =>
      fc.tuple(
        fc.constant(space),
        anyBlockIn(space),
        fc.array(anyRangeIn(space), { maxLength: 6 }),
      ),
    );
    fc.assert(
      fc.property(example, ([space, within, taken]) => {
        const free = space.positions([within]);
        space.positions(taken).forEach((each) => free.delete(each));
        expect(freeBlocks(within, taken)).toEqual(maximalBlocks(space, free));
      }),
      { numRuns: 500 },
    );
  });

  it('clips what sticks out and ignores what lies outside or is of the other family', () => {
    const taken = ['9.255.0.0-10.0.0.127', '10.0.0.192-10.0.1.20', '10.9.0.0/16', '::/0'].map(
      parseRange,
    );
    expect(texts(freeBlocks(parseCidr('10.0.0.0/24'), taken))).toEqual(['10.0.0.128/26']);
  });

  it('is the block itself when nothing is taken, and nothing when all is', () => {
    expect(texts(freeBlocks(parseCidr('::/0'), []))).toEqual(['::/0']);
    expect(freeBlocks(parseCidr('10.0.0.0/24'), cidrs('10.0.0.0/8'))).toEqual([]);
  });
});

describe('subtract', () => {
  it('leaves the siblings on the way down to the carved block', () => {
    expect(texts(subtract(parseCidr('10.0.0.0/24'), parseCidr('10.0.0.64/27')))).toEqual([
      '10.0.0.0/26',
      '10.0.0.96/27',
      '10.0.0.128/25',
    ]);
    expect(subtract(parseCidr('10.0.0.0/24'), parseCidr('10.0.0.0/24'))).toEqual([]);
  });

  it('leaves one block for every bit between the two', () => {
    const example = anySpace.chain((space) => fc.tuple(fc.constant(space), anyBlockIn(space)));
    fc.assert(
      fc.property(example, ([space, taken]) => {
        const left = space.positions([space.block]);
        space.positions([taken]).forEach((each) => left.delete(each));
        const blocks = subtract(space.block, taken);
        expect(blocks).toEqual(maximalBlocks(space, left));
        expect(blocks).toHaveLength(taken.prefixLength - space.block.prefixLength);
      }),
      { numRuns: 200 },
    );
  });
});

describe('chooseBlocks', () => {
  it.each(STRATEGIES)('%s gives what single allocations, one after another, give', (strategy) => {
    const example = anySpace.chain((space) =>
      fc.record({
        space: fc.constant(space),
        taken: fc.array(anyBlockIn(space), { maxLength: 8 }),
        hostBits: fc.integer({ min: 0, max: 5 }),
        count: fc.integer({ min: 1, max: 12 }),
        rotation: fc.nat(5),
      }),
    );
    fc.assert(
      fc.property(example, ({ space, taken, hostBits, count, rotation }) => {
        const free = freeBlocks(space.block, taken);
        const unsorted = [...free.slice(rotation), ...free.slice(0, rotation)];
        let remaining: Cidr[] | undefined = free;
        const chosen: Cidr[] = [];
        for (let n = 0; n < count && remaining; n++) {
          const one = chooseOneNaively(space, remaining, hostBits, strategy);
          if (one) chosen.push(one.chosen);
          remaining = one?.remaining;
        }
        const expected = remaining && { chosen, remaining };
        expect(chooseBlocks(unsorted, space.prefixLength(hostBits), count, strategy)).toEqual(
          expected,
        );
      }),
      { numRuns: 300 },
    );
  });

  it('differs by strategy', () => {
    const free = cidrs('10.0.0.0/24', '10.0.2.0/26', '10.0.4.0/26', '10.0.8.0/22');
    expect(texts(chooseBlocks(free, 27, 1, 'first_fit')?.chosen)).toEqual(['10.0.0.0/27']);
    expect(texts(chooseBlocks(free, 27, 3, 'best_fit')?.chosen)).toEqual([
      '10.0.2.0/27',
      '10.0.2.32/27',
      '10.0.4.0/27',
    ]);
    expect(texts(chooseBlocks(free, 27, 2, 'last_fit')?.chosen)).toEqual([
      '10.0.11.224/27',
      '10.0.11.192/27',
    ]);
  });

  it('never joins neighbours, which may be of two pools', () => {
    const free = cidrs('10.0.0.0/25', '10.0.0.128/25');
    expect(chooseBlocks(free, 24, 1, 'first_fit')).toBeUndefined();
    expect(texts(chooseBlocks(free, 26, 1, 'last_fit')?.remaining)).toEqual([
      '10.0.0.0/25',
      '10.0.0.128/26',
    ]);
  });

  it('gives all or none', () => {
    expect(chooseBlocks(cidrs('10.0.0.0/30'), 32, 5, 'first_fit')).toBeUndefined();
    expect(chooseBlocks(cidrs('10.0.0.0/30'), 32, 4, 'first_fit')?.remaining).toEqual([]);
    expect(chooseBlocks([], 24, 1, 'best_fit')).toBeUndefined();
  });

  it('refuses a prefix length that the family does not have and a count that is none', () => {
    expect(() => chooseBlocks(cidrs('10.0.0.0/24'), 33, 1, 'first_fit')).toThrow(
      'it must be /0 to /32',
    );
    expect(() => chooseBlocks(cidrs('10.0.0.0/24'), 25, 1.5, 'first_fit')).toThrow(RangeError);
    expect(() => chooseBlocks(cidrs('10.0.0.0/24'), 25, -1, 'first_fit')).toThrow(RangeError);
  });

  it.each(STRATEGIES)('%s takes thousands out of 65,536 free blocks in a moment', (strategy) => {
    const free = [...split(parseCidr('10.0.0.0/8'), 25)].filter((_, index) => index % 2 === 0);
    const started = performance.now();
    const result = chooseBlocks(free, 28, 5000, strategy);
    expect(result?.chosen).toHaveLength(5000);
    expect(result?.remaining).toHaveLength(65_536 - 5000 / 8);
    // It takes tens of milliseconds; looking at every block for every allocation takes far longer
    // than the limit.
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

describe('largestFree', () => {
  it('is the block with the most addresses, the lowest on a tie', () => {
    expect(largestFree([])).toBeUndefined();
    expect(
      texts([largestFree(cidrs('10.0.2.0/24', '10.0.1.0/24', '10.0.0.0/25')) as Cidr]),
    ).toEqual(['10.0.1.0/24']);
    expect(texts([largestFree(cidrs('10.0.0.0/8', '2001:db8::/64')) as Cidr])).toEqual([
      '2001:db8::/64',
    ]);
  });
});
