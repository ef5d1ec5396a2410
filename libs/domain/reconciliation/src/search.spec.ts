import { formatCidr, parseCidr, parseRange } from '@cloudpam/cidr';
import { InvalidCursor, KeepAddresses, KeepRanges, KeepRecords, VRFS } from '@cloudpam/pools';
import { change, created } from '@cloudpam/pools/testing';
import { estate, seen, snapshot } from './estate.fixture';
import { Search, type SearchAnswer, type SearchRequest, type SearchResult } from './index';

/** What was found, by the name that a person reads. */
const nameOf = (result: SearchResult): string => {
  if (result.type === 'account') return result.account.key;
  if (result.type === 'address') return result.address.name;
  if (result.type === 'range') return result.range.name;
  const { name, cidr } = result.type === 'resource' ? result.resource : result.pool;
  return name === '' ? formatCidr(cidr) : name;
};
const named = ({ results }: SearchAnswer): [string, string][] =>
  results.map((each) => [each.match, nameOf(each)]);

describe('Search', () => {
  const searched = async () => {
    const cloud = estate('observe');
    const vrfs = new KeepRecords(cloud.unitOfWork, VRFS);
    const lab = await vrfs.create(change(), {
      name: 'lab',
      rd: null,
      reachabilityDomain: null,
      description: '',
    });
    await created(
      cloud,
      { cidr: '10.0.0.0/8', name: 'corp' },
      { cidr: '10.200.0.0/16', name: 'site', tags: { 'cost:center': '7' } },
      { cidr: '10.200.2.0/24', name: 'net' },
      { cidr: '10.200.2.0/24', name: 'other', vrfId: lab.id, tags: { cost: 'center:7' } },
      { cidr: '2001:db8::/32', name: 'six' },
    );
    await cloud.apply(
      snapshot(1, [
        seen({ externalId: 'vpc-1', cidr: '172.16.0.0/16', tags: { env: 'prod' } }),
        seen({ externalId: 'subnet-a', cidr: '172.16.1.0/24' }),
      ]),
    );
    const search = new Search(cloud.unitOfWork);
    const find = (text: string, more: Partial<SearchRequest> = {}): Promise<SearchAnswer> =>
      search.find({ text, skip: 0, limit: 20, ...more });
    return { cloud, lab, find };
  };

  it.each<[string, [string, string][]]>([
    [
      '10.200.2.0/24',
      [
        ['equal', 'net'],
        ['equal', 'other'],
        ['contains', 'site'],
        ['contains', 'corp'],
      ],
    ],
    [
      '10.200',
      [
        ['equal', 'site'],
        ['contains', 'corp'],
        ['within', 'net'],
        ['within', 'other'],
      ],
    ],
    [
      'cost:center:7',
      [
        ['tag', 'site'],
        ['tag', 'other'],
      ],
    ],
    ['orp', [['name', 'corp']]],
    ['111', [['external_id', 'aws:111']]],
    ['arn:aws:ec2:eu-central-1:111:vpc/vpc-1', [['external_id', 'vpc-1']]],
    [
      '172.16.1.7',
      [
        ['contains', 'vpc-1'],
        ['contains', 'subnet-a'],
      ],
    ],
    [
      '172.16.1.0/24',
      [
        ['contains', 'vpc-1'],
        ['equal', 'subnet-a'],
      ],
    ],
    ['env:prod', [['tag', 'vpc-1']]],
    ['nothing like this', []],
    ['', []],
  ])('finds %s, best first, and says why', async (text, expected) => {
    const { find } = await searched();
    const answer = await find(text);
    expect(named(answer)).toEqual(expected);
    expect([answer.total, answer.hasMore, answer.isEstimate]).toEqual([
      expected.length,
      false,
      false,
    ]);
  });

  it('finds by an address what is around it, then what is named so, each once', async () => {
    const { cloud, find } = await searched();
    await created(
      cloud,
      { cidr: '10.200.2.7/32', name: 'gw 10.200.2.7' },
      { cidr: '192.168.0.0/24', name: 'nat of 10.200.2.7' },
      { cidr: '192.168.1.0/24', name: 'lb of 10.200.2.7' },
    );
    const all: [string, string][] = [
      ['equal', 'gw 10.200.2.7'],
      ['contains', 'other'],
      ['contains', 'net'],
      ['contains', 'site'],
      ['contains', 'corp'],
      ['name', 'nat of 10.200.2.7'],
      ['name', 'lb of 10.200.2.7'],
    ];
    // Few named so come with the first look, more than a page of them with another one.
    for (const limit of [20, 1]) {
      const found: [string, string][] = [];
      for (let skip = 0; skip < all.length; skip += limit) {
        const answer = await find('10.200.2.7', { skip, limit });
        expect(answer.total).toBe(7);
        found.push(...named(answer));
      }
      expect(found).toEqual(all);
    }
    const blocks = await find('10.200.2.7', { type: 'block' });
    expect([blocks.results.map(nameOf), blocks.total]).toEqual([
      ['gw 10.200.2.7', 'net', 'site'],
      3,
    ]);
  });

  it('finds the very address, however many pools are around it', async () => {
    const { cloud, find } = await searched();
    const vrfs = new KeepRecords(cloud.unitOfWork, VRFS);
    for (let n = 0; n < 205; n++) {
      const vrf = await vrfs.create(change(), {
        name: `vrf ${n}`,
        rd: null,
        reachabilityDomain: null,
        description: '',
      });
      await created(cloud, { cidr: '11.0.0.0/8', name: `wide ${n}`, vrfId: vrf.id });
      if (n === 100) await created(cloud, { cidr: '11.0.0.1/32', name: 'host', vrfId: vrf.id });
    }
    const found: string[] = [];
    for (let skip = 0; ; skip += 50) {
      const page = await find('11.0.0.1', { skip, limit: 50 });
      expect(page.total).toBe(206);
      found.push(...page.results.map(nameOf));
      if (!page.hasMore) break;
    }
    expect(found[0]).toBe('host');
    expect(new Set(found).size).toBe(206);
  });

  it('pages through the pools that lie in others', async () => {
    const { find } = await searched();
    const found: string[] = [];
    for (let skip = 0; ; skip += 1) {
      const page = await find('2', { type: 'block', skip, limit: 1 });
      found.push(...page.results.map(nameOf));
      expect(page.total).toBe((await find('2', { type: 'block' })).results.length);
      if (!page.hasMore) break;
    }
    expect(found).toEqual((await find('2', { type: 'block' })).results.map(nameOf));
  });

  it('finds a resource that a pool stands for as that pool', async () => {
    const cloud = estate('auto');
    await cloud.apply(snapshot(1, [seen({ externalId: 'vpc-1', cidr: '172.16.0.0/16' })]));
    const { results } = await new Search(cloud.unitOfWork).find({
      text: 'vpc-1',
      skip: 0,
      limit: 5,
    });
    expect(results.map(({ type, match }) => [type, match])).toEqual([['pool', 'external_id']]);
  });

  it('finds address records: the very one before the pools around it, others after them', async () => {
    const { cloud, find, lab } = await searched();
    const keep = new KeepAddresses(cloud.unitOfWork);
    const record = (address: string, fields: object, vrfId = 1) =>
      keep.create(change(), vrfId, parseCidr(`${address}/32`), fields);
    await record('10.200.2.7', { name: 'net-db', dnsName: 'db-7.example.com' });
    await record('10.200.2.8', { name: 'net-web', tags: { app: 'shop' } });
    await record('10.200.2.7', { name: 'lab-db' }, lab.id);
    expect(named(await find('10.200.2.7', { limit: 2 }))).toEqual([
      ['equal', 'net-db'],
      ['equal', 'lab-db'],
    ]);
    expect(named(await find('net-', { type: 'address' }))).toEqual([
      ['name', 'net-db'],
      ['name', 'net-web'],
    ]);
    expect(named(await find('DB-7.Example'))).toEqual([['name', 'net-db']]);
    expect(named(await find('app:shop'))).toEqual([['tag', 'net-web']]);
    expect(named(await find('10.200.2.0/24', { type: 'address', vrfId: lab.id }))).toEqual([
      ['within', 'lab-db'],
    ]);
    expect((await find('net')).results.slice(0, 3).map(({ type }) => type)).toEqual([
      'pool',
      'address',
      'address',
    ]);
  });

  it('finds ranges by name, tag and any address of them, and says why', async () => {
    const { cloud, find } = await searched();
    const keep = new KeepRanges(cloud.unitOfWork);
    const { items } = await cloud.unitOfWork.read(({ pools }) =>
      pools.list({ name: 'net' }, { size: 1, sort: [{ field: 'id', descending: false }] }),
    );
    await keep.create(change(), items[0]?.id ?? 0, {
      span: parseRange('10.200.2.16-10.200.2.31'),
      name: 'phones',
      purpose: 'dhcp',
      tags: { floor: '1' },
    });
    expect(named(await find('phon'))).toEqual([['name', 'phones']]);
    expect(named(await find('floor:1'))).toEqual([['tag', 'phones']]);
    const ranges = { type: 'range' } as const;
    expect(named(await find('10.200.2.20', ranges))).toEqual([['contains', 'phones']]);
    expect(named(await find('10.200.2.16/28', ranges))).toEqual([['equal', 'phones']]);
    expect(named(await find('10.200.2.0/24', ranges))).toEqual([['within', 'phones']]);
    expect(named(await find('10.200.2.32', ranges))).toEqual([]);
    expect((await find('10.200.2.20')).results.map(({ type }) => type)).toContain('range');
  });

  it('says in which VRF a thing lies, and to which account it belongs', async () => {
    const { find } = await searched();
    const [other] = (await find('other')).results;
    expect(other).toMatchObject({ vrf: { name: 'lab' }, account: undefined });
    const [vpc] = (await find('vpc-1')).results;
    expect(vpc).toMatchObject({ vrf: { name: 'global' }, account: { key: 'aws:111' } });
  });

  it('looks only where it is asked to', async () => {
    const { find, lab } = await searched();
    expect(named(await find('10.200', { vrfId: lab.id }))).toEqual([['within', 'other']]);
    const within = parseRange('10.200.0.0/16');
    const inside = await find('', { within });
    expect([named(inside).map(([, name]) => name), inside.total]).toEqual([
      ['site', 'net', 'other'],
      3,
    ]);
    expect(named(await find('', { contains: parseRange('2001:db8::1') }))).toEqual([
      ['contains', 'six'],
    ]);
    const blocks = await find('10.200', { type: 'block' });
    expect([blocks.results.map(nameOf), blocks.total]).toEqual([['site', 'net'], 2]);
    expect((await find('10.200', { type: 'account' })).total).toBe(0);
  });

  it('goes on after the results of the pages before, and no further than it counts', async () => {
    const { find } = await searched();
    const pages: string[] = [];
    for (let skip = 0; ; skip += 3) {
      const page = await find('10.200', { skip, limit: 3 });
      expect(page.total).toBe(4);
      pages.push(page.results.map(nameOf).join(' '));
      if (!page.hasMore) break;
    }
    expect(pages).toEqual(['site corp net', 'other']);
    await expect(find('x', { skip: 10_001 })).rejects.toThrow(InvalidCursor);
  });
});
