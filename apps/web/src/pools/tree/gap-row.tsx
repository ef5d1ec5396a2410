import { Suspense } from 'react';
import { Count } from '../../format/count';
import { contentShown } from '../../lazy/content-shown';
import { lazily } from '../../lazy/lazily';
import type { RowProps } from './pool-table';
import classes from './pool-table.module.css';
import type { TreeRow } from './tree-rows';
import { gapWord } from '../uncounted-hosts';

const GapRowAction = lazily(() => import('./gap-row-action'), 'GapRowAction', contentShown);

interface GapRowProps {
  readonly common: RowProps;
  readonly row: TreeRow & { type: 'gap' };
  readonly refusal: string | undefined;
}

/** One free block of an open pool. */
export function GapRow({ common, row: { gap, parent }, refusal }: GapRowProps) {
  return (
    <div {...common} className={`${common.className} ${classes.gap}`} role="row">
      <div role="gridcell" className={classes.cidr}>
        <span className={classes.chevron} />
        <span className="mono">{gap.cidr}</span>
      </div>
      <div role="gridcell" className={classes.name}>
        {gapWord(parent)}
      </div>
      <div role="gridcell" className={classes.free}>
        <Count of={gap.size} unit={parent.uncounted_hosts ? 'addresses' : 'free addresses'} />
      </div>
      <div role="gridcell" className={classes.gapAction}>
        <Suspense>
          <GapRowAction gap={gap.cidr} parent={parent} refusal={refusal} />
        </Suspense>
      </div>
    </div>
  );
}
