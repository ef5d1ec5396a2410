import { BEGIN, drawn, weekly } from '../drawn-series.fixture';
import { RandomNumbers } from '../random-numbers';
import { GrowthSum } from './estate-growth';

const SIZE = 2n ** 16n;
const onWeek = (week: number): number => BEGIN + 7 * week;

describe('the growth of several pools', () => {
  it('is the sum of their pasts, each from when it begins', () => {
    const sum = new GrowthSum(32);
    sum.add(SIZE, drawn([1, 2, 3]));
    sum.add(SIZE, drawn([0, 0, 5]));
    const later = drawn([7]).map((each) => ({ ...each, day: onWeek(2) }));
    sum.add(SIZE, later);
    expect(sum.growth(onWeek(2))?.past).toEqual([
      { day: onWeek(0), used: '256' },
      { day: onWeek(1), used: '512' },
      { day: onWeek(2), used: String(256 * (3 + 5 + 7)) },
    ]);
  });

  it('is not there without a past, and has no outlook out of a short one', () => {
    expect(new GrowthSum(32).growth(onWeek(9))).toBeUndefined();
    const sum = new GrowthSum(32);
    sum.add(SIZE, drawn(weekly(20, (week) => week)));
    expect(sum.growth(onWeek(19))?.outlook).toEqual([]);
  });

  it('has an outlook that never passes what there is', () => {
    const sum = new GrowthSum(32);
    sum.add(SIZE, drawn(weekly(60, (week) => 4 * week)));
    const outlook = sum.growth(onWeek(59))?.outlook ?? [];
    expect(outlook).toHaveLength(26);
    expect(outlook.at(-1)).toMatchObject({ middle: String(SIZE), high: String(SIZE) });
    for (const { low, middle, high } of outlook) {
      expect(BigInt(low)).toBeLessThanOrEqual(BigInt(middle));
      expect(BigInt(middle)).toBeLessThanOrEqual(BigInt(high));
    }
  });

  it('has the truth of half a year later in its band about as often as it says', () => {
    let held = 0;
    const runs = 60;
    for (let seed = 0; seed < runs; seed++) {
      const random = new RandomNumbers(seed);
      let taken = 20;
      const weeks = weekly(
        79,
        () => (taken += random.uniform() < 0.4 ? 1 + Math.floor(3 * random.uniform()) : 0),
      );
      const sum = new GrowthSum(32);
      sum.add(SIZE, drawn(weeks.slice(0, 53)));
      const last = sum.growth(onWeek(52))?.outlook.at(-1);
      const truth = 256 * (weeks[78] ?? 0);
      if (truth >= Number(last?.low) && truth <= Number(last?.high)) held += 1;
    }
    expect(held / runs).toBeGreaterThan(0.65);
    expect(held / runs).toBeLessThan(0.97);
  });
});
