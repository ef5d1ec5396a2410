import { Group } from '@mantine/core';
import { useState } from 'react';
import { notifyDone } from '../actions/notify';
import { ReasonedButton } from '../actions/reasoned-button';
import { discoveryApi } from '../api/discovery';
import type { Decision } from '../api/discovery';
import { useWrite } from '../api/use-write';
import type { Resource } from '../api/wire-discovery';
import { useRefusal } from '../session/use-me';
import { DecisionDialog } from './decision-dialog';

/** What was decided, in the past tense. */
const DONE = { import: 'Imported', approve: 'Approved', ignore: 'Ignored' } as const satisfies Record<Decision['type'], string>;

/** The decisions a person can take on a resource; each is confirmed, an ignore with a reason. */
export function ResourceActions({ resource }: { resource: Resource }) {
  const refusal = useRefusal('discovery:decide');
  const [asking, setAsking] = useState<Decision['type'] | undefined>();
  const decide = useWrite(
    (decision: Decision, idempotencyKey) => discoveryApi.decide(resource.id, decision, idempotencyKey),
    (_, decision) => {
      notifyDone(`${DONE[decision.type]} ${resource.cidr} ${resource.name}`);
      setAsking(undefined);
    },
  );
  const pending = resource.management === 'pending';
  const overlapping = resource.overlap_status === 'overlapping';
  const noImport =
    refusal ??
    (resource.pool_id !== null
      ? 'It has a pool already.'
      : overlapping
        ? 'It overlaps what is in the tree. Give its network a VRF of its own, or ignore it.'
        : undefined);
  const isIgnored = resource.management === 'ignored' || resource.overlap_status === 'ignored';
  const noIgnore = refusal ?? (isIgnored ? 'It is ignored already.' : undefined);
  const open = (type: Decision['type']): void => {
    decide.reset();
    setAsking(type);
  };
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      <ReasonedButton
        size="compact-xs"
        variant="subtle"
        reason={noImport}
        aria-label={`${pending ? 'Approve' : 'Import'} ${resource.cidr}`}
        onClick={() => open(pending ? 'approve' : 'import')}
      >
        {pending ? 'Approve' : 'Import'}
      </ReasonedButton>
      <ReasonedButton
        size="compact-xs"
        variant="subtle"
        color="gray"
        reason={noIgnore}
        aria-label={`Ignore ${resource.cidr}`}
        onClick={() => open('ignore')}
      >
        Ignore
      </ReasonedButton>
      {asking && (
        <DecisionDialog
          type={asking}
          resource={resource}
          busy={decide.isPending}
          error={decide.error}
          onDecide={(decision) => decide.mutate(decision)}
          onClose={() => setAsking(undefined)}
        />
      )}
    </Group>
  );
}
