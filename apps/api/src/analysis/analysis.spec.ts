import { AnalysePools, RECOMMENDATION_KINDS } from '@cloudpam/analysis';
import { SYSTEM_ACTOR } from '@cloudpam/audit';
import { parseCidr } from '@cloudpam/cidr';
import { DAY_MS } from '@cloudpam/forecast';
import { CreatePools } from '@cloudpam/pools';
import { Prepared, type Json } from '../prepared.fixture';
import { memoryStorage, type Storage } from '../storage/storage';

const LONG_AGO = new Date(Date.now() - 100 * DAY_MS);
const RULES = {
  ...{ minPrefixLength: null, maxPrefixLength: null, defaultPrefixLength: 24 },
  requiredTags: ['owner'],
};

describe('the analysis of address space', () => {
  let server: Prepared;
  let storage: Storage;
  const ids: Record<string, number> = {};
  const get = async (url: string, token?: string): Promise<Json> => {
    const { status, body } = await server.send('GET', url, undefined, token);
    if (status !== 200) throw new Error(`${url} was answered ${status}`);
    return body;
  };
  const told = (body: Json, of = 'items'): string[] =>
    (body[of] as { kind: string; pool: { name: string } }[]).map(
      ({ kind, pool: { name } }) => `${kind} ${name}`,
    );
  const limitedTo = async (pools: readonly number[]): Promise<string> => {
    const { body } = await server.send('POST', '/tokens', {
      ...{ name: `limited to ${pools.join()}`, role: 'viewer', pools },
    });
    return String(body['secret']);
  };

  beforeAll(async () => {
    storage = memoryStorage();
    server = await Prepared.open(undefined, storage);
    const create = new CreatePools(storage.unitOfWork);
    const change = { actor: SYSTEM_ACTOR, at: LONG_AGO, requestId: 'past' };
    const pool = async (cidr: string, fields: object = {}): Promise<number> =>
      (await create.one(change, { name: cidr, cidr: parseCidr(cidr), ...fields })).pool.id;
    const { body } = await server.send('POST', '/vrfs', {
      name: 'lab',
      reachability_domain: 'corporate',
    });
    const lab = Number(body['id']);
    await server.send('PATCH', '/vrfs/1', { reachability_domain: 'corporate' });
    ids['pieces'] = await pool('10.0.0.0/21', { kind: 'vpc', rules: RULES });
    const tags = { owner: 'net' };
    for (const at of [1, 3, 5, 6])
      ids[at] = await pool(`10.0.${at}.0/24`, { kind: 'reservation', ...(at > 1 ? { tags } : {}) });
    await pool('10.0.3.0/25', { kind: 'reservation' });
    ids['twin'] = await pool('10.0.0.0/21', { name: 'twin', kind: 'vpc', vrfId: lab });
    await pool('10.0.0.0/24', { name: 'in twin', kind: 'reservation', vrfId: lab });
    await server.foretell([]);
  });
  afterAll(() => server.close());

  it('is there for one pool at once, and of all pools not yet', async () => {
    const list = await get('/analysis');
    expect(list).toMatchObject({ items: [], total: 0, analysed_at: null, next_at: null });
    const answer = await get(`/pools/${ids['pieces']}/analysis`);
    expect(answer).toMatchObject({
      pool: { pool_id: ids['pieces'], cidr: '10.0.0.0/21' },
      fragmentation: {
        ...{ score: 0.75, free: '1024', largest_free: 24, packed_largest: 22 },
        lengths: [
          { prefix_length: 22, free_blocks: 0, placeable: '0', packed: '1' },
          { prefix_length: 23, free_blocks: 0, placeable: '0', packed: '2' },
          { prefix_length: 24, free_blocks: 4, placeable: '4', packed: '4' },
        ],
      },
      ...{ is_complete: true, usual_length: 24, children_examined: 4, children_total: 4 },
    });
    expect(told(answer, 'recommendations')).toEqual([
      ...['duplicate 10.0.0.0/21', 'fragmented 10.0.0.0/21', 'breaks_rules 10.0.1.0/24'],
      ...['unused 10.0.1.0/24', 'unused 10.0.5.0/24', 'unused 10.0.6.0/24'],
    ]);
  });

  it('names the move that joins free space', async () => {
    const { recommendations } = await get(`/pools/${ids['pieces']}/analysis`);
    const [, pieces] = recommendations as Json[];
    expect(pieces).toMatchObject({
      facts: { score: 0.75, prefix_length: 24, largest_free: 24, packed_largest: 22 },
      action: { type: 'move', pool_ids: [ids[1]], cidr: '10.0.2.0/24', tags: [] },
    });
  });

  it('is kept of all pools by the server that does it, with counts of each kind', async () => {
    const analyse = new AnalysePools(
      storage.unitOfWork,
      'a',
      () => new Date(),
      () => undefined,
    );
    expect(await analyse.execute()).toBe(8);
    const list = await get('/analysis');
    expect(told(list)).toEqual([
      ...['duplicate 10.0.0.0/21', 'duplicate twin', 'breaks_rules 10.0.1.0/24'],
      ...['fragmented 10.0.0.0/21', 'unused 10.0.1.0/24', 'unused 10.0.5.0/24'],
      ...['unused 10.0.6.0/24', 'unused 10.0.3.0/25', 'unused in twin'],
    ]);
    expect((list['kinds'] as Json[]).map(({ kind }) => kind)).toEqual(RECOMMENDATION_KINDS);
    expect(list['kinds']).toContainEqual({ kind: 'unused', count: 5, is_estimate: false });
    const analysedAt = Date.parse(String(list['analysed_at']));
    expect(list['next_at']).toBe(new Date(analysedAt + 60_000).toISOString());
    const first = await get('/analysis?page_size=2&severity=low');
    const cursor = encodeURIComponent(String(first['next_cursor']));
    const next = await get(`/analysis?page_size=2&severity=low&cursor=${cursor}`);
    expect([...told(first), ...told(next)]).toEqual(
      told(await get('/analysis?severity=low')).slice(0, 4),
    );
  });

  it('is kept to a kind, a VRF, and whom who asks sees', async () => {
    expect(told(await get('/analysis?kind=duplicate&vrf_id=1'))).toEqual(['duplicate 10.0.0.0/21']);
    expect((await server.send('GET', '/analysis?kind=other')).status).toBe(400);
    // Its twin is hidden, and so is that there is one.
    const token = await limitedTo([ids['pieces'] ?? 0]);
    const list = await get('/analysis', token);
    expect(list['next_at']).toBeNull();
    expect(told(list)).not.toContain('duplicate 10.0.0.0/21');
    expect(told(list)).toContain('breaks_rules 10.0.1.0/24');
    expect(list['kinds']).toContainEqual({ kind: 'duplicate', count: 0, is_estimate: false });
    const analysis = await get(`/pools/${ids['pieces']}/analysis`, token);
    expect(told(analysis, 'recommendations')).not.toContain('duplicate 10.0.0.0/21');
    expect(
      (await server.send('GET', `/pools/${ids['twin']}/analysis`, undefined, token)).status,
    ).toBe(404);
    // Nor are the rules of a parent that is hidden.
    const narrow = await limitedTo([ids[1] ?? 0]);
    expect(told(await get('/analysis', narrow))).toEqual(['unused 10.0.1.0/24']);
  });

  it('goes with the pool', async () => {
    await server.send('DELETE', `/pools/${ids[5]}`);
    expect(told(await get('/analysis'))).not.toContain('unused 10.0.5.0/24');
    await server.send('DELETE', `/pools/${ids['twin']}`);
    expect(told(await get('/analysis?kind=duplicate'))).toEqual([]);
  });
});
