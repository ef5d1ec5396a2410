import { IconPlus } from '@tabler/icons-react';
import { ReasonedButton } from '../../actions/reasoned-button';
import { Count } from '../../format/count';
import { useOpenPoolDialog } from '../dialogs/pool-dialogs';
import type { RowProps } from './pool-table';
import classes from './pool-table.module.css';
import type { TreeRow } from './tree-rows';
import { allocateWord, gapWord } from '../uncounted-hosts';

interface GapRowProps {
  readonly common: RowProps;
  readonly row: TreeRow & { type: 'gap' };
  readonly refusal: string | undefined;
}

/** One free block of an open pool. */
export function GapRow({ common, row: { gap, parent }, refusal }: GapRowProps) {
  const openDialog = useOpenPoolDialog();
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
        <ReasonedButton
          variant="subtle"
          size="compact-xs"
          tabIndex={-1}
          leftSection={<IconPlus size={12} />}
          reason={refusal}
          aria-label={`Allocate in ${gap.cidr}`}
          onClick={() => openDialog({ type: 'allocate', pool: parent, gap: gap.cidr })}
        >
          {allocateWord(parent)}
        </ReasonedButton>
      </div>
    </div>
  );
}
