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
  const kept = reserved === '0' ? '' : `, ${countText(reserved).exact} reserved by the cloud`;
  const title = `${countText(used).exact} of ${countText(total).exact} addresses used${kept}`;
  return <Meter label="Utilization" ratio={ratio} title={title} width={width} />;
}

/** How hosts fill a subnet, as its cloud counts them. */
export function HostsBar({ hosts, width }: { hosts: Schemas['Hosts']; width?: number }) {
  const { size, used } = hosts;
  const title = `${countText(used).exact} of ${countText(size).exact} host addresses in use, as the cloud counts`;
  const ratio = size === '0' ? 0 : Number(used) / Number(size);
  return <Meter label="Hosts" ratio={ratio} title={title} width={width} />;
}

function Meter(shown: { label: string; ratio: number; title: string; width?: number }) {
  const { label, ratio, title, width } = shown;
  const level = ratio >= FULL ? 'full' : ratio >= HIGH ? 'high' : 'low';
  return (
    <span className={classes.line} title={title} style={{ width }}>
      <span
        className={classes.track}
        role="meter"
        aria-label={label}
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
