import type { ReactNode } from 'react';
import { countText } from '../format/counts';
import classes from './dashboard.module.css';

const PATTERNS = [classes.part0, classes.part1, classes.part2, classes.part3];

/** Counts beside each other, told apart by pattern; as long as their share of the longest bar. */
export function StackedBar({
  parts,
  names,
  most,
}: {
  parts: readonly number[];
  names: readonly string[];
  /** The sum of the longest bar. */
  most: number;
}) {
  const text = parts.map((count, at) => `${names[at]}: ${countText(count).exact}`).join(', ');
  return (
    <span className={classes.stack} role="img" aria-label={text} title={text}>
      {parts.map(
        (count, at) =>
          count > 0 && (
            <span
              key={names[at]}
              className={PATTERNS[at]}
              style={{ width: `${(100 * count) / most}%` }}
            />
          ),
      )}
    </span>
  );
}

/** What each pattern of a bar stands for. */
export function StackLegend({
  names,
  children,
}: {
  names: readonly string[];
  children?: ReactNode;
}) {
  return (
    <div className={classes.legend}>
      {names.map((name, at) => (
        <span key={name}>
          <span className={`${classes.swatch} ${PATTERNS[at]}`} aria-hidden /> {name}
        </span>
      ))}
      {children && <span>{children}</span>}
    </div>
  );
}
