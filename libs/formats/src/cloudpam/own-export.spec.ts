import { formatCidr, parseCidr } from '@cloudpam/cidr';
import { readTexts, rowsOf } from '../testing/read-texts';
import { zipOf } from '../testing/zip-of';

/** A table of ours, out of cells by column. */
function table(...rows: readonly Readonly<Record<string, unknown>>[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const cell = (value: unknown): string => {
    const text =
      value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
    return `"${text.replaceAll('"', '""')}"`;
  };
  const lines = rows.map((row) => columns.map((column) => cell(row[column])).join(','));
  return [columns.join(','), ...lines, ''].join('\n');
}

const SINCE = {
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-02-01T00:00:00.000Z',
  version: 3,
};
const HISTORY = {
  createdAt: new Date(SINCE.created_at),
  updatedAt: new Date(SINCE.updated_at),
  version: 3,
};
const POOL = {
  id: 7,
  vrf_id: 9,
  parent_id: 3,
  name: 'berlin',
  cidr: '10.0.0.0/24',
  family: 4,
  kind: 'reservation',
  status: 'planned',
  source: 'discovered',
  account_id: 5,
  provider: 'aws',
  external_id: 'subnet-1',
  external_vpc: 'vpc-1',
  region: 'eu-west-1',
  sync_status: 'synced',
  last_sync_at: '2026-03-01T00:00:00.000Z',
  description: 'a, "b"\nc',
  tags: { owner: 'netops', __proto__x: '😀', 'a:b': '=1' },
  vlan_id: 4,
  expires_at: '2027-01-01T00:00:00.000Z',
  rules: {
    min_prefix_length: 25,
    max_prefix_length: null,
    default_prefix_length: 28,
    required_tags: ['owner'],
  },
  key: 'k-1',
  ...SINCE,
  uncounted_hosts: true,
  used: '0',
  total: '256',
  vrf: 'red',
  vrf_rd: '65000:1',
  account: 'aws:123456789012',
  vlan_group: 'fra',
  vlan_vid: 10,
  key_request: '{"count":1}',
};

describe('our own export', () => {
  it('tells all of a pool', async () => {
    const { rows, tables } = await readTexts({ 'pools.csv': table(POOL) });
    expect(tables[0]).toMatchObject({ format: 'cloudpam', entity: 'pool', unknown: [] });
    const item = rows[0]?.item;
    if (!item || !('entity' in item) || item.entity !== 'pool') throw new Error('it is no pool');
    expect({ ...item, cidr: formatCidr(item.cidr) }).toEqual({
      entity: 'pool',
      cidr: '10.0.0.0/24',
      vrf: { name: 'red', rd: '65000:1' },
      set: {
        name: 'berlin',
        kind: 'reservation',
        status: 'planned',
        region: 'eu-west-1',
        description: 'a, "b"\nc',
        expiresAt: new Date(POOL.expires_at),
        rules: {
          minPrefixLength: 25,
          maxPrefixLength: null,
          defaultPrefixLength: 28,
          requiredTags: ['owner'],
        },
      },
      fresh: { name: 'berlin', kind: 'by_place' },
      account: 'aws:123456789012',
      vlan: { vid: 10, name: null, group: 'fra' },
      tags: { values: POOL.tags, are: 'all' },
      sourceId: null,
      cloud: {
        source: 'discovered',
        externalId: 'subnet-1',
        externalVpc: 'vpc-1',
        syncStatus: 'synced',
        lastSyncAt: new Date(POOL.last_sync_at),
        liveKey: { key: 'k-1', wish: '{"count":1}' },
      },
      history: HISTORY,
    });
  });

  it('tells empty cells as empty', async () => {
    const none = Object.fromEntries(Object.keys(POOL).map((column) => [column, null]));
    const cells = {
      ...none,
      ...{ name: 'x', cidr: '10.0.0.0/24', kind: 'subnet', status: 'active' },
    };
    const { rows } = await readTexts({
      'pools.csv': table({ ...cells, source: 'manual', vrf: 'global' }),
    });
    expect(rows[0]?.item).toMatchObject({
      vrf: { name: 'global', rd: null },
      set: { region: null, description: '', expiresAt: null, rules: null },
      account: null,
      vlan: null,
      tags: { values: {}, are: 'all' },
      cloud: { externalId: null, syncStatus: null, lastSyncAt: null, liveKey: null },
    });
  });

  it.each([
    ["'=1", '=1'],
    ["''=1", "'=1"],
    ["' x", ' x'],
    ["'-", '-'],
    ["'＝1", '＝1'],
    ["'abc", "'abc"],
    ["'", "'"],
    ["''", "''"],
    ['a=1', 'a=1'],
  ])('takes the apostrophe from %j that its writer has put there', async (cell, text) => {
    const { rows } = await readTexts({ 'pools.csv': table({ ...POOL, name: cell }) });
    expect(rows[0]?.item).toMatchObject({ set: { name: text } });
  });

  it('tells all of the records', async () => {
    const account = {
      id: 5,
      key: 'aws:123456789012',
      provider: 'aws',
      external_id: '123456789012',
      name: 'Payments',
      platform: null,
      tier: 'gold',
      environment: null,
      regions: ['eu-west-1', 'eu-central-1'],
      description: '',
      discovery_policy: 'approve',
      discovery_interval: 3600,
      ...SINCE,
    };
    const { rows } = await readTexts({
      'accounts.csv': table(account),
      'vrfs.csv': table({ id: 9, name: 'red', rd: null, description: 'x', ...SINCE }),
      'vlans.csv': table({ id: 4, vid: 10, name: 'mgmt', group: '', description: '', ...SINCE }),
    });
    expect(rows.map(({ item }) => item)).toEqual([
      {
        entity: 'account',
        set: {
          key: 'aws:123456789012',
          provider: 'aws',
          externalId: '123456789012',
          name: 'Payments',
          platform: null,
          tier: 'gold',
          environment: null,
          regions: ['eu-west-1', 'eu-central-1'],
          description: '',
          discoveryPolicy: 'approve',
          discoveryInterval: 3600,
        },
        history: HISTORY,
      },
      { entity: 'vrf', set: { name: 'red', rd: null, description: 'x' }, history: HISTORY },
      {
        entity: 'vlan',
        set: { vid: 10, name: 'mgmt', group: '', description: '' },
        history: HISTORY,
      },
    ]);
  });

  it('tells all of addresses and of ranges', async () => {
    const address = {
      id: 7,
      address: '10.0.0.5',
      vrf_id: 9,
      pool_id: 3,
      range_id: 4,
      name: 'db',
      status: 'reserved',
      role: 'gateway',
      dns_name: 'db.example.com',
      mac: '02:00:5e:00:53:01',
      account_id: 5,
      description: 'a, "b"',
      tags: { a: 'b' },
      expires_at: '2027-01-01T00:00:00.000Z',
      ...SINCE,
      vrf: 'red',
      vrf_rd: '65000:1',
      account: 'aws:1',
    };
    const range = {
      id: 4,
      start_address: '10.0.0.4',
      end_address: '10.0.0.9',
      vrf_id: 9,
      pool_id: 3,
      name: 'dhcp',
      purpose: 'dhcp',
      counts_as_used: true,
      account_id: null,
      description: '',
      tags: {},
      until: null,
      held_by: null,
      ...SINCE,
      vrf: 'global',
      vrf_rd: null,
      account: null,
    };
    const files = {
      'addresses.csv': table(address, { ...address, range_id: null, role: 'x' }),
      'ranges.csv': table(
        range,
        { ...range, purpose: 'quarantine' },
        { ...range, counts_as_used: 'maybe' },
      ),
    };
    const { rows, tables } = await readTexts(files);
    expect(tables.map(({ format, entity, unknown }) => [format, entity, unknown])).toEqual([
      ['cloudpam', 'address', []],
      ['cloudpam', 'range', []],
    ]);
    expect(rows.map(({ item }) => item)).toEqual([
      {
        entity: 'address',
        cidr: parseCidr('10.0.0.5/32'),
        set: {
          name: 'db',
          status: 'reserved',
          role: 'gateway',
          dnsName: 'db.example.com',
          mac: '02:00:5e:00:53:01',
          description: 'a, "b"',
          expiresAt: new Date(address.expires_at),
        },
        vrf: { name: 'red', rd: '65000:1' },
        fresh: { name: '' },
        account: 'aws:1',
        tags: { values: { a: 'b' }, are: 'all' },
        sourceId: null,
        history: HISTORY,
        isOfRange: true,
      },
      expect.objectContaining({ error: 'unknown_word', field: 'role' }),
      {
        entity: 'range',
        span: expect.objectContaining({ family: 4, last: parseCidr('10.0.0.9/32').first }),
        set: { name: 'dhcp', description: '', purpose: 'dhcp', countsAsUsed: true },
        vrf: { name: 'global', rd: null },
        fresh: { name: '' },
        account: null,
        tags: { values: {}, are: 'all' },
        sourceId: null,
        history: HISTORY,
      },
      expect.objectContaining({ skip: 'not_kept' }),
      expect.objectContaining({ error: 'unknown_word', field: 'counts_as_used' }),
    ]);
  });

  it('of an older server says ids, which the tables beside it explain', async () => {
    const { vrf, vrf_rd, account, vlan_group, vlan_vid, key_request, ...older } = POOL;
    void [vrf, vrf_rd, account, vlan_group, vlan_vid, key_request];
    const pools = table(older);
    const others = {
      'vrfs.csv': table({ id: 9, name: 'red', rd: '65000:1', description: '', ...SINCE }),
      'accounts.csv': table({
        id: 5,
        key: 'aws:1',
        provider: 'aws',
        external_id: '1',
        name: 'a',
        ...SINCE,
      }),
      'vlans.csv': table({ id: 4, vid: 10, name: 'mgmt', group: 'fra', description: '', ...SINCE }),
    };
    const { rows } = await readTexts({ 'pools.csv': pools, ...others });
    expect(rows[0]?.item).toMatchObject({
      vrf: { name: 'red', rd: '65000:1' },
      account: 'aws:1',
      vlan: { vid: 10, name: null, group: 'fra' },
      cloud: { liveKey: null },
    });
    const alone = await readTexts({ 'pools.csv': pools });
    expect(alone.rows[0]?.item).toMatchObject({
      error: 'invalid_value',
      field: 'vrf_id',
      detail: expect.stringContaining('vrfs.csv'),
    });
  });

  it('is a ZIP, of which some tables are not read', async () => {
    const zip = await zipOf({
      'pools.csv': table(POOL),
      'blocks.csv': table(POOL),
      'resources.csv': 'id,external_id,overlap_status\n1,vpc-1,x\n',
      'audit.csv': 'id,timestamp,actor,action\n1,a,b,c\n',
      'vlans.csv': table({ id: 4, vid: 10, name: 'mgmt', group: '', description: '', ...SINCE }),
    });
    const { tables, rows } = await readTexts({ 'export.zip': zip });
    expect(tables.map(({ file, entity }) => [file, entity])).toEqual([
      ['export.zip/pools.csv', 'pool'],
      ['export.zip/blocks.csv', null],
      ['export.zip/resources.csv', null],
      ['export.zip/audit.csv', null],
      ['export.zip/vlans.csv', 'vlan'],
    ]);
    expect(rows.map(({ table: at, item }) => ('skip' in item ? [at, item.skip] : [at]))).toEqual([
      [0],
      [1, 'not_kept'],
      [2, 'not_kept'],
      [3, 'not_kept'],
      [4],
    ]);
  });

  it.each([
    ['cidr', 'x', 'invalid_cidr'],
    ['cidr', '', 'missing_value'],
    ['kind', 'net', 'unknown_word'],
    ['status', 'ok', 'unknown_word'],
    ['source', 'me', 'unknown_word'],
    ['tags', '[]', 'invalid_value'],
    ['tags', '{"a":1}', 'invalid_value'],
    ['tags', '{', 'invalid_value'],
    ['rules', '{', 'invalid_rules'],
    ['rules', '{"min_prefix_length":"x"}', 'invalid_rules'],
    ['rules', '{"required_tags":[1]}', 'invalid_rules'],
    ['expires_at', 'tomorrow', 'invalid_value'],
    ['expires_at', '2026-13-01T00:00:00.000Z', 'invalid_value'],
    ['created_at', '0000-01-01T00:00:00.000Z', 'invalid_value'],
    ['created_at', '2026-02-30T00:00:00.000Z', 'invalid_value'],
    ['version', '0', 'invalid_value'],
    ['vlan_vid', '5000', 'invalid_value'],
    ['key_request', '{', 'invalid_value'],
  ])('says that %s is wrong where it is %j', async (field, cell, error) => {
    const rows = await rowsOf({ 'pools.csv': table({ ...POOL, [field]: cell }) });
    expect(rows[0]).toMatch(new RegExp(`error ${error} ${field}`));
  });

  it('says that a row is cut off', async () => {
    expect(await rowsOf({ 'pools.csv': `${table(POOL)}8,9,,berlin,10.0.1.0/24` })).toEqual([
      expect.stringContaining('0:2 pool'),
      '0:4 error column_count -',
    ]);
  });
});
