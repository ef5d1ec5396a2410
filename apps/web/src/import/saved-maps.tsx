import { Button, Group, Select, Text, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { ConfirmDialog } from '../actions/confirm-dialog';
import { notifyDone } from '../actions/notify';
import { ReasonedIcon } from '../actions/reasoned-button';
import { importMapsApi } from '../api/import';
import type { ImportMap } from '../api/import';
import { useWrite } from '../api/use-write';
import { ProblemAlert } from '../feedback/problem-alert';

/** Saves how files are read by a name, and takes what was saved. */
export function SavedMaps({ map, onUse }: { map: ImportMap; onUse: (map: ImportMap) => void }) {
  const [name, setName] = useState('');
  const [used, setUsed] = useState<string | null>(null);
  const [isDeleting, setDeleting] = useState(false);
  const { data, error } = useQuery({
    queryKey: ['import-maps'],
    queryFn: ({ signal }) => importMapsApi.list(signal),
  });
  const saved = data?.items ?? [];
  const save = useWrite(
    (input: { name: string; map: ImportMap }) => importMapsApi.save(input.name, input.map),
    (_, input) => {
      notifyDone(`Saved how files are read as ${input.name}`);
      setUsed(input.name);
      setName('');
    },
  );
  const remove = useWrite(
    (gone: string) => importMapsApi.remove(gone),
    (_, gone) => {
      notifyDone(`Deleted ${gone}`);
      setUsed(null);
      setDeleting(false);
    },
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() !== '') save.mutate({ name: name.trim(), map });
  };
  const exists = saved.some((one) => one.name === name.trim());
  return (
    <>
      <Select
        label="Read as saved"
        placeholder={saved.length === 0 ? 'Nothing is saved yet' : 'Choose'}
        w={220}
        data={saved.map((one) => one.name)}
        value={used}
        disabled={saved.length === 0}
        onChange={(chosen) => {
          setUsed(chosen);
          const found = saved.find((one) => one.name === chosen);
          if (found) onUse(found.map);
        }}
      />
      {used !== null && (
        <ReasonedIcon
          label={`Delete what is saved as ${used}`}
          reason={undefined}
          mb={4}
          onClick={() => setDeleting(true)}
        >
          <IconTrash size={14} />
        </ReasonedIcon>
      )}
      <Group gap="xs" align="end" component="form" onSubmit={submit}>
        <TextInput
          label="Save what is set below as"
          w={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          loading={save.isPending}
          disabled={name.trim() === ''}
        >
          {exists ? 'Replace' : 'Save'}
        </Button>
      </Group>
      <ProblemAlert error={error ?? save.error} />
      {isDeleting && used !== null && (
        <ConfirmDialog
          title={`Delete ${used}`}
          action="Delete"
          onConfirm={() => remove.mutate(used)}
          onClose={() => setDeleting(false)}
          busy={remove.isPending}
          error={remove.error}
        >
          <Text size="sm">
            How files are read is no longer saved as <b>{used}</b>, for nobody. What is set below
            stays.
          </Text>
        </ConfirmDialog>
      )}
    </>
  );
}
