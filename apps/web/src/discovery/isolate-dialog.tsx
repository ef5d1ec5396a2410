import type { Schemas } from '@cloudpam/api-client';
import { Group, List, Loader, SegmentedControl, Select, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { notifyDone } from '../actions/notify';
import { ApiProblem } from '../api/api-problem';
import { discoveryApi } from '../api/discovery';
import { useWrite } from '../api/use-write';
import { ProblemAlert } from '../feedback/problem-alert';
import { plural } from '../format/counts';
import { CidrList } from '../pools/dialogs/cidr-list';
import { DialogForm } from '../pools/dialogs/dialog-form';
import { usePreview } from '../pools/dialogs/use-preview';
import { useVrfs } from '../records/use-records';
import { VrfName } from '../records/vrf-name';

const LISTED = 200;

/** What the dialog needs to know of a network; a resource of it knows that, too. */
export type IsolatedNetwork = Pick<
  Schemas['Network'],
  'id' | 'vrf_id' | 'account_key' | 'external_id'
>;

/** The network of a resource. */
export function networkOf({
  network_id,
  network_external_id,
  vrf_id,
  account_key,
}: Schemas['Resource']): IsolatedNetwork {
  return { id: network_id, external_id: network_external_id, vrf_id, account_key };
}

/** Gives a network another VRF; a dry run shows first what goes along and what fits there. */
export function IsolateDialog({
  network,
  into,
  onClose,
}: {
  network: IsolatedNetwork;
  into: 'new' | 'existing';
  onClose: () => void;
}) {
  const tail = network.external_id.split('/').at(-1) ?? network.external_id;
  const vrfs = useVrfs().filter(({ id }) => id !== network.vrf_id);
  const [choice, setChoice] = useState(into);
  const [name, setName] = useState(`${network.account_key} ${tail}`);
  const [vrf, setVrf] = useState<string | null>(null);
  const target: Schemas['Isolate'] | undefined =
    choice === 'new'
      ? name.trim() === ''
        ? undefined
        : { vrf_name: name.trim() }
      : vrf === null
        ? undefined
        : { vrf_id: Number(vrf) };
  const preview = usePreview('isolate', target && { id: network.id, target }, (asked, signal) =>
    discoveryApi.isolate(asked.id, asked.target, { dryRun: true, signal }),
  );
  const isolate = useWrite(
    (to: Schemas['Isolate'], idempotencyKey) =>
      discoveryApi.isolate(network.id, to, { idempotencyKey }),
    (done) => {
      notifyDone(
        `Moved ${tail}: ${plural(done.moved_pools, 'pool')} moved, ${done.imported} imported`,
      );
      onClose();
    },
    target,
  );
  const error = isolate.error ?? preview.error;
  const nameError = error instanceof ApiProblem ? error.fieldError('vrf_name') : undefined;
  return (
    <DialogForm
      title={
        choice === 'new'
          ? `Own VRF for ${network.account_key} ${tail}`
          : `Move ${network.account_key} ${tail} to a VRF`
      }
      action={choice === 'new' ? 'Give own VRF' : 'Move to VRF'}
      onSubmit={() => target && isolate.mutate(target)}
      onClose={onClose}
      busy={isolate.isPending}
      error={isolate.error}
      inline={['vrf_name']}
      ready={preview.data !== undefined && !preview.stale}
    >
      <Text size="sm">
        The addresses of <span className="mono">{tail}</span> are judged in that VRF from then on,
        and no longer overlap those of <VrfName id={network.vrf_id} />; its pools go along with
        everything in them.
      </Text>
      <Group gap="sm" align="flex-end">
        <SegmentedControl
          size="xs"
          aria-label="Which VRF"
          value={choice}
          onChange={(value) => setChoice(value === 'new' ? 'new' : 'existing')}
          data={[
            { value: 'new', label: 'New VRF' },
            { value: 'existing', label: 'Existing VRF' },
          ]}
        />
        {choice === 'new' ? (
          <TextInput
            label="Name of the VRF"
            flex={1}
            required
            data-autofocus
            value={name}
            error={nameError}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        ) : (
          <Select
            label="VRF"
            flex={1}
            placeholder={vrfs.length === 0 ? 'There is no other VRF' : 'Choose one'}
            disabled={vrfs.length === 0}
            data={vrfs.map((each) => ({ value: String(each.id), label: each.name }))}
            value={vrf}
            onChange={setVrf}
            searchable
          />
        )}
      </Group>
      {preview.data ? (
        <Plan
          plan={preview.data}
          stale={preview.stale}
          vrf={choice === 'new' ? name.trim() : <VrfName id={Number(vrf)} />}
          networkId={network.id}
        />
      ) : (
        target && !preview.error && <Loader size="sm" aria-label="Finding out what will happen" />
      )}
      {!isolate.error && <ProblemAlert error={preview.error} inline={['vrf_name']} />}
    </DialogForm>
  );
}

function Plan({
  plan,
  stale,
  vrf,
  networkId,
}: {
  plan: Schemas['Isolation'];
  stale: boolean;
  vrf: ReactNode;
  networkId: number;
}) {
  const query = { network_id: networkId, page_size: LISTED };
  const { data } = useQuery({
    queryKey: ['discovery', 'resources', query],
    queryFn: ({ signal }) => discoveryApi.resources(query, signal),
  });
  const pooled = (data?.items ?? []).filter(({ pool_id }) => pool_id !== null);
  const others = (data?.items ?? []).filter(({ pool_id }) => pool_id === null);
  const rest = others.length - plan.imported - plan.conflicts;
  return (
    <div
      role="status"
      aria-label="What will happen"
      aria-busy={stale}
      style={{ opacity: stale ? 0.5 : 1 }}
    >
      <List size="sm" mb="xs">
        <List.Item>
          {plan.moved_pools === 0
            ? 'No pool moves to'
            : `${plural(plan.moved_pools, 'pool moves', 'pools move')} to`}{' '}
          <b>{vrf}</b>
        </List.Item>
        <List.Item>
          {plural(plan.imported, 'resource gets a pool', 'resources get pools')} there
        </List.Item>
        <List.Item>
          {plan.conflicts === 0
            ? 'Nothing overlaps there'
            : `${plural(plan.conflicts, 'resource overlaps', 'resources overlap')} there, too, and stays a finding`}
        </List.Item>
        {rest > 0 && plan.imported === 0 && (
          <List.Item>
            {plural(rest, 'resource stays', 'resources stay')} without a pool: the policy leaves
            that to a person
          </List.Item>
        )}
      </List>
      {pooled.length > 0 && (
        <CidrList cidrs={pooled.map(({ cidr }) => cidr)} label="Moves" stale={stale} />
      )}
      {others.length > 0 && (
        <CidrList cidrs={others.map(({ cidr }) => cidr)} label="Has no pool yet" stale={stale} />
      )}
    </div>
  );
}
