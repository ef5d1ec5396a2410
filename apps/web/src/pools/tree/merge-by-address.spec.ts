import fc from 'fast-check';
import { mergeByAddress } from './merge-by-address';

const address = (item: bigint) => item;
const sorted = fc
  .uniqueArray(fc.bigInt({ min: 0n, max: 500n }))
  .map((items) => items.toSorted((a, b) => Number(a - b)));

describe('mergeByAddress', () => {
  it('gives both lists in address order once both are loaded', () => {
    fc.assert(
      fc.property(sorted, sorted, (left, right) => {
        const { rows, waitingFor } = mergeByAddress(
          { items: left, done: true },
          { items: right, done: true },
          address,
        );
        expect(rows).toEqual([...left, ...right].toSorted((a, b) => Number(a - b)));
        expect(waitingFor).toBeUndefined();
      }),
    );
  });

  it('shows, when partly loaded, only rows that stay in place', () => {
    fc.assert(
      fc.property(sorted, sorted, fc.nat(20), fc.nat(20), (left, right, l, r) => {
        const part = mergeByAddress(
          { items: left.slice(0, l), done: l >= left.length },
          { items: right.slice(0, r), done: r >= right.length },
          address,
        );
        const all = mergeByAddress(
          { items: left, done: true },
          { items: right, done: true },
          address,
        );
        expect(all.rows.slice(0, part.rows.length)).toEqual(part.rows);
        expect(part.waitingFor === undefined).toBe(
          part.rows.length === all.rows.length && l >= left.length && r >= right.length,
        );
      }),
    );
  });
});
