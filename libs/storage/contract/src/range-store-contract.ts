import { formatCidr, parseCidr, parseRange } from '@cloudpam/cidr';
import {
  formatSpan,
  InvalidCursor,
  readTypedText,
  type RangeFilter,
  type RangeRecord,
} from '@cloudpam/pools';
import { insertTree, only, range } from './planted';
import { sampleAccount, sampleAddress, sampleRange, sampleVrf } from './samples';
import { openedForEachTest, type OpenStorage } from './under-test';

const host = (text: string) => parseCidr(`${text}/${text.includes(':') ? 128 : 32}`);
const ALL = { order: 'address', limit: 100 } as const;

/** The promises of `RangeStore`. */
export function rangeStoreContract(name: string, open: OpenStorage): void {
  describe(`${name}: ranges`, () => {
    const storage = openedForEachTest(open);
    const insert = (...records: readonly Parameters<typeof sampleRange>[0][]) =>
      storage.run(({ ranges }) => ranges.insert(records.map(sampleRange)));
    const list = (filter: RangeFilter, page: { size: number; page?: number; after?: string }) =>
      storage.read(({ ranges }) => ranges.list(filter, page));
    const spans = (records: readonly (RangeRecord | undefined)[]) =>
      records.map((record) => record && formatSpan(record.span));
    const free = (poolId: number) =>
      storage.read(async ({ pools }) => (await pools.freeBlocks(poolId, ALL)).map(formatCidr));

    it('give back every field, also under the lock', async () => {
      const account = await storage.run(({ accounts }) => accounts.insert(sampleAccount()));
      const fields = {
        span: '2001:db8::7-2001:db8::ffff',
        name: 'dhcp',
        purpose: 'quarantine',
        countsAsUsed: true,
        accountId: account.id,
        description: 'd',
        tags: { env: 'prod' },
        until: new Date('2030-01-02T03:04:05.678Z'),
        holder: { type: 'token', id: '7', name: 'terraform' },
        version: 3,
      } as const;
      const record = only(await insert(fields));
      expect(record).toEqual({ ...sampleRange(fields), id: record.id });
      expect(await storage.read(({ ranges }) => ranges.get(record.id))).toEqual(record);
      expect(await storage.run(({ ranges }) => ranges.lock([99, record.id]))).toEqual([record]);
      const changed = { ...record, name: 'x', countsAsUsed: false, tags: {}, version: 4 };
      await storage.run(({ ranges }) => ranges.save([changed]));
      expect(await storage.read(({ ranges }) => ranges.getMany([record.id]))).toEqual([changed]);
    });

    it('are found by an address of them, each in its VRF', async () => {
      const other = await storage.run(({ vrfs }) => vrfs.insert(sampleVrf()));
      await insert(
        { span: '10.0.0.10-10.0.0.20' },
        { span: '10.0.0.21-10.0.0.21' },
        { span: '10.0.0.15-10.0.0.30', vrfId: other.id },
        { span: '::a-::c' },
      );
      const at = (vrfId: number, ...hosts: string[]) =>
        storage.read(async ({ ranges }) => spans(await ranges.at(vrfId, hosts.map(host))));
      expect(await at(1, '10.0.0.20', '10.0.0.9', '10.0.0.21', '10.0.0.22', '::b')).toEqual([
        '10.0.0.10-10.0.0.20',
        undefined,
        '10.0.0.21-10.0.0.21',
        undefined,
        '::a-::c',
      ]);
      expect(await at(other.id, '10.0.0.14', '10.0.0.30')).toEqual([
        undefined,
        '10.0.0.15-10.0.0.30',
      ]);
      expect(await at(99, '10.0.0.14')).toEqual([undefined]);
    });

    it('are listed by address, in pages and from a place on, narrowed as asked', async () => {
      const pools = await storage.run((stores) => insertTree(stores, ['10.0.0.0/24']));
      const poolId = only(pools).id;
      const until = new Date('2026-01-01T00:00:00Z');
      await insert(
        { span: '10.0.0.40-10.0.0.50', name: 'c', poolId },
        { span: '10.0.0.4-10.0.0.5', name: 'b', poolId, purpose: 'dhcp' },
        { span: '10.1.0.4-10.1.0.5', name: 'd', purpose: 'quarantine', until },
      );
      const names = async (filter: RangeFilter, page: Parameters<typeof list>[1] = { size: 9 }) =>
        (await list(filter, page)).items.map((record) => record.name);
      expect(await names({})).toEqual(['b', 'c', 'd']);
      expect(await names({ poolId })).toEqual(['b', 'c']);
      expect(await names({ purpose: 'dhcp' })).toEqual(['b']);
      expect(await names({ touching: range('10.0.0.0-10.0.0.3') })).toEqual([]);
      expect(await names({ touching: range('10.0.0.5-10.0.0.40') })).toEqual(['b', 'c']);
      expect(await names({ name: 'c' })).toEqual(['c']);
      expect(await names({ endedAt: until })).toEqual(['d']);
      expect(await names({ endedAt: new Date(until.getTime() - 1) })).toEqual([]);
      expect(await names({}, { size: 2, page: 2 })).toEqual(['d']);
      const first = await list({}, { size: 2 });
      expect(await names({}, { size: 2, after: first.nextCursor ?? '' })).toEqual(['d']);
      await expect(list({}, { size: 2, after: 'x' })).rejects.toThrow(InvalidCursor);
      const within = (under: readonly string[]) =>
        names({
          accessScope: {
            accountIds: null,
            under: under.map((text) => ({ vrfId: 1, cidr: parseCidr(text), kind: 'subnet' })),
          },
        });
      expect(await within(['10.0.0.0/29', '10.0.0.32/28'])).toEqual(['b']);
      expect(await within(['10.0.0.32/27', '10.0.0.0/30'])).toEqual(['c']);
    });

    it('are meant by a part of their name, a tag, their id, or an address of them in any VRF', async () => {
      const vrf = await storage.run(({ vrfs }) => vrfs.insert(sampleVrf()));
      const made = await insert(
        { span: '10.0.0.4-10.0.0.9', name: 'Phones of floor 1' },
        { span: '10.0.0.2-10.0.1.7', name: 'lab', vrfId: vrf.id, tags: { env: 'lab' } },
        { span: '10.0.2.0-10.0.2.3', name: 'printers' },
        { span: '2001:db8::1-2001:db8::ff', name: 'six' },
      );
      const meant = async (text: string, more: RangeFilter = {}) =>
        (await list({ ...more, typed: readTypedText(text) }, { size: 9 })).items.map(
          ({ name: each }) => each,
        );
      expect(await meant('phones')).toEqual(['Phones of floor 1']);
      expect(await meant('p')).toEqual(['Phones of floor 1', 'printers']);
      expect(await meant('env:lab')).toEqual(['lab']);
      expect(await meant(String(made[2]?.id))).toEqual(['printers']);
      expect(await meant('10.0.0.9')).toEqual(['lab', 'Phones of floor 1']);
      expect(await meant('10.0.0.10')).toEqual(['lab']);
      expect(await meant('10.0.1.0/24')).toEqual(['lab']);
      expect(await meant('10.0.0.0/22')).toEqual(['lab', 'Phones of floor 1', 'printers']);
      expect(await meant('2001:db8::80')).toEqual(['six']);
      expect(await meant('10.0.0.0/22', { within: range('10.0.0.0-10.0.0.255') })).toEqual([
        'Phones of floor 1',
      ]);
      expect(await meant('nothing')).toEqual([]);
      const [phones] = made;
      if (!phones) throw new Error('four were made');
      await storage.run(({ ranges }) => ranges.save([{ ...phones, name: 'moved', version: 2 }]));
      expect([await meant('phones'), await meant('moved')]).toEqual([[], ['moved']]);
      await storage.run(({ ranges }) => ranges.remove([phones.id]));
      expect(await meant('moved')).toEqual([]);
    });

    it('take their addresses out of the free space of their pool, and give them back', async () => {
      const poolId = only(await storage.run((stores) => insertTree(stores, ['10.0.0.0/28']))).id;
      await storage.run(({ pools }) => pools.freeBlocks(poolId, ALL));
      const range = only(await insert({ span: '10.0.0.3-10.0.0.9', poolId }));
      expect(await free(poolId)).toEqual([
        '10.0.0.0/31',
        '10.0.0.2/32',
        '10.0.0.10/31',
        '10.0.0.12/30',
      ]);
      await storage.run(({ addresses }) =>
        addresses.insert([sampleAddress({ address: '10.0.0.4', poolId, rangeId: range.id })]),
      );
      expect(await free(poolId)).toHaveLength(4);
      const inside = await storage.read(({ ranges }) =>
        ranges.inPool(1, poolId, [parseRange('10.0.0.2-10.0.0.9')]),
      );
      expect(spans(inside)).toEqual(['10.0.0.3-10.0.0.9']);
      expect(
        await storage.read(({ ranges }) =>
          ranges.inPool(1, poolId, [parseRange('10.0.0.2-10.0.0.8')]),
        ),
      ).toEqual([]);
      await storage.run(({ ranges }) => ranges.setPool([{ id: range.id, poolId: null }]));
      expect(await free(poolId)).toHaveLength(4);
      await storage.run(({ ranges }) => ranges.setPool([{ id: range.id, poolId }]));
      await storage.run(({ ranges }) => ranges.remove([range.id]));
      expect(await free(poolId)).toEqual([
        '10.0.0.0/30',
        '10.0.0.5/32',
        '10.0.0.6/31',
        '10.0.0.8/29',
      ]);
      const left = await storage.read(({ addresses }) => addresses.list({ poolId }, { size: 9 }));
      expect(only(left.items).rangeId).toBeNull();
    });
  });
}
