import { AllocateDialog } from './allocate-dialog';
import { DeleteDialog } from './delete-dialog';
import { EditDialog } from './edit-dialog';
import { MergeDialog } from './merge-dialog';
import { MoveDialog } from './move-dialog';
import { NewPoolDialog } from './new-pool-dialog';
import { SplitDialog } from './split-dialog';
import type { DialogContentProps } from '../../actions/dialog-holder';
import type { PoolDialog } from './pool-dialogs';

/** The dialog that was asked for. */
export function AnyPoolDialog({ dialog, onClose }: DialogContentProps<PoolDialog>) {
  switch (dialog.type) {
    case 'create':
      return <NewPoolDialog parent={dialog.parent} vrfId={dialog.vrfId} onClose={onClose} />;
    case 'allocate':
      return <AllocateDialog pool={dialog.pool} gap={dialog.gap} onClose={onClose} />;
    case 'edit':
      return <EditDialog pool={dialog.pool} missingTags={dialog.missingTags} onClose={onClose} />;
    case 'delete':
      return <DeleteDialog pool={dialog.pool} onDone={dialog.onDone} onClose={onClose} />;
    case 'split':
      return <SplitDialog pool={dialog.pool} onDone={dialog.onDone} onClose={onClose} />;
    case 'move':
      return <MoveDialog pool={dialog.pool} to={dialog.to} onClose={onClose} />;
    case 'merge':
      return <MergeDialog pools={dialog.pools} onDone={dialog.onDone} onClose={onClose} />;
  }
}
