import * as fc from 'fast-check';
import {
  ALL_VIDS,
  formatVidRanges,
  freeVids,
  hasVid,
  parseVidRanges,
  vidCount,
} from './vid-ranges';

const text = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.nat(9)), { minLength: 1, maxLength: 8 })
  .map((ranges) => ranges.map(([first, more]) => `${first}-${first + more}`).join(', '));

/** The VLAN ids of ranges, one by one. */
function each(ranges: ReturnType<typeof parseVidRanges>): number[] {
  return Array.from({ length: 4096 }, (_, vid) => vid).filter((vid) => hasVid(ranges, vid));
}

describe('ranges of VLAN ids', () => {
  it.each([
    ['100-199,300', '100-199,300', 101],
    [' 300 , 100 - 199', '100-199,300', 101],
    ['1-10,5-20,21', '1-21', 21],
    ['4094', '4094', 1],
    ['1-4094', formatVidRanges(ALL_VIDS), 4094],
  ])('reads %s as %s', (given, written, count) => {
    const ranges = parseVidRanges(given);
    expect([formatVidRanges(ranges), vidCount(ranges)]).toEqual([written, count]);
  });

  it.each(['', ',', '0', '4095', '10-1', 'a', '1-', '-1', '1.5', '1-2-3', '10000', '1,,2'])(
    'refuses %j',
    (given) => {
      expect(() => parseVidRanges(given)).toThrow(/must look like 100-199,300/);
    },
  );

  it('refuses a text that is too long, and too many ranges', () => {
    expect(() => parseVidRanges('1,'.repeat(1_000) + '1')).toThrow('must look like');
    const many = Array.from({ length: 201 }, (_, at) => 2 * at + 1).join();
    expect(() => parseVidRanges(many)).toThrow('at most 200 ranges');
  });

  it('are written as they are read, and free is what is in them and not taken', () => {
    fc.assert(
      fc.property(text, fc.array(fc.integer({ min: 1, max: 80 })), (given, taken) => {
        const ranges = parseVidRanges(given);
        expect(parseVidRanges(formatVidRanges(ranges))).toEqual(ranges);
        const free = freeVids(ranges, taken);
        expect(each(free)).toEqual(each(ranges).filter((vid) => !taken.includes(vid)));
        if (free.length > 0) expect(parseVidRanges(formatVidRanges(free))).toEqual(free);
      }),
    );
  });
});
