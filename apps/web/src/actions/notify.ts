import { notifications } from '@mantine/notifications';

/** Tells that something was done. */
export function notifyDone(message: string): void {
  notifications.show({ message, color: 'teal', autoClose: 4000, withBorder: true });
}
