import type { Schemas } from '@cloudpam/api-client';
import { Anchor, Badge, Text } from '@mantine/core';
import { Link } from 'react-router';
import { diffLines, diffSummary } from '../audit/diff-lines';
import { TimeAgo } from '../format/time-ago';
import { DashboardCard, MissingPart, Quiet } from './dashboard-card';
import classes from './dashboard.module.css';

/** The last changes, the newest first. */
export function ChangesCard({
  dashboard: { changes, missing },
}: {
  dashboard: Schemas['Dashboard'];
}) {
  return (
    <DashboardCard
      title="Recent changes"
      name="changes"
      span={12}
      more={{ to: '/audit', label: 'All changes' }}
    >
      {!changes && <MissingPart part="changes" missing={missing} />}
      {changes?.length === 0 && <Quiet>Nothing was changed yet.</Quiet>}
      <ul className={classes.rows}>
        {changes?.map((entry) => (
          <li key={entry.id} className={classes.change}>
            <TimeAgo at={entry.timestamp} />
            <span className="ellipsis" title={entry.actor.name}>
              {entry.actor.name}
            </span>
            <span className="ellipsis">
              <Badge color="gray">{entry.action}</Badge> <What entry={entry} />
            </span>
            <Text size="sm" c="dimmed" truncate>
              {diffSummary(diffLines(entry.diff.before, entry.diff.after))}
            </Text>
          </li>
        ))}
      </ul>
    </DashboardCard>
  );
}

function What({ entry }: { entry: Schemas['AuditEntry'] }) {
  const { id, entity_type: type, entity_id: entityId } = entry;
  const to = type === 'pool' && entry.diff.after ? `/pools/${entityId}` : `/audit?entry=${id}`;
  return (
    <Anchor component={Link} to={to} size="sm">
      {type} {entityId}
    </Anchor>
  );
}
