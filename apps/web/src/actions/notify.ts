import type { NotificationData } from '@mantine/notifications';

/** Shows a notice over the page; what shows it comes to the browser then. */
export function notify(notice: NotificationData): void {
  void import('@mantine/notifications').then(({ notifications }) =>
    notifications.show({ closeButtonProps: { 'aria-label': 'Close the notice' }, ...notice }),
  );
}

/** Tells that something was done. */
export function notifyDone(message: string): void {
  notify({ message, color: 'teal', autoClose: 4000, withBorder: true });
}

/** Tells that something was refused, where there is no dialog to say so. */
export function notifyFailed(error: Error): void {
  notify({
    title: 'That did not work',
    message: error.message,
    color: 'red',
    autoClose: 10_000,
    withBorder: true,
  });
}
