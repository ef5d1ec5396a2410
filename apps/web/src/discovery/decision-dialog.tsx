import type { Schemas } from '@cloudpam/api-client';
import { Button, Group, Loader, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { Dialog } from '../actions/dialog';
import { useState } from 'react';
import { ConfirmDialog } from '../actions/confirm-dialog';
import { notifyDone } from '../actions/notify';
import { discoveryApi } from '../api/discovery';
import { useWrite } from '../api/use-write';
import { plural } from '../format/counts';
import { DialogForm } from '../pools/dialogs/dialog-form';
import { usePreview } from '../pools/dialogs/use-preview';
import { DecisionPreview } from './decision-preview';
import { DECISIONS } from './decisions';
import { untilOf } from './until';
import type { UntilChoice } from './until';

interface DecisionDialogProps {
  readonly decision: Schemas['Decision'];
  readonly resources: readonly Schemas['Resource'][];
  /** The findings that are meant; undefined: all of the resources. */
  readonly findings: readonly Schemas['ResourceFindingType'][] | undefined;
  /** It was carried out, at least in part. */
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/**
 * Shows by a dry run what a decision does to each resource, carries it out, and tells what was
 * refused.
 */
export function DecisionDialog({
  decision,
  resources,
  findings,
  onDone,
  onClose,
}: DecisionDialogProps) {
  const words = DECISIONS[decision];
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState<Until>({ choice: 'none', date: '' });
  const [openedAt] = useState(() => Date.now());
  const dismisses = decision === 'ignore' || decision === 'reject';
  const end = dismisses ? untilOf(until.choice, until.date, openedAt) : null;
  const asked: Schemas['DecisionRequest'] = {
    decision,
    resource_ids: resources.map(({ id }) => id),
    ...(findings && (decision === 'ignore' || decision === 'restore')
      ? { findings: [...findings] }
      : {}),
    ...(end ? { until: end } : {}),
  };
  const preview = usePreview(
    'decision',
    end === undefined ? undefined : asked,
    (body: Schemas['DecisionRequest'], signal) =>
      discoveryApi.decide(body, { dryRun: true, signal }),
  );
  const decide = useWrite(
    (body: Schemas['DecisionRequest'], idempotencyKey) =>
      discoveryApi.decide(body, { idempotencyKey }),
    (answer) => {
      if (answer.done > 0) onDone();
      if (answer.refused > 0) return;
      notifyDone(`${words.done} ${subject(resources)}`);
      onClose();
    },
  );
  if (decide.data && decide.data.refused > 0) {
    return (
      <Outcome decision={decision} resources={resources} answer={decide.data} onClose={onClose} />
    );
  }
  const possible = preview.data?.done ?? 0;
  const frame = {
    title: `${words.label} ${subject(resources)}`,
    action: possible > 1 ? `${words.label} ${plural(possible, 'resource')}` : words.label,
    busy: decide.isPending,
    error: decide.error ?? preview.error,
    ready: possible > 0 && !preview.stale && (decision !== 'ignore' || reason.trim() !== ''),
    onClose,
  };
  const carryOut = (): void =>
    decide.mutate(dismisses && reason.trim() !== '' ? { ...asked, reason: reason.trim() } : asked);
  const content = (
    <>
      <Text size="sm">{words.about}</Text>
      {dismisses && (
        <Dismissing
          reason={reason}
          onReason={setReason}
          required={decision === 'ignore'}
          until={until}
          onUntil={setUntil}
          over={end === undefined}
        />
      )}
      {preview.data ? (
        <>
          {resources.length > 1 && <Summary answer={preview.data} />}
          <DecisionPreview
            decision={decision}
            resources={resources}
            findings={findings}
            results={preview.data.results}
            done={false}
            stale={preview.stale}
          />
        </>
      ) : (
        !preview.error &&
        end !== undefined && <Loader size="sm" aria-label="Finding out what will happen" />
      )}
    </>
  );
  return decision === 'release' ? (
    <ConfirmDialog {...frame} onConfirm={carryOut}>
      {content}
    </ConfirmDialog>
  ) : (
    <DialogForm {...frame} onSubmit={carryOut}>
      {content}
    </DialogForm>
  );
}

type Until = { readonly choice: UntilChoice; readonly date: string };

interface DismissingProps {
  readonly reason: string;
  readonly onReason: (reason: string) => void;
  readonly required: boolean;
  readonly until: Until;
  readonly onUntil: (until: Until) => void;
  /** The date is missing or over. */
  readonly over: boolean;
}

function Dismissing({ reason, onReason, required, until, onUntil, over }: DismissingProps) {
  return (
    <>
      <TextInput
        label="Reason"
        description="Shown to whoever asks later, and written to the audit log"
        required={required}
        data-autofocus
        value={reason}
        onChange={(event) => onReason(event.currentTarget.value)}
      />
      <Group gap="sm" align="center">
        <Text size="xs" fw={500} id="ignore-until">
          Until
        </Text>
        <SegmentedControl
          size="xs"
          aria-labelledby="ignore-until"
          value={until.choice}
          onChange={(choice) => onUntil({ ...until, choice: choice as UntilChoice })} // The choices are these.
          data={[
            { value: 'none', label: 'No end' },
            { value: 'week', label: '1 week' },
            { value: 'month', label: '1 month' },
            { value: 'date', label: 'A date' },
          ]}
        />
        {until.choice === 'date' && (
          <TextInput
            type="date"
            aria-label="Ignored until"
            value={until.date}
            error={over && until.date !== '' ? 'Choose a day ahead.' : undefined}
            onChange={(event) => onUntil({ ...until, date: event.currentTarget.value })}
          />
        )}
      </Group>
    </>
  );
}

function Summary({ answer }: { answer: Schemas['Decisions'] }) {
  return (
    <Text size="sm" role="status">
      {plural(answer.done, 'resource')} of {answer.done + answer.refused}
      {answer.refused > 0 ? `; ${answer.refused} will be refused and stay as they are` : ''}
    </Text>
  );
}

function Outcome({
  decision,
  resources,
  answer,
  onClose,
}: {
  decision: Schemas['Decision'];
  resources: readonly Schemas['Resource'][];
  answer: Schemas['Decisions'];
  onClose: () => void;
}) {
  return (
    <Dialog
      onClose={onClose}
      title={`${DECISIONS[decision].done} ${answer.done}, refused ${answer.refused}`}
    >
      <Stack gap="sm">
        <DecisionPreview
          decision={decision}
          resources={resources}
          findings={undefined}
          results={answer.results}
          done
        />
        <Group justify="flex-end">
          <Button onClick={onClose} data-autofocus>
            Close
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

function subject(resources: readonly Schemas['Resource'][]): string {
  const [first] = resources;
  return first && resources.length === 1
    ? `${first.cidr} ${first.name}`
    : plural(resources.length, 'resource');
}
