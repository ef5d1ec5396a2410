import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { Suspense } from 'react';
import { Link } from 'react-router';
import { Count } from '../../format/count';
import { TimeAgo } from '../../format/time-ago';
import { contentShown } from '../../lazy/content-shown';
import { lazily } from '../../lazy/lazily';
import { useAccountsById, useVrfs } from '../../records/use-records';
import { TagList } from '../../tags/tag-list';
import { useUrlParams } from '../../url/use-url-params';
import { KINDS, PoolState, WordMark } from '../pool-words';
import { UtilizationBar } from '../utilization-bar';
import type { RowProps } from './pool-table';
import classes from './pool-table.module.css';
import { canOpen } from './tree-rows';
import type { TreeRow } from './tree-rows';
import { FreeCount } from '../uncounted-hosts';

const PoolRowActions = lazily(() => import('./pool-row-actions'), 'PoolRowActions', contentShown);

interface PoolRowProps {
  readonly common: RowProps;
  readonly row: TreeRow & { type: 'pool' };
  readonly flat: boolean;
  readonly refusal: string | undefined;
  readonly onToggle: () => void;
}

/** One pool of the table. */
export function PoolRow({ common, row: { pool, open }, flat, refusal, onToggle }: PoolRowProps) {
  const account = useAccountsById().get(pool.account_id ?? 0);
  const opens = !flat && canOpen(pool);
  return (
    <div
      {...common}
      role="row"
      aria-expanded={opens ? open : undefined}
      onDoubleClick={opens ? onToggle : undefined}
    >
      <div role="gridcell" className={classes.cidr}>
        {opens ? (
          <button
            type="button"
            tabIndex={-1}
            className={classes.chevron}
            aria-label={`${open ? 'Collapse' : 'Expand'} ${pool.cidr}`}
            onClick={onToggle}
          >
            {open ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
          </button>
        ) : (
          <span className={classes.chevron} />
        )}
        <Link to={`/pools/${pool.id}`} tabIndex={-1} className={`mono plain ${classes.link}`}>
          {pool.cidr}
        </Link>
        {(pool.child_count ?? 0) > 0 && (
          <span className={classes.children} title={`${pool.child_count} children`}>
            <Count of={pool.child_count ?? 0} unit="children" />
          </span>
        )}
        <VrfMark vrfId={pool.vrf_id} />
      </div>
      <div
        role="gridcell"
        className={`${classes.name} ellipsis`}
        title={pool.description || pool.name}
      >
        {pool.name}
      </div>
      <div role="gridcell" className={classes.kind}>
        <WordMark word={KINDS[pool.kind]} />
      </div>
      <div role="gridcell" className={classes.status}>
        <PoolState pool={pool} />
      </div>
      <div role="gridcell" className={classes.utilization}>
        <UtilizationBar utilization={pool.utilization} />
      </div>
      <div role="gridcell" className={classes.free}>
        <FreeCount pool={pool} short />
      </div>
      <div role="gridcell" className={`${classes.account} ellipsis`} title={account?.key}>
        {account?.name}
      </div>
      <div role="gridcell" className={`${classes.region} ellipsis`}>
        {pool.region}
      </div>
      <div role="gridcell" className={classes.tags}>
        <TagList tags={pool.tags} shown={1} />
      </div>
      <div role="gridcell" className={classes.age}>
        <TimeAgo at={pool.created_at} />
      </div>
      <div role="gridcell" className={classes.actions}>
        <Suspense>
          <PoolRowActions pool={pool} refusal={refusal} />
        </Suspense>
      </div>
    </div>
  );
}

/** Names the VRF where it isn't obvious: when all are shown and the pool is not in the first. */
function VrfMark({ vrfId }: { vrfId: number }) {
  const vrfs = useVrfs();
  const all = useUrlParams().text('vrf') === '';
  if (!all || vrfId === 1) return null;
  const name = vrfs.find((vrf) => vrf.id === vrfId)?.name ?? `#${vrfId}`;
  return (
    <span className={`${classes.vrf} ellipsis`} title={`In the VRF ${name}`}>
      {name}
    </span>
  );
}
