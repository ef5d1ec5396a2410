import { parseCidr } from '@cloudpam/cidr';
import {
  eventsOf,
  eventType,
  placeOfAccount,
  type Changed,
  type Created,
  type Located,
} from './index';

type LeafFacts = { readonly name: string; readonly size: number };

const LEAF_EVENTS = {
  'leaf.grow': eventType<Created<LeafFacts>, Located>(),
  'leaf.turn': eventType<Changed<LeafFacts>, Located>(2),
  'leaf.sing': eventType<Created<{ readonly song: string }>>(),
};
const leafEvent = eventsOf(LEAF_EVENTS);

const change = {
  at: new Date(0),
  actor: { type: 'user', id: 'ada', name: 'Ada' },
  requestId: 'r',
} as const;
const place = { vrfId: 1, accountId: null, cidr: parseCidr('10.0.0.0/8'), kind: 'leaf' };

describe('events', () => {
  it('are entries with the version of their type, and the place before where it is another', () => {
    const moved = { ...place, cidr: parseCidr('11.0.0.0/8') };
    const turned = { before: { size: 1 }, after: { size: 2 } };
    expect(
      leafEvent(change, 'leaf.turn', 7, { ...turned, place: moved, formerPlace: place }),
    ).toEqual({
      ...change,
      type: 'leaf.turn',
      version: 2,
      entityType: 'leaf',
      entityId: '7',
      place: moved,
      formerPlace: place,
      diff: turned,
      reason: null,
    });
    const same = { ...place, cidr: parseCidr('10.0.0.0/8') };
    expect(
      leafEvent(change, 'leaf.turn', 7, { ...turned, place, formerPlace: same }).formerPlace,
    ).toBeNull();
    const sung = leafEvent(change, 'leaf.sing', 'x', { before: null, after: { song: 'la' } });
    expect([sung.version, sung.place, sung.formerPlace]).toEqual([1, null, null]);
  });

  it('have no token in any text', () => {
    const token = `cpam_${'a'.repeat(12)}_${'b'.repeat(52)}`;
    const entry = leafEvent({ ...change, reason: token }, 'leaf.sing', 1, {
      before: null,
      after: { song: token },
    });
    expect(JSON.stringify(entry)).not.toContain(token);
  });

  it('compile as they are declared, and not in any other way', () => {
    const after = { name: 'a', size: 1 };
    const account = placeOfAccount(1);
    const refused = (): unknown[] => [
      // @ts-expect-error nobody has declared it
      leafEvent(change, 'leaf.fall', 1, { before: null, after, place }),
      // @ts-expect-error a new leaf has a size
      leafEvent(change, 'leaf.grow', 1, { before: null, after: { name: 'a' }, place }),
      // @ts-expect-error a leaf that was there before has not grown now
      leafEvent(change, 'leaf.grow', 1, { before: after, after, place }),
      // @ts-expect-error a size is a number
      leafEvent(change, 'leaf.turn', 1, { before: { size: '1' }, after: { size: 2 }, place }),
      // @ts-expect-error it happens somewhere
      leafEvent(change, 'leaf.grow', 1, { before: null, after }),
      // @ts-expect-error it happens in a block of addresses
      leafEvent(change, 'leaf.grow', 1, { before: null, after, place: account }),
    ];
    expect([
      leafEvent(change, 'leaf.grow', 1, { before: null, after, place }).type,
      refused.length,
    ]).toEqual(['leaf.grow', 0]);
  });
});
