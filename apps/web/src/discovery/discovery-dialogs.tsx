import type { Schemas } from '@cloudpam/api-client';
import type { ReactNode } from 'react';
import { dialogHolder } from '../actions/dialog-holder';
import { DecisionDialog } from './decision-dialog';
import { IsolateDialog } from './isolate-dialog';
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

function dialogElement(dialog: DiscoveryDialog, onClose: () => void): ReactNode {
  if (dialog.type === 'isolate')
    return <IsolateDialog network={dialog.network} into={dialog.into} onClose={onClose} />;
  const { decision, resources, findings, onDone = () => undefined } = dialog;
  return (
    <DecisionDialog
      decision={decision}
      resources={resources}
      findings={findings}
      onDone={onDone}
      onClose={onClose}
    />
  );
}

/** `DiscoveryDialogs` holds the one dialog about discovery that may be open. */
export const { Holder: DiscoveryDialogs, useOpen: useOpenDiscoveryDialog } =
  dialogHolder(dialogElement);
