import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { connect, type AddressInfo } from 'node:net';
import { SealAudit } from '@cloudpam/audit';
import { AuthenticateSession } from '@cloudpam/identity';
import type { CloudEvent } from '@cloudpam/events';
import { register } from 'prom-client';
import { Prepared } from '../prepared.fixture';
import { listen, type Message } from './event-client.fixture';
import { OpenStreams, STREAM_BOUNDS } from './open-streams';

describe('events over HTTP', () => {
  let server: Prepared;
  let origin: string;
  let end: AbortController;

  beforeEach(async () => {
    end = new AbortController();
    server = await Prepared.open();
    await server.app.listen(0, '127.0.0.1');
    origin = `http://127.0.0.1:${(server.app.getHttpServer().address() as AddressInfo).port}`; // it listens on TCP
  });
  afterEach(async () => {
    end.abort();
    await server.close();
  });

  const poll = async (
    query: string,
    token = server.token,
  ): Promise<{ events: CloudEvent[]; last: string; status: number; type: string }> => {
    const answer = await fetch(`${origin}/api/v1/events?${query}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return {
      status: answer.status,
      type: answer.headers.get('content-type') ?? '',
      last: answer.headers.get('x-cloudpam-last-event') ?? '',
      events: (await answer.json()) as CloudEvent[],
    };
  };
  const typesOf = (events: readonly CloudEvent[]): string[] =>
    events.map(({ type }) => type.replace(/^org\.cloudpam\.|\.v1$/g, ''));
  const stream = (query = '', headers = {}, token = server.token) =>
    listen(`${origin}/api/v1/events/stream?${query}`, token, end.signal, headers);
  const next = async (messages: AsyncGenerator<Message, void>): Promise<Message> => {
    const { value } = await messages.next();
    if (!value) throw new Error('the stream has ended');
    return value;
  };
  const nextEvent = async (messages: AsyncGenerator<Message, void>): Promise<CloudEvent> => {
    for (;;) {
      const { event } = await next(messages);
      if (event) return event;
    }
  };
  const limitedTo = async (pool: number): Promise<string> => {
    const { body } = await server.send('POST', '/tokens', {
      name: 'limited',
      role: 'viewer',
      pools: [pool],
    });
    return String(body['secret']);
  };
  const bound = (bounds: Partial<typeof STREAM_BOUNDS>): OpenStreams => {
    const streams = server.app.get(OpenStreams);
    streams.bounds = { ...STREAM_BOUNDS, ...bounds };
    return streams;
  };

  it('are given after a place, at once, as a batch of CloudEvents', async () => {
    await server.pool('10.0.0.0/8');
    await server.app.get(SealAudit).execute();
    const { status, type, events, last } = await poll('after=0');
    expect([status, type]).toEqual([200, 'application/cloudevents-batch+json; charset=utf-8']);
    expect(typesOf(events)).toEqual(['token.create', 'pool.create']);
    expect(events[1]).toMatchObject({ id: last, source: 'urn:cloudpam', subject: 'pools/1' });
    expect(await poll(`after=${last}`)).toMatchObject({ events: [], last });
  });

  it('are waited for', async () => {
    const waiting = poll(`after=${(await poll('')).last}&wait=60`);
    await server.pool('10.0.0.0/8');
    expect(typesOf((await waiting).events)).toContain('pool.create');
  });

  it('tell where to go on, also where none of a page is of the type', async () => {
    await server.pool('10.0.0.0/8');
    await server.app.get(SealAudit).execute();
    expect(await poll('after=0&types=vlan.*,range.create')).toMatchObject({
      events: [],
      last: '2',
    });
    expect(typesOf((await poll('after=0&types=vlan.*,pool.*')).events)).toEqual(['pool.create']);
  });

  it('begin at the end of the log for a place beyond it', async () => {
    await server.app.get(SealAudit).execute();
    expect((await poll('after=4711')).last).toBe('1');
  });

  it.each([
    'types=pool',
    'types=pool.*,',
    'types=pool.creat',
    'after=-1',
    'after=x',
    'wait=61',
    'other=1',
  ])('refuse %s', async (query) => {
    expect((await poll(query)).status).toBe(400);
  });

  it('come by a stream as they happen, with their place in the log', async () => {
    const messages = stream('types=pool.*');
    const { id: place } = await next(messages);
    await server.made('/vrfs', { name: 'lab' });
    const pool = await server.pool('10.0.0.0/8');
    const { id, event } = await next(messages);
    expect(event).toMatchObject({
      id,
      subject: `pools/${pool}`,
      data: { actor: { type: 'token' } },
    });
    expect(Number(id)).toBeGreaterThan(Number(place));
  });

  it('go on by Last-Event-ID, which goes before after', async () => {
    await server.pool('10.0.0.0/8');
    await server.app.get(SealAudit).execute();
    const messages = stream('after=0', { 'last-event-id': '1' });
    expect((await nextEvent(messages)).id).toBe('2');
    await expect(next(stream('', { 'last-event-id': 'x' }))).rejects.toThrow('400');
  });

  it('are for those with limits as the audit trail is', async () => {
    const [inside, outside] = [await server.pool('10.0.0.0/8'), await server.pool('11.0.0.0/8')];
    const token = await limitedTo(inside);
    await server.app.get(SealAudit).execute();
    const subjects = async () => (await poll('after=0', token)).events.map((each) => each.subject);
    expect(await subjects()).toEqual([`pools/${inside}`]);
    const messages = stream('', {}, token);
    await next(messages);
    await server.send('PATCH', `/pools/${outside}`, { name: 'hidden' });
    await server.send('PATCH', `/pools/${inside}`, { name: 'seen' });
    expect(await nextEvent(messages)).toMatchObject({ data: { after: { name: 'seen' } } });
  });

  it('end for a token that is revoked', async () => {
    bound({ checkMs: 20 });
    const { body } = await server.send('POST', '/tokens', { name: 'short', role: 'viewer' });
    const messages = stream('', {}, String(body['secret']));
    await next(messages);
    await server.send('DELETE', `/tokens/${(body as { id: number }).id}`);
    for await (const { event } of messages) expect(event?.type ?? '').not.toContain('pool');
    expect(server.app.get(OpenStreams).size).toBe(0);
  });

  it('keep no session alive, and end with it', async () => {
    bound({ checkMs: 20 });
    const { app } = server;
    const { secret, user } = await server.session();
    const looked = jest.spyOn(app.get(AuthenticateSession), 'execute');
    const answer = await fetch(`${origin}/api/v1/events/stream`, {
      headers: { cookie: `cloudpam_session=${secret}` },
      signal: end.signal,
    });
    while (looked.mock.calls.length < 4) await setImmediate();
    const [first, ...later] = looked.mock.calls.map(([, , isUse]) => isUse);
    expect([first, new Set(later)]).toEqual([true, new Set([false])]);
    expect((await server.send('DELETE', `/users/${user.id}/sessions`)).status).toBeLessThan(300);
    expect(await answer.text()).not.toContain('pool');
    expect(app.get(OpenStreams).size).toBe(0);
  });

  it('end where the pool is moved that somebody is limited to, before anything more is told', async () => {
    const pool = await server.pool('10.0.0.0/16');
    const messages = stream('', {}, await limitedTo(pool));
    await next(messages);
    await server.send('POST', `/pools/${pool}/move`, { cidr: '10.1.0.0/16' });
    for await (const { event } of messages) expect(event).toBeUndefined();
  });

  it('have few streams for each caller, and tell who wants more', async () => {
    bound({ perCaller: 1 });
    await next(stream());
    await expect(next(stream())).rejects.toThrow(/^429.*too_many_streams/);
    bound({ perProcess: 1 });
    await expect(next(stream())).rejects.toThrow(/^503.*busy/);
  });

  it('end at once with the server', async () => {
    const messages = stream();
    await next(messages);
    const waiting = poll('wait=60');
    const streams = server.app.get(OpenStreams);
    while (streams.size < 2) await setImmediate();
    await server.app.close();
    expect((await waiting).events).toEqual([]);
    expect((await messages.next()).done).toBe(true);
  });

  it('cut off a reader that stops reading, and have kept nothing for it', async () => {
    const streams = bound({ checkMs: 20, stalledMs: 100 });
    const cidrs = Array.from({ length: 400 }, (_, at) => `10.${at >> 8}.${at & 255}.0/24`);
    const description = 'long '.repeat(390);
    for (let at = 0; at < 10; at += 1)
      await Promise.all(
        cidrs.slice(at * 40, at * 40 + 40).map((cidr) => server.pool(cidr, { description })),
      );
    const [path, auth] = ['/api/v1/events/stream?after=0', `Bearer ${server.token}`];
    const request = `GET ${path} HTTP/1.1\r\nHost: a\r\nAuthorization: ${auth}\r\n\r\n`;
    const socket = connect(Number(new URL(origin).port), '127.0.0.1').pause();
    await once(socket, 'connect');
    socket.write(request);
    // More and more, until the buffers of the network are full.
    while (streams.counts.cutOff === 0) {
      for (const cidr of cidrs.slice(0, 50))
        await server.send('PATCH', `/pools/${cidrs.indexOf(cidr) + 1}`, {
          description: `${description}${Math.random()}`,
        });
    }
    expect(streams.size).toBe(0);
    const metrics = await register.metrics();
    expect(metrics).toContain('cloudpam_event_readers_cut_off_total 1');
    expect(metrics).toContain('cloudpam_event_streams_open 0');
    socket.destroy();
  });

  it('are no slow requests, and are not compressed', async () => {
    const answer = await fetch(`${origin}/api/v1/events/stream`, {
      headers: { authorization: `Bearer ${server.token}`, 'accept-encoding': 'gzip' },
      signal: end.signal,
    });
    expect(answer.headers.get('content-encoding')).toBeNull();
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    await poll('');
    expect(await register.metrics()).not.toContain('route="/api/v1/events');
  });

  it('answer who asks for the headers alone', async () => {
    const answer = await fetch(`${origin}/api/v1/events/stream`, {
      method: 'HEAD',
      headers: { authorization: `Bearer ${server.token}` },
    });
    expect(answer.status).toBe(200);
    expect(server.app.get(OpenStreams).size).toBe(0);
  });
});
