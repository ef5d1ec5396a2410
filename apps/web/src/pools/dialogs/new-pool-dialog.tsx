import { Select, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { notifyDone } from '../../actions/notify';
import { ApiProblem } from '../../api/api-problem';
import { poolsApi } from '../../api/pools';
import { useWrite } from '../../api/use-write';
import type { NewPool, Pool } from '../../api/wire';
import { ProblemAlert } from '../../feedback/problem-alert';
import { useVrfs } from '../../records/use-records';
import { cidrMistake } from '../prefix-lengths';
import { DialogForm } from './dialog-form';
import { filledFields, PoolFieldInputs, poolForm } from './pool-fields';
import { usePreview } from './use-preview';

const GLOBAL_VRF = 1;

/** Makes a pool of a CIDR that a person types. The server is asked along the way where it would lie. */
export function NewPoolDialog({ parent, vrfId, onClose }: { parent?: Pool; vrfId?: number; onClose: () => void }) {
  const vrfs = useVrfs();
  const [cidr, setCidr] = useState('');
  const [vrf, setVrf] = useState(parent?.vrf_id ?? vrfId ?? GLOBAL_VRF);
  const [form, setForm] = useState(() => poolForm(parent ? 'subnet' : 'container'));
  const create = useWrite(
    (pool: NewPool, idempotencyKey) => poolsApi.create(pool, { idempotencyKey }),
    (pool) => {
      notifyDone(`Created ${pool.cidr} ${pool.name}`);
      onClose();
    },
  );
  const text = cidr.trim();
  const mistake = text === '' ? undefined : cidrMistake(text);
  const place = usePreview(
    'create',
    text === '' || mistake ? undefined : { cidr: text, vrf_id: vrf, name: 'preview', kind: form.kind },
    (pool: NewPool, signal) => poolsApi.create(pool, { dryRun: true, signal }),
  );
  const refused = create.error instanceof ApiProblem ? create.error : undefined;
  return (
    <DialogForm
      title={parent ? `New pool in ${parent.cidr} ${parent.name}` : 'New pool'}
      action="Create pool"
      onSubmit={() => create.mutate({ ...filledFields(form), cidr: text, vrf_id: vrf })}
      onClose={onClose}
      busy={create.isPending}
      error={create.error}
      ready={text !== '' && !mistake && form.name.trim() !== ''}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput
          label="CIDR"
          placeholder="10.0.0.0/8 or 2001:db8::/32"
          required
          data-autofocus
          value={cidr}
          error={mistake ?? refused?.fieldError('cidr')}
          onChange={(event) => setCidr(event.currentTarget.value)}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        />
        <Select
          label="VRF"
          data={vrfs.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={String(vrf)}
          allowDeselect={false}
          onChange={(id) => setVrf(Number(id))}
        />
      </SimpleGrid>
      <PoolFieldInputs form={form} onChange={setForm} nameError={refused?.fieldError('name')} />
      {place.data && !create.error && <Place pool={place.data} parent={parent} />}
      {!create.error && <ProblemAlert error={place.error} />}
    </DialogForm>
  );
}

function Place({ pool, parent }: { pool: Pool; parent?: Pool }) {
  const parentId = pool.parent_id;
  const other = useQuery({
    queryKey: ['pools', parentId],
    queryFn: ({ signal }) => poolsApi.get(parentId ?? 0, { signal }),
    enabled: parentId !== null && parentId !== parent?.id,
  }).data;
  const found = parentId === parent?.id ? parent : other;
  const where = parentId === null ? 'at the top of the tree' : `in ${found ? `${found.cidr} ${found.name}` : `pool ${parentId}`}`;
  return (
    <Text size="xs" c="dimmed" role="status">
      <span className="mono">{pool.cidr}</span> will lie {where}.
    </Text>
  );
}
