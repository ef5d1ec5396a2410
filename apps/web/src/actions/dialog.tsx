import { Modal } from '@mantine/core';
import type { ModalProps } from '@mantine/core';
import { useEffect, useState } from 'react';

/**
 * A dialog that is open as long as it is there. When it goes, the focus is again where it was
 * before.
 */
export function Dialog(props: Omit<ModalProps, 'opened'>) {
  const [opener] = useState(openerOf);
  // What waits until the dialog has left the page, so that its focus trap does not take the focus
  // back.
  useEffect(() => () => void setTimeout(() => returnFocus(opener)), [opener]);
  return (
    <Modal
      opened
      returnFocus={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
      // The header of a dialog is not that of the page.
      attributes={{ header: { role: 'none' } }}
      {...props}
    />
  );
}

/** What has the focus; for an item of a menu, which goes with its menu, what opened the menu. */
function openerOf(): Element | null {
  const focused = document.activeElement;
  const menu = focused?.closest('[role="menu"]');
  return menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : focused;
}

function returnFocus(opener: Element | null): void {
  if (document.querySelector('[role="dialog"]')) return; // Another dialog has taken over.
  const fallback = document.querySelector('[role="treegrid"]') ?? document.querySelector('main');
  const target =
    opener instanceof HTMLElement && opener.isConnected && opener !== document.body
      ? opener
      : fallback;
  if (!(target instanceof HTMLElement)) return;
  if (target.tagName === 'MAIN') target.tabIndex = -1;
  target.focus({ preventScroll: true });
}
