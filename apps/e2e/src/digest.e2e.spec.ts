import { describeWith } from './counterpart';
import { eventually } from './eventually';
import { MAIL_PASSWORD, MailServer, type TakenMail } from './open-mail-server';
import { runCli } from './run-cli';
import { startServer, type Server } from './start-server';
import { SQLITE, type Database } from './storages';
import { setDigestDue } from './set-digest-due';

const DAY_MS = 86_400_000;
const HOSTILE = `<b onclick="x()">'Q&A'</b>\u202e`;
jest.setTimeout(180_000);

interface Digest {
  readonly id: number;
  readonly next_at: string;
  readonly last_sent_at: string | null;
  readonly last_error: string | null;
}
interface Entry {
  readonly action: string;
}

describeWith('aiosmtpd', 'digests by a real mail server', (home) => {
  let mail: MailServer;
  let database: Database;
  let server: Server;
  let digest: Digest;

  const start = async (settings: Record<string, string>): Promise<void> => {
    server = await startServer(database.url, {
      PUBLIC_URL: 'https://ipam.example.com',
      ...settings,
    });
  };
  const read = (): Promise<Digest> =>
    server.api.expect(200, server.api.get<Digest>(`/digests/${digest.id}`));
  const entries = async (action: string): Promise<number> => {
    const { items } = await server.api.expect(
      200,
      server.api.get<{ items: Entry[] }>(`/audit?action=${action}`),
    );
    return items.length;
  };
  /** Has the digest be due since the times of three days. */
  const overdue = async (): Promise<void> => {
    await server.stop();
    const [due] = [3, 2, 1].map((days) => new Date(Date.parse(digest.next_at) - days * DAY_MS));
    await setDigestDue(database.url, digest.id, due ?? new Date());
  };

  beforeEach(async () => {
    mail = await MailServer.open(home);
    database = await SQLITE.open();
    await start({});
    await server.api.expect(
      201,
      server.api.post('/pools', {
        name: HOSTILE,
        cidr: '10.20.0.0/16',
        expires_at: new Date(Date.now() + 5 * DAY_MS).toISOString(),
      }),
    );
    digest = await server.api.expect(
      201,
      server.api.post<Digest>('/digests', {
        name: 'network-daily',
        recipients: ['ada@example.com', 'grace@example.org'],
        schedule: { every: 'daily', hour: new Date().getUTCHours(), time_zone: 'UTC' },
      }),
    );
  });
  afterEach(async () => {
    await server.stop();
    await mail.close();
    await database.remove();
  });

  it('come once for all days that were missed, as text and HTML, through TLS', async () => {
    await overdue();
    await start(mail.settings);
    await eventually('the digest to be sent', async () => (await read()).last_sent_at !== null);
    expect(mail.taken).toHaveLength(1);
    const [taken] = mail.taken as [TakenMail];
    expect(taken).toMatchObject({
      tls: true,
      authenticated: true,
      from: 'pam@example.com',
      to: ['ada@example.com', 'grace@example.org'],
      type: 'multipart/alternative',
      headers: {
        from: 'CloudPAM <pam@example.com>',
        to: 'undisclosed-recipients:;',
        subject: 'CloudPAM network-daily: 1 lease ends',
        'auto-submitted': 'auto-generated',
      },
    });
    const due = Date.parse(digest.next_at) - DAY_MS;
    expect(taken.headers['message-id']).toMatch(
      new RegExp(`^<digest-${digest.id}-\\w+\\.${due / 1_000}@example\\.com>$`),
    );
    const day = new Date(Date.now() + 5 * DAY_MS).toISOString().slice(0, 10);
    expect(taken.plain).toContain(`- 10.20.0.0/16 <b onclick="x()">'Q&A'</b>\n`);
    expect(taken.plain).toContain(`its lease ends on ${day}`);
    expect(taken.plain).toContain('https://ipam.example.com/pools/1');
    expect(taken.html).toContain('href="https://ipam.example.com/pools/1"');
    expect(taken.html).toContain('&lt;b onclick=&quot;x()&quot;&gt;&#39;Q&amp;A&#39;&lt;/b&gt;');
    expect(taken.html).not.toContain('<b onclick');
    expect(await read()).toMatchObject({ next_at: digest.next_at, last_error: null });
    expect(await entries('digest.send')).toBe(1);
    expect(server.output()).not.toContain(encodeURIComponent(MAIL_PASSWORD));
  });

  it('come again under the same Message-ID after a server was killed before it could note that', async () => {
    await overdue();
    const release = mail.hold();
    await start(mail.plainSettings);
    await eventually('the mail', async () => mail.taken.length === 1);
    await server.kill();
    release();
    await start(mail.plainSettings);
    await eventually('the digest to be sent', async () => (await read()).last_sent_at !== null);
    expect(mail.taken).toHaveLength(2);
    expect(new Set(mail.taken.map(({ headers }) => headers['message-id'])).size).toBe(1);
    expect(await entries('digest.send')).toBe(1);
  });

  it('are sent to be looked at, and tell who was refused', async () => {
    await server.stop();
    await start(mail.settings);
    const recipients = ['ada@example.com', 'nobody@example.com'];
    const path = `/digests/${digest.id}`;
    await server.api.expect(200, server.api.patch(path, { recipients }));
    const told = await server.api.expect(200, server.api.post(`${path}/test`));
    expect(told).toEqual({
      sent: true,
      refused: [expect.stringMatching(/^nobody@example\.com: 550 /)],
      error: null,
    });
    expect(mail.taken.map(({ to, headers }) => [to, headers['subject']])).toEqual([
      [['ada@example.com'], '[Test] CloudPAM network-daily: 1 lease ends'],
    ]);
    expect((await read()).last_sent_at).toBeNull();
  });

  it('have a mail server that the doctor has looked at', async () => {
    const found = async (settings: Record<string, string>): Promise<string> =>
      (await runCli({ DATABASE_URL: database.url, ...settings }, ['doctor'])).output;
    expect(await found(mail.settings)).toMatch(/mail.*localhost:\d+ answers/);
    const wrong = { ...mail.settings, SMTP_TLS_CA: '' };
    expect(await found(wrong)).toMatch(/mail.*localhost:\d+ takes no mail: .*certificate/);
    expect(mail.taken).toEqual([]);
  });

  it('are not sent with a wrong password, or to a server that nobody knows, and say why', async () => {
    const path = `/digests/${digest.id}/test`;
    for (const [settings, why] of [
      [{ ...mail.settings, SMTP_TLS_CA: '' }, /certificate/],
      [
        {
          ...mail.settings,
          SMTP_URL: mail.settings['SMTP_URL']?.replace(/:[^:@/]+@/, ':wr0ng-one@') ?? '',
        },
        /535/,
      ],
      [
        {
          ...mail.plainSettings,
          SMTP_URL: mail.plainSettings['SMTP_URL']?.replace('//', '//a:wr0ng-one@') ?? '',
        },
        /TLS/i,
      ],
    ] as const) {
      await server.stop();
      await start(settings);
      const told = await server.api.expect(
        200,
        server.api.post<{ sent: boolean; error: string }>(path),
      );
      expect(told).toMatchObject({ sent: false, error: expect.stringMatching(why) });
      expect(JSON.stringify(told) + server.output()).not.toContain('wr0ng-one');
    }
    expect(mail.taken).toEqual([]);
  });
});
