import { type Api, type AuditList, type List, type Pool, type Problem } from './api';
import { readZip } from './read-zip';
import { startServer, type Server, TOKEN } from './start-server';
import { STORAGES, type Database } from './storages';

describe.each(STORAGES)('pools over HTTP on $name', ({ open }) => {
  let database: Database;
  let server: Server;
  let api: Api;
  let vrf: number;
  let vrfs = 0;

  beforeAll(async () => {
    database = await open();
    server = await startServer(database.url);
    api = server.api;
  });
  beforeEach(async () => {
    vrf = await api.newVrf(`vrf-${++vrfs}`);
  });
  afterAll(async () => {
    await server.stop();
    await database.remove();
  });

  const read = (id: number): Promise<Pool> => api.expect(200, api.get<Pool>(`/pools/${id}`));
  const pool = (
    cidr: string,
    more: { name?: string; tags?: Record<string, string> } = {},
  ): Promise<Pool> => api.newPool({ name: cidr, cidr, vrf_id: vrf, ...more });
  const count = async (): Promise<number> =>
    (await api.expect(200, api.get<List<Pool>>(`/pools?vrf_id=${vrf}`))).total;

  it('derives the parent, and reparents when a level is put between two others and taken out again', async () => {
    const top = await pool('10.0.0.0/8');
    const leaf = await pool('10.1.2.0/24');
    expect(leaf.parent_id).toBe(top.id);
    const between = await pool('10.1.0.0/16');
    expect(between.parent_id).toBe(top.id);
    expect((await read(leaf.id)).parent_id).toBe(between.id);
    expect(await read(top.id)).toMatchObject({
      child_count: 1,
      utilization: { total: '16777216', used: '65536' },
    });
    const deletion = await api.expect(
      200,
      api.delete<{ deleted_count: number; reparented_count: number }>(`/pools/${between.id}`),
    );
    expect(deletion).toMatchObject({ deleted_count: 1, reparented_count: 1 });
    expect((await read(leaf.id)).parent_id).toBe(top.id);
    expect((await read(top.id)).utilization.used).toBe('256');
  });

  it('deletes a branch with cascade, and says beforehand what that takes', async () => {
    const top = await pool('10.0.0.0/16');
    await pool('10.0.0.0/20');
    await pool('10.0.1.0/24');
    const asked = await api.expect(
      200,
      api.delete<{ deleted_count: number }>(`/pools/${top.id}?cascade=true&dry_run=true`),
    );
    expect(asked.deleted_count).toBe(3);
    expect(await count()).toBe(3);
    await api.expect(200, api.delete(`/pools/${top.id}?cascade=true`));
    expect(await count()).toBe(0);
  });

  it('gives an ETag, and changes only what still has it', async () => {
    const made = await api.post<Pool>('/pools', { name: 'a', cidr: '10.0.0.0/16', vrf_id: vrf });
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toBe(`/api/v1/pools/${made.body.id}`);
    const etag = made.headers.get('etag') ?? '';
    expect(etag).toBe(`"${made.body.version}"`);
    const changed = await api.patch<Pool>(
      `/pools/${made.body.id}`,
      { name: 'b' },
      { 'if-match': etag },
    );
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(etag);
    const stale = await api.patch<Problem>(
      `/pools/${made.body.id}`,
      { name: 'c' },
      { 'if-match': etag },
    );
    expect([stale.status, stale.body.code]).toEqual([412, 'version_mismatch']);
    expect((await api.delete<Problem>(`/pools/${made.body.id}`, { 'if-match': etag })).status).toBe(
      412,
    );
    expect((await read(made.body.id)).name).toBe('b');
  });

  it('gives the same allocation for the same idempotency key, and refuses the key for another body', async () => {
    const parent = await pool('10.0.0.0/20');
    const key = { 'idempotency-key': `key-${vrf}` };
    const ask = (prefix: number) =>
      api.post<{ items: Pool[] } & Problem>(
        `/pools/${parent.id}/allocations`,
        { prefix_length: prefix, name: 'one' },
        key,
      );
    const first = await ask(24);
    const again = await ask(24);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const other = await ask(25);
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
    expect((await read(parent.id)).child_count).toBe(1);
  });

  it('tells in a dry run what would be taken, and takes nothing', async () => {
    const parent = await pool('10.0.0.0/20');
    const ask = (query: string) =>
      api.post<{ items: Pool[] }>(`/pools/${parent.id}/allocations${query}`, {
        prefix_length: 24,
        name: 'x',
        count: 3,
        strategy: 'last_fit',
      });
    const dry = await ask('?dry_run=true');
    expect(dry.status).toBe(200);
    expect((await read(parent.id)).child_count).toBe(0);
    const wet = await ask('');
    expect(wet.body.items.map((each) => each.cidr)).toEqual(
      dry.body.items.map((each) => each.cidr),
    );
    expect((await read(parent.id)).child_count).toBe(3);
  });

  it('allocates as the worked example of 192.168.0.0/20 has it', async () => {
    const { id } = await pool('192.168.0.0/20');
    const take = (prefix: number) =>
      api.post<{ items: Pool[] } & Problem>(`/pools/${id}/allocations`, {
        prefix_length: prefix,
        name: `/${prefix}`,
      });
    expect((await take(21)).body.items[0]?.cidr).toBe('192.168.0.0/21');
    expect((await take(28)).body.items[0]?.cidr).toBe('192.168.8.0/28');
    const free = await api.expect(
      200,
      api.get<{ items: { cidr: string }[]; largest_free: string }>(`/pools/${id}/free`),
    );
    expect(free.items.map(({ cidr }) => cidr)).toEqual([
      '192.168.8.16/28',
      '192.168.8.32/27',
      '192.168.8.64/26',
      '192.168.8.128/25',
      '192.168.9.0/24',
      '192.168.10.0/23',
      '192.168.12.0/22',
    ]);
    expect(free.largest_free).toBe('192.168.12.0/22');
    const refused = await take(21);
    expect([refused.status, refused.body.code, refused.body.largest_free]).toEqual([
      409,
      'pool_exhausted',
      '/22',
    ]);
    expect((await take(22)).body.items[0]?.cidr).toBe('192.168.12.0/22');
  });

  it('pages by cursor through every pool once, whatever is inserted meanwhile', async () => {
    const parent = await pool('10.0.0.0/16');
    await api.expect(
      201,
      api.post(`/pools/${parent.id}/allocations`, { prefix_length: 24, name: 'p', count: 25 }),
    );
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: List<Pool> = await api.expect(
        200,
        api.get<List<Pool>>(
          `/pools/${parent.id}/children?page_size=7${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
        ),
      );
      seen.push(...page.items.map(({ cidr }) => cidr));
      // Before the place where the next page begins.
      if (cursor === '')
        await api.expect(
          201,
          api.post('/pools', { name: 'late', cidr: '10.0.0.0/25', vrf_id: vrf }),
        );
      cursor = page.next_cursor;
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, at) => `10.0.${at}.0/24`));
  });

  it('finds pools by address, CIDR, name and tag, the tightest first', async () => {
    await pool('10.0.0.0/8');
    await pool('10.9.0.0/16', { name: 'harbour', tags: { team: 'quay' } });
    const search = async (
      query: string,
    ): Promise<{ query_kind: string; results: { cidr?: string; match: string }[] }> =>
      api.expect(200, api.get(`/search?vrf_id=${vrf}&q=${encodeURIComponent(query)}`));
    const byAddress = await search('10.9.3.7');
    expect(byAddress.query_kind).toBe('ip');
    expect(byAddress.results.map(({ cidr }) => cidr)).toEqual(['10.9.0.0/16', '10.0.0.0/8']);
    expect((await search('10.9.0.0/16')).results[0]).toMatchObject({
      cidr: '10.9.0.0/16',
      match: 'equal',
    });
    expect((await search('harbour')).results[0]).toMatchObject({
      cidr: '10.9.0.0/16',
      match: 'name',
    });
    expect((await search('team:quay')).results[0]).toMatchObject({
      cidr: '10.9.0.0/16',
      match: 'tag',
    });
  });

  it('exports a ZIP of CSV whose formulas are defused', async () => {
    await pool('10.0.0.0/8', { name: '=1+1' });
    const response = await fetch(`${server.url}/api/v1/export?datasets=pools,vrfs,audit`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'application/zip',
    ]);
    const files = readZip(Buffer.from(await response.arrayBuffer()));
    expect([...files.keys()]).toEqual(['pools.csv', 'vrfs.csv', 'audit.csv']);
    const lines = (files.get('pools.csv') ?? '').trim().split('\n');
    expect(lines[0]).toMatch(/^id,vrf_id,parent_id,name,cidr,/);
    expect(lines).toHaveLength(1 + (await api.all('/pools')).length);
    expect(files.get('pools.csv')).toContain(`,'=1+1,10.0.0.0/8,`);
    expect(files.get('audit.csv')).not.toContain(TOKEN);
  });

  it('writes down who changed what, why and in which request', async () => {
    const { id } = await pool('10.0.0.0/16');
    await api.expect(
      200,
      api.patch(
        `/pools/${id}`,
        { name: 'renamed' },
        { 'x-change-reason': 'ticket 7', 'x-request-id': `req-${vrf}` },
      ),
    );
    await api.expect(200, api.delete(`/pools/${id}`));
    const { entries, total } = await api.expect(
      200,
      api.get<AuditList>(`/audit?entity_type=pool&entity_id=${id}`),
    );
    expect(total).toBe(3);
    const changed = entries.find(({ request_id: request }) => request === `req-${vrf}`);
    expect(changed).toMatchObject({
      reason: 'ticket 7',
      actor: { type: 'token' },
      diff: { before: { name: '10.0.0.0/16' }, after: { name: 'renamed' } },
    });
    expect(JSON.stringify(entries)).not.toContain(TOKEN);
  });
});
