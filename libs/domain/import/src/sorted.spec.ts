import fc from 'fast-check';
import { sorted } from './sorted';

describe('sorted', () => {
  it('gives what toSorted gives, stable, for any length', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 5_000, size: 'max' }),
        async (keys) => {
          const items = keys.map((key, at) => ({ key, at }));
          const compare = (a: { key: number }, b: { key: number }) => a.key - b.key;
          expect(await sorted(items, compare, () => Promise.resolve())).toEqual(
            items.toSorted(compare),
          );
        },
      ),
      { numRuns: 50 },
    );
  });
});
