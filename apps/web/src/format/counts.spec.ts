import fc from 'fast-check';
import { countText, percentText, plural } from './counts';

describe('countText', () => {
  it.each([
    ['0', '0', '0'],
    ['4096', '4,096', '4,096'],
    ['10000', '10K', '10,000'],
    ['65536', '65.5K', '65,536'],
    ['16777216', '16.7M', '16,777,216'],
    ['999999', '999K', '999,999'],
    ['4294967296', '4.29B', '4,294,967,296'],
    ['18446744073709551616', '2^64', '18,446,744,073,709,551,616'],
    ['18446744073709551615', '1.84e19', '18,446,744,073,709,551,615'],
  ])('shows %s as %s with %s on hover', (count, short, exact) => {
    expect(countText(count)).toEqual({ short, exact });
  });

  it('keeps every digit in the exact text', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1n << 128n }), (count) => {
        expect(BigInt(countText(count).exact.replaceAll(',', ''))).toBe(count);
      }),
    );
  });

  it('never needs more than seven characters', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1n << 128n }), (count) => {
        expect(countText(count).short.length).toBeLessThanOrEqual(7);
      }),
    );
  });
});

describe('percentText', () => {
  it.each([
    [0, '0%'],
    [0.00001, '<0.1%'],
    [0.0625, '6.2%'],
    [0.5, '50%'],
    [0.996, '99.6%'],
    [0.99999, '>99.9%'],
    [1, '100%'],
    [Number.NaN, '0%'],
  ])('shows %s as %s', (ratio, text) => {
    expect(percentText(ratio)).toBe(text);
  });
});

it('counts one thing in the singular', () => {
  expect([plural(1, 'pool'), plural(0, 'pool'), plural(2, 'entry', 'entries')]).toEqual([
    '1 pool',
    '0 pools',
    '2 entries',
  ]);
});
