import { isLimited, limitOf, limitsText } from './limits-text';

describe('limits', () => {
  it('are told by how many there are', () => {
    expect(limitsText({ accounts: ['aws:1', 'aws:2'], pools: [7] })).toBe('2 accounts and 1 pool');
    expect(limitsText({ accounts: null, pools: [7, 8] })).toBe('2 pools');
    expect(limitsText({ accounts: [], pools: null })).toBe('0 accounts');
    expect(limitsText({ accounts: null, pools: null })).toBeUndefined();
  });

  it('are there as soon as one of them is, even an empty one', () => {
    expect(isLimited({ accounts: null, pools: null })).toBe(false);
    expect(isLimited({ accounts: [], pools: null })).toBe(true);
    expect(isLimited({ accounts: null, pools: [7] })).toBe(true);
  });

  it('come from a choice, and none from an empty one', () => {
    expect([limitOf([]), limitOf([7])]).toEqual([null, [7]]);
  });
});
