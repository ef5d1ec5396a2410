import type { Schemas } from '@cloudpam/api-client';
import { Alert, List, Select, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { notifyDone } from '../../actions/notify';
import { ApiProblem } from '../../api/api-problem';
import { poolsApi } from '../../api/pools';
import { useWrite } from '../../api/use-write';
import { ProblemAlert } from '../../feedback/problem-alert';
import { plural } from '../../format/counts';
import { useVrfs } from '../../records/use-records';
import { cidrMistake } from '../prefix-lengths';
import { DialogForm } from './dialog-form';
import { filledFields, PoolFieldInputs, poolForm } from './pool-fields';
import { usePreview } from './use-preview';

const GLOBAL_VRF = 1;

/**
 * Makes a pool of a CIDR that a person types. The server is asked along the way where it would lie.
 */
export function NewPoolDialog({
  parent,
  vrfId,
  onClose,
}: {
  parent?: Schemas['Pool'];
  vrfId?: number;
  onClose: () => void;
}) {
  const vrfs = useVrfs();
  const [cidr, setCidr] = useState('');
  const [vrf, setVrf] = useState(parent?.vrf_id ?? vrfId ?? GLOBAL_VRF);
  const [form, setForm] = useState(() => poolForm(parent ? 'subnet' : 'container'));
  const text = cidr.trim();
  const pool: Schemas['NewPool'] = { ...filledFields(form), cidr: text, vrf_id: vrf };
  const create = useWrite(
    (body: Schemas['NewPool'], idempotencyKey) => poolsApi.create(body, { idempotencyKey }),
    (made) => {
      notifyDone(`Created ${made.cidr} ${made.name}`);
      onClose();
    },
    pool,
  );
  const mistake = text === '' ? undefined : cidrMistake(text);
  const place = usePreview(
    'create',
    text === '' || mistake
      ? undefined
      : { cidr: text, vrf_id: vrf, name: 'preview', kind: form.kind },
    (asked: Schemas['NewPool'], signal) => poolsApi.create(asked, { dryRun: true, signal }),
  );
  const refused = create.error instanceof ApiProblem ? create.error : undefined;
  return (
    <DialogForm
      title={parent ? `New pool in ${parent.cidr} ${parent.name}` : 'New pool'}
      action="Create pool"
      onSubmit={() => create.mutate(pool)}
      onClose={onClose}
      busy={create.isPending}
      error={create.error}
      inline={['cidr', 'name']}
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

const NAMED = 5;

/** Where a new pool will lie, and which pools it will take in. */
function Place({ pool, parent }: { pool: Schemas['Pool']; parent?: Schemas['Pool'] }) {
  const parentId = pool.parent_id;
  const other = useQuery({
    queryKey: ['pools', parentId],
    queryFn: ({ signal }) => poolsApi.get(parentId ?? 0, { signal }),
    enabled: parentId !== null && parentId !== parent?.id,
  }).data;
  const found = parentId === parent?.id ? parent : other;
  const where =
    parentId === null
      ? 'at the top of the tree'
      : `in ${found ? `${found.cidr} ${found.name}` : `pool ${parentId}`}`;
  const query = {
    vrf_id: pool.vrf_id,
    parent_id: String(parentId),
    cidr_within: pool.cidr,
    sort: 'cidr',
    page_size: NAMED,
  };
  const takenIn = useQuery({
    queryKey: ['preview', 'taken-in', query],
    queryFn: ({ signal }) => poolsApi.list(query, { signal }),
    gcTime: 0,
  }).data;
  return (
    <div role="status">
      <Text size="xs" c="dimmed">
        <span className="mono">{pool.cidr}</span> will lie {where}.
      </Text>
      {(pool.warnings ?? []).map(({ detail }) => (
        <Text key={detail} size="xs" c="var(--mantine-color-orange-text)">
          {detail}
        </Text>
      ))}
      {takenIn && takenIn.total > 0 && (
        <TakenIn pools={takenIn.items} total={takenIn.total} estimate={takenIn.total_is_estimate} />
      )}
    </div>
  );
}

function TakenIn({
  pools,
  total,
  estimate = false,
}: {
  pools: readonly Schemas['Pool'][];
  total: number;
  estimate?: boolean;
}) {
  const more = total - pools.length;
  return (
    <Alert
      color="orange"
      p="sm"
      mt={6}
      title={`It takes in ${estimate ? 'more than ' : ''}${plural(total, 'pool')}`}
    >
      <Text size="sm">
        {total === 1 ? 'This pool and all below it' : 'These pools and all below them'} will lie in
        the new one:
      </Text>
      <List size="sm" mt={4}>
        {pools.map(({ id, cidr, name }) => (
          <List.Item key={id}>
            <span className="mono">{cidr}</span> {name}
          </List.Item>
        ))}
        {more > 0 && <List.Item>and {plural(more, 'more pool')}</List.Item>}
      </List>
    </Alert>
  );
}
