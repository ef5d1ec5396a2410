import { parseCidr } from '@cloudpam/cidr';
import { canonicalJson, FIRST_HASH, type DiffValue } from '@cloudpam/audit';
import { Prepared, type Entry, type Json } from '../prepared.fixture';
import { sealedRecord } from './forward/forwarded-text';
import { sha256 } from './sha256';
import { sampleAuditEntry } from '@cloudpam/storage-contract';

describe('the audit log over HTTP', () => {
  let server: Prepared;
  const get = async (url: string): Promise<Json> => {
    const { status, body } = await server.send('GET', url);
    expect([url, status]).toEqual([url, 200]);
    return body;
  };
  const raw = async (url: string): Promise<string> =>
    (
      await server.app.inject({
        method: 'GET',
        url: `/api/v1${url}`,
        headers: { authorization: `Bearer ${server.token}` },
      })
    ).body;
  const actions = async (query: string): Promise<string[]> =>
    ((await get(`/audit?${query}`))['entries'] as Entry[]).map((entry) => entry.action);

  beforeAll(async () => {
    server = await Prepared.open();
    const id = await server.pool('10.0.0.0/8');
    await server.send('PATCH', `/pools/${id}`, {
      name: '=1+1',
      description: 'a "quoted", text\nof two lines',
    });
    await server.made('/vrfs', { name: 'lab' });
  });
  afterAll(() => server.app.close());

  it('is filtered by an action or the beginning of several', async () => {
    expect(await actions('action=pool.create')).toEqual(['pool.create']);
    expect(await actions('action=pool.*')).toEqual(['pool.update', 'pool.create']);
    expect(await actions('action=*')).toHaveLength(4);
    expect((await server.send('GET', '/audit?action=p*l')).status).toBe(400);
  });

  it('is paged by cursor to its end', async () => {
    const seen: number[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Json = await get(`/audit?page_size=3${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...(page['entries'] as Entry[]).map((entry) => entry.id));
      expect(page['total']).toBe(4);
      cursor = page['next_cursor'] as string | null;
    }
    expect(seen).toEqual([4, 3, 2, 1]);
    expect(await server.send('GET', '/audit?cursor=zero')).toMatchObject({
      status: 400,
      body: { code: 'invalid_cursor' },
    });
  });

  it('is exported as lines of JSON, oldest first, with the filters of the list', async () => {
    const lines = (await raw('/audit/export?action=pool.*'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Entry);
    expect(lines.map((entry) => entry.action)).toEqual(['pool.create', 'pool.update']);
    expect(lines).toEqual(((await get('/audit?action=pool.*'))['entries'] as Entry[]).toReversed());
    expect(await raw('/audit/export?entity_type=nothing')).toBe('');
  });

  it('leaves no timer behind when nothing is exported', async () => {
    const timers = (): number =>
      process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length;
    const before = timers();
    await raw('/audit/export?entity_type=nothing');
    expect(timers()).toBe(before);
  });

  it('is exported as CSV in which no cell is a formula', async () => {
    const csv = await raw('/audit/export?format=csv&entity_type=pool');
    expect(csv.split('\n')[0]).toBe(
      'id,timestamp,actor_type,actor_id,actor_name,action,entity_type,entity_id,diff,request_id,reason,' +
        'version,place,former_place',
    );
    expect(csv.trim().split('\n')).toHaveLength(3);
    await server.send('DELETE', `/pools/${await server.pool('11.0.0.0/8')}`);
    const reasons = await server.app.inject({
      method: 'POST',
      url: '/api/v1/vrfs',
      headers: { authorization: `Bearer ${server.token}`, 'x-change-reason': '=HYPERLINK("x")' },
      payload: { name: 'formula' },
    });
    expect(reasons.statusCode).toBe(201);
    expect(await raw('/audit/export?format=csv&entity_type=vrf')).toContain(`"'=HYPERLINK(""x"")"`);
  });

  it('is hashed so that anyone can repeat it from an export', () => {
    const entry = {
      ...sampleAuditEntry({
        at: new Date(0),
        diff: { before: null, after: { name: 'ü' } },
        requestId: 'r',
        place: { vrfId: 1, accountId: null, cidr: parseCidr('10.0.0.0/8'), kind: 'vpc' },
      }),
      id: 7,
    };
    const seal = { seq: 1, entryId: 7, hash: 'x' };
    expect(sealedRecord(seal, { ...entry, version: 2 })).toMatchObject({ version: 2 });
    const { seq, hash, ...record } = sealedRecord(seal, entry) as {
      readonly [field: string]: DiffValue;
    };
    expect([seq, hash]).toEqual([1, 'x']);
    expect(record).not.toHaveProperty('version');
    expect(sha256(FIRST_HASH + canonicalJson(record))).toBe(
      sha256(
        `${FIRST_HASH}{"action":"pool.create","actor":{"id":"ada","name":"Ada","type":"user"},` +
          `"diff":{"after":{"name":"ü"},"before":null},` +
          `"entity_id":"1","entity_type":"pool","id":7,` +
          `"reason":null,"request_id":"r","timestamp":"1970-01-01T00:00:00.000Z"}`,
      ),
    );
  });

  it('tells the version of an event and where it happened, in answers and exports', async () => {
    const id = await server.pool('10.64.0.0/16', { kind: 'vpc' });
    await server.send('POST', `/pools/${id}/move`, { cidr: '10.65.0.0/16' });
    const place = { vrf_id: 1, account_id: null, cidr: '10.65.0.0/16', kind: 'vpc' };
    const told = { version: 1, place, former_place: { ...place, cidr: '10.64.0.0/16' } };
    const { items } = await get(`/audit?entity_id=${id}&action=pool.move`);
    expect(items).toEqual([expect.objectContaining(told)]);
    const { items: events } = await get(`/pools/${id}/history`);
    expect((events as Json[])[0]).toMatchObject(told);
    const query = `entity_id=${id}&action=pool.move`;
    expect(JSON.parse(await raw(`/audit/export?${query}`))).toMatchObject(told);
    expect(await raw(`/audit/export?format=csv&${query}`)).toContain(
      `,1,"${JSON.stringify(place).replaceAll('"', '""')}",`,
    );
    const { items: tokens } = await get('/audit?entity_type=token');
    expect((tokens as Json[])[0]).toMatchObject({ place: null, former_place: null });
  });
});
