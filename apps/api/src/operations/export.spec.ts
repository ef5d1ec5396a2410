import { parse } from 'csv-parse/sync';
import { Prepared, type Json } from '../prepared.fixture';
import { filesOf } from '../testing/unzipped';

type CsvRow = Readonly<Record<string, string>>;

describe('the export', () => {
  let server: Prepared;
  let office: number;

  const exported = async (query: string, token = server.token) => {
    const { statusCode, headers, rawPayload, body } = await server.app.inject({
      url: `/api/v1/export?${query}`,
      headers: { authorization: `Bearer ${token}` },
    });
    const disposition = headers['content-disposition'];
    return { status: statusCode, type: headers['content-type'], disposition, rawPayload, body };
  };
  const tables = async (query: string, token?: string) => {
    const files = filesOf((await exported(query, token)).rawPayload);
    return new Map([...files].map(([name, text]) => [name, rowsOf(text)]));
  };
  const rowsOf = (csv: string): CsvRow[] => parse(csv, { columns: true });

  beforeAll(async () => {
    server = await Prepared.open();
    const account = await server.account('observe');
    const vrf = await server.made('/vrfs', { name: 'lab', rd: '65000:7' });
    const vlan = await server.made('/vlans', { vid: 120, name: 'office', group: "'=site" });
    await server.pool('10.0.0.0/8', { account_id: account });
    office = await server.pool('10.1.0.0/16', {
      name: "'=1+1",
      vrf_id: vrf,
      vlan_id: vlan,
      account_id: account,
    });
    await server.made(`/pools/${office}/allocations`, {
      prefix_length: 24,
      name: 'keyed',
      key: 'payments-1',
    });
  });
  afterAll(() => server.close());

  it('names what pools name by id, and what a live key was asked for with', async () => {
    const pools = (await tables('datasets=pools')).get('pools.csv') ?? [];
    expect(Object.keys(pools[0] ?? {}).slice(-8)).toEqual([
      'used',
      'total',
      'vrf',
      'vrf_rd',
      'account',
      'vlan_group',
      'vlan_vid',
      'key_request',
    ]);
    const [corp, site, keyed] = pools;
    expect(corp).toMatchObject({
      vrf: 'global',
      vrf_rd: '',
      account: 'aws:111111111111',
      vlan_group: '',
      vlan_vid: '',
      key_request: '',
    });
    expect(site).toMatchObject({
      name: "''=1+1",
      vrf: 'lab',
      vrf_rd: '65000:7',
      vlan_group: "''=site",
      vlan_vid: '120',
    });
    expect(keyed).toMatchObject({ key: 'payments-1', account: 'aws:111111111111' });
    expect(JSON.parse(keyed?.['key_request'] ?? '')).toMatchObject({
      from: { poolId: office },
      prefixLength: 24,
    });
  });

  it('tells callers with limits the names of what they see, and no request of a live key', async () => {
    const { body } = await server.send('POST', '/tokens', {
      name: 'limited',
      role: 'viewer',
      pools: [office],
    });
    const files = await tables('', String(body['secret']));
    expect(files.get('pools.csv')).toMatchObject([
      { vrf: 'lab', account: 'aws:111111111111', vlan_vid: '120' },
      { vrf: 'lab', key: 'payments-1', key_request: '' },
    ]);
    expect(files.get('vrfs.csv')?.map(({ name }) => name)).toEqual(['lab']);
  });

  it('gives the rows of a fixed state in a fixed order: pools by id', async () => {
    await server.pool('9.0.0.0/8');
    const first = filesOf((await exported('datasets=all')).rawPayload);
    const ids = rowsOf(first.get('pools.csv') ?? '').map(({ id }) => Number(id));
    expect(ids).toHaveLength(4);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect(filesOf((await exported('datasets=all')).rawPayload)).toEqual(first);
  });

  it('gives one table as itself, and several in a ZIP', async () => {
    const csv = await exported('format=csv&datasets=vrfs');
    expect(csv).toMatchObject({
      status: 200,
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="cloudpam-vrfs.csv"',
    });
    expect(rowsOf(csv.body).map(({ name }) => name)).toEqual(['global', 'lab']);
    const files = filesOf((await exported('format=csv&datasets=vrfs,vlans')).rawPayload);
    expect([...files.keys()]).toEqual(['vrfs.csv', 'vlans.csv']);
    expect(files.get('vrfs.csv')).toBe(csv.body);
    const lines = filesOf((await exported('format=jsonl')).rawPayload);
    expect([...lines.keys()]).toEqual([
      'pools.jsonl',
      'addresses.jsonl',
      'ranges.jsonl',
      'accounts.jsonl',
      'vrfs.jsonl',
      'vlan-groups.jsonl',
      'vlans.jsonl',
    ]);
  });

  it('has in JSON lines what the lists answer, and the names beside it', async () => {
    for (const list of ['pools', 'accounts', 'vrfs', 'vlans']) {
      const { type, body } = await exported(`format=jsonl&datasets=${list}`);
      expect(type).toBe('application/jsonl');
      const { body: page } = await server.send('GET', `/${list}?page_size=100`);
      const items = (page['items'] as Json[]).map(({ child_count: _, hosts: __, ...item }) => item);
      const lines = body
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Json);
      expect(lines).toHaveLength(items.length);
      for (const item of items)
        expect(lines).toContainEqual(list === 'pools' ? expect.objectContaining(item) : item);
    }
    const { body } = await exported(
      `format=jsonl&datasets=pools&name=${encodeURIComponent("'=1+1")}`,
    );
    expect(JSON.parse(body)).toMatchObject({ vrf: 'lab', vlan_group: "'=site", vlan_vid: 120 });
  });

  it('has pools in the order that is asked for', async () => {
    const names = async (sort: string): Promise<unknown[]> => {
      const { body } = await exported(`format=csv&datasets=pools&sort=${sort}`);
      return rowsOf(body).map(({ cidr }) => cidr);
    };
    const { body } = await server.send('GET', '/pools?sort=-cidr');
    const listed = (body['items'] as Json[]).map(({ cidr }) => cidr);
    expect(listed.length).toBeGreaterThan(2);
    expect(await names('-cidr')).toEqual(listed);
    expect(await names('cidr')).toEqual([...listed].reverse());
    expect((await exported('datasets=vlans&sort=name')).status).toBe(400);
    expect((await exported('datasets=pools&page_size=3')).status).toBe(400);
  });

  it('leaves tables out that can have no row that fits, where none is named', async () => {
    const planned = await tables('status=planned');
    expect([...planned.keys()]).not.toContain('addresses.csv');
    expect([...(await tables('status=active')).keys()]).toContain('addresses.csv');
    expect((await exported('datasets=addresses&status=planned')).status).toBe(400);
    expect((await exported('status=never')).status).toBe(400);
  });

  it.each([
    'cidr_touching=bogus',
    'datasets=ranges&cidr_touching=bogus',
    'datasets=addresses&cidr_within=bogus',
  ])('refuses a filter that is none before it begins: %s', async (filter) => {
    expect((await exported(filter)).status).toBe(400);
  });
});
