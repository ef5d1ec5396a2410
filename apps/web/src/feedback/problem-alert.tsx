import { Alert, Anchor, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { ApiProblem } from '../api/api-problem';

/** What went wrong, what is in the way, and the request id to look for in the server's log. */
export function ProblemAlert({ error, children }: { error: Error | null | undefined; children?: ReactNode }) {
  if (!error) return null;
  const problem = error instanceof ApiProblem ? error : undefined;
  const title = problem?.body.title ?? 'The server did not answer';
  return (
    <Alert color="red" icon={<IconAlertTriangle size={16} />} title={title} role="alert" p="sm">
      <Text size="sm">{problem ? problem.message : 'Check the connection, then try again. Nothing is lost.'}</Text>
      {problem?.body.errors && (
        <List size="sm" mt={4}>
          {problem.body.errors.map((fault) => (
            <List.Item key={`${fault.field} ${fault.code}`}>
              <b>{fault.field}</b>: {fault.detail}
            </List.Item>
          ))}
        </List>
      )}
      {problem?.body.conflicts && (
        <List size="sm" mt={4}>
          {problem.body.conflicts.map((conflict) => (
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
          Someone changed it meanwhile. Close this dialog and open it again to see the current state.
        </Text>
      )}
      {children}
      {problem?.body.request_id && (
        <Text size="xs" c="dimmed" mt={4} className="mono">
          request {problem.body.request_id}
        </Text>
      )}
    </Alert>
  );
}
