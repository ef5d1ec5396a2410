import { createHash } from 'node:crypto';
import { FollowLog, SealAudit, type NewAuditEntry } from '@cloudpam/audit';
import { blockAround, freeBlocks, parseCidr, type Cidr } from '@cloudpam/cidr';
import {
  compareNodes,
  COUNT_USAGE,
  liesIn,
  rankOf,
  type BlockCounts,
  type UsageNode,
} from '@cloudpam/forecast';
import { sampleAuditEntry, SAMPLE_TIME } from './samples';
import type { AllStores } from './stores';
import { openedForEachTest, type OpenStorage } from './under-test';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const DAY_MS = 24 * 3_600_000;
const FIRST_DAY = Math.floor(SAMPLE_TIME.getTime() / DAY_MS);

/** A pool or an address of the past. */
interface Thing {
  readonly id: number;
  readonly cidr: string;
  readonly kind?: string;
  readonly vrfId?: number;
}

function nodeOf({ id, cidr, kind = 'container', vrfId = 1 }: Thing): UsageNode {
  return { vrfId, cidr: parseCidr(cidr), rank: rankOf(kind), id };
}

function event(day: number, was: Thing | null, is: Thing | null): NewAuditEntry {
  const thing = (is ?? was) as Thing;
  const entityType = thing.kind === 'address' ? 'address' : 'pool';
  const placeOf = ({ cidr, kind = 'container', vrfId = 1 }: Thing) => ({
    accountId: null,
    vrfId,
    cidr: parseCidr(cidr),
    kind,
  });
  return sampleAuditEntry({
    at: new Date(SAMPLE_TIME.getTime() + day * DAY_MS),
    type: `${entityType}.${was ? (is ? 'move' : 'delete') : 'create'}`,
    entityType,
    entityId: String(thing.id),
    diff: { before: was && { cidr: was.cidr }, after: is && { cidr: is.cidr } },
    place: placeOf(thing),
    formerPlace: was && is ? placeOf(was) : null,
  });
}

function counts(blocks: readonly Cidr[]): BlockCounts {
  const found: Record<number, number> = {};
  for (const { prefixLength } of blocks) found[prefixLength] = (found[prefixLength] ?? 0) + 1;
  return found;
}

/** What a pool's children take and leave, by a look at all nodes. */
function usageOf(
  pool: UsageNode,
  all: readonly UsageNode[],
): { taken: BlockCounts; free: BlockCounts } {
  const inside = all.filter((each) => each.vrfId === pool.vrfId && liesIn(each, pool));
  const children = inside
    .filter((each) => !inside.some((other) => other.rank < 2 && liesIn(each, other)))
    .sort(compareNodes);
  const blocks = children.map(({ cidr }) => cidr);
  return { taken: counts(blocks), free: counts(freeBlocks(pool.cidr, blocks)) };
}

/** Counting usage out of the log, over a storage. */
export function countUsageContract(name: string, open: OpenStorage): void {
  describe(`${name}: counting usage`, () => {
    const storage = openedForEachTest(open);
    const write = async (...entries: readonly NewAuditEntry[]): Promise<void> => {
      await storage.run(({ audit }) => audit.append(entries));
      await new SealAudit(storage, sha256).execute();
    };
    const follower = (server = 'one', fold = COUNT_USAGE.fold): FollowLog<AllStores> =>
      new FollowLog<AllStores>(storage, { ...COUNT_USAGE, fold }, server, () => SAMPLE_TIME);
    const count = (): Promise<number> => follower().execute();
    const daysOf = (id: number) =>
      storage.read(async ({ usage }) =>
        ((await usage.days([id], { from: 0, to: 99_999 })).get(id) ?? []).map((each) => ({
          ...each,
          day: each.day - FIRST_DAY,
        })),
      );
    const pool = { id: 1, cidr: '10.0.0.0/16' };
    const network = (id: number, third = id): Thing => ({ id, cidr: `10.0.${third}.0/24` });

    it('has a day for each on which the space of a pool has changed, and no other', async () => {
      await write(event(0, null, pool), event(1, null, network(2, 0)));
      await write(event(1, null, network(3, 1)), event(5, null, network(4, 2)));
      await count();
      const free = { 17: 1, 18: 1, 19: 1, 20: 1, 21: 1, 22: 1 };
      expect(await daysOf(1)).toEqual([
        { day: 1, taken: { 24: 2 }, free: { ...free, 23: 1 } },
        { day: 5, taken: { 24: 3 }, free: { ...free, 24: 1 } },
      ]);
      // What has nothing in it has no rows.
      expect(await daysOf(2)).toEqual([]);
    });

    it('gives a pool that comes between two others what lies in it, and back when it goes', async () => {
      const between = { id: 9, cidr: '10.0.0.0/20' };
      await write(event(0, null, pool), event(0, null, network(2, 0)), event(0, null, network(3)));
      await write(event(1, null, between));
      await count();
      expect((await daysOf(1)).at(-1)?.taken).toEqual({ 20: 1 });
      expect((await daysOf(9)).at(-1)?.taken).toEqual({ 24: 2 });
      await write(event(2, between, null));
      await count();
      expect((await daysOf(1)).map(({ taken }) => taken)).toEqual([
        { 24: 2 },
        { 20: 1 },
        { 24: 2 },
      ]);
      expect(await daysOf(9)).toEqual([]);
    });

    it('counts addresses, a subnet as large as its VPC, and moves to other VRFs', async () => {
      const vpc = { id: 2, cidr: '10.0.1.0/24', kind: 'vpc' };
      const subnet = { ...vpc, id: 3, kind: 'subnet' };
      const host = { id: 3, cidr: '10.0.1.7/32', kind: 'address' };
      await write(event(0, null, pool), event(0, null, subnet), event(0, null, host));
      await write(event(0, null, vpc));
      await count();
      expect((await Promise.all([1, 2, 3].map(daysOf))).map((days) => days.at(-1)?.taken)).toEqual([
        { 24: 1 },
        { 24: 1 },
        { 32: 1 },
      ]);
      await write(event(1, subnet, { ...subnet, vrfId: 2 }));
      await count();
      expect((await Promise.all([1, 2, 3].map(daysOf))).map((days) => days.at(-1)?.taken)).toEqual([
        { 24: 1 },
        { 32: 1 },
        {},
      ]);
    });

    it('does not go back to a day before the last one, as clocks differ', async () => {
      await write(event(0, null, pool), event(7, null, network(2)), event(3, null, network(3)));
      await count();
      expect((await daysOf(1)).map(({ day, taken }) => [day, taken])).toEqual([[7, { 24: 2 }]]);
    });

    it('writes nothing for what changes no space', async () => {
      await write(event(0, null, pool), event(0, null, network(2)));
      await write(
        sampleAuditEntry({
          entityType: 'pool',
          entityId: '2',
          at: new Date(SAMPLE_TIME.getTime() + 9 * DAY_MS),
          type: 'pool.update',
          diff: { before: { name: 'a' }, after: { name: 'b' } },
        }),
      );
      await count();
      expect(await daysOf(1)).toHaveLength(1);
    });

    it('counts each event once, whatever fails, and whoever goes on', async () => {
      await write(event(0, null, pool), event(0, null, network(2)));
      const failing = follower('killed', async (stores, events) => {
        await COUNT_USAGE.fold(stores, events);
        throw new Error('killed');
      });
      await expect(failing.execute()).rejects.toThrow('killed');
      expect(await daysOf(1)).toEqual([]);
      expect(await follower('other').execute()).toBe(2);
      expect(await follower('other').execute()).toBe(0);
      expect((await daysOf(1)).at(-1)?.taken).toEqual({ 24: 1 });
    });

    it('has after any past what a look at the tree would find', async () => {
      let state = 5;
      const random = (below: number): number => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return Math.floor((state / 2 ** 32) * below);
      };
      const things = new Map<number, Thing>();
      const somewhere = (id: number): Thing => {
        const isAddress = random(5) === 0;
        const length = isAddress ? 32 : 24 + random(9);
        const { first } = parseCidr('10.0.0.0/24');
        const { prefixLength, ...block } = blockAround(4, first + BigInt(random(256)), length);
        const last = Number(block.first - first);
        const kind = isAddress ? 'address' : ['vpc', 'subnet', 'container'][random(3)];
        return { id, cidr: `10.0.0.${last}/${prefixLength}`, kind, vrfId: 1 + random(2) };
      };
      for (let day = 0; day < 12; day++) {
        const entries = Array.from({ length: 12 }, () => {
          const id = 1 + random(24);
          const was = things.get(id);
          const is = was && random(3) === 0 ? null : somewhere(id);
          // A pool stays a pool.
          const same = was && is && (was.kind === 'address') !== (is.kind === 'address');
          const next = same ? null : is;
          if (next) things.set(id, next);
          else things.delete(id);
          return was || next ? event(day, was ?? null, next) : undefined;
        });
        await write(...entries.filter((each) => each !== undefined));
        await count();
        const all = [...things.values()].map(nodeOf);
        for (const each of all.filter(({ rank }) => rank < 2)) {
          const found = (await daysOf(each.id)).at(-1);
          const expected = usageOf(each, all);
          if (found || Object.keys(expected.taken).length > 0)
            expect([each, found]).toMatchObject([each, expected]);
        }
      }
    });
  });
}
