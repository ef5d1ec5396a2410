import type { Schemas } from '@cloudpam/api-client';
import { Group, Progress, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { notifyDone, notifyFailed } from '../actions/notify';
import { ReasonedIcon } from '../actions/reasoned-button';
import { discoveryApi } from '../api/discovery';
import { useWrite } from '../api/use-write';
import { plural } from '../format/counts';
import { useRefusal } from '../session/use-me';
import { isOpen, progressOf } from './collectors';

const WIDTH = 90;

/** How far an open job is, and what the agent is at. */
export function JobProgress({ job }: { job: Schemas['Job'] }) {
  const progress = progressOf(job);
  if (job.status === 'queued') {
    return (
      <Text span size="xs" c="dimmed">
        Waits for an agent
      </Text>
    );
  }
  const scopes =
    job.scopes_total === null
      ? plural(job.scopes_done, 'scope')
      : `${job.scopes_done} of ${plural(job.scopes_total, 'scope')}`;
  return (
    <Group gap={6} wrap="nowrap" title={job.message || undefined}>
      <Progress
        w={WIDTH}
        size="sm"
        value={progress === undefined ? 100 : Math.round(progress * 100)}
        striped={progress === undefined}
        animated={isOpen(job)}
        aria-label={`Job ${job.id}: ${scopes}`}
        style={{ flexShrink: 0 }}
      />
      <Text span size="xs" style={{ whiteSpace: 'nowrap' }}>
        {scopes}
      </Text>
    </Group>
  );
}

/** Takes an open job back. */
export function CancelJob({ job }: { job: Schemas['Job'] }) {
  const refusal = useRefusal('discovery:decide');
  const cancel = useWrite(
    (id: number, idempotencyKey) => discoveryApi.cancel(id, idempotencyKey),
    () => notifyDone(`Cancelled the discovery of ${job.account_key}`),
  );
  return (
    <ReasonedIcon
      label={`Cancel the discovery of ${job.account_key}`}
      reason={refusal ?? (isOpen(job) ? undefined : 'It has ended.')}
      loading={cancel.isPending}
      onClick={() => cancel.mutate(job.id, { onError: notifyFailed })}
    >
      <IconX size={14} />
    </ReasonedIcon>
  );
}
