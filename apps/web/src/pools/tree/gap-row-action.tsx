import type { Schemas } from '@cloudpam/api-client';
import { IconPlus } from '@tabler/icons-react';
import { ReasonedButton } from '../../actions/reasoned-button';
import { useOpenPoolDialog } from '../dialogs/pool-dialogs';
import { allocateWord } from '../uncounted-hosts';

/** Takes a block in a gap of a pool. */
export function GapRowAction({
  gap,
  parent,
  refusal,
}: {
  gap: string;
  parent: Schemas['Pool'];
  refusal: string | undefined;
}) {
  const openDialog = useOpenPoolDialog();
  return (
    <ReasonedButton
      variant="subtle"
      size="compact-xs"
      tabIndex={-1}
      leftSection={<IconPlus size={12} />}
      reason={refusal}
      aria-label={`Allocate in ${gap}`}
      onClick={() => openDialog({ type: 'allocate', pool: parent, gap })}
    >
      {allocateWord(parent)}
    </ReasonedButton>
  );
}
