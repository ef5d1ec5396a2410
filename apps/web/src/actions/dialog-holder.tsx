import { createContext, Suspense, useCallback, useContext, useState } from 'react';
import type { ComponentType, ReactNode } from 'react';
import { useLocation } from 'react-router';

/** What shows a dialog of a kind. */
export interface DialogContentProps<Dialog> {
  readonly dialog: Dialog;
  readonly onClose: () => void;
}

/**
 * Makes a holder for the one dialog of a kind that may be open, and the hook that opens it over
 * whatever page is shown. The dialog outlives the row that opened it, and ends with the page.
 */
export function dialogHolder<Dialog>(Content: ComponentType<DialogContentProps<Dialog>>) {
  const Context = createContext<(dialog: Dialog) => void>(() => undefined);
  function Holder({ children }: { children: ReactNode }) {
    const { pathname } = useLocation();
    const [opened, setOpened] = useState<{ dialog: Dialog; pathname: string } | undefined>();
    const open = useCallback((dialog: Dialog) => setOpened({ dialog, pathname }), [pathname]);
    return (
      <Context value={open}>
        {children}
        {/* A link inside a dialog leaves the dialog behind. */}
        {opened?.pathname === pathname && (
          <Suspense>
            <Content dialog={opened.dialog} onClose={() => setOpened(undefined)} />
          </Suspense>
        )}
      </Context>
    );
  }
  const useOpen = (): ((dialog: Dialog) => void) => useContext(Context);
  return { Holder, useOpen };
}
