import type { Schemas } from '@cloudpam/api-client';
import { dialogHolder } from '../actions/dialog-holder';
import { lazily } from '../lazy/lazily';
import type { IsolatedNetwork } from './isolate-dialog';

/** A dialog about what was discovered. */
export type DiscoveryDialog =
  | {
      readonly type: 'decide';
      readonly decision: Schemas['Decision'];
      readonly resources: readonly Schemas['Resource'][];
      readonly findings?: readonly Schemas['ResourceFindingType'][];
      readonly onDone?: () => void;
    }
  | {
      readonly type: 'isolate';
      readonly network: IsolatedNetwork;
      readonly into: 'new' | 'existing';
    };

/** `DiscoveryDialogs` holds the one dialog about discovery that may be open. */
export const { Holder: DiscoveryDialogs, useOpen: useOpenDiscoveryDialog } =
  dialogHolder<DiscoveryDialog>(lazily(() => import('./discovery-dialog'), 'AnyDiscoveryDialog'));
