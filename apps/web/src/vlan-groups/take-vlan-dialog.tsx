import type { Schemas } from '@cloudpam/api-client';
import { Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { notifyDone } from '../actions/notify';
import { ApiProblem } from '../api/api-problem';
import { useWrite } from '../api/use-write';
import { fetchFreeVids, takeVlan } from '../api/vlan-groups';
import { ProblemAlert } from '../feedback/problem-alert';
import { countText } from '../format/counts';
import { DialogForm } from '../pools/dialogs/dialog-form';

/** Makes a VLAN with the next free VLAN id of a group, which is shown first. */
export function TakeVlanDialog({
  group,
  onClose,
}: {
  readonly group: Schemas['VlanGroup'];
  readonly onClose: () => void;
}) {
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const { data: free, error } = useQuery({
    queryKey: ['vlan-groups', group.id, 'free'],
    queryFn: ({ signal }) => fetchFreeVids(group.id, signal),
  });
  const body = { name: name.trim(), description: description.trim() };
  const take = useWrite(
    (input: typeof body, key) => takeVlan(group.id, input, key),
    (vlan) => {
      notifyDone(`Took VLAN id ${vlan.vid} for ${vlan.name}`);
      onClose();
    },
    body,
  );
  const inline = ['name', 'description'];
  const fieldError = (field: string): string | undefined =>
    take.error instanceof ApiProblem ? take.error.fieldError(field) : undefined;
  return (
    <DialogForm
      title={`Take the next VLAN id of ${group.name}`}
      action="Take VLAN id"
      onSubmit={() => take.mutate(body)}
      onClose={onClose}
      busy={take.isPending}
      error={take.error}
      inline={inline}
      ready={body.name !== '' && free?.next !== null}
    >
      <Text size="sm" role="status">
        {free &&
          (free.next === null ? (
            'All of its VLAN ids are taken.'
          ) : (
            <>
              The lowest free one is <b>{free.next}</b>, of {countText(free.count).exact}:{' '}
              <span className="mono">{free.vid_ranges.replaceAll(',', ', ')}</span>. Whoever is
              faster gets it, and you the next.
            </>
          ))}
      </Text>
      <ProblemAlert error={error} />
      <TextInput
        label="Name"
        required
        data-autofocus
        value={name}
        error={fieldError('name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label="Description"
        value={description}
        error={fieldError('description')}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
    </DialogForm>
  );
}
