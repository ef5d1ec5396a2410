import { readFileSync } from 'node:fs';
import { mailAddress } from '@cloudpam/digests';

/** By which server mail is sent. */
export interface MailSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the beginning; else by STARTTLS, where the server has it. */
  readonly isSecure: boolean;
  /** Undefined where the server asks for none. They are sent through TLS alone. */
  readonly login: { readonly user: string; readonly password: string } | undefined;
  readonly from: { readonly name: string; readonly address: string };
  /** Certificates in PEM that the server's must be signed by; undefined: those that Node.js knows. */
  readonly ca: string | undefined;
}

const PORTS: Readonly<Record<string, number>> = { 'smtp:': 587, 'smtps:': 465 };
const NAME_AND_ADDRESS = /^(?:"?([^"<>]*?)"?\s*<([^<>]+)>|([^<>]+))$/;

/** What is wrong with a setting is added to `mistakes`. @returns undefined where no mail is sent */
export function readMail(env: NodeJS.ProcessEnv, mistakes: string[]): MailSettings | undefined {
  const of = (name: string): string => (env[name] ?? '').trim();
  const [url, from, file] = [of('SMTP_URL'), of('SMTP_FROM'), of('SMTP_TLS_CA')];
  if (url === '' && from === '' && file === '') return undefined;
  if (url === '' || from === '') {
    mistakes.push(
      file !== '' && url === '' && from === ''
        ? 'SMTP_TLS_CA needs SMTP_URL and SMTP_FROM'
        : 'SMTP_URL and SMTP_FROM go together',
    );
    return undefined;
  }
  const server = serverOf(url);
  // It may hold a password, and is not repeated.
  if (!server)
    mistakes.push(
      'SMTP_URL must be smtp://[USER:PASSWORD@]HOST[:PORT] or smtps://..., with what is special in the password as %XX',
    );
  const sender = senderOf(from);
  if (!sender)
    mistakes.push(`SMTP_FROM must be an e-mail address, or NAME <ADDRESS>, not "${from}"`);
  const ca = file === '' ? undefined : certificatesIn(file, mistakes);
  return server && sender && { ...server, from: sender, ca };
}

function serverOf(url: string): Omit<MailSettings, 'from' | 'ca'> | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(url);
  const usual = PORTS[protocol];
  const isBare = /^\/?$/.test(pathname) && search === '' && hash === '';
  if (usual === undefined || hostname === '' || !isBare) return undefined;
  if ((username === '') !== (password === '')) return undefined;
  try {
    const login = { user: decodeURIComponent(username), password: decodeURIComponent(password) };
    return {
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? usual : Number(port),
      isSecure: protocol === 'smtps:',
      login: username === '' ? undefined : login,
    };
  } catch {
    return undefined;
  }
}

function senderOf(text: string): MailSettings['from'] | undefined {
  const [, name = '', inBrackets, bare] = NAME_AND_ADDRESS.exec(text) ?? [];
  const address = mailAddress(inBrackets ?? bare ?? '');
  // eslint-disable-next-line no-control-regex -- which a header must not have
  if (address === undefined || name.length > 100 || /[\u0000-\u001f\u007f]/.test(name))
    return undefined;
  return { name, address };
}

function certificatesIn(file: string, mistakes: string[]): string | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
    mistakes.push(`SMTP_TLS_CA: ${file} has no certificate in PEM`);
  } catch (error) {
    mistakes.push(`SMTP_TLS_CA: ${file} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
  return undefined;
}
