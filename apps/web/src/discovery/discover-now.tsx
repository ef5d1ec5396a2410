import { Group } from '@mantine/core';
import { IconRadar2 } from '@tabler/icons-react';
import { notifyDone, notifyFailed } from '../actions/notify';
import { ReasonedButton } from '../actions/reasoned-button';
import { discoveryApi } from '../api/discovery';
import { useWrite } from '../api/use-write';
import { useAccountsById } from '../records/use-records';
import { useRefusal } from '../session/use-me';
import { discoverRefusal } from './collectors';
import { CancelJob, JobProgress } from './job-progress';
import { useAgents, useOpenJobs } from './use-collectors';

/** Asks for a discovery of an account; while one is open, shows how far it is. */
export function DiscoverNow({ accountId }: { accountId: number }) {
  const refusal = useRefusal('discovery:decide');
  const account = useAccountsById().get(accountId);
  const agents = useAgents();
  const job = useOpenJobs().get(accountId);
  const trigger = useWrite(
    (id: number, idempotencyKey) => discoveryApi.trigger(id, idempotencyKey),
    (queued) => notifyDone(`Asked for a discovery of ${queued.account_key}`),
  );
  if (job) {
    return (
      <Group gap={4} justify="flex-end" wrap="nowrap">
        <JobProgress job={job} />
        <CancelJob job={job} />
      </Group>
    );
  }
  return (
    <ReasonedButton
      size="compact-xs"
      variant="subtle"
      leftSection={<IconRadar2 size={13} />}
      loading={trigger.isPending}
      reason={refusal ?? discoverRefusal(agents, account?.key ?? '')}
      aria-label={`Discover ${account?.key ?? 'account'} now`}
      onClick={() => trigger.mutate(accountId, { onError: notifyFailed })}
    >
      Discover now
    </ReasonedButton>
  );
}
