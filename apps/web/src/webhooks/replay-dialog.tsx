import type { Schemas } from '@cloudpam/api-client';
import { NumberInput, Radio, SimpleGrid, Stack } from '@mantine/core';
import { useState } from 'react';
import { notifyDone } from '../actions/notify';
import { useWrite } from '../api/use-write';
import { webhooksApi } from '../api/webhooks';
import { DialogForm } from '../pools/dialogs/dialog-form';

/** Tells a webhook again: what was given up, or a part of the log. */
export function ReplayDialog({
  webhook,
  onClose,
}: {
  webhook: Schemas['Webhook'];
  onClose: () => void;
}) {
  const [what, setWhat] = useState<'dead' | 'part'>('dead');
  const [from, setFrom] = useState<number | ''>('');
  const [to, setTo] = useState<number | ''>(webhook.seq);
  const wanted: Schemas['WebhookReplay'] =
    what === 'dead'
      ? { dead: true }
      : { ...(from === '' ? {} : { from_seq: from }), ...(to === '' ? {} : { to_seq: to }) };
  const replay = useWrite(
    (body: Schemas['WebhookReplay'], key) => webhooksApi.replay(webhook.id, body, key),
    () => {
      notifyDone('They are told again');
      onClose();
    },
    wanted,
  );
  const number = (value: string | number): number | '' => (value === '' ? '' : Number(value));
  return (
    <DialogForm
      title={`Tell ${webhook.name} again`}
      action="Tell again"
      onSubmit={() => replay.mutate(wanted)}
      onClose={onClose}
      busy={replay.isPending}
      error={replay.error}
      ready={what === 'dead' || (from !== '' && to !== '')}
    >
      <Radio.Group
        label="Which events"
        description="They have the same ids and bodies as before"
        value={what}
        onChange={(value) => setWhat(value === 'part' ? 'part' : 'dead')}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="dead" label="All that were given up" />
          <Radio value="part" label="A part of the log, what passes its filter" />
        </Stack>
      </Radio.Group>
      {what === 'part' && (
        <SimpleGrid cols={2} spacing="sm">
          <NumberInput
            label="First event"
            description="Its place in the log, which is its id"
            min={1}
            allowDecimal={false}
            value={from}
            onChange={(value) => setFrom(number(value))}
          />
          <NumberInput
            label="Last event"
            min={1}
            allowDecimal={false}
            value={to}
            onChange={(value) => setTo(number(value))}
          />
        </SimpleGrid>
      )}
    </DialogForm>
  );
}
