import { formatCidr, parseCidr } from '@cloudpam/cidr';
import { StoredConflict } from '@cloudpam/pools';
import type { ObservedAddress } from '@cloudpam/reconciliation';
import { cloud, insertTree, only, range } from './planted';
import { SAMPLE_TIME, sampleObserved, sampleVrf } from './samples';
import { openedForEachTest, type OpenStorage } from './under-test';

const later = (minutes: number): Date => new Date(SAMPLE_TIME.getTime() + minutes * 60_000);
type Asked = Partial<Omit<ObservedAddress, 'id' | 'cidr'>> & { readonly cidr: string };

/** The promises of `ObservedStore`. */
export function observedStoreContract(name: string, open: OpenStorage): void {
  describe(`${name}: observed addresses`, () => {
    const storage = openedForEachTest(open);
    let place: Awaited<ReturnType<typeof cloud>>;

    beforeEach(async () => {
      place = await storage.run((stores) => cloud(stores));
    });

    const insert = async (...asked: Asked[]): Promise<ObservedAddress[]> => {
      const rows = asked.map((each) => sampleObserved({ ...place.of, ...each }));
      await storage.run(({ observed }) => observed.insert(rows));
      return ofScope();
    };
    const ofScope = () => storage.read(({ observed }) => observed.ofScope(place.of.scopeId));
    const cidrs = (rows: readonly { cidr: ObservedAddress['cidr'] }[]): string[] =>
      rows.map((each) => formatCidr(each.cidr));
    const list = (page: { size: number; page?: number; after?: string }, within = '10.0.0.0/8') =>
      storage.read(({ observed }) => observed.list({ vrfId: 1, within: range(within) }, page));

    it.each(['10.0.0.9/32', '10.0.0.16/28', '2600:1f18::9/128'])(
      'gives back every field of %s',
      async (cidr) => {
        const fields = {
          ...place.of,
          vrfId: 1,
          region: 'eu-central-1',
          kind: 'static',
          externalId: 'eni-9',
          subnetExternalId: 'subnet-1',
          name: 'nämé',
          attachedTo: 'i-0a',
          cidr: parseCidr(cidr),
          firstSeenAt: SAMPLE_TIME,
          lastSeenAt: later(1),
          goneAt: later(2),
        } as const;
        await storage.run(({ observed }) => observed.insert([fields]));
        const row = only(await ofScope());
        expect(row).toEqual({ ...fields, id: row.id });
        const changed = {
          ...row,
          networkId: null,
          subnetExternalId: null,
          name: '',
          attachedTo: null,
          region: 'eu-west-1',
          lastSeenAt: later(3),
          goneAt: null,
        };
        await storage.run(({ observed }) => observed.save([changed]));
        expect(only(await ofScope())).toEqual(changed);
      },
    );

    it('refuses what a scope has, and takes it again as something else', async () => {
      await insert({ cidr: '10.0.0.9/32', externalId: 'eni-1' });
      await expect(insert({ cidr: '10.0.0.9/32', externalId: 'eni-1' })).rejects.toBeInstanceOf(
        StoredConflict,
      );
      await insert(
        { cidr: '10.0.0.9/32', externalId: 'eni-2' },
        { cidr: '10.0.0.10/32', externalId: 'eni-1' },
        { cidr: '10.0.0.9/32', externalId: 'eni-1', kind: 'static' },
      );
      expect(await ofScope()).toHaveLength(4);
    });

    it('lists by address, page by page, whatever is written meanwhile', async () => {
      await insert(
        { cidr: '10.0.0.9/32', externalId: 'b' },
        { cidr: '10.0.0.9/32', externalId: 'a' },
        { cidr: '10.0.0.0/28', externalId: 'c' },
        { cidr: '10.1.0.0/32', externalId: 'd' },
        { cidr: '11.0.0.0/32', externalId: 'e' },
      );
      const first = await list({ size: 2 });
      expect(cidrs(first.items)).toEqual(['10.0.0.0/28', '10.0.0.9/32']);
      expect(first.total).toBe(4);
      await insert({ cidr: '10.0.0.1/32', externalId: 'new' });
      const second = await list({ size: 2, after: first.nextCursor ?? '' });
      expect(cidrs(second.items)).toEqual(['10.0.0.9/32', '10.1.0.0/32']);
      expect(second.nextCursor).toBeNull();
      expect(cidrs((await list({ size: 2, page: 2 })).items)).toEqual([
        '10.0.0.9/32',
        '10.0.0.9/32',
      ]);
      await expect(list({ size: 2, after: 'x' })).rejects.toThrow();
    });

    it('lists those with a name', async () => {
      await insert(
        { cidr: '10.0.0.9/32', externalId: 'a', name: 'web' },
        { cidr: '10.0.0.10/32', externalId: 'b', name: 'web-1' },
      );
      const filter = { vrfId: 1, within: range('10.0.0.0/8'), name: 'web' };
      const found = await storage.read(({ observed }) => observed.list(filter, { size: 9 }));
      expect(cidrs(found.items)).toEqual(['10.0.0.9/32']);
      expect(found.total).toBe(1);
    });

    it('lists those of an access scope alone', async () => {
      const other = await storage.run((stores) => cloud(stores, '999'));
      await insert({ cidr: '10.0.0.9/32' }, { ...other.of, cidr: '10.0.0.10/32' });
      const found = await storage.read(({ observed }) =>
        observed.list(
          {
            vrfId: 1,
            within: range('10.0.0.0/8'),
            accessScope: { accountIds: [other.accountId], under: null },
          },
          { size: 10 },
        ),
      );
      expect(cidrs(found.items)).toEqual(['10.0.0.10/32']);
    });

    it('knows what touches a range, blocks around it and what is held too', async () => {
      await insert(
        { cidr: '10.0.0.16/28', externalId: 'prefix' },
        { cidr: '10.0.0.20/32', externalId: 'gone', goneAt: later(1) },
        { cidr: '10.0.0.40/32', externalId: 'far' },
      );
      const touching = async (text: string, limit = 9) =>
        cidrs(await storage.read(({ observed }) => observed.touching(1, range(text), limit)));
      expect(await touching('10.0.0.20')).toEqual(['10.0.0.16/28', '10.0.0.20/32']);
      expect(await touching('10.0.0.17')).toEqual(['10.0.0.16/28']);
      expect(await touching('10.0.0.0/24', 1)).toEqual(['10.0.0.16/28']);
      expect(await touching('10.0.0.32-10.0.0.39')).toEqual([]);
      expect(await touching('::a00:28')).toEqual([]);
    });

    it('counts each address once, and none that is gone', async () => {
      await insert(
        { cidr: '10.0.0.9/32', externalId: 'a' },
        { cidr: '10.0.0.9/32', externalId: 'b' },
        { cidr: '10.0.0.16/28', externalId: 'c' },
        { cidr: '10.0.0.40/32', externalId: 'd', goneAt: later(1) },
        { cidr: '10.0.1.0/32', externalId: 'e' },
      );
      const count = (text: string) =>
        storage.read(({ observed }) => observed.count(1, range(text)));
      expect(await count('10.0.0.0/24')).toBe(17n);
      expect(await count('10.9.0.0/24')).toBe(0n);
    });

    it('finds what has exactly an address now', async () => {
      await insert(
        { cidr: '10.0.0.9/32', externalId: 'a' },
        { cidr: '10.0.0.10/32', externalId: 'b', goneAt: later(1) },
        { cidr: '10.0.0.0/28', externalId: 'c' },
      );
      const places = ['10.0.0.9/32', '10.0.0.10/32', '10.0.0.0/32', '10.0.0.1/32'].map((text) => ({
        vrfId: 1,
        cidr: parseCidr(text),
      }));
      const found = await storage.read(({ observed }) => observed.equalTo(places));
      expect(found.map(({ externalId }) => externalId)).toEqual(['a']);
      expect(await storage.read(({ observed }) => observed.equalTo([]))).toEqual([]);
    });

    it('was last seen with the last complete listing of its scope, unless it is gone', async () => {
      await insert(
        { cidr: '10.0.0.9/32', externalId: 'there' },
        { cidr: '10.0.0.10/32', externalId: 'gone', goneAt: later(1) },
      );
      await storage.run(({ discovery }) =>
        discovery.saveScope({
          ...place.scope,
          interfaces: 'partial',
          interfacesError: { code: 'UnauthorizedOperation', message: 'no' },
          interfacesCompleteAt: later(5),
        }),
      );
      expect((await ofScope()).map((each) => each.lastSeenAt)).toEqual([later(5), SAMPLE_TIME]);
      const [there] = await ofScope();
      await storage.run(({ observed }) => observed.touch([there?.id ?? 0], later(7)));
      expect((await ofScope()).map((each) => each.lastSeenAt)).toEqual([later(7), SAMPLE_TIME]);
      const [state] = await storage.read(({ discovery }) => discovery.scopeStates());
      expect(state).toMatchObject({
        interfaces: 'partial',
        interfacesError: { code: 'UnauthorizedOperation', message: 'no' },
        interfacesCompleteAt: later(5),
      });
    });

    it('forgets what is gone for long enough, and its address is free again', async () => {
      const pool = only(await storage.run((stores) => insertTree(stores, ['10.0.0.0/30'])));
      const free = () =>
        storage.run(async ({ pools }) =>
          (await pools.freeBlocks(pool.id, { order: 'address', limit: 9 })).map(formatCidr),
        );
      expect(await free()).toEqual(['10.0.0.0/30']);
      await insert(
        { cidr: '10.0.0.1/32', externalId: 'gone', goneAt: later(1) },
        { cidr: '10.0.0.2/32', externalId: 'there' },
      );
      expect(await free()).toEqual(['10.0.0.0/32', '10.0.0.3/32']);
      expect(await storage.run(({ observed }) => observed.purge(later(1)))).toBe(0);
      expect(await storage.run(({ observed }) => observed.purge(later(2)))).toBe(1);
      expect(await free()).toEqual(['10.0.0.0/31', '10.0.0.3/32']);
    });

    it('follows its network into another VRF, and so does the space it takes', async () => {
      const lab = await storage.run((stores) => stores.vrfs.insert(sampleVrf()));
      const [here, there] = await storage.run(async (stores) => [
        only(await insertTree(stores, ['10.0.0.0/31'])),
        only(await insertTree(stores, ['10.0.0.0/31'], lab.id)),
      ]);
      const free = (pool: typeof here) =>
        storage.run(async ({ pools }) =>
          (await pools.freeBlocks(pool?.id ?? 0, { order: 'address', limit: 9 })).map(formatCidr),
        );
      await insert({ cidr: '10.0.0.1/32' });
      expect([await free(here), await free(there)]).toEqual([['10.0.0.0/32'], ['10.0.0.0/31']]);
      await storage.run(({ discovery }) =>
        discovery.saveNetworks([{ ...place.network, vrfId: lab.id }]),
      );
      expect(only(await ofScope()).vrfId).toBe(lab.id);
      expect([await free(here), await free(there)]).toEqual([['10.0.0.0/31'], ['10.0.0.0/32']]);
    });
  });
}
