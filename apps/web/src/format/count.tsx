import { countText } from './counts';

/** Abbreviated count with the exact value on hover. */
export function Count({ of, unit = '' }: { of: bigint | number | string; unit?: string }) {
  const { short, exact } = countText(of);
  const tail = unit === '' ? '' : ` ${unit}`;
  return (
    <span title={`${exact}${tail}`} style={{ fontVariantNumeric: 'tabular-nums' }}>
      {short}
    </span>
  );
}
