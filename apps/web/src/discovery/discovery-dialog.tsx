import type { DialogContentProps } from '../actions/dialog-holder';
import { DecisionDialog } from './decision-dialog';
import type { DiscoveryDialog } from './discovery-dialogs';
import { IsolateDialog } from './isolate-dialog';

/** The dialog that was asked for. */
export function AnyDiscoveryDialog({ dialog, onClose }: DialogContentProps<DiscoveryDialog>) {
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
