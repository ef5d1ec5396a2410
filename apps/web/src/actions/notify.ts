import { notifications } from '@mantine/notifications';

/** Tells that something was done. */
export function notifyDone(message: string): void {
  notifications.show({ message, color: 'teal', autoClose: 4000, withBorder: true });
}

/** Tells that something was refused, where there is no dialog to say so. */
export function notifyFailed(error: Error): void {
  notifications.show({
    title: 'That did not work',
    message: error.message,
    color: 'red',
    autoClose: 10_000,
    withBorder: true,
  });
}
