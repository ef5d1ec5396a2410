import type { Schemas } from '@cloudpam/api-client';
import {
  IconAlertTriangle,
  IconClockExclamation,
  IconCloudOff,
  IconNetwork,
  IconTrendingUp,
  IconWebhook,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { Link } from 'react-router';
import { countText, percentText, plural } from '../format/counts';
import classes from './dashboard.module.css';

interface Figure {
  readonly name: string;
  readonly to: string;
  readonly icon: ComponentType<{ size: number; 'aria-hidden': true }>;
  /** undefined where it is not known. */
  readonly value: string | undefined;
  readonly exact?: string;
  readonly note: string;
  /** Whether somebody should look. */
  readonly isOpen?: boolean;
}

/** Why a number is not there, in few words. */
const WHY = {
  not_counted_yet: 'being counted',
  too_many_pools: 'too many to add up',
  not_allowed: 'not for you to read',
  failed: 'could not be read',
} as const satisfies Record<Schemas['MissingReason'], string>;

/** The few numbers that tell whether all is well. Each goes to what it counts. */
export function KeyFigures({ dashboard }: { dashboard: Schemas['Dashboard'] }) {
  return (
    <nav className={classes.figures} aria-label="Key figures">
      {figuresOf(dashboard).map(({ name, to, icon: Icon, value, exact, note, isOpen }) => (
        <Link key={name} to={to} className={classes.figure} title={exact}>
          <span className={classes.figureName}>
            <Icon size={14} aria-hidden /> {name}
          </span>
          <span className={`${classes.figureValue} ${isOpen ? classes.attention : ''}`}>
            {value ?? '–'}
          </span>
          <span className={classes.figureNote}>{note}</span>
        </Link>
      ))}
    </nav>
  );
}

function figuresOf({
  findings,
  coverage,
  ending,
  leases,
  estate,
  webhooks,
  missing,
}: Schemas['Dashboard']): readonly Figure[] {
  const why = (part: Schemas['DashboardPart']): string =>
    WHY[missing.find((each) => each.part === part)?.reason ?? 'failed'];
  const open = findings?.types.reduce((sum, each) => sum + each.week + each.month + each.older, 0);
  const lent = leases ? leases.pools + leases.addresses : undefined;
  const { total } = estate ?? {};
  return [
    {
      ...counted(open, 'to look at', 'nothing to look at', why('findings'), findings?.is_estimate),
      name: 'Open findings',
      to: '/discovery?tab=findings',
      icon: IconAlertTriangle,
    },
    {
      ...counted(coverage?.overdue, 'not seen in time', 'all seen in time', why('coverage')),
      name: 'Overdue regions',
      to: '/discovery?tab=findings&type=unseen',
      icon: IconCloudOff,
    },
    {
      ...counted(
        ending?.total,
        'at their growth',
        'none at their growth',
        why('ending'),
        capped(ending?.total),
      ),
      name: 'Pools that end soon',
      to: '/forecasts',
      icon: IconTrendingUp,
    },
    {
      ...counted(
        lent,
        'within 14 days, or over',
        'none within 14 days',
        why('leases'),
        capped(leases?.pools) || capped(leases?.addresses),
      ),
      name: 'Leases that end',
      to: '/discovery?tab=findings&type=lease_ends',
      icon: IconClockExclamation,
    },
    ...pausedFigure(webhooks),
    {
      name: 'Pools',
      to: '/pools',
      icon: IconNetwork,
      value: total && countText(total.pools).short,
      exact: total && countText(total.pools).exact,
      note: estate ? `in ${plural(estate.by_vrf.total, 'VRF')}` : why('estate'),
    },
    ...familyFigures(total),
  ];
}

/** Seldom there, and then the reason why others are not told of anything else. */
function pausedFigure(webhooks: Schemas['Dashboard']['webhooks']): Figure[] {
  if (!webhooks || webhooks.paused === 0) return [];
  return [
    {
      ...counted(webhooks.paused, 'told nothing any more', '', ''),
      name: 'Paused webhooks',
      to: '/discovery?tab=findings&type=webhook_paused',
      icon: IconWebhook,
    },
  ];
}

function familyFigures(total: Schemas['EstateUse'] | undefined): Figure[] {
  return (['ipv4', 'ipv6'] as const).flatMap((family) => {
    const use = total?.[family];
    if (!use) return [];
    const [used, size] = [countText(use.used), countText(use.size)];
    return {
      name: `${family === 'ipv4' ? 'IPv4' : 'IPv6'} in use`,
      to: '/pools',
      icon: IconNetwork,
      value: percentText(use.ratio),
      exact: `${used.exact} of ${size.exact} addresses`,
      note: `${used.short} of ${size.short}`,
    };
  });
}

function counted(
  count: number | undefined,
  some: string,
  none: string,
  why: string,
  isMore = false,
): Pick<Figure, 'value' | 'exact' | 'note' | 'isOpen'> {
  if (count === undefined) return { value: undefined, note: why };
  const { short, exact } = countText(count);
  return {
    value: isMore ? `${short}+` : short,
    exact,
    note: count > 0 ? some : none,
    isOpen: count > 0,
  };
}

/** Lists are counted up to 10,000. */
function capped(total: number | undefined): boolean {
  return total !== undefined && total > 10_000;
}
