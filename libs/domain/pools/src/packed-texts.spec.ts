import { deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { PackedTexts, type Packing } from './index';

const DEFLATED: Packing = {
  pack: (text) => deflateRawSync(text),
  unpack: (packed) => inflateRawSync(packed).toString(),
};

describe.each<[string, Packing | undefined]>([
  ['deflated', DEFLATED],
  ['as they are', undefined],
])('PackedTexts %s', (_, packing) => {
  const change = fc.record({
    // Of more blocks than lie open at once, and next to each other too.
    at: fc.oneof(fc.nat(200), fc.nat(100_000)),
    text: fc.option(fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text))),
  });

  it('hold what a map would', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 600 }), fc.nat(600), (changes, closedAt) => {
        const texts = new PackedTexts(packing);
        const naive = new Map<number, string>();
        changes.forEach(({ at, text }, step) => {
          if (step === closedAt) texts.close();
          if (text === null) {
            texts.delete(at);
            naive.delete(at);
          } else {
            texts.set(at, text);
            naive.set(at, text);
          }
          expect([texts.size, texts.get(at)]).toEqual([naive.size, naive.get(at)]);
        });
        const ascending = (a: number, b: number): number => a - b;
        expect([...texts].sort(ascending)).toEqual([...naive.keys()].sort(ascending));
        for (const [at, text] of naive) expect(texts.get(at)).toBe(text);
      }),
      { numRuns: 50 },
    );
  });

  it('share what is the same at another time, and change nothing there', () => {
    const first = new PackedTexts(packing);
    for (let at = 0; at < 1_000; at++) first.set(at, `text ${at}`);
    first.close();
    const second = new PackedTexts(packing, first);
    for (let at = 0; at < 1_000; at++) second.set(at, at === 500 ? 'another' : `text ${at}`);
    second.close();
    expect([first.get(500), second.get(500)]).toEqual(['text 500', 'another']);
    expect(second.shared).toBe(15);
  });
});
