import type { Schemas } from '@cloudpam/api-client';
import { IconAffiliate } from '@tabler/icons-react';
import { ReasonedIcon } from '../../actions/reasoned-button';
import { useOpenPoolDialog } from '../dialogs/pool-dialogs';
import { PoolMenu } from './pool-menu';

/** What can be done to the pool of a row. */
export function PoolRowActions({
  pool,
  refusal,
}: {
  pool: Schemas['Pool'];
  refusal: string | undefined;
}) {
  const openDialog = useOpenPoolDialog();
  return (
    <>
      <ReasonedIcon
        label={`Allocate in ${pool.cidr}`}
        reason={refusal}
        tabIndex={-1}
        onClick={() => openDialog({ type: 'allocate', pool })}
      >
        <IconAffiliate size={14} />
      </ReasonedIcon>
      <PoolMenu pool={pool} refusal={refusal} />
    </>
  );
}
