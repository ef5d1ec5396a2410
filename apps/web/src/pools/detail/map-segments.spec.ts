import type { Schemas } from '@cloudpam/api-client';
import { blockSegments, mapSegments } from './map-segments';

// The map reads nothing else.
const pool = (id: number, cidr: string) => ({ id, cidr, name: `pool ${id}` }) as Schemas['Pool'];

describe('mapSegments', () => {
  it('lays children and gaps out in proportion and in address order', () => {
    const segments = mapSegments(
      '10.0.0.0/22',
      [pool(1, '10.0.0.0/24'), pool(2, '10.0.2.0/23')],
      [{ cidr: '10.0.1.0/24', size: '256' }],
      0.01,
    );
    expect(segments.map(({ type, start, width }) => [type, start, width])).toEqual([
      ['pool', 0, 0.25],
      ['gap', 0.25, 0.25],
      ['pool', 0.5, 0.5],
    ]);
  });

  it('joins neighbours too thin to see and says how many they are', () => {
    const tiny = Array.from({ length: 10 }, (_, index) => pool(index, `10.0.0.${index}/32`));
    const [first, ...rest] = mapSegments('10.0.0.0/16', tiny, [], 0.01);
    expect(first).toMatchObject({ type: 'many', count: 10, cidr: '10.0.0.0/32 … 10.0.0.9/32' });
    expect(rest).toEqual([]);
  });

  it('copes with a /32 inside an IPv6 /16', () => {
    expect(mapSegments('2001::/16', [pool(1, '2001:db8::/32')], [], 0)[0]?.width).toBeGreaterThan(
      0.00001,
    );
  });
});

describe('blockSegments', () => {
  it('joins neighbours in the same state', () => {
    const blocks = (['used', 'used', 'partial', 'free'] as const).map((status, index) => ({
      cidr: `10.0.${index}.0/24`,
      status,
      pool_id: null,
      pool_name: null,
    }));
    expect(blockSegments(blocks)).toEqual([
      { type: 'many', cidr: '10.0.0.0/24 … 10.0.1.0/24', start: 0, width: 0.5 },
      { type: 'partial', cidr: '10.0.2.0/24', start: 0.5, width: 0.25 },
      { type: 'gap', cidr: '10.0.3.0/24', start: 0.75, width: 0.25 },
    ]);
  });
});
