import { SYSTEM_ACTOR } from '@cloudpam/audit';
import { parseCidr } from '@cloudpam/cidr';
import { DAY_MS, dayOf, ForecastPools, formatDay } from '@cloudpam/forecast';
import { AllocateSubnet, CreatePools } from '@cloudpam/pools';
import { Prepared, type Json } from '../prepared.fixture';
import { memoryStorage, type Storage } from '../storage/storage';

const WEEKS = 60;
const TODAY = dayOf(new Date());
const onDay = (day: number): Date => new Date((TODAY - 7 * WEEKS + day) * DAY_MS);

describe('the past and the future of a pool', () => {
  let server: Prepared;
  let storage: Storage;
  let growing: number;
  let quiet: number;
  const get = async (url: string, token?: string): Promise<Json> => {
    const { status, body } = await server.send('GET', url, undefined, token);
    if (status !== 200) throw new Error(`${url} was answered ${status}`);
    return body;
  };
  const changeOn = (day: number) => ({ actor: SYSTEM_ACTOR, at: onDay(day), requestId: 'past' });

  beforeAll(async () => {
    storage = memoryStorage();
    server = await Prepared.open(undefined, storage);
    const create = new CreatePools(storage.unitOfWork);
    const pool = async (cidr: string): Promise<number> =>
      (await create.one(changeOn(0), { name: cidr, cidr: parseCidr(cidr) })).pool.id;
    growing = await pool('10.0.0.0/18');
    quiet = await pool('2001:db8::/32');
    for (let week = 0; week < WEEKS; week++)
      await new AllocateSubnet(storage.unitOfWork).execute(changeOn(7 * week), {
        from: { poolId: growing },
        name: `week ${week}`,
        prefixLength: 24,
      });
    await server.foretell([]);
    const now = (): Date => new Date();
    expect(await new ForecastPools(storage.unitOfWork, 'a', now, () => undefined).execute()).toBe(
      1,
    );
  });
  afterAll(() => server.close());

  it('is told day by day, with what was free', async () => {
    const answer = await get(
      `/pools/${growing}/usage?from=${formatDay(dayOf(onDay(1)))}&to=${formatDay(dayOf(onDay(8)))}`,
    );
    expect(answer).toEqual({
      from: formatDay(dayOf(onDay(1))),
      to: formatDay(dayOf(onDay(8))),
      step_days: 1,
      days: [
        {
          day: formatDay(dayOf(onDay(0))),
          used: '256',
          free: '16128',
          largest_free: 19,
          free_blocks: [19, 20, 21, 22, 23, 24].map((length) => ({
            prefix_length: length,
            count: 1,
          })),
        },
        {
          day: formatDay(dayOf(onDay(7))),
          used: '512',
          free: '15872',
          largest_free: 19,
          free_blocks: [19, 20, 21, 22, 23].map((length) => ({ prefix_length: length, count: 1 })),
        },
      ],
    });
  });

  it('is told in steps where the time is long, and has nothing before the pool had anything', async () => {
    const long = await get(`/pools/${growing}/usage?from=2015-01-01`);
    expect(long['step_days']).toBe(28);
    expect((long['days'] as Json[]).length).toBeLessThanOrEqual(WEEKS / 4 + 1);
    expect((long['days'] as Json[]).at(-1)).toMatchObject({ used: String(256 * WEEKS) });
    expect(await get(`/pools/${quiet}/usage`)).toMatchObject({ days: [] });
  });

  it.each(['from=2026-02-30', 'from=9999-99-99', 'from=2026-01-02&to=2026-01-01', 'to=today'])(
    'is refused for %s',
    async (query) => {
      expect((await server.send('GET', `/pools/${growing}/usage?${query}`)).status).toBe(400);
    },
  );

  it('has a day, a band and what they are worth', async () => {
    const told = await get(`/pools/${growing}/forecast`);
    expect(told).toMatchObject({
      ...{ pool_id: growing, cidr: '10.0.0.0/18', prefix_length: 24, made_on: formatDay(TODAY) },
      forecast: { outcome: 'forecast', weeks: WEEKS, changes: WEEKS - 1, left_out: null },
    });
    const { earliest, day, growth_per_week: growth } = told['forecast'] as Json;
    expect(String(earliest) <= String(day)).toBe(true);
    expect(growth).toBeCloseTo(256, -1);
    expect(await get(`/pools/${growing}/forecast`)).toEqual(told);
    const wider = await get(`/pools/${growing}/forecast?prefix_length=19`);
    expect(wider['forecast']).toMatchObject({ outcome: 'exhausted', day: null });
  });

  it('says in a word why there is no day', async () => {
    const told = await get(`/pools/${quiet}/forecast`);
    expect(told['forecast']).toMatchObject({ outcome: 'not_enough_history', day: null });
    for (const length of [17, 33]) {
      const { status, body } = await server.send(
        'GET',
        `/pools/${growing}/forecast?prefix_length=${length}`,
      );
      expect([length, status, body['code']]).toEqual([length, 400, 'invalid_prefix_length']);
    }
  });

  it('is in the list of what ends soon, a finding, a count and a metric', async () => {
    const told = await get(`/pools/${growing}/forecast`);
    expect((await get('/forecasts'))['items']).toEqual([told]);
    expect((await get('/forecasts?within=7d'))['items']).toEqual([]);
    const { items } = await get('/discovery/findings?type=exhausts_soon');
    expect(items).toMatchObject([
      { id: `exhausts_soon:${growing}`, account_key: null, resource: null, pool: told },
    ]);
    const status = await get('/discovery/status');
    expect(status['findings']).toMatchObject({ exhausts_soon: 1 });
    const { payload } = await server.app.inject({
      url: '/metrics',
      headers: { authorization: `Bearer ${server.token}` },
    });
    expect(payload).toContain('cloudpam_findings_open{type="exhausts_soon"} 1');
    expect(payload).toMatch(/cloudpam_pool_ends_in_days\{pool_id="1",.*\} \d+\n/);
    expect(payload).toContain('cloudpam_usage_behind 0');
  });

  it('is hidden from who sees neither the pool nor that it ends', async () => {
    const { body } = await server.send('POST', '/tokens', {
      name: 'limited',
      role: 'viewer',
      pools: [quiet],
    });
    const token = String(body['secret']);
    for (const path of ['usage', 'forecast'])
      expect([
        path,
        (await server.send('GET', `/pools/${growing}/${path}`, undefined, token)).status,
      ]).toEqual([path, 404]);
    expect(await get('/forecasts', token)).toMatchObject({ items: [], total: 0 });
    expect(await get('/discovery/findings', token)).toMatchObject({ items: [], total: 0 });
    expect(await get(`/pools/${quiet}/usage`, token)).toMatchObject({ days: [] });
  });

  it('goes with the pool', async () => {
    await server.send('DELETE', `/pools/${growing}?cascade=true`);
    expect((await get('/forecasts'))['items']).toEqual([]);
    await server.foretell([]);
    expect(await storage.unitOfWork.read(({ usage }) => usage.poolsWithDays(0, 10))).toEqual([]);
  });
});
