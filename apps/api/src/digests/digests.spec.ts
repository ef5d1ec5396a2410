import { Prepared, type Json } from '../prepared.fixture';
import { TellDigest } from './tell-digest';

const NEW = {
  name: 'network',
  recipients: ['ada@example.com', 'grace@example.org'],
  schedule: { every: 'weekly', weekday: 1, hour: 7, time_zone: 'Europe/Berlin' },
};

describe('digests', () => {
  let server: Prepared;
  beforeEach(async () => {
    server = await Prepared.open();
  });
  afterEach(() => server.close());

  const faults = ({ body }: { body: Json }): unknown =>
    (body['errors'] as { field: string }[] | undefined)?.map(({ field }) => field);

  it('are made with everything in them, changed, and deleted', async () => {
    const made = await server.send('POST', '/digests', NEW);
    expect(made).toMatchObject({
      status: 201,
      body: {
        ...NEW,
        filter: { vrf_ids: [], account_ids: [], pool_ids: [], tags: [] },
        severity: null,
        sections: ['findings', 'leases', 'forecasts'],
        send_empty: false,
        enabled: true,
        mail_set_up: true,
        last_sent_at: null,
        last_error: null,
        version: 1,
      },
    });
    expect(new Date(String(made.body['next_at'])).getTime()).toBeGreaterThan(Date.now());
    const path = `/digests/${String(made.body['id'])}`;
    const wish = { sections: ['forecasts', 'leases'], severity: 'critical', enabled: false };
    expect((await server.send('PATCH', path, wish)).body).toMatchObject({
      sections: ['leases', 'forecasts'],
      severity: 'critical',
      enabled: false,
      next_at: null,
      version: 2,
    });
    expect((await server.send('PATCH', path, { severity: null })).body).toMatchObject({
      severity: null,
      version: 3,
    });
    expect((await server.send('PATCH', path, { severity: null })).body).toMatchObject({
      version: 3,
    });
    expect((await server.send('DELETE', path)).status).toBe(200);
    expect((await server.send('GET', path)).body).toMatchObject({ code: 'digest_not_found' });
  });

  it('are sent a test once for each idempotency key', async () => {
    const id = await server.digest('network');
    const sent = jest.spyOn(server.app.get(TellDigest), 'test');
    const test = (key: string): ReturnType<typeof server.send> =>
      server.send('POST', `/digests/${id}/test`, undefined, undefined, key);
    const first = await test('one');
    expect(await test('one')).toEqual(first);
    expect(sent).toHaveBeenCalledTimes(1);
    await test('two');
    expect(sent).toHaveBeenCalledTimes(2);
  });

  it('have a name that no other has', async () => {
    await server.digest('network');
    expect((await server.send('POST', '/digests', NEW)).body).toMatchObject({ code: 'name_taken' });
    const other = await server.digest('other');
    expect(
      (await server.send('PATCH', `/digests/${other}`, { name: 'network' })).body,
    ).toMatchObject({ code: 'name_taken' });
  });

  it.each<[Json, string]>([
    [{ recipients: [] }, 'recipients'],
    [{ recipients: Array.from({ length: 51 }, (_, at) => `a${at}@example.com`) }, 'recipients'],
    [{ recipients: ['a@example.com\r\nBcc: b@example.com'] }, 'recipients.0'],
    [{ recipients: ['a@example.com', 'A@example.com'] }, 'recipients.1'],
    [{ recipients: ['a@bücher.example', 'a@xn--bcher-kva.example'] }, 'recipients.1'],
    [{ recipients: ['ädä@example.com'] }, 'recipients.0'],
    [{ sections: [] }, 'sections'],
    [{ schedule: { ...NEW.schedule, time_zone: 'Europe/Nowhere' } }, 'schedule.time_zone'],
    [{ schedule: { ...NEW.schedule, time_zone: '+01:00' } }, 'schedule.time_zone'],
    [{ schedule: { ...NEW.schedule, every: 'daily' } }, 'schedule.weekday'],
    [{ schedule: { every: 'weekly', hour: 7, time_zone: 'UTC' } }, 'schedule.weekday'],
    [{ schedule: { ...NEW.schedule, hour: 24 } }, 'schedule.hour'],
    [{ schedule: { ...NEW.schedule, weekday: 0 } }, 'schedule.weekday'],
  ])('are not made with %j', async (wrong, field) => {
    const answer = await server.send('POST', '/digests', { ...NEW, ...wrong });
    expect([answer.status, faults(answer)]).toEqual([400, [field]]);
  });

  it('show what they would send, and send it to be looked at', async () => {
    await server.pool('10.20.0.0/16', {
      name: '<b>lab</b>',
      expires_at: new Date(Date.now() + 86_400_000).toISOString(),
    });
    const id = await server.digest();
    const preview = await server.send('GET', `/digests/${id}/preview`);
    expect(preview.body).toMatchObject({
      subject: 'CloudPAM morning: 1 lease ends',
      text: expect.stringContaining('- 10.20.0.0/16 <b>lab</b>'),
      html: expect.stringContaining('10.20.0.0/16 &lt;b&gt;lab&lt;/b&gt;'),
    });
    const test = await server.send('POST', `/digests/${id}/test`);
    expect(test).toMatchObject({
      status: 200,
      body: { sent: false, refused: [], error: expect.stringContaining('ECONNREFUSED') },
    });
  });

  it('show also what is long', async () => {
    const expires_at = new Date(Date.now() + 86_400_000).toISOString();
    for (let at = 0; at < 20; at++)
      await server.pool(`10.${at}.0.0/16`, { name: `${at}${'&'.repeat(198)}`, expires_at });
    const { body } = await server.send('GET', `/digests/${await server.digest()}/preview`);
    expect(String(body['html']).length).toBeGreaterThan(20_000);
  });

  it('tell the log of recipients how many there are, and not who', async () => {
    const { body } = await server.send('POST', '/digests', NEW);
    const path = `/digests/${String(body['id'])}`;
    await server.send('PATCH', path, { recipients: ['joan@example.com', 'mary@example.org'] });
    const trail = await server.send('GET', '/audit?entity_type=digest');
    const items = trail.body['items'] as Json[];
    expect(items.map(({ action }) => action)).toEqual(['digest.update', 'digest.create']);
    expect(JSON.stringify(trail.body)).not.toMatch(/ada|grace|joan|mary/);
  });

  it('are for administrators', async () => {
    const id = await server.digest();
    const { body } = await server.send('POST', '/tokens', { name: 'e', role: 'editor' });
    const token = String(body['secret']);
    for (const [method, url] of [
      ['GET', '/digests'],
      ['GET', `/digests/${id}/preview`],
      ['POST', `/digests/${id}/test`],
    ] as const)
      expect((await server.send(method, url, undefined, token)).status).toBe(403);
  });
});
