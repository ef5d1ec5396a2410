import type { Schemas } from '@cloudpam/api-client';
import type { ReactNode } from 'react';
import { dialogHolder } from '../../actions/dialog-holder';
import { AllocateDialog } from './allocate-dialog';
import { DeleteDialog } from './delete-dialog';
import { EditDialog } from './edit-dialog';
import { MergeDialog } from './merge-dialog';
import { MoveDialog } from './move-dialog';
import { NewPoolDialog } from './new-pool-dialog';
import { SplitDialog } from './split-dialog';

/** A dialog about pools. `gap` is the free block that a person pointed at. */
export type PoolDialog =
  | { readonly type: 'create'; readonly parent?: Schemas['Pool']; readonly vrfId?: number }
  | { readonly type: 'allocate'; readonly pool: Schemas['Pool']; readonly gap?: string }
  | {
      readonly type: 'edit' | 'delete' | 'split' | 'move';
      readonly pool: Schemas['Pool'];
      readonly onDone?: () => void;
    }
  | {
      readonly type: 'merge';
      readonly pools: readonly Schemas['Pool'][];
      readonly onDone?: () => void;
    };

function dialogElement(dialog: PoolDialog, onClose: () => void): ReactNode {
  switch (dialog.type) {
    case 'create':
      return <NewPoolDialog parent={dialog.parent} vrfId={dialog.vrfId} onClose={onClose} />;
    case 'allocate':
      return <AllocateDialog pool={dialog.pool} gap={dialog.gap} onClose={onClose} />;
    case 'edit':
      return <EditDialog pool={dialog.pool} onClose={onClose} />;
    case 'delete':
      return <DeleteDialog pool={dialog.pool} onDone={dialog.onDone} onClose={onClose} />;
    case 'split':
      return <SplitDialog pool={dialog.pool} onDone={dialog.onDone} onClose={onClose} />;
    case 'move':
      return <MoveDialog pool={dialog.pool} onClose={onClose} />;
    case 'merge':
      return <MergeDialog pools={dialog.pools} onDone={dialog.onDone} onClose={onClose} />;
  }
}

/** `PoolDialogs` holds the one dialog about pools that may be open. */
export const { Holder: PoolDialogs, useOpen: useOpenPoolDialog } = dialogHolder(dialogElement);
