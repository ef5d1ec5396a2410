import { parseCidr } from '@cloudpam/cidr';
import type { HostUsage } from '@cloudpam/pools';
import { examined, IN_CLOUD, MADE_ON, pool } from './analysis.fixture';
import type { ExaminedPool } from './examined-pool';
import { joiningMove } from './joining-move';
import { IDLE_DAYS, recommendationsOf } from './recommend';
import type { Recommendation } from './recommendation';
import type { Beside } from './sizing';

const hosts = (used: bigint, size: bigint): HostUsage => ({
  used,
  size,
  free: size - used,
  observedAt: new Date(0),
});
const recommended = (
  of: ExaminedPool,
  after: number = 40,
  beside: Beside = 'taken',
): Recommendation[] => recommendationsOf(of, beside, MADE_ON + after);
const kinds = (...asked: Parameters<typeof recommended>): string[] =>
  recommended(...asked).map(({ kind }) => kind);

describe('what is recommended about a pool', () => {
  it('that is full is to take the half beside it, where that is free', () => {
    const parent = pool('10.0.0.0/16', { id: 9, kind: 'vpc' });
    const full = examined(pool('10.0.1.0/24', { childUsed: 240n }), { parent });
    expect(recommended(full, 1, 'free')).toEqual([
      {
        poolId: 1,
        kind: 'undersized',
        severity: 'medium',
        relatedId: 9,
        facts: { hostsUsed: '240', hostsSize: '254' },
        action: { type: 'resize', poolIds: [1], cidr: '10.0.0.0/23', tags: [] },
      },
    ]);
    const [moved] = recommended(full, 1);
    expect(moved?.action).toEqual({ type: 'move', poolIds: [1], cidr: null, tags: [] });
  });

  it('that is full is to be merged with a pool beside it that has nothing in it', () => {
    const full = examined(pool('10.0.1.0/24', { childUsed: 253n }));
    const [merged] = recommended(full, 1, pool('10.0.0.0/24', { id: 7 }));
    expect(merged).toMatchObject({
      severity: 'high',
      relatedId: 7,
      action: { type: 'merge', poolIds: [7, 1], cidr: '10.0.0.0/23' },
    });
  });

  it.each([
    [228n, []],
    [229n, ['undersized']],
  ])('counts it as full from nine of ten hosts on: %s', (childUsed, expected) => {
    expect(kinds(examined(pool('10.0.1.0/24', { childUsed })), 1)).toEqual(expected);
  });

  it.each(['10.0.1.0/31', '10.0.1.0/32', '2001:db8::/127'])('leaves %s full', (cidr) => {
    const full = pool(cidr, { childUsed: cidr.endsWith('/32') ? 1n : 2n });
    expect(kinds(examined(full), 1)).toEqual([]);
  });

  it('of a cloud says what its hosts need, and leaves the change to the cloud', () => {
    const wide = examined(pool('10.0.0.0/20', IN_CLOUD), { hosts: hosts(20n, 4_091n) });
    expect(recommended(wide)).toEqual([
      {
        poolId: 1,
        kind: 'oversized',
        severity: 'low',
        relatedId: null,
        facts: { hostsUsed: '20', hostsSize: '4091', prefixLength: 26, followsCloud: true },
        action: null,
      },
    ]);
    expect(kinds(wide, 29)).toEqual([]);
  });

  it('that is kept by hand is to be resized to a quarter or less', () => {
    const [wide] = recommended(examined(pool('10.0.0.0/24', { childUsed: 20n })));
    expect(wide).toMatchObject({
      kind: 'oversized',
      facts: { prefixLength: 26 },
      // Its hosts may be in any part of it.
      action: { type: 'resize', cidr: null },
    });
    expect(kinds(examined(pool('10.0.0.0/24', { childUsed: 40n })))).toEqual([]);
    expect(kinds(examined(pool('2001:db8::/64', { childUsed: 1n })))).toEqual([]);
  });

  it('with nothing in it for ninety days is to be given back', () => {
    const empty = pool('10.0.0.0/24', { kind: 'container' });
    expect(kinds(examined(empty), IDLE_DAYS - 1)).toEqual([]);
    expect(recommended(examined(empty), IDLE_DAYS)).toMatchObject([
      { kind: 'unused', facts: { idleDays: 90 }, action: { type: 'reclaim', poolIds: [1] } },
    ]);
    const days = [{ day: MADE_ON + 5, taken: {}, free: { 24: 1 } }];
    expect(kinds(examined(empty, { days }), IDLE_DAYS)).toEqual([]);
    expect(kinds(examined(empty, { days }), IDLE_DAYS + 5)).toEqual(['unused']);
  });

  it.each([
    ['has children', pool('10.0.0.0/24', { kind: 'vpc', childUsed: 64n }), null],
    ['ends by itself', pool('10.0.0.0/24', { expiresAt: new Date() }), null],
    ['is a subnet whose hosts nobody counts', pool('10.0.0.0/24', IN_CLOUD), null],
    ['is a subnet whose hosts nobody records', pool('10.0.0.0/24'), null],
    ['has hosts', pool('10.0.0.0/26', IN_CLOUD), hosts(30n, 59n)],
  ])('is not to be given back where it %s', (_, of, counted) => {
    expect(kinds(examined(of, { hosts: counted }), 900)).not.toContain('unused');
  });

  it('is not unused where a range lies in it', () => {
    const of = pool('10.0.0.0/24', { kind: 'container' });
    expect(kinds(examined(of), 900)).toContain('unused');
    expect(kinds(examined(of, { hasRange: true }), 900)).not.toContain('unused');
  });

  it('that breaks the rules of its parent names the tags that are missing, or its right size', () => {
    const rules = { minPrefixLength: 24, maxPrefixLength: 26, defaultPrefixLength: null };
    const parent = pool('10.0.0.0/16', { id: 9, rules: { ...rules, requiredTags: ['owner'] } });
    const tags = { owner: 'a' };
    const [untagged] = recommended(examined(pool('10.0.0.0/24'), { parent }), 1);
    expect(untagged).toMatchObject({
      ...{ kind: 'breaks_rules', relatedId: 9, facts: { breach: 'the tag owner is missing' } },
      action: { type: 'edit', poolIds: [1], tags: ['owner'] },
    });
    const cidrOf = (cidr: string): unknown =>
      recommended(examined(pool(cidr, { tags }), { parent }), 1)[0]?.action?.cidr;
    expect([cidrOf('10.0.4.0/22'), cidrOf('10.0.4.32/28')]).toEqual([null, '10.0.4.0/26']);
    expect(kinds(examined(pool('10.0.4.0/25', { tags }), { parent }), 1)).toEqual([]);
  });

  it('whose addresses are used in a VRF that it reaches says with whom, and how often', () => {
    const elsewhere = [
      pool('10.0.0.0/16', { id: 5, vrfId: 2 }),
      pool('10.0.0.0/24', { id: 6, vrfId: 3 }),
    ];
    expect(recommended(examined(pool('10.0.0.0/24'), { elsewhere }), 1)).toMatchObject([
      { kind: 'duplicate', relatedId: 6, facts: { vrfs: 2 }, action: { type: 'move', cidr: null } },
    ]);
    const [shadowed] = recommended(
      examined(pool('10.0.0.0/24'), { elsewhere: elsewhere.slice(0, 1) }),
      1,
    );
    expect(shadowed).toMatchObject({ kind: 'shadowed', severity: 'medium', relatedId: 5 });
  });

  it('in pieces matters most where a block of its usual length does not fit any more', () => {
    const taken = { 24: 3 };
    const vpc = pool('10.0.0.0/16', { kind: 'vpc', childUsed: 1n });
    const day = (free: object) => ({ days: [{ day: MADE_ON, taken, free: { ...free } }] });
    expect(recommended(examined(vpc, day({ 25: 2 })), 1)).toMatchObject([
      { kind: 'fragmented', severity: 'high', facts: { score: 0.5, prefixLength: 24 } },
    ]);
    expect(recommended(examined(vpc, day({ 24: 2 })), 1)).toMatchObject([{ severity: 'low' }]);
    // Too little for any, and a subnet, in which nobody looks for blocks.
    expect(kinds(examined(vpc, day({ 26: 2 })), 1)).toEqual([]);
    expect(kinds(examined({ ...vpc, kind: 'subnet' }, day({ 25: 2 })), 1)).not.toContain(
      'fragmented',
    );
  });
});

describe('the move that joins free space', () => {
  const child = (cidr: string, id: number) => pool(cidr, { id });
  const moved = (children: readonly [string, number][], free: readonly string[]) =>
    joiningMove(
      children.map(([cidr, id]) => child(cidr, id)),
      free.map(parseCidr),
    );

  it('is that of the child whose place makes the largest block, to the smallest that fits', () => {
    // .1 lies between free blocks: with its place they are a /22.
    expect(
      moved(
        [
          ['10.0.1.0/24', 1],
          ['10.0.4.0/24', 2],
        ],
        ['10.0.0.0/24', '10.0.2.0/23', '10.0.5.0/24', '10.0.8.0/24'],
      ),
    ).toEqual({ type: 'move', poolIds: [1], cidr: '10.0.5.0/24', tags: [] });
  });

  it('is none where it would only take another block as large, and of what follows its cloud', () => {
    expect(moved([['10.0.1.0/24', 1]], ['10.0.0.0/24'])).toBeUndefined();
    expect(moved([['10.0.1.0/24', 1]], ['10.0.0.0/24', '10.0.2.0/23'])).toBeUndefined();
    const bound = { ...child('10.0.1.0/24', 1), ...IN_CLOUD };
    const free = ['10.0.0.0/24', '10.0.8.0/24'].map(parseCidr);
    expect(joiningMove([bound], free)).toBeUndefined();
  });
});
