import type { Schemas } from '@cloudpam/api-client';
import { Checkbox, Select, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { notifyDone } from '../../actions/notify';
import { poolsApi } from '../../api/pools';
import { useWrite } from '../../api/use-write';
import { ProblemAlert } from '../../feedback/problem-alert';
import { useVrfs } from '../../records/use-records';
import { cidrMistake } from '../prefix-lengths';
import { DialogForm } from './dialog-form';
import { usePreview } from './use-preview';

/** Whether something lies in the pool that has to come along to a place that is offered. */
function isMoveOfAll(pool: Schemas['Pool'], to: string): boolean {
  const lengthOf = (cidr: string): string | undefined => cidr.split('/')[1];
  return to !== pool.cidr && lengthOf(to) === lengthOf(pool.cidr) && (pool.child_count ?? 0) > 0;
}

/** What comes along, in words. */
function along(count = 0): string {
  return count > 1 ? `, with ${count - 1} pool${count === 2 ? '' : 's'} below it` : '';
}

/**
 * Gives a pool another CIDR or VRF: grow, shrink or move. The server says first whether something
 * is in the way.
 */
export function MoveDialog({
  pool,
  to: wanted = pool.cidr,
  onClose,
}: {
  pool: Schemas['Pool'];
  /** The CIDR that is offered. */
  to?: string;
  onClose: () => void;
}) {
  const vrfs = useVrfs();
  const [cidr, setCidr] = useState(wanted);
  const [vrf, setVrf] = useState(pool.vrf_id);
  const [withChildren, setWithChildren] = useState(isMoveOfAll(pool, wanted));
  const text = cidr.trim();
  const mistake = cidrMistake(text);
  const changed = text !== pool.cidr || vrf !== pool.vrf_id;
  const to = {
    cidr: text,
    vrf_id: vrf === pool.vrf_id ? undefined : vrf,
    with_children: withChildren,
  };
  const preview = usePreview('move', mistake || !changed ? undefined : to, (asked, signal) =>
    poolsApi.move(pool.id, asked, { dryRun: true, signal }),
  );
  const parentWord =
    preview.data?.parent_id === pool.parent_id ? 'the same parent' : 'another parent';
  const move = useWrite(
    (asked: Schemas['Move'], idempotencyKey) => poolsApi.move(pool.id, asked, { idempotencyKey }),
    (moved) => {
      notifyDone(`${pool.cidr} is now ${moved.cidr}`);
      onClose();
    },
    to,
  );
  return (
    <DialogForm
      title={`Resize or move ${pool.cidr} ${pool.name}`}
      action="Change CIDR"
      onSubmit={() => move.mutate(to)}
      onClose={onClose}
      busy={move.isPending}
      error={move.error}
      ready={preview.data !== undefined && !preview.stale}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput
          label="CIDR"
          data-autofocus
          value={cidr}
          error={mistake}
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
      <Checkbox
        label="With everything below it, to a place of the same size"
        checked={withChildren}
        onChange={(event) => setWithChildren(event.currentTarget.checked)}
      />
      <Text size="xs" c="dimmed" role="status">
        {preview.data
          ? `${pool.cidr} will become ${preview.data.cidr}, under ${parentWord}${along(preview.data.moved_count)}.`
          : 'A shorter prefix makes it larger. Children must still fit inside, neighbours must stay outside.'}
      </Text>
      {!move.error && <ProblemAlert error={preview.error} />}
    </DialogForm>
  );
}
