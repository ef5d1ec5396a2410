import fc from 'fast-check';
import { added, addressesIn, FreeSpace, largestOf } from './block-counts';
import { freeAfter, sizeOf } from './drawn-series.fixture';

describe('counts of blocks', () => {
  it('add up, and leave out what is none', () => {
    expect(added({ 24: 2, 26: 1 }, { 24: 2, 28: 3 }, -1)).toEqual({ 26: 1, 28: -3 });
  });

  it('tell their addresses exactly, and the largest block', () => {
    expect(addressesIn({ 8: 1, 32: 1 }, 32)).toBe(2n ** 24n + 1n);
    expect(addressesIn({ 16: 1, 128: 1 }, 128)).toBe(2n ** 112n + 1n);
    expect([largestOf({ 26: 1, 24: 2 }), largestOf({})]).toEqual([24, undefined]);
  });
});

describe('free space', () => {
  it('gives the smallest block that fits, and keeps its halves', () => {
    const space = new FreeSpace({ 20: 1, 23: 1 }, 32);
    space.take(24, 1);
    expect(space.blocks()).toEqual([
      [20, 1],
      [24, 1],
    ]);
    space.take(24, 2);
    expect(space.blocks()).toEqual([
      [21, 1],
      [22, 1],
      [23, 1],
      [24, 1],
    ]);
  });

  it('says what fits, and gives what there is room for', () => {
    const space = new FreeSpace({ 24: 2 }, 32);
    expect([23, 24, 32].map((length) => space.fits(length))).toEqual([false, true, true]);
    space.take(25, 5);
    expect([space.blocks(), space.fits(32)]).toEqual([[], false]);
    space.take(26, -1);
    expect([space.fits(25), space.fits(26)]).toEqual([false, true]);
  });

  it('takes many blocks at once as it takes them one by one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000 }),
        fc.integer({ min: 22, max: 28 }),
        fc.integer({ min: 1, max: 300 }),
        (taken, length, count) => {
          const [one, many] = [0, 1].map(() => new FreeSpace(freeAfter(16, 26, taken), 32));
          for (let n = 0; n < count; n++) one?.take(length, 1);
          many?.take(length, count);
          expect(many?.blocks()).toEqual(one?.blocks());
        },
      ),
    );
  });

  it('loses no address', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 18, max: 30 }), { maxLength: 40 }), (lengths) => {
        const space = new FreeSpace({ 16: 1 }, 32);
        let left = 2 ** 16;
        for (const length of lengths) {
          if (space.fits(length)) left -= 2 ** (32 - length);
          space.take(length, 1);
        }
        expect(sizeOf(space, 32)).toBe(left);
      }),
    );
  });
});
