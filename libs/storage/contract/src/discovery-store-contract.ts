import { formatCidr, parseCidr } from '@cloudpam/cidr';
import { readTypedText, StoredConflict, type Pool } from '@cloudpam/pools';
import type { DiscoveredResource, ResourceFilter } from '@cloudpam/reconciliation';
import { cloud, only, insertTree, range } from './planted';
import { SAMPLE_TIME, sampleResource, sampleVrf } from './samples';
import { gate, openedForEachTest, type OpenStorage } from './under-test';

const LATER = new Date(SAMPLE_TIME.getTime() + 60_000);
const FOR_GOOD = { reason: 'known', by: 'Ada', until: null };
const until = (minutes: number): DiscoveredResource['dismissals']['drift'] & object => ({
  ...FOR_GOOD,
  until: new Date(SAMPLE_TIME.getTime() + minutes * 60_000).toISOString(),
});
const MUCH_LATER = new Date(LATER.getTime() + 60_000);
type Asked = Partial<Omit<DiscoveredResource, 'cidr'>> & { readonly cidr: string };

/**
 * The promises of `DiscoveryStore` about resources; scopes and networks have a suite of their own.
 */
export function discoveryStoreContract(name: string, open: OpenStorage): void {
  describe(`${name}: discovered resources`, () => {
    const storage = openedForEachTest(open);
    let place: Awaited<ReturnType<typeof cloud>>;

    beforeEach(async () => {
      place = await storage.run((stores) => cloud(stores));
    });

    const insert = (...asked: Asked[]): Promise<DiscoveredResource[]> =>
      storage.run(async ({ discovery }) => {
        const ids = await discovery.reserveResourceIds(asked.length);
        const rows = asked.map((each, at) =>
          sampleResource({ ...place.of, ...each, id: ids[at] ?? 0 }),
        );
        await discovery.insertResources(rows);
        return rows;
      });
    const get = (id: number) => storage.read(({ discovery }) => discovery.resource(id));
    const cidrs = async (filter: ResourceFilter): Promise<string[]> =>
      (await storage.read(({ discovery }) => discovery.resources(filter, 1, 50))).items.map(
        (each) => formatCidr(each.cidr),
      );

    it('counts the free hosts of living resources with a pool, and changes nothing else', async () => {
      const [pool, other] = await storage.run((stores) =>
        insertTree(stores, ['10.1.0.0/24', '10.2.0.0/24']),
      );
      const ids = [pool?.id ?? 0, other?.id ?? 0];
      const [one, two] = await insert(
        { cidr: '10.1.0.0/24', poolId: ids[0], freeHosts: 250, externalId: 'a' },
        { cidr: '10.2.0.0/24', poolId: ids[1], externalId: 'b' },
      );
      if (!one || !two) throw new Error('nothing was inserted');
      const counts = () => storage.read(({ discovery }) => discovery.hostCounts(ids));
      const count = (free: number | null) => ({
        free,
        observedAt: one.lastSeenAt,
        interfaces: 'off' as const,
        interfacesAt: null,
      });
      const [first, second] = [ids[0] ?? 0, ids[1] ?? 0];
      expect(await counts()).toEqual(
        new Map([
          [first, count(250)],
          [second, count(null)],
        ]),
      );
      await storage.run(({ discovery }) =>
        discovery.setFreeHosts([
          { id: one.id, freeHosts: null },
          { id: two.id, freeHosts: 7 },
        ]),
      );
      expect(await counts()).toEqual(
        new Map([
          [first, count(null)],
          [second, count(7)],
        ]),
      );
      expect(await get(two.id)).toEqual({ ...two, freeHosts: 7 });
      await storage.run(({ discovery }) =>
        discovery.saveResources([{ ...two, sync: 'orphaned', orphanedAt: LATER }]),
      );
      expect(await counts()).toEqual(new Map([[first, count(null)]]));
      expect(await storage.read(({ discovery }) => discovery.hostCounts([]))).toEqual(new Map());
    });

    it.each(['10.0.0.0/24', '2600:1f18::/56'])(
      'gives back every field of %s, also under the lock',
      async (cidr) => {
        const pool: Pool = only(await storage.run((stores) => insertTree(stores, [cidr])));
        const first = only(await insert({ cidr: '10.9.0.0/16', kind: 'vpc' }));
        const row = only(
          await insert({
            cidr,
            kind: 'secondary_range',
            externalId: 'projects/p/x',
            networkExternalId: 'projects/p/net',
            zoneId: 'euc1-az1',
            name: 'nämé',
            tags: { a: 'b' },
            poolId: pool.id,
            management: 'pending',
            managementReason: 'm',
            overlap: 'ignored',
            overlapReason: 'o',
            explainedBy: first.id,
            sync: 'drift',
            syncReason: 's',
            lastSeenAt: LATER,
            region: 'us-east-1',
            orphanedAt: LATER,
            outpost: 'op-1',
            conflict: 'c',
            compliance: 'r',
            dismissals: {
              drift: { reason: 'known', by: 'Ada', until: LATER.toISOString() },
              overlap: { reason: '', by: 'Ada', until: null },
            },
          }),
        );
        expect(await get(row.id)).toEqual(row);
        expect(await storage.run(({ discovery }) => discovery.lockResource(row.id))).toEqual(row);
        expect(await get(999_999)).toBeUndefined();
        expect(
          await storage.run(({ discovery }) => discovery.lockResource(999_999)),
        ).toBeUndefined();
      },
    );

    it('saves, touches and removes', async () => {
      const [a, b] = await insert({ cidr: '10.0.0.0/24' }, { cidr: '10.0.1.0/24' });
      if (!a || !b) throw new Error('nothing stored');
      const changed: DiscoveredResource = {
        ...a,
        name: 'n',
        tags: { x: 'y' },
        zoneId: 'z',
        management: 'ignored',
        managementReason: 'm',
        overlap: 'overlapping',
        overlapReason: 'o',
        explainedBy: b.id,
        sync: 'orphaned',
        syncReason: 's',
        lastSeenAt: LATER,
      };
      await storage.run(({ discovery }) => discovery.saveResources([changed]));
      expect(await get(a.id)).toEqual(changed);
      await storage.run(({ discovery }) => discovery.touchResources([b.id, 999_999], LATER));
      expect(await get(b.id)).toEqual({ ...b, lastSeenAt: LATER });
      await storage.run(({ discovery }) => discovery.removeResources([a.id, 999_999]));
      expect(await get(a.id)).toBeUndefined();
    });

    it('refuses the same cloud id and CIDR in one scope twice, not another CIDR of it', async () => {
      await insert(
        { cidr: '10.0.0.0/24', externalId: 's' },
        { cidr: '10.0.1.0/24', externalId: 's' },
      );
      await expect(insert({ cidr: '10.0.0.0/24', externalId: 's' })).rejects.toThrow(
        StoredConflict,
      );
    });

    it('refuses a network, scope or pool that does not exist', async () => {
      await expect(insert({ cidr: '10.0.0.0/24', networkId: 999 })).rejects.toThrow(StoredConflict);
      await expect(insert({ cidr: '10.0.0.0/24', scopeId: 999 })).rejects.toThrow(StoredConflict);
      await expect(insert({ cidr: '10.0.0.0/24', poolId: 999_999 })).rejects.toThrow(
        StoredConflict,
      );
    });

    it('gives everything of one scope, and by cloud id across scopes', async () => {
      const other = await storage.run((stores) => cloud(stores, '2'));
      const [a, b] = await insert(
        { cidr: '10.0.0.0/24', externalId: 'x' },
        { cidr: '10.0.1.0/24', externalId: 'y' },
      );
      const [c] = await insert({ ...other.of, cidr: '10.0.2.0/24', externalId: 'x' });
      const ids = (list: readonly DiscoveredResource[]): number[] =>
        list.map((each) => each.id).sort((x, y) => x - y);
      await storage.read(async ({ discovery }) => {
        expect(ids(await discovery.resourcesOfScope(place.scope.id))).toEqual(
          ids([a, b].flatMap((each) => each ?? [])),
        );
        expect(
          ids(await discovery.resourcesByExternalId([place.scope.id, other.scope.id], ['x', 'z'])),
        ).toEqual(ids([a, c].flatMap((each) => each ?? [])));
        expect(await discovery.resourcesByExternalId([other.scope.id], ['y'])).toEqual([]);
        expect(await discovery.resourcesByExternalId([], ['y'])).toEqual([]);
      });
    });

    it('finds what has exactly one of some CIDRs and no pool, in address order', async () => {
      const pool: Pool = only(await storage.run((stores) => insertTree(stores, ['172.16.0.0/16'])));
      await insert(
        { cidr: '10.0.2.0/24', externalId: 'two' },
        { cidr: '10.0.2.0/24', externalId: 'twin' },
        { cidr: '10.0.1.0/24', externalId: 'one' },
        { cidr: '10.0.1.0/24', externalId: 'pooled', poolId: pool.id },
        { cidr: '10.0.0.0/16', externalId: 'wide' },
        { cidr: '2001:db8::/64', externalId: 'six' },
      );
      const at = (vrfId: number, ...cidrs: string[]) =>
        storage.read(async ({ discovery }) =>
          (await discovery.unpooledEqualTo(vrfId, cidrs.map(parseCidr))).map(
            ({ externalId }) => externalId,
          ),
        );
      const asked = ['2001:db8::/64', '10.0.2.0/24', '10.0.1.0/24', '10.0.2.0/24', '10.0.9.0/24'];
      expect(await at(1, ...asked)).toEqual(['one', 'two', 'twin', 'six']);
      expect([await at(2, ...asked), await at(1)]).toEqual([[], []]);
    });

    it('finds what touches a range and has no pool, in address order, as many as asked', async () => {
      const pool: Pool = only(await storage.run((stores) => insertTree(stores, ['172.16.0.0/16'])));
      await insert(
        { cidr: '10.0.2.0/24' },
        { cidr: '10.0.0.0/16' },
        { cidr: '10.0.1.0/24' },
        { cidr: '10.1.0.0/16' },
        { cidr: '10.0.1.0/28', poolId: pool.id },
        { cidr: '10.0.0.0/8', externalId: 'wide' },
        { cidr: '10.0.1.64/26' },
      );
      const touching = (text: string, limit = 50, vrfId = 1) =>
        storage.read(async ({ discovery }) =>
          (await discovery.unpooledTouching(vrfId, range(text), limit)).map((each) =>
            formatCidr(each.cidr),
          ),
        );
      expect(await touching('10.0.1.0/24')).toEqual([
        '10.0.0.0/8',
        '10.0.0.0/16',
        '10.0.1.0/24',
        '10.0.1.64/26',
      ]);
      expect(await touching('10.0.1.5')).toEqual(['10.0.0.0/8', '10.0.0.0/16', '10.0.1.0/24']);
      expect(await touching('10.0.1.127-10.0.2.0')).toEqual([
        '10.0.0.0/8',
        '10.0.0.0/16',
        '10.0.1.0/24',
        '10.0.1.64/26',
        '10.0.2.0/24',
      ]);
      expect(await touching('10.0.0.0/8', 3)).toEqual(['10.0.0.0/8', '10.0.0.0/16', '10.0.1.0/24']);
      expect(await touching('11.0.0.0/8')).toEqual([]);
      expect(await touching('10.0.0.0/8', 3, 99)).toEqual([]);
      expect(await touching('::/0')).toEqual([]);
    });

    it('lists by address, filtered, in pages', async () => {
      const pool: Pool = only(await storage.run((stores) => insertTree(stores, ['10.0.0.0/24'])));
      const vrf = await storage.run(({ vrfs }) => vrfs.insert(sampleVrf()));
      const other = await storage.run((stores) => cloud(stores, '2', { vrfId: vrf.id }));
      await insert(
        { cidr: '10.0.1.0/24', name: 'Web_tier', sync: 'drift' },
        { cidr: '10.0.0.0/16', kind: 'vpc', externalId: 'vpc-abc', overlap: 'overlapping' },
        { cidr: '10.0.0.0/24', poolId: pool.id },
        {
          cidr: '10.2.0.0/16',
          region: 'us-east-1',
          management: 'unmanaged',
          sync: 'orphaned',
          tags: { 'cost:center': '7' },
        },
      );
      await insert({ ...other.of, vrfId: vrf.id, cidr: '10.0.0.0/20' });
      expect(await cidrs({})).toEqual([
        '10.0.0.0/16',
        '10.0.0.0/20',
        '10.0.0.0/24',
        '10.0.1.0/24',
        '10.2.0.0/16',
      ]);
      expect(await cidrs({ accountId: other.accountId })).toEqual(['10.0.0.0/20']);
      expect(await cidrs({ vrfId: vrf.id })).toEqual(['10.0.0.0/20']);
      expect(await cidrs({ networkId: other.network.id })).toEqual(['10.0.0.0/20']);
      expect(await cidrs({ region: 'us-east-1' })).toEqual(['10.2.0.0/16']);
      expect(await cidrs({ kind: 'vpc' })).toEqual(['10.0.0.0/16']);
      expect(await cidrs({ management: 'unmanaged' })).toEqual(['10.2.0.0/16']);
      expect(await cidrs({ overlap: 'overlapping' })).toEqual(['10.0.0.0/16']);
      expect(await cidrs({ sync: 'drift' })).toEqual(['10.0.1.0/24']);
      expect(await cidrs({ poolId: pool.id })).toEqual(['10.0.0.0/24']);
      expect(await cidrs({ typed: readTypedText('WEB_') })).toEqual(['10.0.1.0/24']);
      expect(await cidrs({ name: 'Web_tier' })).toEqual(['10.0.1.0/24']);
      expect(await cidrs({ name: 'web_tier' })).toEqual([]);
      expect(await cidrs({ typed: readTypedText('c-ab') })).toEqual(['10.0.0.0/16']);
      expect(await cidrs({ typed: readTypedText('10.0.1.9') })).toEqual([
        '10.0.0.0/16',
        '10.0.0.0/20',
        '10.0.1.0/24',
      ]);
      expect(await cidrs({ typed: readTypedText('10.2') })).toEqual(['10.2.0.0/16']);
      expect(await cidrs({ typed: readTypedText('cost:center=7') })).toEqual(['10.2.0.0/16']);
      expect(await cidrs({ unpooled: true, kind: 'subnet', vrfId: 1 })).toEqual([
        '10.0.1.0/24',
        '10.2.0.0/16',
      ]);
      expect(await cidrs({ within: range('10.0.0.0/20') })).toEqual([
        '10.0.0.0/20',
        '10.0.0.0/24',
        '10.0.1.0/24',
      ]);
      expect(await cidrs({ within: range('::/0') })).toEqual([]);
      expect(
        await cidrs({ within: range('10.0.0.0-10.0.1.255'), kind: 'subnet', vrfId: 1 }),
      ).toEqual(['10.0.0.0/24', '10.0.1.0/24']);
      const page = await storage.read(({ discovery }) => discovery.resources({}, 2, 2));
      expect(page.items.map((each) => formatCidr(each.cidr))).toEqual([
        '10.0.0.0/24',
        '10.0.1.0/24',
      ]);
      expect(page.total).toBe(5);
      const [, second] = page.items;
      expect(await cidrs({ after: second })).toEqual(['10.2.0.0/16']);
      expect(await cidrs({ after: page.items[0], kind: 'subnet' })).toEqual([
        '10.0.1.0/24',
        '10.2.0.0/16',
      ]);
    });

    it('finds resources by their findings and counts the open ones', async () => {
      const [vpc] = await insert({ cidr: '10.0.0.0/16', kind: 'vpc', overlap: 'overlapping' });
      await insert(
        { cidr: '10.0.1.0/24', overlap: 'overlapping', explainedBy: vpc?.id ?? null },
        { cidr: '10.1.0.0/16', overlap: 'ignored', dismissals: { overlap: FOR_GOOD } },
        { cidr: '10.2.0.0/16', sync: 'drift' },
        { cidr: '10.3.0.0/16', sync: 'orphaned', management: 'unmanaged' },
        { cidr: '10.4.0.0/16', management: 'ignored', dismissals: { unmanaged: FOR_GOOD } },
        { cidr: '10.5.0.0/16', management: 'pending' },
        { cidr: '10.6.0.0/16', dismissals: { drift: FOR_GOOD } },
        { cidr: '10.7.0.0/16', conflict: 'c', compliance: 'r', dismissals: { conflict: FOR_GOOD } },
      );
      const findings = async (
        filter: ResourceFilter,
        skip: number,
        limit: number,
      ): Promise<{ found: string[]; total: number }> => {
        const { items, total } = await storage.read(({ discovery }) =>
          discovery.findings(filter, skip, limit),
        );
        return {
          found: items.map(
            ({ type, status, resource }) => `${formatCidr(resource.cidr)} ${type} ${status}`,
          ),
          total,
        };
      };
      const all = [
        '10.0.0.0/16 overlap open',
        '10.1.0.0/16 overlap ignored',
        '10.2.0.0/16 drift open',
        '10.3.0.0/16 orphan open',
        '10.3.0.0/16 unmanaged open',
        '10.4.0.0/16 unmanaged ignored',
        '10.5.0.0/16 unmanaged open',
        '10.7.0.0/16 conflict ignored',
        '10.7.0.0/16 compliance open',
      ];
      expect(await findings({}, 0, 100)).toEqual({ found: all, total: all.length });
      for (let skip = 0; skip <= all.length; skip += 2)
        expect(await findings({ finding: 'any' }, skip, 2)).toEqual({
          found: all.slice(skip, skip + 2),
          total: all.length,
        });
      expect(await findings({ findingStatus: 'ignored' }, 1, 2)).toEqual({
        found: ['10.4.0.0/16 unmanaged ignored', '10.7.0.0/16 conflict ignored'],
        total: 3,
      });
      expect(await findings({ finding: 'unmanaged', findingStatus: 'open' }, 0, 0)).toEqual({
        found: [],
        total: 2,
      });
      expect(await cidrs({ finding: 'overlap' })).toEqual(['10.0.0.0/16', '10.1.0.0/16']);
      expect(await cidrs({ finding: 'drift' })).toEqual(['10.2.0.0/16']);
      expect(await cidrs({ finding: 'orphan' })).toEqual(['10.3.0.0/16']);
      expect(await cidrs({ finding: 'unmanaged' })).toEqual([
        '10.3.0.0/16',
        '10.4.0.0/16',
        '10.5.0.0/16',
      ]);
      expect(await cidrs({ finding: 'any' })).toEqual([
        '10.0.0.0/16',
        '10.1.0.0/16',
        '10.2.0.0/16',
        '10.3.0.0/16',
        '10.4.0.0/16',
        '10.5.0.0/16',
        '10.7.0.0/16',
      ]);
      expect(await cidrs({ finding: 'overlap', findingStatus: 'open' })).toEqual(['10.0.0.0/16']);
      expect(await cidrs({ finding: 'any', findingStatus: 'ignored' })).toEqual([
        '10.1.0.0/16',
        '10.4.0.0/16',
        '10.7.0.0/16',
      ]);
      expect(await cidrs({ finding: 'compliance', findingStatus: 'open' })).toEqual([
        '10.7.0.0/16',
      ]);
      expect(await storage.read(({ discovery }) => discovery.findingCounts())).toEqual({
        overlap: 1,
        conflict: 0,
        drift: 1,
        orphan: 1,
        unmanaged: 2,
        compliance: 1,
      });
    });

    it('counts open findings by the age of what they are about', async () => {
      await insert(
        { cidr: '10.0.0.0/24', sync: 'drift', firstSeenAt: SAMPLE_TIME },
        { cidr: '10.0.1.0/24', sync: 'orphaned', firstSeenAt: SAMPLE_TIME, orphanedAt: LATER },
        {
          cidr: '10.0.2.0/24',
          sync: 'drift',
          firstSeenAt: LATER,
          dismissals: { drift: { reason: 'known', by: 'Ada', until: null } },
        },
        { cidr: '10.0.3.0/24', firstSeenAt: LATER },
      );
      const ages = (...since: readonly Date[]) =>
        storage.read(({ discovery }) => discovery.findingAges(since));
      const { counts, isAll } = await ages(LATER, SAMPLE_TIME);
      expect(isAll).toBe(true);
      expect([counts.drift, counts.orphan, counts.overlap]).toEqual([
        [0, 1, 0],
        [1, 0, 0],
        [0, 0, 0],
      ]);
      expect((await ages(LATER)).counts.drift).toEqual([0, 1]);
      expect((await ages()).counts.orphan).toEqual([1]);
    });

    it('finds what was orphaned before a time, and dismissals that have ended, the earliest first', async () => {
      await insert(
        { cidr: '10.0.0.0/24', sync: 'orphaned', orphanedAt: LATER },
        {
          cidr: '10.0.1.0/24',
          sync: 'orphaned',
          orphanedAt: SAMPLE_TIME,
          dismissals: { orphan: until(2), drift: FOR_GOOD },
        },
        { cidr: '10.0.2.0/24', dismissals: { drift: until(9), overlap: until(1) } },
        { cidr: '10.0.3.0/24', dismissals: { drift: FOR_GOOD } },
      );
      const asCidrs = (found: readonly DiscoveredResource[]): string[] =>
        found.map((each) => formatCidr(each.cidr));
      const at = new Date(SAMPLE_TIME.getTime() + 2 * 60_000);
      await storage.read(async ({ discovery }) => {
        expect(asCidrs(await discovery.orphanedBefore(LATER, 10))).toEqual(['10.0.1.0/24']);
        expect(asCidrs(await discovery.orphanedBefore(at, 10))).toEqual([
          '10.0.1.0/24',
          '10.0.0.0/24',
        ]);
        expect(asCidrs(await discovery.orphanedBefore(at, 1))).toEqual(['10.0.1.0/24']);
      });
      await storage.run(async ({ discovery }) => {
        expect(asCidrs(await discovery.lockDismissedUntil(LATER, 10))).toEqual(['10.0.2.0/24']);
        expect(asCidrs(await discovery.lockDismissedUntil(at, 10))).toEqual([
          '10.0.2.0/24',
          '10.0.1.0/24',
        ]);
      });
    });

    it('is given with its ended dismissal to one of two servers that look at once', async () => {
      await insert({ cidr: '10.0.0.0/24', dismissals: { drift: until(1) } });
      const [found, goOn] = [gate(), gate()];
      const end = (): Promise<number> =>
        storage.run(async ({ discovery }) => {
          const due = await discovery.lockDismissedUntil(LATER, 10);
          found.open();
          await goOn.passed;
          await discovery.saveResources(due.map((each) => ({ ...each, dismissals: {} })));
          return due.length;
        });
      const first = end();
      await found.passed;
      const second = end();
      for (let n = 0; n < 3; n++) await storage.read(({ vrfs }) => vrfs.get(1));
      goOn.open();
      expect([await first, await second]).toEqual([1, 0]);
    });

    it('was last seen, with its pool, when its scope was last listed completely, unless it is orphaned', async () => {
      const planted = await storage.run((stores) =>
        insertTree(stores, ['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24']),
      );
      const [seen, orphan, newer] = planted.map(({ id }) => id);
      await insert(
        { cidr: '10.0.0.0/24', poolId: seen },
        { cidr: '10.0.1.0/24', poolId: orphan, sync: 'orphaned' },
        { cidr: '10.0.2.0/24', poolId: newer, lastSeenAt: MUCH_LATER },
      );
      await storage.run(async ({ pools, discovery }) => {
        await pools.save(
          planted.map((pool) => ({
            ...pool,
            scopeId: place.of.scopeId,
            syncStatus: pool.id === orphan ? 'orphaned' : 'synced',
            lastSyncAt: pool.id === newer ? MUCH_LATER : SAMPLE_TIME,
          })),
        );
        const scope = await discovery.lockScope(place.accountId, place.scope.region);
        await discovery.saveScope({
          ...scope,
          coverage: 'partial',
          collectedAt: MUCH_LATER,
          completeAt: LATER,
        });
      });
      const times = await storage.read(async ({ pools, discovery }) => ({
        resources: (await discovery.resourcesOfScope(place.of.scopeId)).map(
          (each) => each.lastSeenAt,
        ),
        listed: (await discovery.resources({}, 1, 10)).items.map((each) => each.lastSeenAt),
        pools: (await pools.getMany(planted.map(({ id }) => id))).map((pool) => pool.lastSyncAt),
      }));
      const expected = [LATER, SAMPLE_TIME, MUCH_LATER];
      expect(times).toEqual({ resources: expected, listed: expected, pools: expected });
    });

    it('unlinks pools before they go: orphaned resources too, the others become unmanaged', async () => {
      const [one, two] = await storage.run((stores) =>
        insertTree(stores, ['10.0.0.0/24', '10.0.1.0/24']),
      );
      const [a, b, c] = await insert(
        { cidr: '10.0.0.0/24', poolId: one?.id },
        { cidr: '10.0.1.0/24', poolId: two?.id, sync: 'orphaned' },
        { cidr: '10.0.2.0/24' },
      );
      await storage.run(async ({ discovery, pools }) => {
        const ids = [one?.id ?? 0, two?.id ?? 0];
        await discovery.unlinkPools(ids);
        await pools.remove(ids);
      });
      expect(await get(a?.id ?? 0)).toEqual({
        ...a,
        poolId: null,
        management: 'unmanaged',
        managementReason: 'its pool was deleted',
      });
      expect(await get(b?.id ?? 0)).toBeUndefined();
      expect(await get(c?.id ?? 0)).toEqual(c);
    });

    it('is in the VRF of its network, and follows it', async () => {
      const row = only(await insert({ cidr: '10.0.0.0/24' }));
      const pool: Pool = only(await storage.run((stores) => insertTree(stores, ['10.0.0.0/16'])));
      const free = () =>
        storage.run(async ({ pools }) =>
          (await pools.freeBlocks(pool.id, { order: 'address', limit: 1 })).map(formatCidr),
        );
      expect(await free()).toEqual(['10.0.1.0/24']);
      const vrf = await storage.run(async ({ vrfs, discovery }) => {
        const added = await vrfs.insert(sampleVrf());
        await discovery.saveNetworks([{ ...place.network, vrfId: added.id }]);
        return added;
      });
      expect(await get(row.id)).toEqual({ ...row, vrfId: vrf.id });
      expect(await free()).toEqual(['10.0.0.0/16']);
    });

    it('moves to a network in another VRF, and its space with it', async () => {
      const row = only(await insert({ cidr: '10.0.0.0/24' }));
      const [here, there, network] = await storage.run(async (stores) => {
        const vrf = await stores.vrfs.insert(sampleVrf());
        const [a] = await insertTree(stores, ['10.0.0.0/16']);
        const [b] = await insertTree(stores, ['10.0.0.0/16'], vrf.id);
        const [other] = await stores.discovery.insertNetworks([
          { ...place.network, externalId: 'vpc-2', vrfId: vrf.id },
        ]);
        return [a?.id ?? 0, b?.id ?? 0, other] as const;
      });
      if (!network) throw new Error('nothing stored');
      const first = (id: number) =>
        storage.run(async ({ pools }) =>
          (await pools.freeBlocks(id, { order: 'address', limit: 1 })).map(formatCidr),
        );
      expect([await first(here), await first(there)]).toEqual([['10.0.1.0/24'], ['10.0.0.0/16']]);
      const moved = {
        ...row,
        networkId: network.id,
        vrfId: network.vrfId,
        networkExternalId: 'vpc-2',
      };
      await storage.run(({ discovery }) => discovery.saveResources([moved]));
      expect(await get(row.id)).toEqual(moved);
      expect([await first(here), await first(there)]).toEqual([['10.0.0.0/16'], ['10.0.1.0/24']]);
    });

    it('makes the lock of a resource wait for the one before', async () => {
      const row = only(await insert({ cidr: '10.0.0.0/24' }));
      const locked = gate();
      const leave = gate();
      const first = storage.run(async ({ discovery }) => {
        await discovery.lockResource(row.id);
        locked.open();
        await leave.passed;
        await discovery.saveResources([{ ...row, name: 'first' }]);
      });
      await locked.passed;
      const second = storage.run(({ discovery }) => discovery.lockResource(row.id));
      leave.open();
      await first;
      expect((await second)?.name).toBe('first');
    });
  });
}
