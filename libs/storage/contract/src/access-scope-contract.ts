import {
  isEventInScope,
  isInScope,
  placeOfAccount,
  type AccessScope,
  type AuditEntry,
  type Located,
} from '@cloudpam/audit';
import { formatCidr } from '@cloudpam/cidr';
import type { Pool, VlanGroup } from '@cloudpam/pools';
import type { DiscoveredResource } from '@cloudpam/reconciliation';
import { cloud, insertTree } from './planted';
import {
  sampleAuditEntry,
  sampleJob,
  sampleResource,
  sampleVlan,
  sampleVlanGroup,
  sampleVrf,
  SAMPLE_TIME,
} from './samples';
import { openedForEachTest, type OpenStorage } from './under-test';

/**
 * What lists promise to someone who is limited to a part of the estate: each is compared with
 * `isInScope`, one by one.
 */
export function accessScopeContract(name: string, open: OpenStorage): void {
  describe(`${name}: an access scope`, () => {
    const storage = openedForEachTest(open);
    let estate: {
      pools: Pool[];
      resources: DiscoveredResource[];
      accounts: number[];
      vrfs: number[];
      group: VlanGroup;
    };

    beforeEach(async () => {
      estate = await storage.run(async (stores) => {
        const [one, two] = [
          await cloud(stores, '111111111111'),
          await cloud(stores, '222222222222', { externalId: 'vpc-2' }),
        ];
        const vrf = await stores.vrfs.insert(sampleVrf());
        const group = await stores.vlanGroups.insert(sampleVlanGroup());
        await stores.vlanGroups.insert(sampleVlanGroup({ name: 'of nobody' }));
        await stores.vlans.insert(sampleVlan({ vid: 8, group: 'fra1', name: 'of no pool' }));
        const vlan = await stores.vlans.insert({
          vid: 7,
          name: 'v',
          group: 'fra1',
          groupId: null,
          description: '',
          version: 1,
          createdAt: SAMPLE_TIME,
          updatedAt: SAMPLE_TIME,
        });
        const tree = await insertTree(stores, [
          '10.0.0.0/8',
          { cidr: '10.0.0.0/16', kind: 'vpc', accountId: one.accountId },
          { cidr: '10.0.0.0/16', kind: 'subnet', accountId: one.accountId },
          { cidr: '10.0.1.0/24', kind: 'reservation', accountId: two.accountId, vlanId: vlan.id },
          { cidr: '10.1.0.0/16', accountId: two.accountId },
          { cidr: '10.1.1.0/24', accountId: one.accountId },
          { cidr: '10.1.1.0/28' },
          { cidr: '2001:db8::/32', accountId: one.accountId },
          '2001:db8:1::/48',
        ]);
        const elsewhere = await insertTree(
          stores,
          [{ cidr: '10.0.0.0/16', kind: 'vpc', accountId: one.accountId }, { cidr: '10.0.9.0/24' }],
          vrf.id,
        );
        const ids = await stores.discovery.reserveResourceIds(6);
        const resources = [
          sampleResource({ ...one.of, id: ids[0] ?? 0, cidr: '10.0.0.0/16', kind: 'vpc' }),
          sampleResource({ ...one.of, id: ids[1] ?? 0, cidr: '10.0.0.0/16' }),
          sampleResource({
            ...two.of,
            id: ids[2] ?? 0,
            cidr: '10.0.1.0/24',
            overlap: 'overlapping',
          }),
          sampleResource({
            ...two.of,
            id: ids[3] ?? 0,
            cidr: '10.1.1.0/26',
            overlap: 'overlapping',
          }),
          sampleResource({
            ...one.of,
            id: ids[4] ?? 0,
            cidr: '172.31.0.0/16',
            kind: 'vpc',
            sync: 'drift',
          }),
          sampleResource({ ...one.of, id: ids[5] ?? 0, cidr: '2001:db8:1::/64' }),
        ];
        await stores.discovery.insertResources(resources);
        return {
          pools: [...tree, ...elsewhere],
          resources,
          accounts: [one.accountId, two.accountId],
          vrfs: [1, vrf.id],
          group,
        };
      });
    });

    /**
     * Every access scope over the accounts and pools of the estate, one of each at most, and some of
     * several.
     */
    function reachesOfEstate(): AccessScope[] {
      const { accounts, pools } = estate;
      const tops = [null, [], ...pools.map((pool) => [pool]), pools.slice(1, 5), pools];
      return [null, [], ...accounts.map((id) => [id]), accounts].flatMap((accountIds) =>
        tops.map((under) => ({ accountIds, under })),
      );
    }
    const seen = <T extends Located>(accessScope: AccessScope, all: readonly T[]): T[] =>
      all.filter((each) => isInScope(accessScope, each));
    const named = (
      some: readonly { cidr: Pool['cidr']; vrfId: number; kind: string }[],
    ): string[] =>
      some.map(({ cidr, vrfId, kind }) => `${vrfId} ${formatCidr(cidr)} ${kind}`).sort();

    it('holds lists of pools, their roots and the counts of children', async () => {
      for (const accessScope of reachesOfEstate()) {
        const inScope = seen(accessScope, estate.pools);
        const ids = new Set(inScope.map((pool) => pool.id));
        const [all, roots, counts] = await storage.read(async ({ pools }) => [
          await pools.list({ accessScope }, { sort: [], size: 50, childCounts: true }),
          await pools.list({ accessScope, parentId: null }, { sort: [], size: 50 }),
          await pools.childCounts(
            estate.pools.map((pool) => pool.id),
            accessScope,
          ),
        ]);
        expect([accessScope, named(all.items), all.total]).toEqual([
          accessScope,
          named(inScope),
          inScope.length,
        ]);
        expect(inScope.map(({ id }) => all.childCounts?.get(id) ?? 0)).toEqual(
          inScope.map(({ id }) => counts.get(id) ?? 0),
        );
        expect([accessScope, named(roots.items)]).toEqual([
          accessScope,
          named(inScope.filter((pool) => pool.parentId === null || !ids.has(pool.parentId))),
        ]);
        for (const pool of estate.pools)
          expect([accessScope, pool.id, counts.get(pool.id) ?? 0]).toEqual([
            accessScope,
            pool.id,
            inScope.filter((each) => each.parentId === pool.id).length,
          ]);
      }
    });

    it('holds the accounts, VRFs and VLANs that pools and resources name', async () => {
      for (const accessScope of reachesOfEstate()) {
        const inScope = seen(accessScope, estate.pools);
        const places = [...inScope, ...seen(accessScope, estate.resources)];
        const distinct = (ids: readonly (number | null)[]): number[] =>
          [...new Set(ids.flatMap((id) => id ?? []))].sort();
        const found = await storage.read(async ({ accounts, vrfs, vlans, vlanGroups }) => {
          const idsOf = async (
            store: Pick<typeof accounts | typeof vrfs | typeof vlans | typeof vlanGroups, 'list'>,
          ): Promise<number[]> =>
            (await store.list({ accessScope }, 1, 100)).items.map(({ id }) => id).sort();
          return {
            accountIds: await idsOf(accounts),
            vrfIds: await idsOf(vrfs),
            vlanIds: await idsOf(vlans),
            groupIds: await idsOf(vlanGroups),
            inGroups: (await vlanGroups.list({ accessScope }, 1, 9)).items.map(
              ({ vlanCount }) => vlanCount,
            ),
          };
        });
        expect([accessScope, found]).toEqual([
          accessScope,
          {
            accountIds:
              accessScope.under === null && accessScope.accountIds
                ? [...accessScope.accountIds].sort()
                : distinct(places.map((place) => place.accountId)),
            vrfIds: distinct(places.map((place) => place.vrfId)),
            vlanIds: distinct(inScope.map((pool) => pool.vlanId)),
            groupIds: inScope.some(({ vlanId }) => vlanId !== null) ? [estate.group.id] : [],
            // Of the two VLANs of the group the one that a pool has.
            inGroups: inScope.some(({ vlanId }) => vlanId !== null) ? [1] : [],
          },
        ]);
      }
    });

    it('holds lists of resources and networks, and the counts of findings', async () => {
      for (const accessScope of reachesOfEstate()) {
        const inScope = seen(accessScope, estate.resources);
        const [resources, networks, counts] = await storage.read(async ({ discovery }) => [
          await discovery.resources({ accessScope }, 1, 50),
          await discovery.networks({ accessScope }, 1, 50),
          await discovery.findingCounts(accessScope),
        ]);
        expect([accessScope, named(resources.items), resources.total]).toEqual([
          accessScope,
          named(inScope),
          inScope.length,
        ]);
        expect([accessScope, networks.items.map(({ id }) => id).sort(), networks.total]).toEqual([
          accessScope,
          [...new Set(inScope.map(({ networkId }) => networkId))].sort(),
          new Set(inScope.map(({ networkId }) => networkId)).size,
        ]);
        expect([accessScope, counts.overlap, counts.drift]).toEqual([
          accessScope,
          inScope.filter(({ overlap }) => overlap === 'overlapping').length,
          inScope.filter(({ sync }) => sync === 'drift').length,
        ]);
      }
    });

    it('holds the events that happened in it, of accounts that it names, and nothing else', async () => {
      const { pools, resources, accounts } = estate;
      const told: Partial<AuditEntry>[] = [
        ...pools.map((place) => ({ entityId: `${place.id}`, place })),
        // Each pool moves from the place of the one before it.
        ...pools.slice(1).map((place, at) => ({
          entityId: `${place.id} moved`,
          place,
          formerPlace: pools[at] ?? null,
        })),
        ...resources.map((place) => ({
          entityType: 'resource',
          entityId: `${place.id}`,
          place,
        })),
        ...accounts.map((id) => ({
          entityType: 'account',
          entityId: `${id}`,
          place: placeOfAccount(id),
        })),
        { entityType: 'job', entityId: '1', place: placeOfAccount(accounts[0] ?? 0) },
        { entityType: 'user', entityId: 'okta:somebody' },
        { entityType: 'token', entityId: `${pools[0]?.id}` },
      ];
      await storage.run(({ audit }) => audit.append(told.map(sampleAuditEntry)));
      const all = await storage.read(({ audit }) => audit.scan({}, { order: 'oldest' }, 100));
      const about = (entries: readonly AuditEntry[]): string[] =>
        entries.map(({ entityType, entityId }) => `${entityType} ${entityId}`);
      for (const accessScope of reachesOfEstate()) {
        const expected = about(all.filter((entry) => isEventInScope(accessScope, entry)));
        const [listed, scanned, ofPools] = await storage.read(async ({ audit }) => [
          await audit.list({ accessScope }, 1, 100),
          await audit.scan({ accessScope }, { order: 'oldest' }, 100),
          await audit.list({ accessScope, entityType: 'pool' }, 1, 100),
        ]);
        expect([accessScope, about(listed.entries).reverse(), listed.total]).toEqual([
          accessScope,
          expected,
          expected.length,
        ]);
        expect([accessScope, about(scanned)]).toEqual([accessScope, expected]);
        expect([accessScope, about(ofPools.entries).reverse()]).toEqual([
          accessScope,
          expected.filter((each) => each.startsWith('pool ')),
        ]);
      }
    });

    it('leaves accounts and jobs to lists of ids', async () => {
      const [one = 0, two = 0] = estate.accounts;
      await storage.run(async ({ jobs }) => {
        for (const accountId of [one, two]) await jobs.insert(sampleJob({ accountId }));
      });
      for (const ids of [[], [two], [one, two, 999_999]]) {
        const [accounts, jobs] = await storage.read(async (stores) => [
          await stores.accounts.list({ ids }, 1, 9),
          await stores.jobs.list({ accountIds: ids }, 1, 9),
        ]);
        const known = ids.filter((id) => id !== 999_999);
        expect([
          accounts.items.map(({ id }) => id).sort(),
          accounts.total,
          jobs.items.map(({ accountId }) => accountId).sort(),
          jobs.total,
        ]).toEqual([known, known.length, known, known.length]);
      }
    });
  });
}
