import { STORAGES } from '../limits/storages.fixture';
import { Prepared, type Json } from '../prepared.fixture';

type Answer = Awaited<ReturnType<Prepared['send']>>;

describe.each(STORAGES.filter(({ name }) => name !== 'PostgreSQL with a replica'))(
  'VLAN groups, on $name,',
  (kind) => {
    const open = kind.register();
    let server: Prepared;
    let group: number;

    beforeEach(async () => {
      server = await Prepared.open(undefined, await open());
      const body = { name: 'fra1', vid_ranges: '300, 100-101', site: 'Frankfurt' };
      group = await server.made('/vlan-groups', body);
    });
    afterEach(() => server.close());

    const take = (body: Json, key?: string, query = ''): Promise<Answer> =>
      server.send('POST', `/vlan-groups/${group}/vlans${query}`, body, server.token, key);
    const get = async (url: string): Promise<Json> => (await server.send('GET', url)).body;

    it('tell their ranges in order, and how many of them are taken', async () => {
      await server.made('/vlans', { vid: 101, name: 'voice', group_id: group });
      expect(await get(`/vlan-groups/${group}`)).toMatchObject({
        ...{ name: 'fra1', vid_ranges: '100-101,300', vid_count: 3, vlan_count: 1 },
        ...{ account_id: null, site: 'Frankfurt', description: '', version: 1 },
      });
      expect(await get(`/vlan-groups/${group}/free`)).toEqual({
        vid_ranges: '100,300',
        count: 2,
        next: 100,
      });
      await server.made('/vlan-groups', { name: 'all' });
      const { items } = await get('/vlan-groups?q=AL');
      expect(items).toMatchObject([{ name: 'all', vid_ranges: '1-4094', vid_count: 4094 }]);
    });

    it('give the lowest free VLAN id, the same to the same key, none to a dry run', async () => {
      const dry = await take({ name: 'voice' }, undefined, '?dry_run=true');
      expect([dry.status, dry.body['vid']]).toEqual([200, 100]);
      const [first, again] = [
        await take({ name: 'voice' }, 'k'),
        await take({ name: 'voice' }, 'k'),
      ];
      expect([first.status, first.body['vid'], first.body['group']]).toEqual([201, 100, 'fra1']);
      expect([again.status, again.body['id']]).toEqual([201, first.body['id']]);
      expect((await take({ name: 'other' }, 'k')).body['code']).toBe('idempotency_key_reused');
      expect((await take({ name: 'voice' })).body['code']).toBe('name_taken');
      for (const [name, vid] of [
        ['a', 101],
        ['b', 300],
      ] as const)
        expect((await take({ name, description: 'd' })).body).toMatchObject({
          vid,
          group_id: group,
        });
      const none = await take({ name: 'c' });
      expect([none.status, none.body['code']]).toEqual([409, 'vlan_group_exhausted']);
      await server.send('DELETE', `/vlans/${String(first.body['id'])}`);
      expect((await take({ name: 'voice' }, 'k')).status).toBe(410);
      expect((await take({ name: 'c' })).body['vid']).toBe(100);
    });

    it('refuse what would leave a VLAN outside of them, and to go while they have one', async () => {
      const vlan = await server.made('/vlans', { vid: 101, name: 'voice', group: 'fra1' });
      const patch = (body: Json): Promise<Answer> =>
        server.send('PATCH', `/vlan-groups/${group}`, body);
      for (const [answer, code] of [
        [await patch({ vid_ranges: '100,300' }), 'vid_outside_group'],
        [await server.send('PATCH', `/vlans/${vlan}`, { vid: 102 }), 'vid_outside_group'],
        [await server.send('DELETE', `/vlan-groups/${group}`), 'in_use'],
      ] as const)
        expect([answer.status, answer.body['code']]).toEqual([409, code]);
      expect((await patch({ vid_ranges: 'x' })).body).toMatchObject({
        code: 'invalid_field',
        errors: [{ field: 'vid_ranges' }],
      });
      expect((await patch({ name: 'fra2', vid_ranges: '1-101' })).body).toMatchObject({
        vid_ranges: '1-101',
        version: 2,
        vlan_count: 1,
      });
      const moved = await server.send('PATCH', `/vlans/${vlan}`, { group_id: null, vid: 4000 });
      expect(moved.body).toMatchObject({ group: '', group_id: null, vid: 4000 });
      expect((await server.send('DELETE', `/vlan-groups/${group}`)).status).toBe(200);
    });

    it('narrow the list of VLANs, as a VLAN does that of pools', async () => {
      const vlan = await server.made('/vlans', { vid: 101, name: 'voice', group_id: group });
      await server.made('/vlans', { vid: 101, name: 'voice' });
      expect((await get(`/vlans?group_id=${group}`))['items']).toMatchObject([{ id: vlan }]);
      const pool = await server.pool('10.0.0.0/24', { vlan_id: vlan });
      await server.pool('10.0.1.0/24');
      expect((await get(`/pools?vlan_id=${vlan}`))['items']).toMatchObject([{ id: pool }]);
    });

    it('are kept to limits: seen with the VLANs of visible pools, and changed by nobody with limits', async () => {
      const account = await server.account();
      const other = await server.made('/accounts', {
        name: 'hidden',
        provider: 'aws',
        external_id: '222222222222',
      });
      const seen = await server.made('/vlan-groups', { name: 'seen', account_id: other });
      const vlan = await server.made('/vlans', { vid: 7, name: 'a', group_id: seen });
      await server.made('/vlans', { vid: 8, name: 'hidden', group_id: seen });
      await server.pool('10.0.0.0/24', { account_id: account, vlan_id: vlan });
      const { body } = await server.send('POST', '/tokens', {
        ...{ name: 'limited', role: 'editor', accounts: ['aws:111111111111'] },
      });
      const as = String(body['secret']);
      const ask = (url: string, method = 'GET', given?: Json): Promise<Answer> =>
        server.send(method, url, given, as);
      const list = await ask('/vlan-groups');
      expect(list.body['items']).toMatchObject([{ id: seen, vlan_count: 1, account_id: null }]);
      expect((await ask(`/vlan-groups/${seen}`)).body).toMatchObject({ account_id: null });
      expect((await ask(`/vlan-groups/${group}`)).body['code']).toBe('vlan_group_not_found');
      for (const answer of [
        await ask(`/vlan-groups/${seen}/free`),
        await ask(`/vlan-groups/${seen}/vlans`, 'POST', { name: 'x' }),
        await ask('/vlan-groups', 'POST', { name: 'x' }),
      ])
        expect(answer.status).toBe(403);
    });
  },
);
