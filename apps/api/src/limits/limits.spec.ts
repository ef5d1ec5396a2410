import { unzipped } from '../testing/unzipped';
import { Prepared, type Json } from '../prepared.fixture';
import { STORAGES } from './storages.fixture';

/** Stands in the name of everything that the limited must not see. */
const HIDDEN = 'hidden-from-them';

interface Answer {
  readonly status: number;
  readonly body: Json;
}

describe.each(STORAGES)('limits, on $name,', (kind) => {
  const open = kind.register();
  let server: Prepared;
  /** Ids of what stands in the estate. */
  let ids: Record<
    'top' | 'mine' | 'subnet' | 'others' | 'inMine' | 'account' | 'otherAccount' | 'vlan',
    number
  >;

  beforeEach(async () => {
    server = await Prepared.open(undefined, await open());
    const account = await server.account();
    const otherAccount = await server.made('/accounts', {
      name: HIDDEN,
      provider: 'aws',
      external_id: '222222222222',
    });
    const vlan = await server.made('/vlans', { vid: 9, name: HIDDEN });
    await server.made('/vrfs', { name: HIDDEN });
    const top = await server.made('/pools', { name: HIDDEN, cidr: '10.0.0.0/8' });
    const mine = await server.pool('10.1.0.0/16', { account_id: account });
    const subnet = await server.pool('10.1.1.0/24', { account_id: account });
    const tenant = await server.made('/accounts', {
      name: 'tenant',
      provider: 'aws',
      external_id: '444444444444',
    });
    const inMine = await server.made('/pools', {
      name: 'of another account',
      cidr: '10.1.2.0/24',
      account_id: tenant,
    });
    const others = await server.made('/pools', {
      name: HIDDEN,
      cidr: '10.2.0.0/16',
      account_id: otherAccount,
      vlan_id: vlan,
      tags: { team: HIDDEN },
      description: HIDDEN,
    });
    await server.send('POST', '/discovery', {
      run_id: '6f1f1f5e-3d3c-4a37-9f0c-1d4f6f0a5a22',
      collector: { name: 'c', version: '1' },
      scopes: [
        {
          provider: 'aws',
          account: '222222222222',
          region: 'eu-west-1',
          coverage: 'complete',
          collected_at: '2026-01-01T00:00:00Z',
          networks: [
            {
              external_id: `vpc-${HIDDEN}`,
              owner_account: '222222222222',
              region: 'eu-west-1',
              name: HIDDEN,
              is_default: false,
            },
          ],
          resources: [
            {
              kind: 'vpc',
              external_id: `vpc-${HIDDEN}`,
              network_external_id: `vpc-${HIDDEN}`,
              owner_account: '222222222222',
              region: 'eu-west-1',
              zone_id: null,
              name: HIDDEN,
              tags: {},
              cidr: '172.16.0.0/12',
            },
            {
              kind: 'subnet',
              external_id: `subnet-${HIDDEN}`,
              network_external_id: `vpc-${HIDDEN}`,
              owner_account: '222222222222',
              region: 'eu-west-1',
              zone_id: null,
              name: HIDDEN,
              tags: {},
              cidr: '172.20.0.0/16',
            },
          ],
        },
      ],
    });
    await server.discover(['172.16.1.0/24']);
    ids = { top, mine, subnet, others, inMine, account, otherAccount, vlan };
  });
  afterEach(() => server.close());

  const token = async (limits: Json, role = 'editor'): Promise<string> => {
    const { status, body } = await server.send('POST', '/tokens', {
      name: 'limited',
      role,
      ...limits,
    });
    expect([status, body['detail']]).toEqual([201, undefined]);
    return String(body['secret']);
  };
  const byAccount = (): Promise<string> => token({ accounts: ['aws:111111111111'] });
  const byPool = (): Promise<string> => token({ pools: [ids.mine] });
  const names = async (url: string, as: string): Promise<unknown[]> =>
    ((await server.send('GET', url, undefined, as)).body['items'] as Json[]).map(
      (each) => each['name'],
    );
  const told = ({ status, body }: Answer): unknown[] => [status, body['code']];

  it('let nothing through that lies beyond them, on any route that answers', async () => {
    const all = [
      '/pools',
      '/pools?parent_id=null',
      '/pools?q=hidden',
      `/pools?as_of=${new Date().toISOString()}`,
      '/blocks',
      '/accounts',
      '/vrfs',
      '/vlans',
      '/audit',
      '/audit?entity_type=pool',
      '/audit/export',
      '/audit/export?format=csv',
      '/search?q=hidden',
      '/search?q=10.2.0.1',
      '/search?q=172.20.0.0/16',
      '/search?q=team:hidden-from-them',
      '/discovery/status',
      '/discovery/resources',
      '/discovery/findings',
      '/discovery/networks',
      '/discovery/jobs',
      '/collectors',
      `/pools/${ids.mine}`,
      `/pools/${ids.mine}/ancestors`,
      `/pools/${ids.mine}/children`,
      `/pools/${ids.mine}/tree`,
      `/pools/${ids.mine}/blocks?new_prefix_len=24`,
      `/pools/${ids.mine}/free`,
      `/pools/${ids.mine}/history`,
      `/accounts/${ids.account}`,
    ];
    const beyond = [
      `/pools/${ids.others}`,
      `/pools/${ids.others}/children`,
      `/pools/${ids.others}/ancestors`,
      `/pools/${ids.others}/tree`,
      `/pools/${ids.others}/blocks?new_prefix_len=24`,
      `/pools/${ids.others}/free`,
      `/pools/${ids.others}/history`,
      `/accounts/${ids.otherAccount}`,
      `/vlans/${ids.vlan}`,
    ];
    for (const as of [
      await byAccount(),
      await byPool(),
      await token({ accounts: ['aws:111111111111'], pools: [ids.mine] }, 'viewer'),
    ]) {
      for (const url of [...all, ...beyond]) {
        const answer = await server.app.inject({
          url: `/api/v1${url}`,
          headers: { authorization: `Bearer ${as}` },
        });
        expect([url, answer.statusCode]).toEqual([url, beyond.includes(url) ? 404 : 200]);
        // A search repeats what is asked for in no field.
        expect([url, answer.body.includes(HIDDEN)]).toEqual([url, false]);
      }
      for (const query of [
        'datasets=all,audit',
        'datasets=all,audit&format=jsonl',
        'format=netbox',
      ]) {
        const zip = await server.app.inject({
          url: `/api/v1/export?${query}`,
          headers: { authorization: `Bearer ${as}` },
        });
        const text = zip.statusCode === 200 ? unzipped(zip.rawPayload) : zip.body;
        expect([query, zip.statusCode, text.includes(HIDDEN)]).toEqual([query, 200, false]);
        expect(text).toContain('10.1.');
      }
    }
    // The very same is there for who has no limits.
    for (const url of [
      '/pools',
      '/accounts',
      '/vrfs',
      '/vlans',
      '/audit',
      '/search?q=hidden',
      '/discovery/resources',
      '/discovery/networks',
      `/pools/${ids.mine}/ancestors`,
    ]) {
      expect([url, JSON.stringify((await server.send('GET', url)).body).includes(HIDDEN)]).toEqual([
        url,
        true,
      ]);
    }
  });

  it('to accounts show the pools of these, wherever they lie', async () => {
    const as = await byAccount();
    expect(await names('/pools', as)).toEqual(['10.1.0.0/16', '10.1.1.0/24']);
    expect(await names('/pools?parent_id=null', as)).toContain('10.1.0.0/16');
    expect(await names('/accounts', as)).toEqual(['prod']);
    expect((await server.send('GET', `/pools/${ids.mine}`, undefined, as)).body).toMatchObject({
      parent_id: null,
      child_count: 1,
    });
  });

  it('to a pool show it and all below it, of whatever account', async () => {
    const as = await byPool();
    expect(await names('/pools', as)).toEqual(['10.1.0.0/16', '10.1.1.0/24', 'of another account']);
    expect(await names('/pools?parent_id=null', as)).toEqual(['10.1.0.0/16']);
    expect((await server.send('GET', '/discovery/status', undefined, as)).body['items']).toEqual(
      [],
    );
  });

  it('to a pool show the account of what a cloud has in it, also where no pool stands for it', async () => {
    const within = await server.pool('172.16.0.0/16', { name: 'planned around it' });
    const as = await token({ pools: [within] });
    const { items } = (await server.send('GET', '/discovery/resources', undefined, as)).body as {
      items: Json[];
    };
    expect(items.length).toBeGreaterThan(0);
    const accounts = (await server.send('GET', '/accounts', undefined, as)).body['items'] as Json[];
    for (const each of items)
      expect(accounts.map(({ id, key }) => [id, key])).toContainEqual([
        each['account_id'],
        each['account_key'],
      ]);
  });

  it('to both show what is within both', async () => {
    expect(
      await names('/pools', await token({ accounts: ['aws:111111111111'], pools: [ids.mine] })),
    ).toEqual(['10.1.0.0/16', '10.1.1.0/24']);
    expect(
      await names('/pools', await token({ accounts: ['aws:333333333333'], pools: [ids.mine] })),
    ).toEqual([]);
  });

  it('refuse to change what lies beyond, as if it were not there', async () => {
    for (const as of [await byAccount(), await byPool()]) {
      const refused: [string, string, Json | undefined][] = [
        ['PATCH', `/pools/${ids.others}`, { name: 'x' }],
        ['DELETE', `/pools/${ids.others}`, undefined],
        ['POST', `/pools/${ids.others}/allocations`, { name: 'x', prefix_length: 24 }],
        ['POST', `/pools/${ids.others}/split`, { prefix_length: 17 }],
        ['POST', '/pools/merge', { pool_ids: [ids.subnet, ids.others] }],
        ['POST', `/pools/${ids.others}/move`, { cidr: '10.3.0.0/16' }],
      ];
      for (const [method, url, body] of refused)
        expect([url, ...told(await server.send(method, url, body, as))]).toEqual([
          url,
          404,
          'pool_not_found',
        ]);
      expect(
        told(
          await server.send(
            'PATCH',
            `/pools/${ids.subnet}`,
            { account_id: ids.otherAccount },
            await byAccount(),
          ),
        ),
      ).toEqual([400, 'account_not_found']);
      expect(
        told(await server.send('PATCH', `/pools/${ids.subnet}`, { vlan_id: ids.vlan }, as)),
      ).toEqual([400, 'vlan_not_found']);
      expect(
        told(
          await server.send(
            'POST',
            '/pools',
            { name: 'x', cidr: '10.9.0.0/24', parent_id: ids.top },
            as,
          ),
        ),
      ).toEqual([400, 'pool_not_found']);
    }
    expect((await server.send('GET', `/pools/${ids.others}`)).body).toMatchObject({
      name: HIDDEN,
      version: 1,
    });
  });

  it('refuse a write that would reach beyond them, and undo all of it', async () => {
    const before = (await server.entries()).length;
    const beyond = async (as: string, method: string, url: string, body?: Json): Promise<void> =>
      expect([url, ...told(await server.send(method, url, body, as))]).toEqual([
        url,
        403,
        'outside_limits',
      ]);
    const [account, pool] = [await byAccount(), await byPool()];
    await beyond(account, 'POST', '/pools', { name: 'of no account', cidr: '10.1.9.0/24' });
    await beyond(account, 'PATCH', `/pools/${ids.subnet}`, { account_id: null });
    await beyond(account, 'DELETE', `/pools/${ids.mine}?cascade=true`);
    await beyond(pool, 'POST', '/pools', { name: 'beside', cidr: '10.3.0.0/24' });
    await beyond(pool, 'POST', `/pools/${ids.subnet}/move`, { cidr: '10.3.0.0/24' });
    await beyond(pool, 'PATCH', `/pools/${ids.mine}`, { cidr: '10.0.0.0/15' });
    await beyond(pool, 'POST', '/pools/bulk', {
      items: [
        { name: 'a', cidr: '10.1.9.0/24' },
        { name: 'b', cidr: '10.4.0.0/24' },
      ],
    });
    expect((await server.entries()).length - before).toBe(2); // the tokens
  });

  it('let everything be done within them', async () => {
    const [account, pool] = [await byAccount(), await byPool()];
    const done = async (as: string, method: string, url: string, body?: Json): Promise<Json> => {
      const answer = await server.send(method, url, body, as);
      expect([url, answer.body['detail'], answer.status < 300]).toEqual([url, undefined, true]);
      return answer.body;
    };
    const taken = await done(account, 'POST', `/pools/${ids.mine}/allocations`, {
      name: 'of the account of its parent',
      prefix_length: 24,
    });
    expect((taken['items'] as Json[])[0]).toMatchObject({ account_id: ids.account });
    await done(account, 'POST', '/pools', {
      name: 'outside of what is seen, of the own account',
      cidr: '10.9.0.0/24',
      account_id: ids.account,
    });
    await done(account, 'PATCH', `/pools/${ids.subnet}`, { name: 'renamed' });
    await done(pool, 'POST', `/pools/${ids.mine}/allocations`, { name: 'b', prefix_length: 24 });
    await done(pool, 'POST', '/pools', { name: 'c', cidr: '10.1.200.0/24' });
    await done(pool, 'POST', `/pools/${ids.subnet}/split`, { prefix_length: 25 });
    await done(pool, 'DELETE', `/pools/${ids.inMine}`);
    expect(
      await done(account, 'POST', '/discovery/trigger', { account_id: ids.account }),
    ).toMatchObject({ account_key: 'aws:111111111111' });
    expect((await done(account, 'GET', '/audit?actor=system'))['entries']).toEqual([]);
  });

  it('leave the end of a pool in the audit log of those who saw it, and of nobody else', async () => {
    const [account, pool] = [await byAccount(), await byPool()];
    for (const id of [ids.subnet, ids.others])
      expect((await server.send('DELETE', `/pools/${id}`)).status).toBeLessThan(300);
    const actions = async (id: number, as: string): Promise<unknown> => {
      const { status, body } = await server.send('GET', `/pools/${id}/history`, undefined, as);
      return status === 200 ? (body['items'] as Json[]).map((each) => each['action']) : status;
    };
    for (const as of [account, pool]) {
      expect([await actions(ids.subnet, as), await actions(ids.others, as)]).toEqual([
        ['pool.delete', 'pool.create'],
        404,
      ]);
      const { body } = await server.send('GET', '/audit?action=pool.delete', undefined, as);
      expect((body['entries'] as Json[]).map((each) => each['entity_id'])).toEqual([
        String(ids.subnet),
      ]);
    }
  });

  it('choose only among pools within them when a selector asks for one', async () => {
    for (const id of [ids.mine, ids.others])
      await server.send('PATCH', `/pools/${id}`, { tags: { use: 'apps' } });
    const ask = { name: 'x', prefix_length: 24, selector: { tags: { use: 'apps' } } };
    const { body } = await server.send(
      'POST',
      '/allocations',
      { ...ask, count: 200 },
      await byPool(),
    );
    expect(
      (body['items'] as Json[]).every((pool) => String(pool['cidr']).startsWith('10.1.')),
    ).toBe(true);
    expect(
      told(await server.send('POST', '/allocations', { ...ask, count: 200 }, await byPool())),
    ).toEqual([409, 'pool_exhausted']);
  });

  it('keep the name of what is in the way to themselves', async () => {
    const account = await byAccount();
    const taken = await server.send(
      'POST',
      '/pools',
      { name: 'x', cidr: '10.2.0.0/16', account_id: ids.account },
      account,
    );
    expect([...told(taken), taken.body['conflicts']]).toEqual([409, 'pool_overlap', []]);
    const bulk = await server.send(
      'POST',
      '/pools/bulk?mode=partial',
      { items: [{ name: 'x', cidr: '10.2.0.0/16', account_id: ids.account }] },
      account,
    );
    expect(bulk.status).toBe(200);
    const parent = await server.send(
      'POST',
      '/pools',
      { name: 'x', cidr: '10.2.7.0/24', parent_id: ids.mine, account_id: ids.account },
      account,
    );
    expect(told(parent)).toEqual([409, 'parent_mismatch']);
    for (const { body } of [taken, bulk, parent])
      expect(JSON.stringify(body)).not.toContain(HIDDEN);
    const own = await server.send(
      'POST',
      '/pools',
      { name: 'x', cidr: '10.1.1.0/24', account_id: ids.account },
      account,
    );
    expect(own.body['conflicts']).toEqual([
      { pool_id: ids.subnet, cidr: '10.1.1.0/24', name: '10.1.1.0/24' },
    ]);
  });

  it('hold what is decided about discovered resources', async () => {
    const [account, pool] = [await byAccount(), await byPool()];
    const all = (await server.send('GET', '/discovery/resources')).body['items'] as Json[];
    const [hidden, own] = [
      all.find((each) => each['name'] === HIDDEN)?.['id'],
      all.find((each) => each['name'] !== HIDDEN)?.['id'],
    ];
    for (const as of [account, pool]) {
      expect(
        told(await server.send('POST', `/discovery/resources/${String(hidden)}/ignore`, {}, as)),
      ).toEqual([404, 'resource_not_found']);
      expect(
        told(
          await server.send(
            'POST',
            '/discovery/decisions?mode=partial',
            { decision: 'restore', resource_ids: [own, hidden] },
            as,
          ),
        ),
      ).toEqual([404, 'resource_not_found']);
    }
    const decided = await server.send(
      'POST',
      '/discovery/decisions',
      { decision: 'restore', resource_ids: [own] },
      account,
    );
    expect([decided.status, decided.body['done']]).toEqual([200, 1]);
    // What another network took of its addresses is told without the network.
    const overlapping = await server.send(
      'GET',
      '/discovery/findings?type=overlap',
      undefined,
      account,
    );
    expect((overlapping.body['items'] as Json[]).map((each) => each['reason'])).toEqual([
      'overlaps addresses that something else uses',
    ]);
    expect(JSON.stringify(overlapping.body)).not.toContain(HIDDEN);
    expect(
      JSON.stringify((await server.send('GET', '/discovery/findings?type=overlap')).body),
    ).toContain(`of network vpc-${HIDDEN}`);
    const refused = await server.send(
      'POST',
      `/discovery/resources/${String(own)}/import`,
      {},
      account,
    );
    expect([...told(refused), JSON.stringify(refused.body).includes(HIDDEN)]).toEqual([
      409,
      'resource_overlaps',
      false,
    ]);
  });

  it('leave what is about the whole server to others', async () => {
    for (const as of [await byAccount(), await byPool()]) {
      for (const [method, url, body] of [
        ['POST', '/accounts', { name: 'x', provider: 'aws', external_id: '333333333333' }],
        ['PATCH', `/accounts/${ids.account}`, { name: 'x' }],
        ['DELETE', `/accounts/${ids.account}`, undefined],
        ['POST', '/vrfs', { name: 'x' }],
        ['POST', '/vlans', { vid: 1, name: 'x' }],
        ['POST', `/discovery/networks/${await server.network()}/isolate`, {}],
      ] as const)
        expect([url, ...told(await server.send(method, url, body, as))]).toEqual([
          url,
          403,
          'forbidden',
        ]);
      expect(
        (await server.app.inject({ url: '/metrics', headers: { authorization: `Bearer ${as}` } }))
          .statusCode,
      ).toBe(403);
    }
  });

  it('are no answer to another caller: an idempotency key is of the caller', async () => {
    const [account, pool] = [await byAccount(), await byPool()];
    const ask = { name: 'x', prefix_length: 24, account_id: ids.account };
    const [one, two] = [
      await server.send('POST', `/pools/${ids.mine}/allocations`, ask, account, 'same-key'),
      await server.send('POST', `/pools/${ids.mine}/allocations`, ask, pool, 'same-key'),
    ];
    expect((one.body['items'] as Json[])[0]?.['id']).not.toBe(
      (two.body['items'] as Json[])[0]?.['id'],
    );
  });

  it('cannot be given to an admin, nor pools to a collector, nor pools that are not there', async () => {
    const refused = async (body: Json): Promise<unknown[]> =>
      told(await server.send('POST', '/tokens', { name: 'x', ...body }));
    expect(await refused({ role: 'admin', accounts: ['aws:1'] })).toEqual([
      400,
      'invalid_token_request',
    ]);
    expect(await refused({ role: 'admin', pools: [ids.mine] })).toEqual([
      400,
      'invalid_token_request',
    ]);
    expect(await refused({ role: 'collector', pools: [ids.mine] })).toEqual([
      400,
      'invalid_token_request',
    ]);
    expect(await refused({ role: 'viewer', pools: [999_999] })).toEqual([400, 'pool_not_found']);
    const user = await server.user();
    const change = async (body: Json): Promise<unknown[]> =>
      told(await server.send('PATCH', `/users/${user}`, body));
    expect(
      await change({ role: 'editor', accounts: ['aws:111111111111'], pools: [ids.mine] }),
    ).toEqual([200, undefined]);
    expect(await change({ role: 'admin' })).toEqual([400, 'invalid_limits']);
    expect(await change({ pools: [999_999] })).toEqual([400, 'pool_not_found']);
    expect(await change({ role: 'admin', accounts: null, pools: null })).toEqual([200, undefined]);
    expect(
      (await server.entries())
        .filter(({ action }) => action === 'user.update')
        .map(({ diff }) => diff.after),
    ).toEqual([
      expect.objectContaining({ role: 'admin', accounts: null, pools: null }),
      expect.objectContaining({ accounts: ['aws:111111111111'], pools: [ids.mine] }),
    ]);
  });
});
