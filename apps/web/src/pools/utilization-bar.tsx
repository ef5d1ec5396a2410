import type { Schemas } from '@cloudpam/api-client';
import { countText, percentText } from '../format/counts';
import classes from './utilization-bar.module.css';

const HIGH = 0.75;
const FULL = 0.9;

/** How much of a pool is taken: a bar and the percentage; the counts on hover. */
export function UtilizationBar({
  utilization,
  width,
}: {
  utilization: Schemas['Utilization'];
  width?: number;
}) {
  const { ratio, used, total, reserved } = utilization;
  const level = ratio >= FULL ? 'full' : ratio >= HIGH ? 'high' : 'low';
  const kept = reserved === '0' ? '' : `, ${countText(reserved).exact} reserved by the cloud`;
  const title = `${countText(used).exact} of ${countText(total).exact} addresses used${kept}`;
  return (
    <span className={classes.line} title={title} style={{ width }}>
      <span
        className={classes.track}
        role="meter"
        aria-label="Utilization"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(ratio * 100)}
        aria-valuetext={`${percentText(ratio)}, ${title}`}
      >
        <span
          className={classes.fill}
          data-level={level}
          style={{ width: `${Math.min(100, ratio * 100)}%` }}
        />
      </span>
      <span className={classes.percent} data-level={level}>
        {percentText(ratio)}
      </span>
    </span>
  );
}
