import type { Schemas } from '@cloudpam/api-client';
import { Alert, Select, Text } from '@mantine/core';
import { useState } from 'react';
import { notifyDone } from '../../actions/notify';
import { poolsApi } from '../../api/pools';
import { useWrite } from '../../api/use-write';
import { ProblemAlert } from '../../feedback/problem-alert';
import { plural } from '../../format/counts';
import { prefixChoices } from '../prefix-lengths';
import { CidrList } from './cidr-list';
import { DialogForm } from './dialog-form';
import { usePreview } from './use-preview';

const MOST_PIECES_BITS = 10;

/** Replaces a pool by equal pieces of it, which take its children; the pieces are shown first. */
export function SplitDialog({
  pool,
  onDone,
  onClose,
}: {
  pool: Schemas['Pool'];
  onDone?: () => void;
  onClose: () => void;
}) {
  const lengths = prefixChoices(pool.cidr, false).slice(0, MOST_PIECES_BITS);
  const [length, setLength] = useState(lengths[0]?.value ?? '');
  const preview = usePreview(
    'split',
    length === '' ? undefined : { id: pool.id, length },
    (asked, signal) =>
      poolsApi.split(asked.id, { prefix_length: Number(asked.length) }, { dryRun: true, signal }),
  );
  const split = useWrite(
    (prefixLength: number, idempotencyKey) =>
      poolsApi.split(pool.id, { prefix_length: prefixLength }, { idempotencyKey }),
    ({ items }) => {
      notifyDone(`Split ${pool.cidr} into ${plural(items.length, 'pool')}`);
      onDone?.();
      onClose();
    },
    Number(length),
  );
  const children = pool.child_count ?? 0;
  const pieces = preview.data?.items ?? [];
  return (
    <DialogForm
      title={`Split ${pool.cidr} ${pool.name}`}
      action={pieces.length > 0 ? `Split into ${pieces.length}` : 'Split'}
      onSubmit={() => split.mutate(Number(length))}
      onClose={onClose}
      busy={split.isPending}
      error={split.error}
      ready={pieces.length > 0 && !preview.stale}
    >
      <Select
        label="Prefix length of the pieces"
        data={lengths}
        value={length}
        allowDeselect={false}
        onChange={(value) => setLength(value ?? '')}
        w={240}
      />
      <Alert color="orange" p="sm" title={`${pool.cidr} ${pool.name} goes`}>
        <Text size="sm">
          The pieces take its place, with its fields and tags
          {children > 0 &&
            `, and its ${plural(children, 'child', 'children')} go to the piece they lie in`}
          . Its id and links to it end here; its history stays in the audit log. Merging the pieces
          makes a new pool of them.
        </Text>
      </Alert>
      <CidrList cidrs={pieces.map(({ cidr }) => cidr)} label="Will give" stale={preview.stale} />
      {!split.error && <ProblemAlert error={preview.error} />}
    </DialogForm>
  );
}
