import type { AccessScope } from '@cloudpam/audit';
import { formatCidr, parseCidr } from '@cloudpam/cidr';
import {
  InvalidCursor,
  POOL_SORTS,
  readTypedText,
  tagReadings,
  type Pool,
  type PoolFilter,
  type PoolSort,
} from '@cloudpam/pools';
import { cloud, insertTree, range } from './planted';
import { SAMPLE_TIME, samplePool, sampleVrf } from './samples';
import { openedForEachTest, type OpenStorage } from './under-test';

const at = (seconds: number): Date => new Date(SAMPLE_TIME.getTime() + seconds * 1000);
const BY_CIDR: readonly PoolSort[] = [{ field: 'cidr', descending: false }];

/** What `PoolStore.list` promises. */
export function poolListContract(name: string, open: OpenStorage): void {
  describe(`${name}: lists of pools`, () => {
    const storage = openedForEachTest(open);
    let ids: { accountId: number; vrfId: number; tree: Pool[] };

    beforeEach(async () => {
      ids = await storage.run(async (stores) => {
        const { accountId } = await cloud(stores);
        const vrf = await stores.vrfs.insert(sampleVrf());
        const tree = await insertTree(stores, [
          {
            cidr: '10.0.0.0/8',
            name: 'corp',
            createdAt: at(3),
            tags: { env: 'prod', team: 'net' },
          },
          {
            cidr: '10.0.0.0/16',
            name: 'Blue vpc',
            kind: 'vpc',
            accountId,
            createdAt: at(1),
            region: 'eu-west-1',
            externalId: 'vpc-1',
            updatedAt: at(9),
          },
          {
            cidr: '10.0.0.0/24',
            name: 'blue_subnet',
            kind: 'subnet',
            status: 'planned',
            createdAt: at(2),
            tags: { env: 'prod', 'aws:cloudformation:stack-name': 'web', 'cost:center': '7' },
            expiresAt: at(100),
          },
          {
            cidr: '10.0.1.0/24',
            name: 'blue 100%',
            kind: 'subnet',
            source: 'discovered',
            syncStatus: 'orphaned',
            tags: { env: 'dev' },
            expiresAt: at(50),
          },
          { cidr: '192.168.0.0/16', name: 'ab', tags: { cost: 'center:7' }, createdAt: at(2) },
          { cidr: '2001:db8::/32', name: 'six', createdAt: at(5) },
        ]);
        await insertTree(stores, [{ cidr: '10.0.0.0/16', name: 'other' }], vrf.id);
        return { accountId, vrfId: vrf.id, tree };
      });
    });

    const list = (
      filter: PoolFilter,
      sort: readonly PoolSort[] = BY_CIDR,
      size = 50,
      page?: number,
    ) => storage.read(({ pools }) => pools.list(filter, { sort, size, page }));
    const names = async (filter: PoolFilter, sort?: readonly PoolSort[]): Promise<string[]> =>
      (await list(filter, sort)).items.map((pool) => pool.name);
    const id = (index: number): number => ids.tree[index]?.id ?? 0;

    it('tells how many children each pool has, when asked', async () => {
      const told = await storage.read(async ({ pools }) => {
        const page = { sort: BY_CIDR, size: 2, childCounts: true } as const;
        const lists = [
          await pools.list({}, page),
          await pools.list({}, { ...page, page: 2 }),
          await pools.list({ typed: readTypedText('blue') }, page),
        ];
        const counts = await pools.childCounts(ids.tree.map(({ id }) => id));
        return lists.map(({ items, childCounts }) =>
          items.map(({ id }) => [childCounts?.get(id) ?? 0, counts.get(id) ?? 0]),
        );
      });
      expect(told.map((list) => list.length)).toEqual([2, 2, 2]);
      for (const [counted, expected] of told.flat()) expect(counted).toBe(expected);
      expect(told.flat().some(([counted]) => counted === 2)).toBe(true);
    });

    it('lists complete pools', async () => {
      const { items, total, nextCursor } = await list({ vrfId: 1 });
      const stored = ids.tree.map((pool) =>
        pool.accountId ? { ...pool, provider: 'aws' as const } : pool,
      );
      expect(items).toEqual(stored);
      expect(total).toBe(6);
      expect(nextCursor).toBeNull();
    });

    it.each<
      [
        string,
        (at: { accountId: number; vrfId: number; id: (index: number) => number }) => PoolFilter,
        string[],
      ]
    >([
      ['VRF', (each) => ({ vrfId: each.vrfId }), ['other']],
      ['account', (each) => ({ accountIds: [each.accountId, 999] }), ['Blue vpc']],
      ['no account at all', () => ({ accountIds: [] }), []],
      ['parent', (each) => ({ parentId: each.id(1) }), ['blue_subnet', 'blue 100%']],
      ['roots', () => ({ parentId: null, vrfId: 1 }), ['corp', 'ab', 'six']],
      ['nested', () => ({ nested: true }), ['Blue vpc', 'blue_subnet', 'blue 100%']],
      [
        'nested within an access scope',
        () => ({
          nested: true,
          accessScope: {
            accountIds: null,
            under: [{ vrfId: 1, cidr: parseCidr('10.0.0.0/16'), kind: 'vpc' }],
          },
        }),
        ['blue_subnet', 'blue 100%'],
      ],
      ['under', (each) => ({ under: [each.id(0)] }), ['Blue vpc', 'blue_subnet', 'blue 100%']],
      [
        'under several, one of them unknown',
        (each) => ({ under: [each.id(1), each.id(0), 999_999] }),
        ['Blue vpc', 'blue_subnet', 'blue 100%'],
      ],
      ['under nothing', () => ({ under: [] }), []],
      ['kind', () => ({ kind: 'subnet' }), ['blue_subnet', 'blue 100%']],
      ['status', () => ({ status: 'planned' }), ['blue_subnet']],
      ['source', () => ({ source: 'discovered' }), ['blue 100%']],
      ['sync status', () => ({ syncStatus: 'orphaned' }), ['blue 100%']],
      ['region', () => ({ region: 'eu-west-1' }), ['Blue vpc']],
      ['external id', () => ({ externalId: 'vpc-1' }), ['Blue vpc']],
      ['name', () => ({ name: 'Blue vpc' }), ['Blue vpc']],
      ['name in another case', () => ({ name: 'blue vpc' }), []],
      ['part of a name', () => ({ name: 'Blue' }), []],
      ['name in another VRF', () => ({ name: 'Blue vpc', vrfId: 999 }), []],
      ['tag', () => ({ tags: [tagReadings('env:prod')] }), ['corp', 'blue_subnet']],
      ['all tags', () => ({ tags: [tagReadings('env:prod'), tagReadings('team:net')] }), ['corp']],
      [
        'tag with colons in its key',
        () => ({ tags: [tagReadings('aws:cloudformation:stack-name:web')] }),
        ['blue_subnet'],
      ],
      [
        'tag in each way that exists',
        () => ({ tags: [tagReadings('cost:center:7')] }),
        ['blue_subnet', 'ab'],
      ],
      ['tag that can not be read as one', () => ({ tags: [tagReadings('env')] }), []],
      [
        'contains in one VRF',
        () => ({ contains: range('10.0.0.7'), vrfId: 1 }),
        ['corp', 'Blue vpc', 'blue_subnet'],
      ],
      [
        'contains in all VRFs',
        () => ({ contains: range('10.0.0.0/16') }),
        ['corp', 'Blue vpc', 'other'],
      ],
      ['contains nothing', () => ({ contains: range('11.0.0.0') }), []],
      [
        'within',
        () => ({ within: range('10.0.0.0/16'), vrfId: 1 }),
        ['Blue vpc', 'blue_subnet', 'blue 100%'],
      ],
      [
        'within a range that is no block',
        () => ({ within: range('10.0.0.128-192.168.255.255') }),
        ['blue 100%', 'ab'],
      ],
      ['within all of IPv6, which is never IPv4', () => ({ within: range('::/0') }), ['six']],
      ['within an IPv6 range around where IPv4 is stored', () => ({ within: range('::-1::') }), []],
      [
        'an access scope as wide as IPv6',
        () => ({
          accessScope: {
            accountIds: null,
            under: [{ vrfId: 1, cidr: parseCidr('::/0'), kind: 'container' }],
          },
        }),
        ['six'],
      ],
      ['contains all of IPv6', () => ({ contains: range('::/0') }), []],
      ['within IPv6', () => ({ within: range('2001:db8::/32') }), ['six']],
      [
        'text of three letters and more, any case',
        () => ({ typed: readTypedText('BLUE') }),
        ['Blue vpc', 'blue_subnet', 'blue 100%'],
      ],
      ['text of two letters', () => ({ typed: readTypedText('AB') }), ['ab']],
      ['text with a wildcard of LIKE', () => ({ typed: readTypedText('e_s') }), ['blue_subnet']],
      ['text with a percent sign', () => ({ typed: readTypedText('0%') }), ['blue 100%']],
      ['text with quotes', () => ({ typed: readTypedText('"\'x') }), []],
      [
        'typed address',
        () => ({ typed: readTypedText('10.0.0.7'), vrfId: 1 }),
        ['corp', 'Blue vpc', 'blue_subnet'],
      ],
      [
        'typed beginning of an address, in all VRFs',
        () => ({ typed: readTypedText('10.0.1') }),
        ['corp', 'Blue vpc', 'other', 'blue 100%'],
      ],
      ['typed range of IPv6', () => ({ typed: readTypedText('::/0') }), ['six']],
      [
        'typed cloud id in an ARN',
        () => ({ typed: readTypedText('arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-1') }),
        ['Blue vpc'],
      ],
      ['typed part of a cloud id', () => ({ typed: readTypedText('PC-1') }), ['Blue vpc']],
      [
        'typed tag',
        () => ({ typed: readTypedText('aws:cloudformation:stack-name=web') }),
        ['blue_subnet'],
      ],
      ['typed id', (each) => ({ typed: readTypedText(`#${each.id(5)}`) }), ['six']],
      ['expiry', () => ({ expiredAt: at(100) }), ['blue 100%']],
      [
        'several at once',
        (each) => ({
          under: [each.id(0)],
          kind: 'subnet',
          typed: readTypedText('blue'),
          tags: [tagReadings('env:dev')],
        }),
        ['blue 100%'],
      ],
    ])('filters by %s', async (_, filter, expected) => {
      const found = await list(filter({ ...ids, id }));
      expect(found.items.map((pool) => pool.name)).toEqual(expected);
      expect(found.total).toBe(expected.length);
    });

    it('tells which regions pools name, in an access scope', async () => {
      const regions = (accessScope?: AccessScope): Promise<string[]> =>
        storage.read(({ pools }) => pools.regions(accessScope));
      expect(await regions()).toEqual(['eu-west-1']);
      expect(await regions({ accountIds: [ids.accountId], under: null })).toEqual(['eu-west-1']);
      expect(await regions({ accountIds: [999], under: null })).toEqual([]);
    });

    it('sorts by each field, both ways, and by one after another', async () => {
      const by = (...sort: PoolSort[]) => names({ vrfId: 1 }, sort);
      expect(await by({ field: 'cidr', descending: true })).toEqual([
        'six',
        'ab',
        'blue 100%',
        'blue_subnet',
        'Blue vpc',
        'corp',
      ]);
      expect(await by({ field: 'name', descending: false })).toEqual([
        'Blue vpc',
        'ab',
        'blue 100%',
        'blue_subnet',
        'corp',
        'six',
      ]);
      expect(await by({ field: 'id', descending: true })).toEqual([
        'six',
        'ab',
        'blue 100%',
        'blue_subnet',
        'Blue vpc',
        'corp',
      ]);
      expect(
        await by({ field: 'created_at', descending: true }, { field: 'name', descending: false }),
      ).toEqual(['six', 'corp', 'ab', 'blue_subnet', 'Blue vpc', 'blue 100%']);
      expect((await by({ field: 'updated_at', descending: true })).at(0)).toBe('Blue vpc');
    });

    it.each(
      POOL_SORTS.flatMap(
        (field) =>
          [
            [field, false],
            [field, true],
          ] as const,
      ),
    )(
      'walks the list by cursor as by page, sorted by %s, descending %s',
      async (field, descending) => {
        const sort = [{ field, descending }];
        const whole = (await list({}, sort)).items.map((pool) => pool.id);
        const walked: number[] = [];
        let after: string | undefined;
        do {
          const { items, nextCursor, total } = await storage.read(({ pools }) =>
            pools.list({}, { sort, size: 2, after }),
          );
          expect(total).toBe(7);
          walked.push(...items.map((pool) => pool.id));
          after = nextCursor ?? undefined;
        } while (after);
        expect(walked).toEqual(whole);
        const second = await list({}, sort, 3, 2);
        expect(second.items.map((pool) => pool.id)).toEqual(whole.slice(3, 6));
      },
    );

    it('meets every old row once on a walk by cursor while others come and go', async () => {
      const sort: PoolSort[] = [
        { field: 'created_at', descending: true },
        { field: 'cidr', descending: false },
      ];
      const before = (await list({ vrfId: 1 }, sort)).items.map((pool) => formatCidr(pool.cidr));
      const walked: string[] = [];
      let after: string | undefined;
      for (let n = 0; ; n++) {
        const { items, nextCursor } = await storage.read(({ pools }) =>
          pools.list({ vrfId: 1 }, { sort, size: 1, after }),
        );
        walked.push(...items.map((pool) => formatCidr(pool.cidr)));
        if (!nextCursor) break;
        after = nextCursor;
        await storage.run(async (stores) => {
          await stores.pools.insert([
            samplePool({ id: 100_000 + n, cidr: `172.${16 + n}.0.0/16`, createdAt: at(50) }),
          ]);
          if (n === 2) await stores.pools.remove([100_000]);
        });
      }
      expect(walked).toEqual(before);
    });

    it.each([
      '',
      'x',
      '%%%',
      'bm90IGpzb24',
      Buffer.from('{}').toString('base64url'),
      Buffer.from('[]').toString('base64url'),
      Buffer.from('["a","b","c","d"]').toString('base64url'),
    ])('refuses the cursor "%s"', async (after) => {
      await expect(
        storage.read(({ pools }) => pools.list({}, { sort: BY_CIDR, size: 2, after })),
      ).rejects.toThrow(InvalidCursor);
    });

    it('refuses a cursor of another sort', async () => {
      const { nextCursor } = await list({}, [{ field: 'name', descending: false }], 1);
      await expect(
        storage.read(({ pools }) =>
          pools.list({}, { sort: BY_CIDR, size: 1, after: nextCursor ?? '' }),
        ),
      ).rejects.toThrow(InvalidCursor);
    });

    it('counts to 10,000 and no further', async () => {
      await storage.run(async ({ pools }) => {
        const parent = samplePool({ id: 200_000, cidr: '172.16.0.0/12' });
        const rows = Array.from({ length: 10_000 }, (_, n) =>
          samplePool({
            id: 200_001 + n,
            parentId: parent.id,
            cidr: `172.16.${n >> 8}.${n & 255}/32`,
            name: 'host',
          }),
        );
        await pools.insert([parent, ...rows]);
      });
      expect((await list({ parentId: 200_000 }, BY_CIDR, 1)).total).toBe(10_000);
      expect((await list({ typed: readTypedText('host') }, BY_CIDR, 1)).total).toBe(10_000);
      expect((await list({}, BY_CIDR, 1)).total).toBe(10_001);
    }, 30_000);
  });
}
