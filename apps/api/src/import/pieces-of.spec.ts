import { parseCidr } from '@cloudpam/cidr';
import type { ImportRow } from '@cloudpam/import';
import { piecesOf } from './pieces-of';

const place = { table: 0, label: '' };
const pool = (line: number, cidr: string, rd: string | null = null): ImportRow => ({
  ...place,
  line,
  item: {
    entity: 'pool',
    cidr: parseCidr(cidr),
    vrf: rd === null ? null : { name: null, rd },
    set: {},
    fresh: { name: cidr, kind: 'by_place' },
    tags: { values: {}, are: 'these' },
    sourceId: null,
  },
});
const vrf: ImportRow = {
  ...place,
  line: 9,
  item: { entity: 'vrf', set: { name: 'a', rd: '1:1' } },
};

const leaf = {
  vrf: null,
  set: {},
  fresh: { name: '' },
  tags: { values: {}, are: 'these' },
} as const;
const address: ImportRow = {
  ...place,
  line: 10,
  item: { entity: 'address', cidr: parseCidr('10.1.0.1/32'), sourceId: null, ...leaf },
};
const range: ImportRow = {
  ...place,
  line: 11,
  item: { entity: 'range', span: parseCidr('10.1.0.0/30'), sourceId: null, ...leaf },
};

describe('the pieces of an import', () => {
  const rows = [
    pool(2, '10.1.0.0/16'),
    pool(3, '10.0.0.0/8', '1:1'),
    vrf,
    pool(4, '10.0.0.0/8'),
    pool(5, '10.1.0.0/16', '1:1'),
  ];
  const lines = (size: number): number[][] =>
    [...piecesOf({ tables: [], rows }, size)].map((piece) => piece.rows.map(({ line }) => line));

  it('are one, as it came, where the rows are few enough', () => {
    expect(lines(5)).toEqual([[2, 3, 9, 4, 5]]);
  });

  it('have records first, then pools by VRF and address, each row once', () => {
    expect(lines(2)).toEqual([[9, 4], [2, 3], [5]]);
  });

  it('have ranges after the pools, and addresses after the ranges', () => {
    const all = [address, range, pool(2, '10.1.0.0/16'), vrf];
    const pieces = [...piecesOf({ tables: [], rows: all }, 1)];
    expect(pieces.map((piece) => piece.rows.map(({ line }) => line))).toEqual([
      [9],
      [2],
      [11],
      [10],
    ]);
  });
});
