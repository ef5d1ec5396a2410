import type { Transporter } from 'nodemailer';
import { DigestError, type Sent } from '@cloudpam/digests';
import type { MailSettings } from '../config/mail-settings';

/** A mail with the same content twice. */
export interface Mail {
  readonly recipients: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The left part of the Message-ID. */
  readonly id: string;
}

const CONNECT_MS = 10_000;
/** Servers look for spam before they say that they have taken a mail. */
const ANSWER_MS = 30_000;

/** Sends mail by SMTP, where the settings say by which server. */
export class Mailer {
  private transport: Promise<Transporter> | undefined;

  constructor(private readonly settings: MailSettings | undefined) {}

  /** Whether mail can be sent at all. */
  get isSetUp(): boolean {
    return this.settings !== undefined;
  }

  /**
   * Sends a mail to all of its recipients, none of whom sees the others.
   * @throws DigestError `mail_not_set_up`
   * @throws Error that says why the server has not taken it for anybody
   */
  async send({ recipients, subject, text, html, id }: Mail): Promise<Sent> {
    const { settings } = this;
    if (!settings)
      throw new DigestError(
        'mail_not_set_up',
        'The server sends no mail: set SMTP_URL and SMTP_FROM.',
      );
    const { from } = settings;
    const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
    try {
      const transport = await this.opened(settings);
      const { rejectedErrors = [] } = (await transport.sendMail({
        from,
        to: 'undisclosed-recipients:;',
        envelope: { from: from.address, to: [...recipients] },
        subject,
        text,
        html,
        messageId: `<${id}@${domain}>`,
        // No vacation note answers it (RFC 3834).
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      })) as { rejectedErrors?: readonly { recipient?: string; response?: string }[] };
      return {
        refused: rejectedErrors.map(({ recipient = '', response = 'refused' }) =>
          this.withoutPassword(`${recipient}: ${response}`),
        ),
      };
    } catch (error) {
      throw this.told(error);
    }
  }

  /**
   * Connects to the mail server and logs in, and sends nothing.
   * @throws Error that says why the server takes no mail
   */
  async check(): Promise<void> {
    try {
      if (this.settings) await (await this.opened(this.settings)).verify();
    } catch (error) {
      throw this.told(error);
    }
  }

  private opened(settings: MailSettings): Promise<Transporter> {
    return (this.transport ??= transportOf(settings));
  }

  private told(error: unknown): Error {
    const text = error instanceof Error ? error.message : String(error);
    return new Error(this.withoutPassword(text), { cause: error });
  }

  /** Some servers repeat what they were told. */
  private withoutPassword(text: string): string {
    const { login } = this.settings ?? {};
    if (!login) return text;
    const secrets = [login.password, Buffer.from(login.password).toString('base64')];
    return secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
  }
}

async function transportOf({
  host,
  port,
  isSecure,
  login,
  ca,
}: MailSettings): Promise<Transporter> {
  // Loaded by those alone who send mail.
  const { createTransport } = await import('nodemailer');
  return createTransport({
    host,
    port,
    secure: isSecure,
    // A password goes through TLS, or nowhere.
    requireTLS: login !== undefined && !isSecure,
    ...(login && { auth: { user: login.user, pass: login.password } }),
    ...(ca !== undefined && { tls: { ca } }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: ANSWER_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}
