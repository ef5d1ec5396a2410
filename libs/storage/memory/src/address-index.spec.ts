import {
  cidrAt,
  contains,
  overlaps,
  parseCidr,
  split,
  type AddressRange,
  type Cidr,
} from '@cloudpam/cidr';
import fc from 'fast-check';
import { AddressIndex, byAddress } from './address-index';

const SPACE = parseCidr('10.0.0.0/26');

const block = fc
  .tuple(fc.integer({ min: 26, max: 32 }), fc.nat(63))
  .map(([prefixLength, address]): Cidr => {
    const size = 2 ** (32 - prefixLength);
    return cidrAt(4, SPACE.first + BigInt(address - (address % size)), prefixLength);
  });
const range = fc.tuple(fc.nat(63), fc.nat(63)).map(([a, b]): AddressRange => ({
  family: 4,
  first: SPACE.first + BigInt(Math.min(a, b)),
  last: SPACE.first + BigInt(Math.max(a, b)),
}));

describe('AddressIndex', () => {
  it('finds what a look at every row finds, after rows were added, replaced and removed', () => {
    fc.assert(
      fc.property(
        fc.array(block, { maxLength: 40 }),
        fc.array(fc.nat(39)),
        range,
        (blocks, removed, asked) => {
          const rows = blocks.map((cidr, id) => ({ id, cidr, note: 'old' }));
          const index = new AddressIndex<(typeof rows)[number]>();
          for (const row of rows) index.add(row);
          const gone = new Set(removed.filter((id) => id < rows.length));
          for (const id of gone) index.remove(rows[id] ?? fail());
          const left = rows
            .filter(({ id }) => !gone.has(id))
            .map((row) => ({ ...row, note: 'new' }))
            .sort(byAddress);
          for (const row of left) index.replace(row);
          expect(index.rows).toEqual(left);
          expect([...index.touching(asked)]).toEqual(
            left.filter(({ cidr }) => overlaps(cidr, asked)),
          );
          expect(index.inside(asked)).toEqual(left.filter(({ cidr }) => contains(asked, cidr)));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('finds the one of disjoint rows that contains a range', () => {
    const index = new AddressIndex<{ id: number; cidr: Cidr }>();
    for (const [id, cidr] of [...split(SPACE, 29)].entries())
      if (id % 2 === 0) index.add({ id, cidr });
    expect(index.around(parseCidr('10.0.0.20/30'))?.id).toBe(2);
    expect(index.around(parseCidr('10.0.0.16/29'))?.id).toBe(2);
    expect(index.around(parseCidr('10.0.0.16/28'))).toBeUndefined();
    expect(index.around(parseCidr('10.0.0.8/29'))).toBeUndefined();
    expect(index.around(parseCidr('9.0.0.0/29'))).toBeUndefined();
  });
});

function fail(): never {
  throw new Error('no such row');
}
