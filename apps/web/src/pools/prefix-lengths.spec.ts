import { cidrMistake, firstBlock, likelyPrefix, prefixChoices } from './prefix-lengths';

describe('prefixChoices', () => {
  it('runs from the block itself to single addresses', () => {
    const choices = prefixChoices('10.0.0.0/22');
    expect(choices[0]).toEqual({ value: '22', label: '/22 · 1,024' });
    expect(choices.at(-1)).toEqual({ value: '32', label: '/32 · 1' });
  });

  it('leaves the block itself out when asked', () => {
    expect(prefixChoices('10.0.0.0/31', false)).toEqual([{ value: '32', label: '/32 · 1' }]);
  });
});

it.each([
  ['10.0.0.0/8', 16],
  ['10.0.0.0/16', 24],
  ['10.0.0.0/24', 28],
  ['10.0.0.0/30', 30],
  ['2001:db8::/32', 48],
  ['2001:db8::/56', 64],
])('suggests for %s a /%d', (cidr, length) => {
  expect(likelyPrefix(cidr)).toBe(length);
});

it('takes the first block of a gap', () => {
  expect(firstBlock('10.0.4.0/22', 24)).toBe('10.0.4.0/24');
});

it('names the canonical form of a CIDR with host bits', () => {
  expect(cidrMistake('10.0.1.0/16')).toContain('10.0.0.0/16');
  expect(cidrMistake('10.0.0.0/16')).toBeUndefined();
});
