import type { Schemas } from '@cloudpam/api-client';
import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { bandText, endText } from '../forecasts/forecast-words';
import { TimeAgo } from '../format/time-ago';
import { DashboardCard, MissingPart, Quiet } from './dashboard-card';
import classes from './dashboard.module.css';

/** What ends soon: pools at their growth, and what is lent. */
export function EndingCard({ dashboard }: { dashboard: Schemas['Dashboard'] }) {
  const { ending, leases, missing } = dashboard;
  return (
    <DashboardCard
      title="Ends soon"
      name="ending"
      span={7}
      more={{ to: '/forecasts', label: 'All forecasts' }}
    >
      <div className={classes.columns}>
        <Half title="Pools at their growth">
          {!ending && <MissingPart part="ending" missing={missing} />}
          {ending?.first.length === 0 && <Quiet>No pool ends soon at its growth.</Quiet>}
          {ending?.first.map((each) => (
            <Ending
              key={each.pool_id}
              to={`/pools/${each.pool_id}?tab=usage`}
              addresses={each.cidr}
              name={each.name}
              note={bandText(each)}
            >
              {endText(each)}
            </Ending>
          ))}
        </Half>
        <Half title="Leases and quarantine">
          {!leases && <MissingPart part="leases" missing={missing} />}
          {leases?.first.length === 0 && <Quiet>No lease ends within 14 days.</Quiet>}
          {leases?.first.map((each) => (
            <Ending
              key={`${each.type} ${each.id}`}
              to={leasePath(each)}
              addresses={each.addresses}
              name={each.name}
            >
              {each.type === 'range' && 'free '}
              <TimeAgo at={each.ends_at} />
            </Ending>
          ))}
        </Half>
      </div>
    </DashboardCard>
  );
}

function leasePath({ type, id, addresses }: Schemas['EndingLease']): string {
  if (type === 'pool') return `/pools/${id}`;
  if (type === 'address') return `/addresses?q=${encodeURIComponent(addresses)}`;
  return `/search?q=${encodeURIComponent(addresses.split('-')[0] ?? '')}`;
}

function Half({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <Text component="h3" size="xs" c="dimmed" fw={500} m={0} mb={2}>
        {title}
      </Text>
      {children}
    </div>
  );
}

interface EndingProps {
  readonly to: string;
  readonly addresses: string;
  readonly name: string;
  readonly note?: string;
  /** When. */
  readonly children: ReactNode;
}

function Ending({ to, addresses, name, note, children }: EndingProps) {
  return (
    <Link className={`${classes.row} ${classes.two}`} to={to}>
      <span className="ellipsis">
        <span className="mono">{addresses}</span>{' '}
        <Text span size="sm" c="dimmed">
          {name}
        </Text>
      </span>
      <span className={classes.number}>{children}</span>
      {note && <span className={classes.note}>{note}</span>}
    </Link>
  );
}
