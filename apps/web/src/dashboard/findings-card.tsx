import type { Schemas } from '@cloudpam/api-client';
import { Link } from 'react-router';
import { FINDINGS } from '../discovery/discovery-words';
import { countText, plural } from '../format/counts';
import { DashboardCard, MissingPart, Quiet } from './dashboard-card';
import classes from './dashboard.module.css';
import { StackedBar, StackLegend } from './stacked-bar';

const AGES = ['Up to 7 days', '8 to 30 days', 'Older'] as const;

/** Open findings by kind and age. */
export function FindingsCard({ dashboard }: { dashboard: Schemas['Dashboard'] }) {
  const { findings, missing } = dashboard;
  const rows = (findings?.types ?? [])
    .map(({ type, week, month, older }) => ({ type, parts: [week, month, older] }))
    .filter(({ parts }) => parts.some((count) => count > 0))
    .sort((a, b) => sumOf(b.parts) - sumOf(a.parts));
  const most = Math.max(1, ...rows.map(({ parts }) => sumOf(parts)));
  return (
    <DashboardCard
      title="Findings by kind and age"
      name="findings"
      span={5}
      more={{ to: '/discovery?tab=findings', label: 'All findings' }}
      numbers={{
        titles: ['Kind', ...AGES],
        rows: rows.map(({ type, parts }) => [
          FINDINGS[type].label,
          ...parts.map((count) => countText(count).exact),
        ]),
      }}
    >
      {!findings && <MissingPart part="findings" missing={missing} />}
      {findings && rows.length === 0 && <Quiet>Nothing is wrong in the clouds.</Quiet>}
      {rows.length > 0 && (
        <>
          <ul className={classes.rows}>
            {rows.map(({ type, parts }) => (
              <li key={type}>
                <Link
                  className={classes.row}
                  to={`/discovery?tab=findings&type=${type}`}
                  title={FINDINGS[type].about}
                >
                  <span>{FINDINGS[type].label}</span>
                  <StackedBar parts={parts} names={AGES} most={most} />
                  <span className={classes.number}>{countText(sumOf(parts)).short}</span>
                </Link>
              </li>
            ))}
          </ul>
          <StackLegend names={AGES}>
            {findings?.is_estimate && `of the first ${plural(10_000, 'resource')} with findings`}
          </StackLegend>
        </>
      )}
    </DashboardCard>
  );
}

function sumOf(parts: readonly number[]): number {
  return parts.reduce((sum, count) => sum + count, 0);
}
