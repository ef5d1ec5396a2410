import { freeBlocks, parseCidr, split, type Cidr } from '@cloudpam/cidr';
import fc from 'fast-check';
import { fragmentationOf, type Fragmentation } from './fragmentation';

type Counts = Record<number, number>;

function countsOf(blocks: readonly Cidr[]): Counts {
  const counts: Counts = {};
  for (const { prefixLength } of blocks) counts[prefixLength] = (counts[prefixLength] ?? 0) + 1;
  return counts;
}

const POOL = parseCidr('10.0.0.0/24');
/** Children of a small pool, of any size, none of which overlap. */
const children = fc
  .array(fc.record({ at: fc.nat(255), length: fc.integer({ min: 26, max: 32 }) }), {
    maxLength: 40,
  })
  .map((drawn) => {
    const taken: Cidr[] = [];
    for (const { at, length } of drawn) {
      const block = parseCidr(`10.0.0.${at & (-1 << (32 - length))}/${length}`);
      if (taken.every(({ first, last }) => last < block.first || first > block.last))
        taken.push(block);
    }
    return taken;
  });
const freeOf = (taken: readonly Cidr[]): Cidr[] => freeBlocks(POOL, taken);
const told = (taken: readonly Cidr[]): Fragmentation =>
  fragmentationOf(countsOf(freeOf(taken)), 32);

describe('fragmentation', () => {
  it('has the worked example of the documentation', () => {
    // A /24 whose /26s are taken in turn: 64 + 64 free addresses, in two pieces.
    expect(fragmentationOf({ 26: 2 }, 32)).toEqual({
      score: 0.5,
      free: 128n,
      largest: 26,
      packedLargest: 25,
      lengths: [
        { prefixLength: 25, freeBlocks: 0, placeable: 0n, packed: 1n },
        { prefixLength: 26, freeBlocks: 2, placeable: 2n, packed: 2n },
      ],
    });
  });

  it('is none of an empty and of a full pool, and of free space that could not be larger', () => {
    expect(fragmentationOf({ 16: 1 }, 32).score).toBe(0);
    expect(fragmentationOf({}, 32)).toMatchObject({ score: 0, largest: null, lengths: [] });
    // What is left of a /20 after a /21 and a /28, one after the other.
    const rest = { 28: 1, 27: 1, 26: 1, 25: 1, 24: 1, 23: 1, 22: 1 };
    expect(fragmentationOf(rest, 32).score).toBe(0);
  });

  it('is nearly one where only single addresses are free', () => {
    const { score, packedLargest } = fragmentationOf({ 128: 2 ** 20 }, 128);
    expect([score > 0.999_99, score < 1, packedLargest]).toEqual([true, true, 108]);
  });

  it('counts for each length just those blocks that have room', () => {
    fc.assert(
      fc.property(children, (taken) => {
        const free = freeOf(taken);
        for (const { prefixLength, placeable, packed } of told(taken).lengths) {
          const places = [...split(POOL, prefixLength)].filter((block) =>
            taken.every(({ first, last }) => last < block.first || first > block.last),
          );
          expect([prefixLength, placeable]).toEqual([prefixLength, BigInt(places.length)]);
          const addresses = free.reduce((sum, { first, last }) => sum + last - first + 1n, 0n);
          expect(packed).toBe(addresses / 2n ** BigInt(32 - prefixLength));
        }
      }),
    );
  });

  it('lies between 0 and 1, and is 0 just where the largest sizes have all the room there is', () => {
    fc.assert(
      fc.property(children, (taken) => {
        const { score, lengths } = told(taken);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThan(1);
        expect(score === 0).toBe(lengths.every(({ placeable, packed }) => placeable === packed));
      }),
    );
  });

  it('is the same of any pool that is divided in the same way', () => {
    fc.assert(
      fc.property(children, fc.integer({ min: 1, max: 90 }), (taken, by) => {
        const counts = countsOf(freeOf(taken));
        const shifted = Object.fromEntries(
          Object.entries(counts).map(([length, count]) => [Number(length) - 24 + 30 + by, count]),
        );
        const bits = 128;
        const { score } = fragmentationOf(shifted, bits);
        expect(score).toBeCloseTo(told(taken).score, 9);
      }),
    );
  });

  it('falls to 0 when everything taken stands together', () => {
    fc.assert(
      fc.property(children, (taken) => {
        let at = POOL.first;
        const packed = [...taken]
          .sort((a, b) => a.prefixLength - b.prefixLength)
          .map(({ first, last, prefixLength, family }) => {
            const block: Cidr = { family, prefixLength, first: at, last: at + last - first };
            at = block.last + 1n;
            return block;
          });
        expect(told(packed).score).toBe(0);
        expect(told(packed).packedLargest).toBe(told(taken).packedLargest);
      }),
    );
  });
});
