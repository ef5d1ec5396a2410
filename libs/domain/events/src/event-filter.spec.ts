import { parseCidr } from '@cloudpam/cidr';
import fc from 'fast-check';
import { passes, type EventFilter } from './event-filter';
import { entryOf } from './event.fixture';

const at = (cidr: string, vrfId = 1, kind = 'subnet') => ({
  vrfId,
  kind,
  accountId: null,
  cidr: parseCidr(cidr),
});
const SUBTREES = new Map([
  [5, { now: at('10.0.0.0/8'), past: [] }],
  [6, { now: at('10.2.0.0/16', 1, 'subnet'), past: [] }],
]);
const hears = (filter: EventFilter, fields: Parameters<typeof entryOf>[0] = {}): boolean =>
  passes(filter, entryOf(fields), SUBTREES);

describe('a filter of events', () => {
  it('lets everything pass where it asks for nothing', () => {
    expect([hears({}), hears({ types: [], vrfIds: [], poolIds: [] })]).toEqual([true, true]);
  });

  it.each<[string, EventFilter, boolean]>([
    ['a type', { types: ['pool.create'] }, true],
    ['another type', { types: ['pool.creat'] }, false],
    ['types that begin alike', { types: ['vrf.*', 'pool.*'] }, true],
    ['an entity of a longer name', { types: ['po.*'] }, false],
    ['all types', { types: ['*'] }, true],
    ['its VRF', { vrfIds: [2, 1] }, true],
    ['another VRF', { vrfIds: [2] }, false],
    ['its account', { accountIds: [3] }, true],
    ['another account', { accountIds: [4] }, false],
    ['a pool above it', { poolIds: [5] }, true],
    ['a pool beside it', { poolIds: [6] }, false],
    ['the pool itself, also where it is gone', { poolIds: [42] }, true],
    ['a pool that is gone', { poolIds: [99] }, false],
    ['the key of a tag', { tags: ['env'] }, true],
    ['a tag', { tags: ['env:prod'] }, true],
    ['another value', { tags: ['env:dev'] }, false],
    ['a key with a colon', { tags: ['a:b'] }, true],
    ['a tag whose key has a colon', { tags: ['a:b:c'] }, true],
    ['a severity that the event does not tell', { severities: ['critical'] }, false],
    ['one field that fits and one that does not', { types: ['pool.*'], vrfIds: [2] }, false],
  ])('asks for %s', (_, filter, heard) => {
    expect(hears(filter)).toBe(heard);
  });

  it('hears of what leaves its part of the estate', () => {
    const left = { place: at('11.0.0.0/16', 2), formerPlace: at('10.3.0.0/16') };
    expect([hears({ poolIds: [5] }, left), hears({ vrfIds: [1] }, left)]).toEqual([true, true]);
  });

  it('hears of a VRF and an account themselves, which have no place', () => {
    const of = (entityType: string) => ({ entityType, entityId: '3', place: null });
    expect([
      hears({ vrfIds: [3] }, of('vrf')),
      hears({ accountIds: [3] }, of('account')),
      hears({ accountIds: [3] }, of('vrf')),
    ]).toEqual([true, true, false]);
  });

  it('hears of a tag that was taken away, and not of a change that tells no tags', () => {
    const tags = { diff: { before: { tags: { env: 'prod' } }, after: { tags: {} } } };
    const name = { diff: { before: { name: 'a' }, after: { name: 'b' } } };
    expect([hears({ tags: ['env'] }, tags), hears({ tags: ['env'] }, name)]).toEqual([true, false]);
  });

  it('does not hear of the VPC around a subnet of the same addresses', () => {
    expect(hears({ poolIds: [6] }, { place: at('10.2.0.0/16', 1, 'vpc') })).toBe(false);
  });

  it('hears of the severity among the facts', () => {
    const diff = { before: null, after: { severity: 'critical' } };
    expect([
      hears({ severities: ['info', 'critical'] }, { diff }),
      hears({ severities: ['info'] }, { diff }),
    ]).toEqual([true, false]);
  });

  it('hears of exactly the addresses below a pool', () => {
    const block = fc
      .tuple(fc.nat(2 ** 16 - 1), fc.integer({ min: 0, max: 16 }))
      .map(([bits, length]) => ({ bits: bits - (bits % 2 ** (16 - length)), length }));
    const cidrOf = ({ bits, length }: { bits: number; length: number }) =>
      parseCidr(`10.0.${bits >> 8}.${bits & 255}/${16 + length}`);
    fc.assert(
      fc.property(block, block, (top, below) => {
        const now = { vrfId: 1, kind: 'supernet', cidr: cidrOf(top) };
        const subtrees = new Map([[1, { now, past: [] }]]);
        const place = { vrfId: 1, accountId: null, kind: 'subnet', cidr: cidrOf(below) };
        const size = 2 ** (16 - top.length);
        const inside =
          below.length >= top.length && below.bits >= top.bits && below.bits < top.bits + size;
        expect(passes({ poolIds: [1] }, entryOf({ place }), subtrees)).toBe(inside);
      }),
    );
  });
});
