import { readTypedText, StoredConflict } from '@cloudpam/pools';
import type { NetworkFilter, ScopeState } from '@cloudpam/reconciliation';
import { cloud, only } from './planted';
import { SAMPLE_TIME, sampleAccount, sampleNetwork, sampleResource, sampleVrf } from './samples';
import { gate, openedForEachTest, type OpenStorage } from './under-test';

const LATER = new Date(SAMPLE_TIME.getTime() + 60_000);

/** The promises of `DiscoveryStore` about scopes and networks. */
export function discoveryScopesContract(name: string, open: OpenStorage): void {
  describe(`${name}: scopes and networks`, () => {
    const storage = openedForEachTest(open);

    it('makes a scope when it is locked first, and finds it again', async () => {
      const first = await storage.run((stores) => cloud(stores));
      const again = await storage.run(({ discovery }) =>
        discovery.lockScope(first.accountId, 'eu-central-1'),
      );
      expect(again).toEqual(first.scope);
      expect(again).toMatchObject({
        accountId: first.accountId,
        region: 'eu-central-1',
        collectedAt: null,
        completeAt: null,
        runId: null,
      });
      await expect(storage.run(({ discovery }) => discovery.lockScope(999, 'x'))).rejects.toThrow(
        StoredConflict,
      );
    });

    it('saves what is known of a scope', async () => {
      const { scope } = await storage.run((stores) => cloud(stores));
      const saved: ScopeState = {
        ...scope,
        coverage: 'partial',
        errorCode: 'AccessDenied',
        errorMessage: 'no',
        collectedAt: LATER,
        completeAt: SAMPLE_TIME,
        runId: 'r',
      };
      await storage.run(({ discovery }) => discovery.saveScope(saved));
      expect(
        await storage.run(({ discovery }) => discovery.lockScope(scope.accountId, scope.region)),
      ).toEqual(saved);
    });

    it('makes the lock of a scope wait, also of one that is new', async () => {
      const account = await storage.run(({ accounts }) => accounts.insert(sampleAccount()));
      const locked = gate();
      const leave = gate();
      const first = storage.run(async ({ discovery }) => {
        const scope = await discovery.lockScope(account.id, 'r');
        locked.open();
        await leave.passed;
        await discovery.saveScope({ ...scope, runId: 'first' });
      });
      await locked.passed;
      const second = storage.run(({ discovery }) => discovery.lockScope(account.id, 'r'));
      leave.open();
      await first;
      expect((await second).runId).toBe('first');
    });

    it('lists scopes by account and region with their distinct VPCs and subnets', async () => {
      const a = await storage.run(async (stores) => {
        const place = await cloud(stores, '1');
        await stores.discovery.lockScope(place.accountId, 'ap-south-1');
        const ids = await stores.discovery.reserveResourceIds(5);
        const row = (at: number, fields: Partial<Parameters<typeof sampleResource>[0]>) =>
          sampleResource({ ...place.of, cidr: `10.0.${at}.0/24`, ...fields, id: ids[at] ?? 0 });
        await stores.discovery.insertResources([
          row(0, { kind: 'vpc', externalId: 'vpc-1', cidr: '10.0.0.0/16' }),
          row(1, { kind: 'vpc', externalId: 'vpc-1', cidr: '10.1.0.0/16' }),
          row(2, { externalId: 's' }),
          row(3, { externalId: 's' }),
          row(4, { kind: 'secondary_range', externalId: 'range' }),
        ]);
        return place;
      });
      const b = await storage.run((stores) => cloud(stores, '0'));
      const found = await storage.read(({ discovery }) => discovery.scopes());
      expect(
        found.map(({ scope, vpcCount, subnetCount }) => [
          scope.accountId,
          scope.region,
          vpcCount,
          subnetCount,
        ]),
      ).toEqual([
        [a.accountId, 'ap-south-1', 0, 0],
        [a.accountId, 'eu-central-1', 1, 1],
        [b.accountId, 'eu-central-1', 0, 0],
      ]);
      expect(found[1]?.scope).toEqual(a.scope);
      expect(await storage.read(({ discovery }) => discovery.scopeStates())).toEqual(
        found.map(({ scope }) => scope),
      );
    });

    it('gives back every field of a network, by id and by key', async () => {
      const { accountId } = await storage.run((stores) => cloud(stores));
      const asked = sampleNetwork({
        accountId,
        externalId: 'vpc-2',
        name: 'n',
        isDefault: true,
        lastSeenAt: LATER,
        goneAt: LATER,
      });
      const network = only(await storage.run(({ discovery }) => discovery.insertNetworks([asked])));
      expect(network).toEqual({ ...asked, id: network.id });
      await storage.read(async ({ discovery }) => {
        expect(await discovery.network(network.id)).toEqual(network);
        expect(await discovery.network(999)).toBeUndefined();
        expect(
          await discovery.networksByKey([
            { accountId, region: 'eu-central-1', externalId: 'vpc-2' },
            { accountId, region: 'x', externalId: 'vpc-1' },
            { accountId: 99, region: 'eu-central-1', externalId: 'vpc-1' },
          ]),
        ).toEqual([network]);
        expect(await discovery.networksByKey([])).toEqual([]);
      });
    });

    it('inserts many networks in their order, and none twice', async () => {
      const { accountId } = await storage.run((stores) => cloud(stores));
      const asked = ['c', 'a', 'b'].map((externalId) => sampleNetwork({ accountId, externalId }));
      const networks = await storage.run(({ discovery }) => discovery.insertNetworks(asked));
      expect(networks.map((network) => network.externalId)).toEqual(['c', 'a', 'b']);
      await expect(
        storage.run(({ discovery }) => discovery.insertNetworks(asked.slice(0, 1))),
      ).rejects.toThrow(StoredConflict);
      expect(await storage.run(({ discovery }) => discovery.insertNetworks([]))).toEqual([]);
    });

    it('lists networks, filtered, in pages', async () => {
      const vrf = await storage.run(({ vrfs }) => vrfs.insert(sampleVrf()));
      const a = await storage.run((stores) =>
        cloud(stores, '1', { externalId: 'vpc-a', name: 'Front_end' }),
      );
      const b = await storage.run((stores) =>
        cloud(stores, '2', { externalId: 'vpc-b', name: 'back', vrfId: vrf.id }),
      );
      const ids = async (filter: NetworkFilter) =>
        (await storage.read(({ discovery }) => discovery.networks(filter, 1, 10))).items.map(
          (network) => network.id,
        );
      expect(await ids({})).toEqual([a.network.id, b.network.id]);
      expect(await ids({ accountId: b.accountId })).toEqual([b.network.id]);
      expect(await ids({ vrfId: vrf.id })).toEqual([b.network.id]);
      expect(await ids({ typed: readTypedText('FRONT_') })).toEqual([a.network.id]);
      expect(await ids({ name: 'Front_end' })).toEqual([a.network.id]);
      expect(await ids({ name: 'front_end' })).toEqual([]);
      expect(await ids({ typed: readTypedText('vpc-B') })).toEqual([b.network.id]);
      await storage.run(({ discovery }) =>
        discovery.insertResources([
          sampleResource({ ...b.of, id: 1, vrfId: vrf.id, cidr: '10.9.0.0/16' }),
        ]),
      );
      expect(await ids({ typed: readTypedText('10.9.3.1/24') })).toEqual([b.network.id]);
      const page = await storage.read(({ discovery }) => discovery.networks({}, 2, 1));
      expect(page).toEqual({ items: [b.network], total: 2 });
    });

    it('tells which networks of a scope are there, and that they were when it was last listed completely', async () => {
      const { accountId, scope, network } = await storage.run((stores) => cloud(stores));
      await storage.run(async ({ discovery }) => {
        await discovery.insertNetworks([
          sampleNetwork({ accountId, externalId: 'gone', goneAt: SAMPLE_TIME }),
          sampleNetwork({ accountId, externalId: 'elsewhere', region: 'us-east-1' }),
        ]);
        await discovery.saveScope({
          ...scope,
          coverage: 'complete',
          collectedAt: LATER,
          completeAt: LATER,
        });
      });
      const there = await storage.read(({ discovery }) =>
        discovery.networksThere(accountId, scope.region),
      );
      expect(there).toEqual([{ ...network, lastSeenAt: LATER }]);
      const { items } = await storage.read(({ discovery }) => discovery.networks({}, 1, 10));
      expect(items.map((each) => each.lastSeenAt)).toEqual([LATER, SAMPLE_TIME, SAMPLE_TIME]);
    });

    it('saves networks', async () => {
      const { network } = await storage.run((stores) => cloud(stores));
      const changed = { ...network, name: 'x', isDefault: true, lastSeenAt: LATER };
      await storage.run(({ discovery }) => discovery.saveNetworks([changed]));
      expect(await storage.read(({ discovery }) => discovery.network(network.id))).toEqual(changed);
    });
  });
}
