import { formatCidr } from '@cloudpam/cidr';
import { formatHost } from '@cloudpam/pools';
import type { MismatchFilter } from '@cloudpam/reconciliation';
import { cloud } from './planted';
import { SAMPLE_TIME, sampleAddress, sampleObserved, sampleResource } from './samples';
import type { AllStores } from './stores';
import { openedForEachTest, type OpenStorage } from './under-test';

const minutes = (n: number): Date => new Date(SAMPLE_TIME.getTime() + n * 60_000);
const ALL = { skip: 0, size: 100 };

/** The promises of `MismatchStore`. */
export function mismatchStoreContract(name: string, open: OpenStorage): void {
  describe(`${name}: differences of records and clouds`, () => {
    const storage = openedForEachTest(open);
    let place: Awaited<ReturnType<typeof cloud>>;

    beforeEach(async () => {
      place = await storage.run((stores) => cloud(stores));
    });

    const subnet = async (
      stores: Pick<AllStores, 'discovery'>,
      cidr: string,
      fields: object = {},
    ): Promise<void> => {
      const [id = 0] = await stores.discovery.reserveResourceIds(1);
      const resource = sampleResource({ ...place.of, id, cidr, externalId: `subnet-${cidr}` });
      await stores.discovery.insertResources([{ ...resource, ...fields }]);
    };
    const observed = (cidr: string, of: string, fields: object = {}) =>
      sampleObserved({
        ...place.of,
        cidr,
        externalId: cidr,
        subnetExternalId: `subnet-${of}`,
        ...fields,
      });
    const compare = (at = 10, scopeId = place.scope.id): Promise<void> =>
      storage.run(({ mismatches }) => mismatches.compare(scopeId, minutes(at), minutes(at)));
    const stale = async (filter: MismatchFilter = {}, page = ALL) => {
      const found = await storage.read(({ mismatches }) => mismatches.stale(filter, page));
      return { ...found, texts: found.items.map(({ record }) => formatHost(record.cidr)) };
    };
    const unknown = async (filter: MismatchFilter = {}, page = ALL) => {
      const found = await storage.read(({ mismatches }) => mismatches.unknown(filter, page));
      return { ...found, texts: found.items.map((each) => formatCidr(each.observed.cidr)) };
    };

    it('has records that nothing has the address of, and addresses without a record', async () => {
      await storage.run(async (stores) => {
        await subnet(stores, '10.0.0.0/24');
        await subnet(stores, '10.0.1.0/24');
        await stores.addresses.insert([
          sampleAddress({ address: '10.0.0.9', name: 'there' }),
          sampleAddress({ address: '10.0.0.10', name: 'stale' }),
          sampleAddress({ address: '10.0.0.17', name: 'in a block' }),
          sampleAddress({ address: '10.0.0.40', name: 'gone since' }),
          sampleAddress({ address: '10.9.0.1', name: 'elsewhere' }),
        ]);
        await stores.observed.insert([
          observed('10.0.0.9/32', '10.0.0.0/24'),
          observed('10.0.0.11/32', '10.0.0.0/24'),
          observed('10.0.0.16/28', '10.0.0.0/24'),
          observed('10.0.0.40/32', '10.0.0.0/24', { goneAt: SAMPLE_TIME }),
          observed('10.0.1.9/32', '10.0.1.0/24'),
        ]);
      });
      expect((await stale()).texts).toEqual([]);
      await compare();
      expect((await stale()).texts).toEqual(['10.0.0.10', '10.0.0.40']);
      expect((await stale()).items[0]).toMatchObject({
        accountId: place.accountId,
        region: 'eu-central-1',
        since: minutes(10),
        record: { name: 'stale' },
      });
      // In the other subnet nobody keeps records.
      expect((await unknown()).texts).toEqual(['10.0.0.11/32']);
      expect((await unknown()).total).toBe(1);
    });

    it('keeps since when, forgets what is right again, and knows what is younger than the listing', async () => {
      await storage.run(async (stores) => {
        await subnet(stores, '10.0.0.0/24');
        await stores.addresses.insert([
          sampleAddress({ address: '10.0.0.9' }),
          sampleAddress({ address: '10.0.0.10' }),
          sampleAddress({ address: '10.0.0.11', createdAt: minutes(15) }),
        ]);
      });
      await compare(10);
      await storage.run((stores) =>
        stores.observed.insert([observed('10.0.0.9/32', '10.0.0.0/24')]),
      );
      await compare(15);
      expect((await stale()).items.map(({ since }) => since)).toEqual([minutes(10)]);
      expect((await stale()).texts).toEqual(['10.0.0.10']);
      await compare(20);
      expect((await stale()).texts).toEqual(['10.0.0.10', '10.0.0.11']);
      await storage.run(({ mismatches }) => mismatches.forget(place.scope.id));
      expect((await stale()).total).toBe(0);
    });

    it('has nothing any more of a record that is given back or made, before the next listing', async () => {
      const [kept, left] = await storage.run(async (stores) => {
        await subnet(stores, '10.0.0.0/24');
        await stores.observed.insert([
          observed('10.0.0.20/32', '10.0.0.0/24'),
          observed('10.0.0.21/32', '10.0.0.0/24'),
        ]);
        return stores.addresses.insert([
          sampleAddress({ address: '10.0.0.9' }),
          sampleAddress({ address: '10.0.0.10' }),
        ]);
      });
      await compare();
      await storage.run(async ({ addresses }) => {
        if (!kept || !left) throw new Error('they were inserted');
        await addresses.remove([left.id]);
        await addresses.save([{ ...kept, status: 'deprecated' }]);
        await addresses.insert([sampleAddress({ address: '10.0.0.20' })]);
      });
      expect((await stale()).total).toBe(0);
      expect((await unknown()).texts).toEqual(['10.0.0.21/32']);
      await storage.run(({ observed: store }) => store.purge(minutes(99)));
      expect((await unknown()).total).toBe(1);
    });

    it('lists them by address, for an account, a VRF and an access scope', async () => {
      await storage.run(async (stores) => {
        await subnet(stores, '10.0.0.0/24');
        await subnet(stores, 'fd00::/64');
        await stores.addresses.insert([
          sampleAddress({ address: 'fd00::9' }),
          sampleAddress({ address: '10.0.0.10' }),
          sampleAddress({ address: '10.0.0.9', accountId: place.accountId }),
        ]);
        await stores.observed.insert([
          observed('10.0.0.77/32', '10.0.0.0/24'),
          observed('fd00::77/128', 'fd00::/64'),
        ]);
      });
      await compare();
      expect((await stale()).texts).toEqual(['10.0.0.9', '10.0.0.10', 'fd00::9']);
      expect((await stale({}, { skip: 1, size: 1 })).texts).toEqual(['10.0.0.10']);
      expect(await stale({}, { skip: 0, size: 0 })).toMatchObject({ items: [], total: 3 });
      for (const filter of [{ accountId: place.accountId + 1 }, { vrfId: 77 }]) {
        expect((await stale(filter)).total).toBe(0);
        expect((await unknown(filter)).total).toBe(0);
      }
      expect((await unknown({ accountId: place.accountId, vrfId: 1 })).total).toBe(2);
      expect((await stale({ since: minutes(10) })).total).toBe(3);
      expect((await stale({ since: minutes(11) })).total).toBe(0);
      expect((await unknown({ since: minutes(11) })).total).toBe(0);
      const accessScope = { under: null, accountIds: [place.accountId] };
      expect((await stale({ accessScope })).texts).toEqual(['10.0.0.9']);
      expect(
        (await unknown({ accessScope: { under: null, accountIds: [place.accountId + 1] } })).total,
      ).toBe(0);
    });

    it('leaves the subnets of other scopes, and those that are gone, alone', async () => {
      const other = await storage.run(async (stores) => {
        await subnet(stores, '10.0.0.0/24', { sync: 'orphaned', orphanedAt: SAMPLE_TIME });
        await subnet(stores, '10.0.1.0/24');
        await stores.addresses.insert([
          sampleAddress({ address: '10.0.0.9' }),
          sampleAddress({ address: '10.0.1.9' }),
        ]);
        return stores.discovery.lockScope(place.accountId, 'eu-west-1');
      });
      await compare(10, other.id);
      expect((await stale()).total).toBe(0);
      await compare(10);
      await compare(11, other.id);
      expect((await stale()).texts).toEqual(['10.0.1.9']);
    });
  });
}
