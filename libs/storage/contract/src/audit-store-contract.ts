import { placeOfAccount, type AuditFilter, type NewAuditEntry } from '@cloudpam/audit';
import { parseCidr } from '@cloudpam/cidr';
import { SAMPLE_TIME, sampleAuditEntry } from './samples';
import { openedForEachTest, type OpenStorage } from './under-test';

const at = (seconds: number): Date => new Date(SAMPLE_TIME.getTime() + seconds * 1000);

/** The promises of `AuditStore`. */
export function auditStoreContract(name: string, open: OpenStorage): void {
  describe(`${name}: audit`, () => {
    const storage = openedForEachTest(open);
    const append = (entries: readonly NewAuditEntry[]): Promise<void> =>
      storage.run(({ audit }) => audit.append(entries));
    const ids = (filter: AuditFilter): Promise<string[]> =>
      storage.read(async ({ audit }) =>
        (await audit.list(filter, 1, 50)).entries.map((entry) => entry.entityId),
      );

    it('gives back every field', async () => {
      const entry = sampleAuditEntry({
        actor: { type: 'collector', id: 't1', name: 'Collector' },
        reason: 'moved',
        requestId: 'r',
        version: 2,
        place: { vrfId: 1, accountId: 7, cidr: parseCidr('10.0.0.0/8'), kind: 'vpc' },
        formerPlace: { vrfId: 2, accountId: null, cidr: parseCidr('2001:db8::/32'), kind: 'vpc' },
        diff: {
          before: { tags: { a: 'b' }, n: 1, on: true, list: ['x', null] },
          after: { n: null },
        },
      });
      await append([entry]);
      const { entries, total } = await storage.read(({ audit }) => audit.list({}, 1, 10));
      expect(total).toBe(1);
      expect(entries).toEqual([{ ...entry, id: expect.any(Number) }]);
      const vrf = { vrfId: 3, accountId: null, cidr: null, kind: null };
      for (const place of [placeOfAccount(7), vrf, null]) {
        await append([sampleAuditEntry({ place })]);
        expect((await storage.read(({ audit }) => audit.list({}, 1, 1))).entries).toMatchObject([
          { place, formerPlace: null, version: 1 },
        ]);
      }
    });

    it('lists the newest first, by the order of writing, in pages', async () => {
      await append([
        sampleAuditEntry({ entityId: 'a', at: at(9) }),
        sampleAuditEntry({ entityId: 'b' }),
      ]);
      await append([sampleAuditEntry({ entityId: 'c', at: at(-9) })]);
      expect(await ids({})).toEqual(['c', 'b', 'a']);
      const second = await storage.read(({ audit }) => audit.list({}, 2, 2));
      expect(second.entries.map((entry) => entry.entityId)).toEqual(['a']);
      expect(second.total).toBe(3);
    });

    it('filters by entity, actor, type and time, the end of time being exclusive', async () => {
      await append([
        sampleAuditEntry({ entityId: '1', at: at(0) }),
        sampleAuditEntry({ entityId: '2', at: at(1), entityType: 'vrf', type: 'vrf.create' }),
        sampleAuditEntry({
          entityId: '3',
          at: at(2),
          actor: { type: 'token', id: 'bob', name: 'Grace Hopper' },
        }),
      ]);
      expect(await ids({ entityType: 'vrf' })).toEqual(['2']);
      expect(await ids({ entityType: 'pool', entityId: '3' })).toEqual(['3']);
      expect(await ids({ entityType: 'vrf', entityId: '3' })).toEqual([]);
      expect(await ids({ actor: 'ada' })).toEqual(['2', '1']);
      expect(await ids({ actor: 'RACE h' })).toEqual(['3']);
      expect(await ids({ type: 'pool.create' })).toEqual(['3', '1']);
      expect(await ids({ since: at(1) })).toEqual(['3', '2']);
      expect(await ids({ until: at(2) })).toEqual(['2', '1']);
      expect(await ids({ since: at(1), until: at(2), actor: 'ada' })).toEqual(['2']);
    });

    it('reads an actor as an id that an entry has, else as part of every name that has it', async () => {
      const by = (id: string, name: string, entityId: string): NewAuditEntry =>
        sampleAuditEntry({ actor: { type: 'user', id, name }, entityId, entityType: 'account' });
      await append([
        by('1', 'Ann 7', 'a'),
        by('1', 'Ann 7', 'b'),
        by('2', 'ANNA', 'c'),
        by('7', 'Bo_b', 'd'),
        by('3', '', 'e'),
      ]);
      const read = async (filter: AuditFilter): Promise<unknown[]> => {
        const { entries, total, actorBy } = await storage.read(({ audit }) =>
          audit.list(filter, 1, 50),
        );
        return [actorBy, total, entries.map((entry) => entry.entityId).join('')];
      };
      expect(await read({})).toEqual([null, 5, 'edcba']);
      expect(await read({ actor: '1' })).toEqual(['id', 2, 'ba']);
      expect(await read({ actor: 'ann' })).toEqual(['name', 3, 'cba']);
      expect(await read({ actor: 'o_B' })).toEqual(['name', 1, 'd']);
      expect(await read({ actor: 'n_' })).toEqual(['name', 0, '']);
      expect(await read({ actor: '7' })).toEqual(['id', 1, 'd']);
    });

    it('knows an actor by the id within the access scope alone', async () => {
      const accessScope = { accountIds: [1], under: null };
      await append([
        sampleAuditEntry({
          actor: { type: 'token', id: '7', name: 'hidden' },
          entityType: 'account',
          entityId: '2',
        }),
        sampleAuditEntry({
          actor: { type: 'token', id: '8', name: 'team 7' },
          entityType: 'account',
          entityId: '1',
        }),
      ]);
      const { entries, actorBy } = await storage.read(({ audit }) =>
        audit.list({ actor: '7', accessScope }, 1, 50),
      );
      expect([actorBy, entries.map(({ entityId }) => entityId)]).toEqual(['name', ['1']]);
    });

    it('filters by what the type begins with, sign by sign', async () => {
      await append(
        ['pool.create', 'pool.move', 'pools', 'vrf.create', 'p%ol.x'].map((type) =>
          sampleAuditEntry({ type, entityId: type }),
        ),
      );
      expect(await ids({ typePrefix: 'pool.' })).toEqual(['pool.move', 'pool.create']);
      expect(await ids({ typePrefix: 'p%' })).toEqual(['p%ol.x']);
      expect(await ids({ typePrefix: '' })).toHaveLength(5);
    });

    it('is read in the order of ids from anywhere, both ways', async () => {
      await append(
        ['a', 'b', 'c', 'd', 'e'].map((entityId) =>
          sampleAuditEntry({ entityId, type: entityId === 'c' ? 'x' : 'y' }),
        ),
      );
      const scan = (
        order: 'oldest' | 'newest',
        beyond: number | undefined,
        limit: number,
        filter: AuditFilter = {},
      ): Promise<string[]> =>
        storage.read(async ({ audit }) =>
          (await audit.scan(filter, { order, beyond }, limit)).map((entry) => entry.entityId),
        );
      const [e, d, c, b] = (await storage.read(({ audit }) => audit.list({}, 1, 10))).entries.map(
        (entry) => entry.id,
      );
      expect(await scan('oldest', undefined, 2)).toEqual(['a', 'b']);
      expect(await scan('oldest', b, 2)).toEqual(['c', 'd']);
      expect(await scan('oldest', e, 2)).toEqual([]);
      expect(await scan('newest', undefined, 2)).toEqual(['e', 'd']);
      expect(await scan('newest', d, 9)).toEqual(['c', 'b', 'a']);
      expect(await scan('newest', c, 9, { type: 'x' })).toEqual([]);
      expect(await scan('oldest', undefined, 9, { type: 'x' })).toEqual(['c']);
    });

    it('shows entries to others only after the commit', async () => {
      await expect(
        storage.run(async ({ audit }) => {
          await audit.append([sampleAuditEntry()]);
          expect((await audit.list({}, 1, 1)).total).toBe(1);
          throw new Error('no');
        }),
      ).rejects.toThrow('no');
      expect(await ids({})).toEqual([]);
    });

    it('counts to 10,000 and no further', async () => {
      await append(
        Array.from({ length: 10_000 }, (_, n) => sampleAuditEntry({ entityId: String(n) })),
      );
      expect((await storage.read(({ audit }) => audit.list({}, 1, 1))).total).toBe(10_000);
      await append([sampleAuditEntry(), sampleAuditEntry()]);
      expect((await storage.read(({ audit }) => audit.list({}, 1, 1))).total).toBe(10_001);
    }, 30_000);
  });
}
