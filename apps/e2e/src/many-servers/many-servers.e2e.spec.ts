import { randomUUID } from 'node:crypto';
import { Api, type Answer, type List, type Pool, type Problem } from '../api';
import { eventually } from '../eventually';
import { freePort } from '../free-port';
import { oidcSettings, openProvider, type Provider } from '../open-provider';
import { startServer, type Server } from '../start-server';
import { LASTING, type Database } from '../storages';
import { treeFaults } from '../tree-faults';
import { logIn, type Browser } from './browser';

const SERVERS = 3;
const ADMIN_TOKEN = /cpam_[a-z2-7]{12}_[a-z2-7]{52}/g;
/** Answers to no login that are taken from one address in a minute. */
const STRAYS = 30;

interface Named {
  readonly id: number;
  readonly name: string;
}

describe.each(LASTING)('three servers on one $name', ({ open }) => {
  let database: Database;
  let provider: Provider;
  let servers: readonly Server[];
  let apis: readonly Api[];
  let address: string;
  const at = <T>(list: readonly T[], n: number): T => list[n % list.length] as T; // none is empty
  const api = (n: number): Api => at(apis, n);
  const url = (n: number): string => at(servers, n).url;

  beforeAll(async () => {
    database = await open();
    address = `http://127.0.0.1:${await freePort()}`;
    provider = await openProvider([address]);
    const settings = {
      ...oidcSettings(provider.issuer),
      PUBLIC_URL: address,
      CLOUDPAM_BOOTSTRAP_TOKEN: '',
    };
    servers = await Promise.all(
      Array.from({ length: SERVERS }, () => startServer(database.url, settings)),
    );
    await eventually('the token', () => Promise.resolve(tokens().length > 0));
    apis = servers.map((server) => new Api(server.url, tokens()[0]));
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await provider.close();
    await database.remove();
  });

  const tokens = (): string[] => servers.flatMap((each) => each.output().match(ADMIN_TOKEN) ?? []);

  it('make one admin token when they start at once on an empty database', async () => {
    expect(tokens()).toHaveLength(1);
    const { total } = await api(0).expect(200, api(0).get<List<Named>>('/tokens'));
    expect(total).toBe(1);
  });

  describe('a person', () => {
    const statusOf = async (browser: Browser, n: number): Promise<number> => {
      browser.share(url(1), url(n));
      return (await browser.ask(`${url(n)}/api/v1/me`)).status;
    };
    const everywhere = (browser: Browser): Promise<number[]> =>
      Promise.all(servers.map((_, n) => statusOf(browser, n)));

    it('begins a login on one, finishes it on another, and has the session on all', async () => {
      const browser = await logIn('ed', url(0), url(1), address);
      expect(await everywhere(browser)).toEqual([200, 200, 200]);
    });

    it.each<[string, (user: number) => Promise<Answer<unknown>>]>([
      ['all sessions are ended', (user) => api(2).delete(`/users/${user}/sessions`)],
      ['another role is given', (user) => api(2).patch(`/users/${user}`, { role: 'editor' })],
      ['access is taken', (user) => api(2).patch(`/users/${user}`, { active: false })],
    ])('is out on all of them when on one %s', async (_, change) => {
      const browser = await logIn('vic', url(0), url(1), address);
      expect(await everywhere(browser)).toEqual([200, 200, 200]);
      const { items } = await api(0).expect(200, api(0).get<List<Named>>('/users?name=Vic Viewer'));
      await api(2).expect(200, change(items[0]?.id ?? 0));
      expect(await statusOf(browser, 2)).toBe(401);
      await eventually('the other servers to know', async () =>
        (await everywhere(browser)).every((status) => status === 401),
      );
    });

    it('has as many attempts as on one, however they are spread', async () => {
      const answers = await Promise.all(
        Array.from({ length: STRAYS + 6 }, (_, n) =>
          fetch(`${url(n)}/api/v1/auth/oidc/callback?code=${n}&state=x`),
        ),
      );
      const statuses = answers.map(({ status }) => status);
      expect(statuses.filter((status) => status === 400)).toHaveLength(STRAYS);
      expect(statuses.filter((status) => status === 429)).toHaveLength(6);
      for (const server of servers)
        expect((await fetch(`${server.url}/api/v1/auth/oidc/callback?state=x`)).status).toBe(429);
    });
  });

  it('refuse a token that one of them has revoked or given a new secret', async () => {
    for (const end of ['revoke', 'rotate']) {
      const made = await api(0).expect(
        201,
        api(0).post<{ id: number; secret: string }>('/tokens', { name: end, role: 'viewer' }),
      );
      const statuses = (): Promise<number[]> =>
        Promise.all(
          servers.map(async (each) => (await new Api(each.url, made.secret).get('/me')).status),
        );
      expect(await statuses()).toEqual([200, 200, 200]);
      await api(1).expect(
        200,
        end === 'revoke'
          ? api(1).delete(`/tokens/${made.id}`)
          : api(1).post(`/tokens/${made.id}/rotate`),
      );
      expect((await statuses())[1]).toBe(401);
      await eventually('the other servers to know', async () =>
        (await statuses()).every((status) => status === 401),
      );
    }
  });

  it('go on with the list of another by its cursor', async () => {
    const vrf = await api(0).newVrf('lists');
    for (let n = 0; n < 7; n++)
      await api(n).newPool({ name: `list ${n}`, cidr: `10.${n}.0.0/16`, vrf_id: vrf });
    for (const path of [
      `/pools?vrf_id=${vrf}&sort=-name&page_size=2`,
      '/search?q=list&limit=2',
      '/vrfs?page_size=2',
      '/audit?entity_type=pool&page_size=2',
    ]) {
      const seen: unknown[] = [];
      let total = 0;
      let cursor: string | null = '';
      for (let n = 0; cursor !== null; n++) {
        const page: List<Named> = await api(n).expect(
          200,
          api(n).get<List<Named>>(
            `${path}${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
          ),
        );
        seen.push(...page.items.map((each) => JSON.stringify(each)));
        ({ next_cursor: cursor, total } = page);
      }
      expect([path, new Set(seen).size]).toEqual([path, total]);
    }
  });

  it('know each other by what they tag, and refuse a version that another has changed', async () => {
    const vrf_id = await api(0).newVrf('tags');
    const { id } = await api(0).newPool({ name: 'tagged', cidr: '10.0.0.0/8', vrf_id });
    const path = `/pools/${id}`;
    const tag = (await api(0).get(path)).headers.get('etag') ?? '';
    const asked = (n: number): Promise<Answer<unknown>> =>
      api(n).send('GET', path, undefined, { 'if-none-match': tag });
    expect([(await asked(1)).status, (await asked(2)).status]).toEqual([304, 304]);
    const change = (n: number): Promise<Answer<unknown>> =>
      api(n).patch(path, { name: `changed by ${n}` }, { 'if-match': tag });
    expect([(await change(1)).status, (await change(2)).status]).toEqual([200, 412]);
    expect((await asked(0)).status).toBe(200);
  });

  it('do once what is asked of all of them at once with one key', async () => {
    const vrf_id = await api(0).newVrf('keys');
    const root = await api(0).newPool({ name: 'root', cidr: '10.0.0.0/16', vrf_id });
    for (let n = 0; n < 10; n++) {
      const key = randomUUID();
      const answers = await Promise.all(
        Array.from({ length: 6 }, (_, each) =>
          api(each).post<{ items: Pool[] } & Problem>(
            `/pools/${root.id}/allocations`,
            { prefix_length: 24, name: `key ${n}` },
            { 'idempotency-key': key },
          ),
        ),
      );
      expect(answers.map(({ status, body }) => `${status} ${body.code ?? ''}`)).toEqual(
        Array<string>(6).fill('201 '),
      );
      expect(new Set(answers.map(({ body }) => body.items[0]?.id)).size).toBe(1);
      const fresh = answers.filter(({ headers }) => !headers.has('idempotency-replayed'));
      expect(fresh).toHaveLength(1);
    }
    const pools = await api(1).all<Pool>(`/pools?vrf_id=${vrf_id}`);
    expect(pools.map(({ cidr }) => cidr).sort()).toEqual(
      ['10.0.0.0/16', ...Array.from({ length: 10 }, (_, n) => `10.0.${n}.0/24`)].sort(),
    );
    expect(treeFaults(pools)).toEqual([]);
  });
});
