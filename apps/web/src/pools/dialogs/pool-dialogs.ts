import type { Schemas } from '@cloudpam/api-client';
import { dialogHolder } from '../../actions/dialog-holder';
import { lazily } from '../../lazy/lazily';

/** A dialog about pools. `gap` is the free block that a person pointed at. */
export type PoolDialog =
  | { readonly type: 'create'; readonly parent?: Schemas['Pool']; readonly vrfId?: number }
  | { readonly type: 'allocate'; readonly pool: Schemas['Pool']; readonly gap?: string }
  | {
      readonly type: 'edit';
      readonly pool: Schemas['Pool'];
      /** Keys of tags that it lacks: they are asked for. */
      readonly missingTags?: readonly string[];
    }
  | {
      readonly type: 'move';
      readonly pool: Schemas['Pool'];
      /** The CIDR that it is to have. */
      readonly to?: string;
    }
  | {
      readonly type: 'delete' | 'split';
      readonly pool: Schemas['Pool'];
      readonly onDone?: () => void;
    }
  | {
      readonly type: 'merge';
      readonly pools: readonly Schemas['Pool'][];
      readonly onDone?: () => void;
    };

/** `PoolDialogs` holds the one dialog about pools that may be open. */
export const { Holder: PoolDialogs, useOpen: useOpenPoolDialog } = dialogHolder<PoolDialog>(
  lazily(() => import('./pool-dialog'), 'AnyPoolDialog'),
);
