import type { Schemas } from '@cloudpam/api-client';
import { List, Loader, ScrollArea, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmDialog } from '../../actions/confirm-dialog';
import { notifyDone } from '../../actions/notify';
import { poolsApi } from '../../api/pools';
import { useWrite } from '../../api/use-write';
import { plural } from '../../format/counts';

/** Deletes a pool, or its whole branch; a dry run lists first what goes and what moves up. */
export function DeleteDialog({
  pool,
  onDone,
  onClose,
}: {
  pool: Schemas['Pool'];
  onDone?: () => void;
  onClose: () => void;
}) {
  const [cascade, setCascade] = useState(false);
  const plan = useQuery({
    queryKey: ['preview', 'delete', pool.id, cascade],
    queryFn: ({ signal }) => poolsApi.remove(pool.id, cascade, true, { signal }),
    gcTime: 0,
    staleTime: 0,
    retry: false,
  });
  const remove = useWrite(
    () => poolsApi.remove(pool.id, cascade, false),
    (gone) => {
      notifyDone(`Deleted ${plural(gone.deleted_count, 'pool')}`);
      onDone?.();
      onClose();
    },
  );
  return (
    <ConfirmDialog
      title={`Delete ${pool.cidr} ${pool.name}`}
      action={
        plan.data && plan.data.deleted_count > 1
          ? `Delete ${plan.data.deleted_count} pools`
          : 'Delete pool'
      }
      onConfirm={() => remove.mutate(undefined)}
      onClose={onClose}
      busy={remove.isPending}
      error={remove.error ?? plan.error}
      ready={plan.isSuccess && !plan.isFetching}
    >
      {(pool.child_count ?? 1) > 0 && (
        <Switch
          label="Delete everything below it, too"
          checked={cascade}
          onChange={(event) => setCascade(event.currentTarget.checked)}
        />
      )}
      {plan.isPending && <Loader size="sm" aria-label="Finding out what would be deleted" />}
      {plan.data && (
        <Plan plan={plan.data} cascade={cascade} orphaned={pool.sync_status === 'orphaned'} />
      )}
    </ConfirmDialog>
  );
}

function Plan({
  plan,
  cascade,
  orphaned,
}: {
  plan: Schemas['Deletion'];
  cascade: boolean;
  orphaned: boolean;
}) {
  const unnamed = plan.deleted_count - plan.deleted.length;
  return (
    <div role="status" aria-label="What will be deleted">
      <Text size="sm" fw={500}>
        {plural(plan.deleted_count, 'pool')} will be deleted:
      </Text>
      <ScrollArea.Autosize mah={220}>
        <List size="sm" my={4}>
          {plan.deleted.map(({ pool_id, cidr, name }) => (
            <List.Item key={pool_id}>
              <span className="mono">{cidr}</span> {name}
            </List.Item>
          ))}
          {unnamed > 0 && <List.Item>and {plural(unnamed, 'more pool')}</List.Item>}
        </List>
      </ScrollArea.Autosize>
      <Text size="sm" c="dimmed">
        {plan.addresses_deleted_count > 0 &&
          `${plural(plan.addresses_deleted_count, 'address record')} will be deleted with them. `}
        {plan.reparented_count > 0 &&
          `${plural(plan.reparented_count, 'child', 'children')} will move up to the parent. `}
        {cascade && 'Their history stays in the audit log. '}
        {orphaned && 'It is gone from the cloud; its space becomes free.'}
      </Text>
    </div>
  );
}
