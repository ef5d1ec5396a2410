import type { Schemas } from '@cloudpam/api-client';
import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { notifyDone } from '../../actions/notify';
import { poolsApi } from '../../api/pools';
import { useWrite } from '../../api/use-write';
import { ProblemAlert } from '../../feedback/problem-alert';
import { plural } from '../../format/counts';
import { CidrList } from './cidr-list';
import { DialogForm } from './dialog-form';
import { usePreview } from './use-preview';

interface MergeDialogProps {
  readonly pools: readonly Schemas['Pool'][];
  readonly onDone?: () => void;
  readonly onClose: () => void;
}

/** Joins neighbours that together are one block into one pool; the result is shown first. */
export function MergeDialog({ pools, onDone, onClose }: MergeDialogProps) {
  const ids = pools.map((pool) => pool.id);
  const [name, setName] = useState(pools[0]?.name ?? '');
  const preview = usePreview('merge', { ids }, (asked, signal) =>
    poolsApi.merge({ pool_ids: asked.ids }, { dryRun: true, signal }),
  );
  const merge = useWrite(
    (as: string, idempotencyKey) => poolsApi.merge({ pool_ids: ids, name: as }, { idempotencyKey }),
    (pool) => {
      notifyDone(`Merged ${plural(ids.length, 'pool')} into ${pool.cidr}`);
      onDone?.();
      onClose();
    },
    name.trim(),
  );
  return (
    <DialogForm
      title={`Merge ${plural(ids.length, 'pool')}`}
      action="Merge"
      onSubmit={() => merge.mutate(name.trim())}
      onClose={onClose}
      busy={merge.isPending}
      error={merge.error}
      ready={preview.data !== undefined && name.trim() !== ''}
    >
      <Text size="sm">
        These become one pool:{' '}
        <span className="mono">{pools.map((pool) => pool.cidr).join(', ')}</span>
      </Text>
      <TextInput
        label="Name of the merged pool"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <CidrList
        cidrs={preview.data ? [preview.data.cidr] : []}
        label="Will give"
        stale={preview.stale}
      />
      {!merge.error && <ProblemAlert error={preview.error} />}
    </DialogForm>
  );
}
