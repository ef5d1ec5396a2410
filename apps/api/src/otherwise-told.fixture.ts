import { SYSTEM_ACTOR } from '@cloudpam/audit';
import { KeepWebhooks } from '@cloudpam/events';
import { EndAtProvider } from '@cloudpam/identity';
import { INSTANCE, type Prepared } from './prepared.fixture';
import { STORAGE, type Storage } from './storage/storage';
import { SecretVault } from './webhooks/secret-vault';

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
/** Longer than an agent may be silent. */
const SILENCE_MS = 10 * MINUTE_MS;

/**
 * The types of events that are no answer to one write of a caller with a token, and what causes one on a prepared
 * server. `later` has the time of day be so many milliseconds ahead.
 */
export const OTHERWISE_TOLD: Readonly<
  Record<string, (server: Prepared, later: (ms: number) => void) => Promise<unknown>>
> = {
  'pool.replace': async (server) => {
    await server.discover([]);
    return server.discover([], 'made again', 'vpc-2');
  },
  'address.move': async (server) => {
    const pool = await server.pool('10.20.0.0/16');
    await server.made('/addresses', { address: '10.20.1.5', name: 'web-1' });
    return server.posted(`/pools/${pool}/move`, { cidr: '10.30.0.0/16', with_children: true });
  },
  'range.move': async (server) => {
    const { body } = await server.send('GET', `/ranges/${await server.range()}`);
    return server.posted(`/pools/${body['pool_id']}/move`, {
      cidr: '10.30.0.0/16',
      with_children: true,
    });
  },
  'resource.release': async (server) => {
    const id = await server.orphan();
    await server.losePool(id);
    return server.send('POST', `/discovery/resources/${id}/release`);
  },
  'scope.addresses': (server) => server.observe(['172.16.1.10/32']),
  'scope.interfaces': (server) => server.observe([]),
  'scope.release_addresses': async (server) => {
    await server.observe(['172.16.1.10/32']);
    await server.observe([]);
    return server.keepHouse(new Date(Date.now() + 2 * DAY_MS));
  },
  'job.hand_back': async (server) => {
    const { id, lease } = await server.claimed();
    const body = { lease, status: 'handed_back', error: null, counts: null };
    return server.posted(`/collectors/jobs/${id}/finish`, body);
  },
  'job.fail': async (server, later) => {
    await server.claimed();
    for (let attempt = 1; attempt <= 5; attempt++) {
      later(attempt * SILENCE_MS);
      await server.heartbeat();
      await server.posted('/collectors/jobs/claim', { instance: INSTANCE });
    }
  },
  'job.purge': async (server) => {
    await server.send('POST', `/discovery/jobs/${await server.job()}/cancel`);
    return server.keepHouse(new Date(Date.now() + 31 * DAY_MS));
  },
  'user.log_in_refused': (server) =>
    expect(server.session('u-1', 'of no group')).rejects.toMatchObject({ code: 'no_role' }),
  'user.log_out': async (server) => {
    const { secret } = await server.session();
    const cookie = `cloudpam_session=${secret}`;
    const me = await server.app.inject({ url: '/api/v1/me', headers: { cookie } });
    const csrf = me.json<{ csrf_token: string }>().csrf_token;
    return server.app.inject({
      method: 'POST',
      url: '/api/v1/auth/logout',
      headers: { cookie, 'sec-fetch-site': 'same-origin', 'x-cloudpam-csrf': csrf },
    });
  },
  'user.session_ended': async (server) => {
    await server.session('u-1');
    const change = { actor: SYSTEM_ACTOR, at: new Date(), requestId: 'logout' };
    const token = { issuer: 'https://id.example', jti: 'j-1', sid: null, subject: 'u-1' };
    const expiresAt = new Date(Date.now() + MINUTE_MS);
    await server.app.get(EndAtProvider).execute(change, { ...token, expiresAt });
  },
  'digest.send': async (server) =>
    server.sendDigest(await server.digest('morning', { send_empty: true }), async () => ({
      refused: [],
    })),
  'digest.fail': async (server) =>
    server.sendDigest(await server.digest('morning', { send_empty: true }), () =>
      Promise.reject(new Error('450 Mailbox unavailable')),
    ),
  'webhook.encrypt': async (server) => {
    const vault = server.app.get(SecretVault);
    const change = { actor: SYSTEM_ACTOR, at: new Date(), requestId: 'command' };
    const { unitOfWork } = server.app.get<Storage>(STORAGE);
    const renew = (secret: string): string => vault.seal(vault.open(secret));
    return new KeepWebhooks(unitOfWork).encrypt(change, await server.webhook(), renew);
  },
  'import_map.update': async (server) => {
    await server.send('PUT', '/import/maps/offices', { map: { vrf: 'lab' } });
    return server.send('PUT', '/import/maps/offices', { map: { vrf: 'office' } });
  },
};
