import { parse } from 'csv-parse/sync';
import { Prepared } from '../prepared.fixture';
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
    return { status: statusCode, type: String(headers['content-type']), rawPayload, body };
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
});
