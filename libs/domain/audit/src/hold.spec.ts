import { held, isFreeFor, NO_HOLD } from './hold';

const AT = new Date('2026-01-31T12:00:00Z');
const later = (ms: number): Date => new Date(AT.getTime() + ms);

describe('a hold', () => {
  it('keeps everyone else away until its time is over', () => {
    const hold = held('one', AT, 10);
    expect([isFreeFor(hold, 'two', later(9)), isFreeFor(hold, 'two', later(10))]).toEqual([
      false,
      true,
    ]);
    expect(isFreeFor(hold, null, later(9))).toBe(false);
  });

  it('keeps nobody away that a clock made which was ahead by more than clocks may be', () => {
    const hold = held('one', later(300_000), 60_000);
    expect(isFreeFor(hold, 'two', AT)).toBe(false);
    expect(isFreeFor(hold, 'two', later(-300_000))).toBe(true);
  });

  it('is that of who has it, and there is none where nobody works', () => {
    expect(isFreeFor(held('one', AT, 10), 'one', AT)).toBe(true);
    expect(isFreeFor(NO_HOLD, 'two', AT)).toBe(true);
  });
});
