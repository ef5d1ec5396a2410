import { describeWith } from '../counterpart';
import { eventually } from '../eventually';
import { MailServer } from '../open-mail-server';
import { setDigestDue } from '../set-digest-due';
import { startServer, type Server } from '../start-server';
import { POSTGRES, type Database } from '../storages';

const SERVERS = 3;
const DIGESTS = 7;
const DAY_MS = 86_400_000;
/** What a killed server holds comes to another one in that time, with room for a slow machine. */
const TAKEN_OVER_MS = 90_000;
jest.setTimeout(240_000);

interface Digest {
  readonly id: number;
  readonly name: string;
  readonly next_at: string;
  readonly last_sent_at: string | null;
  readonly last_error: string | null;
}

describeWith('aiosmtpd', `digests of ${SERVERS} server processes on one PostgreSQL`, (home) => {
  let mail: MailServer;
  let database: Database;
  let servers: Server[] = [];

  beforeAll(async () => {
    [mail, database] = [await MailServer.open(home), await POSTGRES.open()];
    const start = (): Promise<Server> => startServer(database.url, mail.settings);
    // The first one brings the database up to date.
    servers = [await start()];
    servers.push(...(await Promise.all(Array.from({ length: SERVERS - 1 }, start))));
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await mail.close();
    await database.remove();
  });

  it('come to each recipient under one Message-ID each, also where one process is killed as it sends', async () => {
    const [killed, ...others] = servers as [Server, Server, Server];
    const [{ api }] = others as [Server, Server];
    const release = mail.hold();
    for (let at = 1; at <= DIGESTS; at++) {
      const made = await api.expect(
        201,
        api.post<Digest>('/digests', {
          name: `digest-${at}`,
          recipients: [`ada-${at}@example.com`, 'grace@example.org'],
          schedule: { every: 'daily', hour: new Date().getUTCHours(), time_zone: 'UTC' },
          send_empty: true,
        }),
      );
      await setDigestDue(database.url, made.id, new Date(Date.parse(made.next_at) - DAY_MS));
    }
    // Each process sends one after the other, so each of them has one under way now.
    await eventually('each process to send', async () => mail.taken.length === SERVERS);
    await killed.kill();
    servers = others;
    release();
    let digests: readonly Digest[] = [];
    await eventually(
      'all digests to be sent',
      async () => {
        const told = await api.expect(200, api.get<{ items: Digest[] }>('/digests?page_size=100'));
        digests = told.items;
        return digests.every((each) => each.last_sent_at !== null);
      },
      TAKEN_OVER_MS,
    );
    expect(digests.map(({ last_error: why }) => why)).toEqual(Array(DIGESTS).fill(null));
    const mailsOf = (name: string) =>
      mail.taken.filter(({ headers }) => headers['subject']?.includes(`${name}:`));
    for (const { name } of digests) {
      const mails = mailsOf(name);
      expect(new Set(mails.map(({ headers }) => headers['message-id'])).size).toBe(1);
      const at = name.replace('digest-', '');
      for (const { to } of mails)
        expect(to).toEqual([`ada-${at}@example.com`, 'grace@example.org']);
    }
    // The mail server has answered two of three; what it had of the killed one came again.
    const counts = digests.map(({ name }) => mailsOf(name).length).sort();
    expect(counts).toEqual([...Array<number>(DIGESTS - 1).fill(1), 2]);
    const { items } = await api.expect(
      200,
      api.get<{ items: { entity_id: string }[] }>('/audit?action=digest.send&page_size=500'),
    );
    expect(items.map(({ entity_id: id }) => Number(id)).sort()).toEqual(
      digests.map(({ id }) => id).sort(),
    );
  });
});
