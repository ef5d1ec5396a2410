import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './free-port';

const FIXTURES = path.join(__dirname, '../fixtures');
/** What the mail server asks for. */
export const MAIL_USER = 'pam@example.com';
export const MAIL_PASSWORD = 'p@ss/w:rd?';

/** A mail as the server has taken it. */
export interface TakenMail {
  readonly tls: boolean;
  readonly authenticated: boolean;
  readonly from: string;
  readonly to: readonly string[];
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly type: string;
  readonly plain: string;
  readonly html: string;
}

/** A real mail server beside the test. It refuses `nobody@`. */
export class MailServer {
  readonly taken: TakenMail[] = [];
  /** Settings of a server that sends by it, with a login through TLS. */
  readonly settings: Record<string, string>;
  /** The same without both. */
  readonly plainSettings: Record<string, string>;

  private constructor(
    ports: readonly [number, number],
    private readonly folder: string,
    private readonly stop: () => Promise<void>,
  ) {
    const login = [MAIL_USER, MAIL_PASSWORD].map(encodeURIComponent).join(':');
    const SMTP_FROM = 'CloudPAM <pam@example.com>';
    this.settings = {
      SMTP_URL: `smtp://${login}@localhost:${ports[0]}`,
      SMTP_FROM,
      SMTP_TLS_CA: path.join(FIXTURES, 'tls/server-ca.crt'),
    };
    this.plainSettings = { SMTP_URL: `smtp://127.0.0.1:${ports[1]}`, SMTP_FROM };
  }

  /** Starts it from the folder of the counterpart, and waits until it listens. */
  static async open(home: string): Promise<MailServer> {
    const ports = [await freePort(), await freePort()] as const;
    const folder = mkdtempSync(path.join(tmpdir(), 'cloudpam-mail-'));
    const child = spawn(
      path.join(home, 'bin/python'),
      [
        path.join(FIXTURES, 'smtp-server.py'),
        ...ports.map(String),
        folder,
        path.join(FIXTURES, 'tls/server.crt'),
        path.join(FIXTURES, 'tls/server.key'),
        MAIL_USER,
        MAIL_PASSWORD,
      ],
      { env: { PATH: process.env['PATH'] }, stdio: ['pipe', 'pipe', 'pipe'] },
    );
    let output = '';
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const ended = once(child, 'exit');
    const server = new MailServer(ports, folder, async () => {
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true });
    });
    await new Promise<void>((resolve, reject) => {
      createInterface(child.stdout).on('line', (line) => {
        if (line === 'ready') resolve();
        else server.taken.push(JSON.parse(line) as TakenMail);
      });
      void ended.then(() => reject(new Error(`the mail server ended:\n${output}`)));
    });
    return server;
  }

  /** Has it keep its answers to itself from now on. @returns ends that */
  hold(): () => void {
    const file = path.join(this.folder, 'hold');
    writeFileSync(file, '');
    return () => rmSync(file);
  }

  close(): Promise<void> {
    return this.stop();
  }
}
