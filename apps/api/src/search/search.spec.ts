import { openApiDocument } from '../openapi-document';
import { Prepared, type Json } from '../prepared.fixture';

describe('what is typed into a box', () => {
  let server: Prepared;
  const ids: Record<string, number> = {};

  beforeAll(async () => {
    server = await Prepared.open();
    ids['lab'] = await server.made('/vrfs', { name: 'lab', rd: '65000:7' });
    ids['vlan'] = await server.made('/vlans', { vid: 120, name: 'voice' });
    ids['corp'] = await server.pool('10.0.0.0/8', { name: 'corp' });
    ids['site'] = await server.pool('10.200.0.0/16', {
      name: 'site',
      tags: { 'aws:cloudformation:stack-name': 'web', 'cost:center': '7' },
    });
    ids['net'] = await server.pool('10.200.2.0/24', { name: 'net', region: 'fra1' });
    ids['other'] = await server.pool('10.200.2.0/24', {
      name: 'other',
      vrf_id: ids['lab'],
      tags: { cost: 'center:7' },
    });
    ids['six'] = await server.pool('2001:db8:abcd::/48', { name: 'six' });
    await server.discover(['172.16.1.0/24', '172.16.1.0/25']);
  });
  afterAll(() => server.app.close());

  const asked = async (url: string): Promise<Json> => {
    const { status, body } = await server.send('GET', url);
    expect([url, status, body['detail']]).toEqual([url, 200, undefined]);
    return body;
  };
  const names = async (url: string): Promise<string[]> =>
    ((await asked(url))['items'] as Json[])
      .map((each) => String(each['name'] || each['cidr']))
      .sort();
  const search = (q: string, more = ''): Promise<Json> =>
    asked(`/search?q=${encodeURIComponent(q)}${more}`);
  const titles = async (q: string): Promise<string[]> =>
    ((await search(q))['results'] as Json[]).map((each) => String(each['title'] || each['cidr']));

  it.each<[string, string[], string | null]>([
    ['10.200.2.7', ['net', 'other', 'site', 'corp'], null],
    ['10.200.2.1/24', ['net', 'other', 'site', 'corp'], 'Read as 10.200.2.0/24.'],
    ['10.200.2.0 255.255.255.0', ['net', 'other', 'site', 'corp'], 'Read as 10.200.2.0/24.'],
    ['10.200', ['site', 'corp', 'net', 'other'], 'Read as 10.200.0.0/16.'],
    ['2001:db8:abcd', ['six'], 'Read as 2001:db8:abcd::/48.'],
    ['[2001:db8:abcd::1]', ['six'], null],
    ['2001:db8:abcd::1.', ['six'], null],
    ['10.200.2.7-10.200.2.9', ['net', 'other', 'site', 'corp'], null],
    [' site. ', ['site'], null],
    ['arn:aws:ec2:eu-west-1:111111111111:vpc/vpc-1', ['172.16.0.0/16'], 'Read as the id vpc-1.'],
    ['aws:cloudformation:stack-name:web', ['site'], null],
    ['cost:center:7', ['site', 'other'], null],
  ])('finds by %s', async (q, expected, readAs) => {
    expect((await titles(q)).sort()).toEqual([...expected].sort());
    expect((await search(q))['read_as']).toBe(readAs);
  });

  it('says of a thing that is not kept what it is', async () => {
    expect(await search('eni-0a1b2c3d4e5f60718')).toMatchObject({
      total: 0,
      read_as: expect.stringContaining('a network interface') as string,
    });
  });

  it('never mixes the families', async () => {
    expect(await names('/pools?cidr_within=::/0')).toEqual(['six']);
    expect((await asked('/search?cidr_within=::/0'))['total']).toBe(1);
    expect((await asked('/search?q=::/0'))['total']).toBe(1);
  });

  it('counts all that it found, and names VRF and account', async () => {
    const answer = await search('10.200', '&limit=1');
    expect([
      (answer['results'] as Json[]).length,
      answer['total'],
      answer['total_is_estimate'],
    ]).toEqual([1, 4, false]);
    expect((await search('other'))['results']).toMatchObject([{ title: 'other', vrf_name: 'lab' }]);
    expect((await search('172.16.0.1'))['results']).toMatchObject([
      { vrf_name: 'global', account_key: 'aws:111111111111' },
    ]);
    expect((await search('10.200', '&type=block'))['total']).toBe(2);
  });

  it.each<[string, string[]]>([
    ['/pools?q=10.200.2.9', ['corp', 'net', 'other', 'site']],
    ['/pools?q=10.200.2.1/24&vrf_id=1', ['corp', 'net', 'site']],
    ['/pools?q=SUBNET-0', ['172.16.1.0/24']],
    ['/pools?q=vpc-1', ['172.16.0.0/16']],
    ['/pools?q=cost:center=7', ['site']],
    ['/pools?tag=aws:cloudformation:stack-name:web', ['site']],
    ['/pools?tag=cost:center:7', ['other', 'site']],
    ['/discovery/resources?q=172.16.1.130', ['172.16.0.0/16', '172.16.1.0/24']],
    ['/discovery/resources?q=172.16.1.', ['172.16.0.0/16', '172.16.1.0/24', '172.16.1.0/25']],
    ['/discovery/networks?q=172.16', ['main']],
    ['/discovery/networks?q=10.9', []],
    ['/accounts?q=arn:aws:organizations::1:account/o-1/111111111111', ['111111111111']],
    ['/vrfs?q=65000:7', ['lab']],
    ['/vrfs?q=%20LAB.', ['lab']],
    ['/vlans?q=120', ['voice']],
    ['/vlans?q=oic', ['voice']],
  ])('narrows %s', async (url, expected) => {
    expect(await names(url)).toEqual(expected);
  });

  it.each<[string, string | null]>([
    ['/pools?q=10.200', 'Read as 10.200.0.0/16.'],
    ['/pools?q=10.200.0.0/16', null],
    ['/pools?q=net', null],
    ['/pools', null],
    ['/pools?as_of=NOW&q=10.200.2.1/24', 'Read as 10.200.2.0/24.'],
    ['/discovery/resources?q=172.16.1.', 'Read as 172.16.1.0/24.'],
    ['/discovery/findings?q=172.16', 'Read as 172.16.0.0/16.'],
    ['/discovery/networks?q=arn:aws:ec2:eu-west-1:111111111111:vpc/vpc-1', 'Read as the id vpc-1.'],
    [
      '/accounts?q=arn:aws:organizations::1:account/o-1/111111111111',
      'Read as the id 111111111111.',
    ],
    // Accounts, VRFs and VLANs have no addresses.
    ['/accounts?q=10.200', null],
    ['/vrfs?q=10.200', null],
    ['/vlans?q=10.200', null],
    ['/audit?actor=nobody', 'Read as part of a name: no actor has this id.'],
    ['/audit', null],
  ])('says of %s how it was read', async (url, readAs) => {
    expect((await asked(url.replace('NOW', new Date().toISOString())))['read_as']).toBe(readAs);
  });

  it('is said to have been read by every list that takes it', () => {
    const { paths, components } = openApiDocument(server.app);
    const silent = Object.entries(paths).filter(([path, { get }]) => {
      const isTyped =
        get?.parameters?.some((each) => 'name' in each && ['q', 'actor'].includes(each.name)) ??
        false;
      const answer = JSON.stringify(get?.responses ?? {});
      const named = Object.entries(components?.schemas ?? {}).filter(([name]) =>
        answer.includes(`/${name}"`),
      );
      return (
        isTyped &&
        !path.endsWith('export') &&
        !`${answer} ${JSON.stringify(named)}`.includes('"read_as"')
      );
    });
    expect(silent.map(([path]) => path)).toEqual([]);
  });

  it('narrows the past in the same way', async () => {
    const now = new Date().toISOString();
    expect(await names(`/pools?as_of=${now}&q=10.200.2.9&vrf_id=1`)).toEqual([
      'corp',
      'net',
      'site',
    ]);
    expect(await names(`/pools?as_of=${now}&tag=cost:center:7`)).toEqual(['other', 'site']);
  });

  it('finds audit entries by the name that is shown', async () => {
    const {
      entries: [first],
    } = (await asked('/audit?page_size=1')) as unknown as {
      entries: { actor: { id: string; name: string } }[];
    };
    const byName = await asked(
      `/audit?actor=${encodeURIComponent((first?.actor.name ?? '').toUpperCase())}`,
    );
    expect(byName['total']).toBe(
      (await asked(`/audit?actor=${encodeURIComponent(first?.actor.id ?? '')}`))['total'],
    );
    expect(Number(byName['total'])).toBeGreaterThan(0);
  });

  it('offers the regions that exist', async () => {
    expect((await asked('/regions'))['items']).toEqual([
      { region: 'eu-west-1' },
      { region: 'fra1' },
    ]);
    expect((await asked('/regions?account_id=1'))['items']).toEqual([{ region: 'eu-west-1' }]);
  });

  it('exports what the list beside it shows', async () => {
    const exported = async (query: string): Promise<[number, number]> => {
      const answer = await server.app.inject({
        url: `/api/v1/export?${query}`,
        headers: { authorization: `Bearer ${server.token}` },
      });
      return [answer.statusCode, answer.rawPayload.length];
    };
    const [[, all], [, few]] = [
      await exported('datasets=pools'),
      await exported('datasets=pools&q=corp&status=active'),
    ];
    expect(few).toBeLessThan(all);
    expect((await exported('datasets=pools&kind=secondary_range'))[0]).toBe(200);
    expect((await exported('datasets=resources&kind=container'))[0]).toBe(400);
    expect((await exported('datasets=vrfs&kind=vpc'))[0]).toBe(400);
    expect((await exported('datasets=audit&actor=nobody&action=pool.*'))[0]).toBe(200);
  });
});
