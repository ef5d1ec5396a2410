import { Alert, Anchor, Button, List, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { ApiProblem } from '../api/api-problem';

interface ProblemAlertProps {
  readonly error: Error | null | undefined;
  /** Fields that say themselves what is wrong with them: it is not said again. */
  readonly inline?: readonly string[];
  /** Does again what failed. */
  readonly onRetry?: () => void;
  readonly children?: ReactNode;
}

/** What went wrong, what is in the way, and the request id to look for in the server's log. */
export function ProblemAlert({ error, inline = [], onRetry, children }: ProblemAlertProps) {
  if (!error) return null;
  const problem = error instanceof ApiProblem ? error : undefined;
  const title = problem?.body.title ?? 'The server did not answer';
  const faults = problem?.body.errors ?? [];
  const message = problem
    ? problem.message
    : 'Check the connection, then try again. Nothing is lost.';
  const said = faults.filter(({ field }) => inline.includes(field));
  const isSaid = said.some(({ detail }) => detail === message);
  const others = faults.filter((fault) => !said.includes(fault) && fault.detail !== message);
  const conflicts = problem?.body.conflicts ?? [];
  if (isSaid && others.length === 0 && conflicts.length === 0 && !children) return null;
  return (
    <Alert color="red" icon={<IconAlertTriangle size={16} />} title={title} role="alert" p="sm">
      {!isSaid && <Text size="sm">{message}</Text>}
      {others.length > 0 && (
        <List size="sm" mt={4}>
          {others.map((fault) => (
            <List.Item key={`${fault.field} ${fault.code}`}>
              <b>{fault.field}</b>: {fault.detail}
            </List.Item>
          ))}
        </List>
      )}
      {conflicts.length > 0 && (
        <List size="sm" mt={4}>
          {conflicts.map((conflict) => (
            <List.Item key={conflict.pool_id}>
              <Anchor component={Link} to={`/pools/${conflict.pool_id}`} size="sm">
                <span className="mono">{conflict.cidr}</span> {conflict.name}
              </Anchor>
            </List.Item>
          ))}
        </List>
      )}
      {problem?.status === 412 && (
        <Text size="sm" mt={4}>
          Someone changed it meanwhile. Close this dialog and open it again to see the current
          state.
        </Text>
      )}
      {children}
      {onRetry && (
        <Button size="compact-xs" variant="light" mt={6} onClick={onRetry}>
          Try again
        </Button>
      )}
      {problem?.body.request_id && (
        <Text size="xs" c="dimmed" mt={4} className="mono">
          request {problem.body.request_id}
        </Text>
      )}
    </Alert>
  );
}

/**
 * A {@link ProblemAlert} about something that could not be read; whatever failed on the page is
 * read again on demand.
 */
export function ReadProblem({ error }: { error: Error | null | undefined }) {
  const client = useQueryClient();
  return (
    <ProblemAlert
      error={error}
      onRetry={() =>
        void client.refetchQueries({
          type: 'active',
          predicate: ({ state }) => state.status === 'error',
        })
      }
    />
  );
}
