import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SealAudit } from '@cloudpam/audit';
import { DeliverWebhooks } from '@cloudpam/events';
import { BootstrapToken } from '@cloudpam/identity';
import { Webhook as Verifier } from 'standardwebhooks';
import { readConfig } from '../config/config';
import { createApp } from '../create-app';
import { memoryStorage, type Storage } from '../storage/storage';
import { TellWebhook } from './tell-webhook';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
type Json = Readonly<Record<string, unknown>>;

describe('webhooks', () => {
  let receiver: Server;
  let url = '';
  let received: Received[] = [];
  let status = 200;
  let app: NestFastifyApplication;
  let storage: Storage;
  let token = '';
  let dispatcher: DeliverWebhooks;

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      let body = '';
      request
        .on('data', (chunk: Buffer) => (body += chunk.toString('utf8')))
        .on('end', () => {
          received.push({ headers: request.headers, body });
          response.writeHead(status).end('heard');
        });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`; // it listens on a port
  });
  afterAll(async () => {
    receiver.closeAllConnections();
    await new Promise((resolve) => receiver.close(resolve));
  });
  const open = async (env: NodeJS.ProcessEnv = {}): Promise<void> => {
    storage = memoryStorage();
    app = await createApp(
      readConfig({
        DATABASE_URL: 'memory:',
        LOG_LEVEL: 'silent',
        CLOUDPAM_SECRET_KEY: 'k'.repeat(32),
        WEBHOOK_ALLOW: '127.0.0.0/8',
        PUBLIC_URL: 'https://ipam.example.com',
        ...env,
      }),
      storage,
    );
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    token = (await app.get(BootstrapToken).execute(new Date(), undefined)) ?? '';
    const teller = app.get(TellWebhook);
    dispatcher = new DeliverWebhooks(storage.unitOfWork, {
      send: (webhook, event) => teller.tell(webhook, event),
      holder: 'test',
      now: () => new Date(),
      random: () => 0,
      onError: (error) => {
        throw error;
      },
    });
  };
  beforeEach(async () => {
    [received, status] = [[], 200];
    await open();
  });
  afterEach(async () => {
    await app.close();
    await storage.close();
  });

  const send = async (
    method: string,
    path: string,
    payload?: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ status: number; body: Json; headers: Readonly<Record<string, unknown>> }> => {
    const answer = await app.inject({
      method: method as 'POST',
      url: `/api/v1${path}`,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(payload && { payload }),
    });
    return {
      status: answer.statusCode,
      body: answer.body === '' ? {} : answer.json<Json>(),
      headers: answer.headers,
    };
  };
  const made = async (more: Json = {}): Promise<{ id: number; secret: string }> => {
    const { body } = await send('POST', '/webhooks', { name: 'chat', url, ...more });
    return body as { id: number; secret: string }; // what the document says
  };
  const pool = (name: string, cidr: string): Promise<unknown> =>
    send('POST', '/pools', { name, cidr });
  const told = async (): Promise<void> => {
    await app.get(SealAudit).execute();
    await dispatcher.look();
    await dispatcher.idle();
  };
  const isFrom = ({ body, headers }: Received, secret: string): boolean => {
    try {
      new Verifier(secret).verify(body, headers as Record<string, string>);
      return true;
    } catch {
      return false;
    }
  };

  it('are told of what passes their filter as signed CloudEvents', async () => {
    const { secret } = await made({ filter: { types: ['pool.*'] } });
    await pool('office', '10.0.0.0/8');
    await told();
    expect(received).toHaveLength(1);
    const [event] = received as [Received];
    expect(event.headers).toMatchObject({
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'user-agent': 'CloudPAM',
    });
    expect(JSON.parse(event.body)).toMatchObject({
      specversion: '1.0',
      id: event.headers['webhook-id'],
      source: 'https://ipam.example.com',
      type: 'org.cloudpam.pool.create.v1',
      subject: 'pools/1',
      data: { after: { name: 'office', cidr: '10.0.0.0/8' } },
    });
    expect([isFrom(event, secret), isFrom({ ...event, body: `${event.body} ` }, secret)]).toEqual([
      true,
      false,
    ]);
  });

  it('give their secret once, and never again, also not to the same key', async () => {
    const key = { 'idempotency-key': 'once' };
    const first = await send('POST', '/webhooks', { name: 'chat', url }, key);
    expect(first).toMatchObject({ status: 201, body: { secret: /^whsec_/ as unknown } });
    const again = await send('POST', '/webhooks', { name: 'chat', url }, key);
    expect(again).toMatchObject({ status: 201, body: { secret: null, id: first.body['id'] } });
    const secret = String(first.body['secret']);
    const everything = [
      await send('GET', '/webhooks'),
      await send('GET', `/webhooks/${String(first.body['id'])}`),
      await send('GET', '/audit?page_size=500'),
      await storage.unitOfWork.read(({ webhooks }) => webhooks.all()),
    ];
    expect(JSON.stringify(everything)).not.toContain(secret.slice('whsec_'.length));
  });

  it('sign with both secrets for a day after a rotation', async () => {
    const { id, secret } = await made();
    const { body } = await send('POST', `/webhooks/${id}/rotate`);
    await pool('a', '10.0.0.0/8');
    await told();
    const [event] = received as [Received];
    expect([isFrom(event, secret), isFrom(event, String(body['secret']))]).toEqual([true, true]);
    expect(Date.parse(String(body['former_secret_until'])) - Date.now()).toBeGreaterThan(
      23 * 3_600_000,
    );
    await storage.unitOfWork.run(async ({ webhooks }) => {
      const webhook = await webhooks.lock(id);
      if (webhook) await webhooks.save({ ...webhook, formerUntil: new Date(Date.now() - 1) });
    });
    await pool('b', '11.0.0.0/8');
    await told();
    const last = received.at(-1) as Received;
    expect([isFrom(last, secret), isFrom(last, String(body['secret']))]).toEqual([false, true]);
  });

  it('are told again byte by byte, with the same ids', async () => {
    const { id } = await made({ filter: { types: ['pool.*'] } });
    for (const at of [1, 2, 3]) await pool(`p${at}`, `10.${at}.0.0/16`);
    await told();
    const first = received.splice(0);
    expect(first).toHaveLength(3);
    const { body } = await send('GET', `/webhooks/${id}`);
    const replay = { from_seq: 1, to_seq: body['seq'] };
    expect((await send('POST', `/webhooks/${id}/replay`, replay)).status).toBe(200);
    await told();
    expect(received.map((each) => [each.headers['webhook-id'], each.body])).toEqual(
      first.map((each) => [each.headers['webhook-id'], each.body]),
    );
    for (const wrong of [{}, { dead: true, from_seq: 1 }, { from_seq: 2, to_seq: 1 }])
      expect(await send('POST', `/webhooks/${id}/replay`, wrong)).toMatchObject({
        status: 400,
        body: { code: 'invalid_replay' },
      });
  });

  it('tell what became of each event', async () => {
    const { id } = await made({ filter: { types: ['pool.*'] } });
    status = 503;
    await pool('a', '10.0.0.0/8');
    await told();
    const list = (query = ''): Promise<{ body: Json }> =>
      send('GET', `/webhooks/${id}/deliveries${query}`);
    expect((await list()).body).toMatchObject({
      total: 1,
      items: [
        {
          type: 'pool.create',
          status: 'waiting',
          attempts: 1,
          http_status: 503,
          answer: 'heard',
          error: 'HTTP 503',
        },
      ],
    });
    expect((await list('?status=delivered')).body).toMatchObject({ total: 0, items: [] });
    expect((await send('GET', `/webhooks/${id}`)).body).toMatchObject({
      state: 'retrying',
      failure: 'HTTP 503',
      waiting: 1,
    });
    status = 410;
    await send('POST', `/webhooks/${id}/pause`);
    await send('POST', `/webhooks/${id}/resume`);
    await told();
    expect((await send('GET', `/webhooks/${id}`)).body).toMatchObject({
      state: 'paused',
      failure: 'It answers 410: it is gone.',
    });
  });

  it('are a finding while the server has paused them, for whoever may see webhooks', async () => {
    const { id } = await made({ filter: { types: ['pool.*'] } });
    await pool('office', '10.0.0.0/8');
    status = 410;
    await told();
    const as = async (more: Json): Promise<Record<string, string>> => {
      const { body } = await send('POST', '/tokens', {
        name: `as ${JSON.stringify(more)}`,
        ...more,
      });
      return { authorization: `Bearer ${String(body['secret'])}` };
    };
    const asked = async (headers?: Record<string, string>): Promise<unknown> => {
      const get = async (path: string): Promise<Json> =>
        (await send('GET', path, undefined, headers)).body;
      const { items, total } = await get('/discovery/findings?type=webhook_paused');
      const all = await get('/discovery/findings');
      const { findings } = await get('/discovery/status');
      const { webhooks } = await get('/dashboard');
      const count = (findings as Json)['webhook_paused'];
      return { items, totals: [total, all['total'], count], webhooks };
    };
    expect(await asked()).toMatchObject({
      items: [
        {
          ...{ id: `webhook_paused:${id}`, severity: 'warning', account_id: null, region: null },
          reason: 'it is told nothing until someone resumes it: It answers 410: it is gone.',
          webhook: { webhook_id: id, name: 'chat' },
        },
      ],
      totals: [1, 1, 1],
      webhooks: { paused: 1 },
    });
    const nothing = { items: [], totals: [0, 0, 0], webhooks: null };
    expect(await asked(await as({ role: 'viewer' }))).toEqual(nothing);
    expect(await asked(await as({ role: 'editor', pools: [1] }))).toEqual(nothing);
    await send('POST', `/webhooks/${id}/resume`);
    expect(await asked()).toEqual({ ...nothing, webhooks: { paused: 0 } });
    await send('POST', `/webhooks/${id}/pause`);
    expect(await asked()).toEqual({ ...nothing, webhooks: { paused: 0 } });
  });

  it('can be tested at once, and the log says so', async () => {
    const { id, secret } = await made();
    const { body } = await send('POST', `/webhooks/${id}/test`);
    expect(body).toMatchObject({ http_status: 200, answer: 'heard', error: null });
    const [event] = received as [Received];
    expect(isFrom(event, secret)).toBe(true);
    const after = { name: 'chat', origin: new URL(url).origin };
    expect(JSON.parse(event.body)).toMatchObject({
      ...{ type: 'org.cloudpam.webhook.test.v1', data: { after } },
    });
    expect((await send('GET', '/audit?action=webhook.test')).body).toMatchObject({ total: 1 });
  });

  it('are sent a test once for each idempotency key', async () => {
    const { id } = await made();
    const test = (key: string) =>
      send('POST', `/webhooks/${id}/test`, undefined, { 'idempotency-key': key });
    const first = await test('one');
    const again = await test('one');
    expect(received).toHaveLength(1);
    expect(again.body).toEqual(first.body);
    expect(again.headers).toMatchObject({ 'idempotency-replayed': 'true' });
    expect((await test('two')).headers).not.toHaveProperty('idempotency-replayed');
    expect(received).toHaveLength(2);
    expect((await send('GET', '/audit?action=webhook.test')).body).toMatchObject({ total: 2 });
  });

  it('show also what is long', async () => {
    const tags = Object.fromEntries(Array.from({ length: 64 }, (_, at) => [at, '"'.repeat(256)]));
    await send('POST', '/pools', { name: 'a', cidr: '10.0.0.0/8', tags });
    await app.get(SealAudit).execute();
    const shown = await send('POST', '/webhooks/preview', { filter: { types: ['pool.*'] } });
    expect(String(shown.body['body']).length).toBeGreaterThan(32_000);
  });

  it('show what would be sent, with the newest event that passes', async () => {
    await pool('a', '10.0.0.0/8');
    await pool('b <!here>', '11.0.0.0/8');
    await app.get(SealAudit).execute();
    const asked = { filter: { types: ['pool.*'] }, template: { kind: 'slack' } };
    expect((await send('POST', '/webhooks/preview', asked)).body).toMatchObject({
      event: { data: { after: { name: 'b <!here>' } } },
      content_type: 'application/json; charset=utf-8',
      body: '{"text":"pool.create: b &lt;!here&gt; (11.0.0.0/8), pools/2, by bootstrap."}',
    });
    const nothing = { filter: { types: ['vlan.*'] } };
    expect((await send('POST', '/webhooks/preview', nothing)).body).toEqual({
      event: null,
      content_type: null,
      body: null,
    });
    expect(received).toEqual([]);
  });

  it.each([
    ['{{#data.after}}{}{{/data.after}}', 'of a pool.delete'],
    ['{{#data.before}}{}{{/data.before}}', 'of a pool.create'],
    ['{{#data.before}}{{#data.after}}{}{{/data.after}}{{/data.before}}', 'of a pool.create'],
    ['{{#data.place.vrf_id}}{}{{/data.place.vrf_id}}', 'of a finding.open'],
  ])('refuse a template that makes no JSON of some event: %s', async (text, why) => {
    const template = { kind: 'custom', text };
    for (const [path, body] of [
      ['/webhooks', { name: 'a', url, template }],
      ['/webhooks/preview', { template }],
    ] as const)
      expect((await send('POST', path, body)).body).toMatchObject({
        code: 'invalid_template',
        detail: expect.stringContaining(why) as string,
      });
  });

  it('give up at once an event that their template makes no JSON of', async () => {
    const { id } = await made();
    await storage.unitOfWork.run(async ({ webhooks }) => {
      const webhook = await webhooks.get(id);
      const template = { kind: 'custom' as const, text: '{{#data.after}}{}{{/data.after}}' };
      if (webhook) await webhooks.save({ ...webhook, template });
    });
    const { body } = await send('POST', '/pools', { name: 'a', cidr: '10.0.0.0/8' });
    await send('DELETE', `/pools/${String(body['id'])}`);
    await told();
    expect((await send('GET', `/webhooks/${id}/deliveries?status=dead`)).body).toMatchObject({
      items: [
        { type: 'pool.delete', attempts: 1, error: expect.stringContaining('template') as string },
      ],
    });
  });

  it('keep the routing key of PagerDuty as a secret', async () => {
    const template = { kind: 'pagerduty', routing_key: 'R0UT1NGKEY' };
    expect(
      await send('POST', '/webhooks', { name: 'a', url, template: { kind: 'pagerduty' } }),
    ).toMatchObject({
      status: 400,
      body: { code: 'invalid_template' },
    });
    const { id } = await made({ template });
    await pool('a', '10.0.0.0/8');
    await told();
    expect(JSON.parse(String(received.at(-1)?.body))).toMatchObject({ routing_key: 'R0UT1NGKEY' });
    const all = [await send('GET', `/webhooks/${id}`), await send('GET', '/audit')];
    expect(JSON.stringify(all)).not.toContain('R0UT1NGKEY');
  });

  it.each<[string, Json, string]>([
    ['http://10.0.0.1/', {}, 'refused_url'],
    ['https://ada:secret@example.com/', {}, 'refused_url'],
    ['ftp://example.com/', {}, 'refused_url'],
    ['https://example.com/', { filter: { types: ['pool.explode'] } }, 'invalid_field'],
    ['https://example.com/', { template: { kind: 'custom' } }, 'invalid_template'],
    [
      'https://example.com/',
      { template: { kind: 'custom', text: '{{{id}}}' } },
      'invalid_template',
    ],
    ['https://example.com/', { template: { kind: 'slack', text: '{}' } }, 'invalid_template'],
    [
      'https://example.com/',
      { template: { kind: 'custom', text: '{{#data.after}}{}{{/data.after}}' } },
      'invalid_template',
    ],
  ])('are refused with %s and %j', async (to, more, code) => {
    expect(await send('POST', '/webhooks', { name: 'a', url: to, ...more })).toMatchObject({
      status: 400,
      body: { code },
    });
  });

  it('are changed by who knows their version, under a name of their own', async () => {
    const { id } = await made();
    await made({ name: 'other' });
    const got = await send('GET', `/webhooks/${id}`);
    const tag = { 'if-match': String(got.headers['etag']) };
    expect(await send('PATCH', `/webhooks/${id}`, { ordered: false }, tag)).toMatchObject({
      status: 200,
      body: { ordered: false, version: 2, name: 'chat' },
    });
    expect(await send('PATCH', `/webhooks/${id}`, { name: 'b' }, tag)).toMatchObject({
      status: 412,
      body: { code: 'version_mismatch' },
    });
    expect(await send('PATCH', `/webhooks/${id}`, { name: 'other' })).toMatchObject({
      status: 409,
      body: { code: 'name_taken' },
    });
    const moved = await send('PATCH', `/webhooks/${id}`, { url: `${url}/secret-path?token=abc` });
    expect(moved.status).toBe(200);
    const log = JSON.stringify((await send('GET', '/audit?entity_type=webhook')).body);
    expect(log).not.toMatch(/secret-path|token=abc/);
  });

  it('cannot be made without a key of the servers, and are not told with another one', async () => {
    const { id } = await made();
    await app.close();
    const before = storage;
    await open({ CLOUDPAM_SECRET_KEY: '' });
    expect(await send('POST', '/webhooks', { name: 'a', url })).toMatchObject({
      status: 409,
      body: { code: 'secret_key_missing', detail: expect.stringContaining('CLOUDPAM_SECRET_KEY') },
    });
    const webhook = await before.unitOfWork.read(({ webhooks }) => webhooks.get(id));
    const attempt = webhook && (await app.get(TellWebhook).test(webhook, 'x'));
    expect(attempt?.error).toContain('CLOUDPAM_SECRET_KEY');
    await before.close();
  });

  it('are a hundred at most', async () => {
    for (let at = 0; at < 100; at++) await made({ name: `w${at}` });
    expect(await send('POST', '/webhooks', { name: 'one more', url })).toMatchObject({
      status: 409,
      body: { code: 'too_many_webhooks' },
    });
  });
});
