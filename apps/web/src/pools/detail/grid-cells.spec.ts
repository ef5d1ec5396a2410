import type { Schemas } from '@cloudpam/api-client';
import {
  countStates,
  gridCells,
  gridShape,
  gridWindow,
  windowOf,
  type GridFacts,
} from './grid-cells';

const POOL = { id: 1, cidr: '10.0.0.0/29', vrf_id: 3 };
const NOTHING: GridFacts = { blocks: [], records: [], observed: [], ranges: [], forbidden: [] };
/** The grid reads nothing else. */
const block = (host: number, status: Schemas['BlockStatus'], pool?: number): Schemas['Block'] => ({
  cidr: `10.0.0.${host}/32`,
  status,
  pool_id: pool ?? null,
  pool_name: pool === undefined ? null : `pool ${pool}`,
});

describe('gridShape', () => {
  it.each([
    ['10.0.0.0/24', { length: 32, hasAddresses: true, windows: 1 }],
    ['10.0.0.0/30', { length: 32, hasAddresses: true, windows: 1 }],
    ['10.0.0.0/22', { length: 32, hasAddresses: true, windows: 4 }],
    ['10.0.0.0/16', { length: 32, hasAddresses: true, windows: 256 }],
    ['10.0.0.0/8', { length: 16, hasAddresses: false, windows: 1 }],
    ['2001:db8::/64', { length: 72, hasAddresses: false, windows: 1 }],
    ['2001:db8::/120', { length: 128, hasAddresses: true, windows: 1 }],
    ['2001:db8::/127', { length: 128, hasAddresses: true, windows: 1 }],
  ])('of %s is %j', (cidr, shape) => {
    expect(gridShape(cidr)).toEqual(shape);
  });

  it('finds the window of an address, and of none that lies elsewhere', () => {
    expect([windowOf('10.0.0.0/22', '10.0.3.9'), gridWindow('10.0.0.0/22', 3)]).toEqual([
      3,
      '10.0.3.0/24',
    ]);
    expect(windowOf('10.0.0.0/22', '10.0.4.0')).toBeUndefined();
    expect(windowOf('10.0.0.0/22', 'x')).toBeUndefined();
    expect(windowOf('10.0.0.0/22', '2001:db8::1')).toBeUndefined();
    expect(gridWindow('10.0.0.0/29', 0)).toBe('10.0.0.0/29');
  });
});

describe('gridCells', () => {
  it('tell who has an address before what keeps it, and that before what is free', () => {
    const cells = gridCells(POOL, {
      blocks: [
        block(0, 'used'),
        block(1, 'used'),
        block(2, 'used'),
        block(3, 'used'),
        block(4, 'used', 9),
        block(5, 'free'),
        block(6, 'used', 1),
        block(7, 'used'),
      ],
      records: [
        { address: '10.0.0.1', name: 'gw', role: 'gateway', status: 'active' },
      ] as Schemas['Address'][],
      observed: [
        { cidr: '10.0.0.1/32', external_id: 'eni-1', gone_at: null },
        {
          cidr: '10.0.0.2/31',
          external_id: 'eni-2',
          attached_to: 'i-2',
          name: 'web',
          gone_at: null,
        },
      ] as Schemas['ObservedAddress'][],
      ranges: [
        { start_address: '10.0.0.5', end_address: '10.0.0.6', purpose: 'dhcp', name: 'lab' },
      ] as Schemas['Range'][],
      forbidden: [
        { address: '10.0.0.0', reason: 'network' },
        { address: '10.0.0.2', reason: 'cloud' },
      ],
    });
    expect(cells.map(({ state, label }) => `${label} ${state}`)).toEqual([
      '0 nobody',
      '1 record',
      '2 observed',
      '3 observed',
      '4 pool',
      '5 range',
      '6 range',
      '7 taken',
    ]);
    expect(cells.map(({ text }) => text).slice(0, 5)).toEqual([
      '10.0.0.0, nobody gets it: network',
      '10.0.0.1, gw, gateway, active',
      '10.0.0.2, used by i-2',
      '10.0.0.3, used by i-2',
      '10.0.0.4, pool pool 9',
    ]);
    expect(cells.map(({ to }) => to).slice(1, 6)).toEqual([
      '?tab=addresses&q=10.0.0.1',
      '/addresses?new.address=10.0.0.2&new.vrf_id=3&new.name=web',
      '/addresses?new.address=10.0.0.3&new.vrf_id=3&new.name=web',
      '/pools/9',
      '?tab=ranges',
    ]);
    expect(countStates(cells)).toEqual([
      ['record', 1],
      ['observed', 2],
      ['pool', 1],
      ['range', 2],
      ['nobody', 1],
      ['taken', 1],
    ]);
  });

  it('of blocks are free, of a pool, or used in part', () => {
    const pool = { id: 1, cidr: '2001:db8::/64', vrf_id: 1 };
    const cells = gridCells(pool, {
      ...NOTHING,
      blocks: [
        { cidr: '2001:db8::/72', status: 'free', pool_id: null, pool_name: null },
        { cidr: '2001:db8:0:0:100::/72', status: 'used', pool_id: null, pool_name: null },
        { cidr: '2001:db8:0:0:200::/72', status: 'partial', pool_id: 4, pool_name: 'x' },
      ],
    });
    expect(cells.map(({ state, label }) => `${label} ${state}`)).toEqual([
      'db8 free',
      '100 partial',
      '200 partial',
    ]);
  });
});
