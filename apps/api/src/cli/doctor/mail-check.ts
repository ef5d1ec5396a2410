import type { Finding } from '@cloudpam/storage-typeorm';
import type { MailSettings } from '../../config/mail-settings';
import { Mailer } from '../../digests/mailer';
import { messageOf } from './diagnosis';

/** Logs in to the mail server, and sends nothing. */
export async function checkMail(settings: MailSettings): Promise<Finding> {
  const name = `${settings.host}:${settings.port}`;
  try {
    await new Mailer(settings).check();
    return { level: 'ok', found: `${name} answers` };
  } catch (error) {
    const found = `${name} takes no mail: ${messageOf(error)}`;
    return { level: 'fault', found, advice: 'see SMTP_URL and SMTP_TLS_CA' };
  }
}
