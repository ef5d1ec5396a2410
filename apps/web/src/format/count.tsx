import { countText } from './counts';

/** Abbreviated count with the exact value on hover and for screen readers. */
export function Count({ of, unit = '' }: { of: bigint | number | string; unit?: string }) {
  const { short, exact } = countText(of);
  const tail = unit === '' ? '' : ` ${unit}`;
  return (
    <span title={`${exact}${tail}`} aria-label={`${exact}${tail}`} role="text" style={{ fontVariantNumeric: 'tabular-nums' }}>
      {short}
    </span>
  );
}
