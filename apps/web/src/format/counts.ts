/** A count as people read it, and in full for the hover. */
export interface CountText {
  readonly short: string;
  readonly exact: string;
}

const UNITS = ['K', 'M', 'B', 'T'] as const;
const SHORTENED_FROM = 10_000n;
const TOO_BIG_FOR_UNITS = 10n ** 15n;

/**
 * Count in at most five characters: exact below 10,000, then K, M, B, T with three digits, rounded
 * down so that free space is never overstated; from 10^15 a power of two (`2^64`) or `1.8e19`.
 * @param count whole number, or its decimal text (address counts pass 2^53)
 */
export function countText(count: bigint | number | string): CountText {
  const value = BigInt(count);
  const exact = grouped(value);
  if (value < SHORTENED_FROM) return { short: exact, exact };
  if (value >= TOO_BIG_FOR_UNITS) return { short: powerText(value), exact };
  let unit = 0;
  let scale = 1000n;
  while (value >= scale * 1000n && unit < UNITS.length - 1) {
    scale *= 1000n;
    unit += 1;
  }
  return { short: `${threeDigits(value, scale)}${UNITS[unit] ?? ''}`, exact };
}

/** Share 0..1 as a percentage that never rounds something to nothing, or nearly full to full. */
export function percentText(ratio: number): string {
  if (!(ratio > 0)) return '0%';
  if (ratio >= 1) return '100%';
  if (ratio < 0.001) return '<0.1%';
  if (ratio > 0.999) return '>99.9%';
  return ratio < 0.1 || ratio > 0.99
    ? `${(Math.floor(ratio * 1000) / 10).toFixed(1)}%`
    : `${Math.round(ratio * 100)}%`;
}

/** `1 pool`, `2 pools`, `12K pools`. */
export function plural(
  count: bigint | number | string,
  one: string,
  many: string = `${one}s`,
): string {
  return `${countText(count).short} ${BigInt(count) === 1n ? one : many}`;
}

function grouped(value: bigint): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

function threeDigits(value: bigint, scale: bigint): string {
  const hundredths = Number((value * 100n) / scale);
  const decimals = hundredths < 1000 ? 2 : hundredths < 10_000 ? 1 : 0;
  const factor = 10 ** (2 - decimals);
  return String(Math.floor(hundredths / factor) / 10 ** decimals);
}

function powerText(value: bigint): string {
  const bits = value.toString(2);
  if (/^10*$/.test(bits)) return `2^${bits.length - 1}`;
  const digits = String(value);
  return `${digits[0]}.${digits.slice(1, 3)}e${digits.length - 1}`;
}
