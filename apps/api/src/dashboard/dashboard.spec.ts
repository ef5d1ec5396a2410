import { SYSTEM_ACTOR } from '@cloudpam/audit';
import { parseCidr } from '@cloudpam/cidr';
import { CountEstate, DAY_MS } from '@cloudpam/forecast';
import { CreatePools } from '@cloudpam/pools';
import { Prepared, type Json } from '../prepared.fixture';
import { memoryStorage, type Storage } from '../storage/storage';

const SOON = new Date(Date.now() + DAY_MS).toISOString();

describe('the dashboard', () => {
  let server: Prepared;
  let storage: Storage;
  const get = async (token?: string): Promise<Json> => {
    const { status, body } = await server.send('GET', '/dashboard', undefined, token);
    expect(status).toBe(200);
    return body;
  };
  const counted = async (at = new Date()): Promise<void> => {
    await server.foretell([]);
    const count = new CountEstate(
      storage.unitOfWork,
      'test',
      () => at,
      () => undefined,
    );
    expect(await count.execute()).toBe(true);
  };

  beforeEach(async () => {
    storage = memoryStorage();
    server = await Prepared.open(undefined, storage);
  });
  afterEach(() => server.close());

  it('says that there is nothing yet, and that nothing was counted', async () => {
    expect(await get()).toMatchObject({
      has_pools: false,
      leases: { pools: 0, addresses: 0, ranges: 0, first: [] },
      ending: { total: 0, first: [] },
      coverage: { regions: { complete: 0, partial: 0, failed: 0 }, worst: [] },
      estate: null,
      missing: [{ part: 'estate', reason: 'not_counted_yet' }],
    });
  });

  it('tells what ends, what has changed, and how all is used', async () => {
    const root = await server.made('/pools', { name: 'root', cidr: '10.0.0.0/16' });
    await server.made('/pools', { name: 'lent', cidr: '10.0.0.0/18', expires_at: SOON });
    await server.made('/pools', { name: 'six', cidr: '2001:db8::/32' });
    await server.foretell([root]);
    // It is written last, and is no change.
    await server.tellFindings();
    await counted();
    const told = await get();
    expect(told).toMatchObject({
      has_pools: true,
      missing: [],
      leases: { pools: 1, first: [{ type: 'pool', name: 'lent', addresses: '10.0.0.0/18' }] },
      ending: { total: 1, first: [{ pool_id: root }] },
      estate: {
        total: {
          pools: 3,
          ipv4: { size: '65536', used: '16384', free: '49152', ratio: 0.25 },
          ipv6: { size: String(2n ** 96n), used: '0', free: String(2n ** 96n), ratio: 0 },
        },
        by_vrf: { total: 1, items: [{ key: '1', name: 'global', pools: 3 }] },
        by_account: { total: 0, items: [] },
        fullest: [{ pool_id: root, vrf_name: 'global', use: { ratio: 0.25 } }],
        growth_ipv4: { outlook: [], past: [{ used: '16384' }] },
        growth_ipv6: null,
      },
    });
    expect((told['changes'] as Json[])[0]).toMatchObject({ action: 'pool.create' });
  });

  it('counts for someone with limits what they see, and tells of nothing else', async () => {
    const root = await server.made('/pools', { name: 'root', cidr: '10.0.0.0/16' });
    const seen = await server.made('/pools', { name: 'seen', cidr: '10.0.0.0/18' });
    await server.made('/pools', { name: 'in it', cidr: '10.0.1.0/24' });
    await server.made('/pools', { name: 'hidden', cidr: '10.1.0.0/18', expires_at: SOON });
    await server.foretell([root]);
    await counted();
    const asked = { name: 'limited', role: 'viewer', pools: [seen] };
    const { body } = await server.send('POST', '/tokens', asked);
    expect(await get(String(body['secret']))).toMatchObject({
      leases: { pools: 0, first: [] },
      ending: { total: 0, first: [] },
      estate: {
        total: { pools: 2, ipv4: { size: '16384', used: '256' } },
        by_vrf: { items: [{ key: '1', pools: 2 }] },
        fullest: [{ pool_id: seen, name: 'seen' }],
        growth_ipv4: { past: [{ used: '256' }] },
        counted_at: null,
      },
    });
  });

  it('counts no more than 2,000 pools while someone with limits waits', async () => {
    const seen = await server.made('/pools', { name: 'seen', cidr: '10.0.0.0/16' });
    const blocks = Array.from({ length: 2_000 }, (_, at) => ({
      name: 'n',
      cidr: parseCidr(`10.0.${Math.floor(at / 16)}.${(at % 16) * 16}/28`),
    }));
    const change = { actor: SYSTEM_ACTOR, at: new Date(), requestId: 'test' };
    await new CreatePools(storage.unitOfWork).execute(change, blocks);
    const asked = { name: 'limited', role: 'viewer', pools: [seen] };
    const { body } = await server.send('POST', '/tokens', asked);
    expect(await get(String(body['secret']))).toMatchObject({
      estate: null,
      missing: [
        { part: 'estate', reason: 'too_many_pools' },
        { part: 'webhooks', reason: 'not_allowed' },
      ],
    });
  });
});
