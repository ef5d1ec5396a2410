import { createContext, useCallback, useContext, useState } from 'react';
import type { ReactNode } from 'react';
import { useLocation } from 'react-router';
import type { Decision, Resource, ResourceFindingType } from '../api/wire-discovery';
import { DecisionDialog } from './decision-dialog';
import { IsolateDialog } from './isolate-dialog';
import type { IsolatedNetwork } from './isolate-dialog';

/** A dialog about what was discovered. */
export type DiscoveryDialog =
  | {
      readonly type: 'decide';
      readonly decision: Decision;
      readonly resources: readonly Resource[];
      readonly findings?: readonly ResourceFindingType[];
      readonly onDone?: () => void;
    }
  | { readonly type: 'isolate'; readonly network: IsolatedNetwork; readonly into: 'new' | 'existing' };

const Context = createContext<(dialog: DiscoveryDialog) => void>(() => undefined);

/** Opens a dialog about what was discovered, over whatever page is shown. */
export function useOpenDiscoveryDialog(): (dialog: DiscoveryDialog) => void {
  return useContext(Context);
}

/** Holds the one dialog about discovery that may be open: it outlives the row that opened it. */
export function DiscoveryDialogs({ children }: { children: ReactNode }) {
  const { pathname } = useLocation();
  const [opened, setOpened] = useState<{ dialog: DiscoveryDialog; pathname: string } | undefined>();
  const open = useCallback((dialog: DiscoveryDialog) => setOpened({ dialog, pathname }), [pathname]);
  const close = (): void => setOpened(undefined);
  return (
    <Context value={open}>
      {children}
      {opened?.pathname === pathname && dialogElement(opened.dialog, close)}
    </Context>
  );
}

function dialogElement(dialog: DiscoveryDialog, onClose: () => void): ReactNode {
  if (dialog.type === 'isolate') return <IsolateDialog network={dialog.network} into={dialog.into} onClose={onClose} />;
  const { decision, resources, findings, onDone = () => undefined } = dialog;
  return <DecisionDialog decision={decision} resources={resources} findings={findings} onDone={onDone} onClose={onClose} />;
}
