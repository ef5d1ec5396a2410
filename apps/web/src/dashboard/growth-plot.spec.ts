import { growthPlot } from './growth-plot';

const PAST = [
  { day: '2026-01-01', used: '100' },
  { day: '2026-01-08', used: '300' },
];
const AHEAD = { day: '2026-01-15', low: '310', middle: '340', high: '390' };

describe('the plot of growth', () => {
  it('goes from the first day to the last of the outlook, under marks that are easy to read', () => {
    const plot = growthPlot({ past: PAST, outlook: [AHEAD], weeks: 30, changes: 9 });
    expect(plot).toMatchObject({ from: 20_454, today: 20_461, to: 20_468, top: 400n });
    expect(plot?.past.map(({ share }) => share)).toEqual([0.25, 0.75]);
    expect(plot?.high.map(({ day, share }) => [day, share])).toEqual([
      [20_461, 0.75],
      [20_468, 0.975],
    ]);
  });

  it('ends today without an outlook', () => {
    const plot = growthPlot({ past: PAST, outlook: [], weeks: 1, changes: 2 });
    expect(plot).toMatchObject({ today: 20_461, to: 20_461, middle: [] });
  });

  it.each([
    ['1', '4'],
    ['4', '4'],
    ['41', '80'],
    ['970000', '1000000'],
    [String(2n ** 90n), '2000000000000000000000000000'],
  ])('has %s addresses below %s', (used, top) => {
    const past = [{ day: '2026-01-01', used }];
    expect(growthPlot({ past, outlook: [], weeks: 0, changes: 0 })?.top).toBe(BigInt(top));
  });

  it('is none without a past', () => {
    expect(growthPlot({ past: [], outlook: [], weeks: 0, changes: 0 })).toBeUndefined();
  });
});
