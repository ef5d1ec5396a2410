import type { Schemas } from '@cloudpam/api-client';
import { Text } from '@mantine/core';
import { Link } from 'react-router';
import { CoverageMark } from '../discovery/discovery-words';
import { countText, plural } from '../format/counts';
import { TimeAgo } from '../format/time-ago';
import { DashboardCard, MissingPart, Quiet } from './dashboard-card';
import classes from './dashboard.module.css';
import { StackedBar, StackLegend } from './stacked-bar';

const AGES = ['Up to an hour', 'Up to a day', 'Up to 7 days', 'Older or never'] as const;

/** How far the clouds are known, and since when. */
export function CoverageCard({
  dashboard: { coverage, missing },
}: {
  dashboard: Schemas['Dashboard'];
}) {
  const parts = coverage ? agesOf(coverage.ages) : [];
  const regions = parts.reduce((sum, count) => sum + count, 0);
  return (
    <DashboardCard
      title="Discovery"
      name="coverage"
      span={5}
      about={
        regions > 0 && coverage
          ? `${plural(regions, 'region')} of ${plural(coverage.accounts, 'account')}`
          : undefined
      }
      more={{ to: '/discovery', label: 'All accounts' }}
      numbers={{
        titles: ['Last complete listing', 'Regions'],
        rows: regions > 0 ? AGES.map((age, at) => [age, countText(parts[at] ?? 0).exact]) : [],
      }}
    >
      {!coverage && <MissingPart part="coverage" missing={missing} />}
      {coverage && regions === 0 && <Quiet>No cloud was discovered yet.</Quiet>}
      {coverage && regions > 0 && (
        <>
          <Text size="xs" c="dimmed" mb={4}>
            Age of the last complete listing
          </Text>
          <StackedBar parts={parts} names={AGES} most={regions} />
          <StackLegend names={AGES} />
          <ul
            className={classes.rows}
            style={{ marginTop: 10 }}
            aria-label="Accounts to look at first"
          >
            {coverage.worst.map((account) => (
              <li key={account.account_id}>
                <Link className={`${classes.row} ${classes.account}`} to={`/discovery?tab=status`}>
                  <span className="ellipsis" title={account.name}>
                    {account.name}
                  </span>
                  <CoverageMark coverage={account.coverage} />
                  <span className={classes.number}>
                    {account.overdue > 0 && `${plural(account.overdue, 'region')} overdue, `}
                    <TimeAgo at={account.oldest_at} never="never complete" />
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </DashboardCard>
  );
}

function agesOf({ hour, day, week, older, never }: Schemas['CoverageAges']): readonly number[] {
  return [hour, day, week, older + never];
}
