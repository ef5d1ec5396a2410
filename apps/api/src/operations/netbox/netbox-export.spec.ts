import { parse } from 'csv-parse/sync';
import { formatCidr } from '@cloudpam/cidr';
import { Prepared, type Json } from '../../prepared.fixture';
import { filesOf } from '../../testing/unzipped';

type CsvRow = Readonly<Record<string, string>>;

/** What NetBox 4 reads of each file, and what it cannot do without (netbox/ipam/forms/bulk_import.py). */
const FORMS: Readonly<Record<string, { fields: string[]; required: string[] }>> = {
  prefixes: {
    fields: [
      ...['prefix', 'vrf', 'tenant', 'vlan_group', 'vlan_site', 'vlan', 'status', 'role'],
      ...['scope_type', 'scope_id', 'is_pool', 'mark_utilized', 'description', 'comments', 'tags'],
    ],
    required: ['prefix', 'status'],
  },
  vrfs: {
    fields: ['name', 'rd', 'tenant', 'enforce_unique', 'description', 'comments', 'tags'],
    required: ['name'],
  },
  vlans: {
    fields: ['site', 'group', 'vid', 'name', 'tenant', 'status', 'role', 'description', 'comments'],
    required: ['vid', 'name', 'status'],
  },
  'vlan-groups': {
    fields: ['name', 'slug', 'scope_type', 'scope_id', 'vid_ranges', 'description', 'tags'],
    required: ['name', 'slug'],
  },
  roles: {
    fields: ['name', 'slug', 'weight', 'description', 'tags'],
    required: ['name', 'slug', 'weight'],
  },
  tenants: { fields: ['name', 'slug', 'group', 'description'], required: ['name', 'slug'] },
  tags: { fields: ['name', 'slug', 'color', 'description'], required: ['name', 'slug', 'color'] },
};

describe('the export for NetBox', () => {
  let server: Prepared;
  const exported = async (query = ''): Promise<ReadonlyMap<string, CsvRow[]>> => {
    const answer = await server.app.inject({
      url: `/api/v1/export?format=netbox${query}`,
      headers: { authorization: `Bearer ${server.token}` },
    });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/zip']);
    return new Map(
      [...filesOf(answer.rawPayload)].map(([name, text]) => [
        name.replace('.csv', ''),
        parse(text, { columns: true }),
      ]),
    );
  };
  const prefix = async (cidr: string): Promise<CsvRow | undefined> =>
    (await exported()).get('prefixes')?.find((row) => row['prefix'] === cidr);

  beforeAll(async () => {
    server = await Prepared.open();
    const account_id = await server.account('observe');
    const vrf_id = await server.made('/vrfs', { name: 'R&D', rd: '65000:7', description: 'lab' });
    await server.made('/vrfs', { name: 'x'.repeat(150), rd: '192.168.100.100:4294967295' });
    const vlan = (vid: number, name: string, group?: string): Promise<number> =>
      server.made('/vlans', { vid, name, group });
    const vlan_id = await vlan(120, 'office', 'Berlin Mitte');
    await vlan(121, 'office', 'Berlin Mitte');
    await vlan(120, 'other', 'berlin-mitte');
    const twice = await vlan(120, 'loose');
    const alone = await vlan(7, 'alone');
    const pool = (cidr: string, more: Json = {}): Promise<number> =>
      server.made('/pools', { name: cidr, cidr, ...more });
    await pool('10.0.0.0/8', { name: 'corp', description: 'everything', account_id });
    await pool('10.1.0.0/16', {
      vrf_id,
      vlan_id,
      kind: 'subnet',
      status: 'planned',
      tags: { lab: '', 'a, b': '', role: 'Access', tenant: 'ACME', owner: 'netops', 'Lab!': '' },
    });
    await pool('10.2.0.0/16', { kind: 'vpc', vlan_id: twice, region: 'eu-west-1' });
    await pool('10.2.0.0/16', { kind: 'subnet' });
    await pool('10.3.0.0/16', { kind: 'reservation', vlan_id: alone, name: 'n'.repeat(200) });
    await pool('10.4.0.0/16', { kind: 'subnet', status: 'deprecated', tags: { long: 'v' } });
    await pool('2001:db8::/32', { kind: 'subnet', tags: { ['t'.repeat(101)]: '' } });
  });
  afterAll(() => server.close());

  it('has files with the columns of its forms, the needed ones always filled', async () => {
    const files = await exported();
    expect([...files.keys()].sort()).toEqual(Object.keys(FORMS).sort());
    for (const [name, rows] of files) {
      const { fields, required } = FORMS[name] ?? { fields: [], required: [] };
      expect([name, rows.length > 0]).toEqual([name, true]);
      for (const row of rows) {
        expect(fields).toEqual(expect.arrayContaining(Object.keys(row)));
        expect(required.filter((field) => !row[field])).toEqual([]);
        expect(row['slug'] ?? 'slug').toMatch(/^[-a-z0-9_]{1,100}$/);
        expect((row['description'] ?? '').length).toBeLessThanOrEqual(200);
      }
    }
  });

  it('names only what its own files list, each once', async () => {
    const files = await exported();
    const listed = (name: string, field: string): string[] =>
      (files.get(name) ?? []).map((row) => row[field] ?? '');
    for (const [name, field] of [
      ['vrfs', 'name'],
      ['vlan-groups', 'name'],
      ['vlan-groups', 'slug'],
      ['roles', 'slug'],
      ['tags', 'slug'],
    ] as const)
      expect([name, new Set(listed(name, field)).size]).toEqual([name, listed(name, field).length]);
    const vlans = (files.get('vlans') ?? []).map(({ group, name }) => `${group}/${name}`);
    expect(new Set(vlans).size).toBe(vlans.length);
    for (const row of files.get('prefixes') ?? []) {
      if (row['vrf']) expect(listed('vrfs', 'name')).toContain(row['vrf']);
      if (row['role']) expect(listed('roles', 'name')).toContain(row['role']);
      if (row['tenant']) expect(listed('tenants', 'name')).toContain(row['tenant']);
      for (const tag of row['tags']?.split(',').filter(Boolean) ?? [])
        expect(listed('tags', 'slug')).toContain(tag);
      // What NetBox does with a vid: one VLAN must be left.
      const found = (files.get('vlans') ?? []).filter(
        ({ vid, group }) =>
          vid === row['vlan'] && (!row['vlan_group'] || group === row['vlan_group']),
      );
      if (row['vlan']) expect(found).toHaveLength(1);
    }
  });

  it('says of a pool what a prefix can say, and the rest in its comments', async () => {
    expect(await prefix('10.0.0.0/8')).toEqual({
      prefix: '10.0.0.0/8',
      vrf: '',
      tenant: '',
      vlan_group: '',
      vlan: '',
      status: 'container',
      role: '',
      description: 'corp',
      comments: 'everything\n\nkind: container\n\naccount: aws:111111111111',
      tags: '',
    });
    expect(await prefix('10.1.0.0/16')).toMatchObject({
      vrf: 'R&D',
      vlan_group: 'Berlin Mitte',
      vlan: '120',
      status: 'reserved',
      role: 'Access',
      tenant: 'ACME',
      comments: 'kind: subnet\n\nowner: netops',
      tags: 'lab,a-b,lab-2',
    });
    expect(await prefix('10.3.0.0/16')).toMatchObject({ status: 'reserved', vlan: '7' });
    expect(await prefix('10.4.0.0/16')).toMatchObject({ status: 'deprecated' });
  });

  it('leaves out what NetBox cannot hold', async () => {
    const prefixes = ((await exported()).get('prefixes') ?? []).map((row) => row['prefix']);
    expect(prefixes.filter((each) => each === '10.2.0.0/16')).toHaveLength(1);
    // The vid alone would be found twice.
    expect(await prefix('10.2.0.0/16')).toMatchObject({
      vlan: '',
      comments: 'kind: vpc\n\nregion: eu-west-1\n\nVLAN: 120 loose',
    });
    expect(await prefix('2001:db8::/32')).toMatchObject({
      tags: '',
      comments: `kind: subnet\n\n${'t'.repeat(101)}: `,
    });
    const vrfs = (await exported()).get('vrfs') ?? [];
    expect(vrfs.map(({ name, rd }) => [name?.length, rd])).toEqual([
      [3, '65000:7'],
      [100, ''],
    ]);
  });

  it('is read again by the import: what becomes of it is what was', async () => {
    const { rawPayload: bytes } = await server.app.inject({
      url: '/api/v1/export?format=netbox',
      headers: { authorization: `Bearer ${server.token}` },
    });
    const { readImport } = await import('@cloudpam/formats');
    const { tables, rows } = await readImport([{ name: 'netbox.zip', bytes }], {
      format: 'auto',
      map: {},
      fix: null,
      pause: () => Promise.resolve(),
      limit: 1_000,
    });
    expect(new Set(tables.map(({ format }) => format))).toEqual(new Set(['netbox']));
    expect(rows.filter(({ item }) => 'error' in item)).toEqual([]);
    const pools = rows.flatMap(({ item }) =>
      'entity' in item && item.entity === 'pool' ? item : [],
    );
    expect(pools).toHaveLength(6);
    expect(pools.find(({ cidr }) => formatCidr(cidr) === '10.1.0.0/16')).toMatchObject({
      vrf: { name: 'R&D' },
      vlan: { vid: 120, group: 'Berlin Mitte' },
      fresh: { name: '10.1.0.0/16' },
      tags: { values: { role: 'Access', tenant: 'ACME', lab: '' } },
    });
  });

  it('takes the filters and the order of pools, and no datasets', async () => {
    const found = (await exported('&kind=subnet&sort=-cidr')).get('prefixes') ?? [];
    expect(found.map((row) => row['prefix'])).toEqual([
      '2001:db8::/32',
      '10.4.0.0/16',
      '10.1.0.0/16',
    ]);
    for (const query of ['datasets=pools', 'actor=me'])
      expect((await server.send('GET', `/export?format=netbox&${query}`)).status).toBe(400);
  });
});
