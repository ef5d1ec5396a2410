import { SYSTEM_ACTOR } from '@cloudpam/audit';
import { ReleaseExpired } from '@cloudpam/pools';
import { STORAGES } from '../limits/storages.fixture';
import { Prepared, type Json } from '../prepared.fixture';

const DAY_MS = 86_400_000;

describe.each(STORAGES)('ranges, leases and quarantine on $name', (kind) => {
  const open = kind.register();
  let server: Prepared;
  let editor: string;
  let block = 0;

  const send = (...asked: Parameters<Prepared['send']>): ReturnType<Prepared['send']> =>
    server.send(...asked);
  const made = (url: string, payload: Json, token?: string): Promise<Json> =>
    server.posted(url, payload, token);
  /** A pool of its own for a test, a /24. */
  const pool = async (more: Json = {}): Promise<{ id: number; net: string }> => {
    const net = `10.7.${(block += 1)}`;
    const { id } = await made('/pools', { name: net, cidr: `${net}.0/24`, ...more });
    return { id: Number(id), net };
  };
  const take = async (id: number, more: Json = {}): Promise<unknown[]> => {
    const { items } = await made(`/pools/${id}/addresses`, more);
    return (items as Json[]).map(({ address }) => address);
  };
  const usedOf = async (id: number): Promise<unknown> =>
    ((await send('GET', `/pools/${id}`)).body['utilization'] as Json)['used'];
  const codeOf = async (...asked: Parameters<Prepared['send']>): Promise<unknown[]> => {
    const { status, body } = await send(...asked);
    return [status, body['code'] ?? body['type']];
  };

  beforeAll(async () => {
    server = await Prepared.open(undefined, await open());
    editor = String((await made('/tokens', { name: 'editor', role: 'editor' }))['secret']);
  });
  afterAll(() => server.close());

  it('keep their addresses from allocation, and give them out by name', async () => {
    const { id, net } = await pool();
    const range = await made(`/pools/${id}/ranges`, {
      start_address: `${net}.1`,
      end_address: `${net}.9`,
      purpose: 'dhcp',
      name: 'clients',
    });
    expect(await take(id, { count: 2 })).toEqual([`${net}.10`, `${net}.11`]);
    expect(await take(id, { range_id: range['id'] })).toEqual([`${net}.1`]);
    expect(await take(id, { range_id: range['id'], strategy: 'last' })).toEqual([`${net}.9`]);
    expect(await usedOf(id)).toBe('4');
    const own = await send('GET', `/addresses?range_id=${String(range['id'])}`);
    expect(own.body['total']).toBe(2);
    expect((await send('GET', `/pools/${id}/ranges`)).body).toMatchObject({
      items: [{ id: range['id'], name: 'clients', purpose: 'dhcp', pool_id: id }],
      total: 1,
    });
    const child = { name: 'c', cidr: `${net}.8/29` };
    expect(await codeOf('POST', '/pools', child)).toEqual([409, 'range_taken']);
    expect(await codeOf('POST', '/addresses', { address: `${net}.5` })).toEqual([
      409,
      'range_taken',
    ]);
    await made('/addresses', { address: `${net}.5`, range_id: range['id'] });
  });

  it('are exhausted when all of their addresses are somebody’s', async () => {
    const { id, net } = await pool();
    const range = await made(`/pools/${id}/ranges`, {
      start_address: `${net}.4`,
      end_address: `${net}.5`,
    });
    const range_id = range['id'];
    await take(id, { range_id, count: 2 });
    expect(await codeOf('POST', `/pools/${id}/addresses`, { range_id })).toEqual([
      409,
      'pool_exhausted',
    ]);
    await send('PATCH', `/ranges/${String(range_id)}`, { purpose: 'excluded' });
    expect(await codeOf('POST', `/pools/${id}/addresses`, { range_id })).toEqual([
      409,
      'range_taken',
    ]);
  });

  it('count as a whole where that is said', async () => {
    const { id, net } = await pool();
    await made('/addresses', { address: `${net}.12` });
    const wanted = { start_address: `${net}.10`, end_address: `${net}.19`, counts_as_used: true };
    expect(await codeOf('POST', `/pools/${id}/ranges`, wanted)).toEqual([409, 'address_taken']);
    const range = await made(`/pools/${id}/ranges`, { ...wanted, with_addresses: true });
    expect(await usedOf(id)).toBe('10');
    await take(id, { range_id: range['id'], count: 3 });
    expect(await usedOf(id)).toBe('10');
    await send('PATCH', `/ranges/${String(range['id'])}`, { counts_as_used: false });
    expect(await usedOf(id)).toBe('4');
    await send('DELETE', `/ranges/${String(range['id'])}`);
    expect(await usedOf(id)).toBe('4');
    expect(await take(id, { count: 10 })).toHaveLength(10);
  });

  it('hold what was deleted for as long as the rule says, but for who has deleted it', async () => {
    const { id, net } = await pool({ rules: { quarantine_days: 30 } });
    const child = await made('/pools', { name: 'gone', cidr: `${net}.0/26` }, editor);
    await send('DELETE', `/pools/${String(child['id'])}`, undefined, editor);
    const [held] = (await send('GET', `/pools/${id}/ranges?purpose=quarantine`)).body[
      'items'
    ] as Json[];
    expect(held).toMatchObject({
      start_address: `${net}.0`,
      end_address: `${net}.63`,
      name: 'gone',
      held_by: 'editor',
    });
    const wish = { name: 'x', prefix_length: 26 };
    const { items } = await made(`/pools/${id}/allocations`, wish);
    expect((items as Json[])[0]).toMatchObject({ cidr: `${net}.64/26` });
    const again = { name: 'x', cidr: `${net}.0/27` };
    expect(await codeOf('POST', '/pools', again)).toEqual([409, 'quarantined']);
    expect(await codeOf('DELETE', `/ranges/${String(held?.['id'])}`)).toEqual([409, 'quarantined']);
    // Whoever has deleted it takes a part back; the rest stays.
    await made('/pools', again, editor);
    const left = (await send('GET', `/pools/${id}/ranges`)).body['items'] as Json[];
    expect(left).toMatchObject([{ start_address: `${net}.32`, end_address: `${net}.63` }]);
    const release = `/ranges/${String(left[0]?.['id'])}/release`;
    expect(await codeOf('POST', release, {}, editor)).toEqual([403, 'forbidden']);
    expect((await send('POST', release)).status).toBe(200);
    await made('/pools', { name: 'y', cidr: `${net}.32/27` });
  });

  it('are findings from two weeks before their end until they are freed', async () => {
    const { net } = await pool();
    const leased = async (name: string, host: number, days: number): Promise<number> => {
      const expires_at = new Date(Date.now() + days * DAY_MS).toISOString();
      const wish = { name, cidr: `${net}.${host}/28`, kind: 'subnet', expires_at };
      return Number((await made('/pools', wish))['id']);
    };
    const soon = await leased('soon', 0, 13);
    const later = await leased('later', 16, 15);
    const over = await leased('over', 32, -1);
    await made(`/pools/${over}/ranges`, {
      start_address: `${net}.33`,
      end_address: `${net}.33`,
      purpose: 'dhcp',
    });
    const expires_at = new Date(Date.now() + 2 * DAY_MS).toISOString();
    const host = await made('/addresses', { address: `${net}.200`, name: 'visitor', expires_at });
    const { items, total } = (await send('GET', '/discovery/findings?type=lease_ends')).body;
    expect(items).toMatchObject([
      { id: `lease_ends:${soon}`, lease: { pool_id: soon, place: `${net}.0/28` }, resource: null },
      { id: `lease_ends:${over}`, reason: expect.stringContaining('it is not freed') as unknown },
      {
        id: `lease_ends:address:${String(host['id'])}`,
        lease: { pool_id: null, address_id: host['id'], place: `${net}.200`, name: 'visitor' },
      },
    ]);
    const second = (await send('GET', '/discovery/findings?type=lease_ends&page_size=1&page=2'))
      .body;
    expect(second).toMatchObject({ items: [{ id: `lease_ends:${over}` }], total });
    const status = (await send('GET', '/discovery/status')).body;
    expect(status['findings']).toMatchObject({ lease_ends: 3 });
    await send('DELETE', `/addresses/${String(host['id'])}`);
    for (const id of [soon, later, over]) await send('DELETE', `/pools/${id}?cascade=true`);
  });

  it('end by themselves at their time, and not before', async () => {
    const { id, net } = await pool({ rules: { quarantine_days: 30 } });
    const at = Date.now();
    const soon = new Date(at + DAY_MS).toISOString();
    await made('/addresses', { address: `${net}.4`, expires_at: soon });
    const child = { cidr: `${net}.64/26`, name: 'leased', kind: 'subnet', expires_at: soon };
    const leased = await made('/pools', child);
    const scope = await made('/pools', { ...child, cidr: `${net}.192/27`, name: 'scope' });
    await made(`/pools/${String(scope['id'])}/ranges`, {
      start_address: `${net}.200`,
      end_address: `${net}.210`,
      purpose: 'dhcp',
    });
    const full = await made('/pools', { ...child, cidr: `${net}.128/26`, name: 'full' });
    await made('/addresses', { address: `${net}.130` });
    const release = (days: number): Promise<number> =>
      server.app.get(ReleaseExpired).execute(SYSTEM_ACTOR, new Date(at + days * DAY_MS));
    expect(await release(0.9)).toBe(0);
    expect(await release(1.1)).toBe(2);
    expect(await codeOf('GET', `/pools/${String(leased['id'])}`)).toEqual([404, 'pool_not_found']);
    // Somebody has an address of it.
    expect((await send('GET', `/pools/${String(full['id'])}`)).status).toBe(200);
    // A range lies in it.
    expect((await send('GET', `/pools/${String(scope['id'])}`)).status).toBe(200);
    expect(await take(id, { count: 4 })).toEqual([1, 2, 3, 5].map((host) => `${net}.${host}`));
    expect(await release(31)).toBe(0);
    expect(await release(31.2)).toBe(2);
    expect(await take(id, { count: 1 })).toEqual([`${net}.4`]);
  });
});
