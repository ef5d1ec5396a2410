import { createHash } from 'node:crypto';
import {
  FIRST_HASH,
  SealAudit,
  VerifyAudit,
  type AuditEntry,
  type SealedEntry,
  type SealStore,
  type Verification,
} from '@cloudpam/audit';
import { StoredConflict } from '@cloudpam/pools';
import { sampleAuditEntry } from './samples';
import { gate, openedForEachTest, type OpenStorage } from './under-test';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The promises of `SealStore`, and that the chain over it shows what was done to the log. */
export function sealStoreContract(name: string, open: OpenStorage): void {
  describe(`${name}: seals of the audit log`, () => {
    const storage = openedForEachTest(open);
    const append = (...ids: string[]): Promise<void> =>
      storage.run(({ audit }) =>
        audit.append(
          ids.map((entityId) =>
            sampleAuditEntry({
              entityId,
              diff: { before: { n: 1, tags: { b: 'x', a: 'ü' } }, after: { n: 1e21, tags: null } },
            }),
          ),
        ),
      );
    const seal = (): Promise<number> => new SealAudit(storage, sha256).execute();
    const chain = (): Promise<SealedEntry[]> => storage.read(({ seals }) => seals.sealed(0, 100));
    /** Verifies what someone with the rights to do so has made of the log. */
    const verify = (
      tampered: (all: SealedEntry[]) => SealedEntry[] = (all) => all,
      expectHead?: string,
    ): Promise<Verification> =>
      new VerifyAudit(
        {
          run: () => Promise.reject(new Error('verifying writes nothing')),
          read: (work) =>
            storage.read(async ({ seals }) => {
              const all = tampered(await seals.sealed(0, 100));
              return work({
                seals: {
                  unsealed: () => seals.unsealed(),
                  missingGuards: () => seals.missingGuards(),
                  sealed: async (after: number, limit: number) =>
                    all.filter((each) => each.seal.seq > after).slice(0, limit),
                } as SealStore,
              }); // what verifying reads
            }),
        },
        sha256,
      ).execute(expectHead);

    it('begins without any, and a log without entries is right', async () => {
      expect(await storage.read(({ seals }) => seals.head())).toBeUndefined();
      expect(await verify()).toEqual({
        sealed: 0,
        waiting: 0,
        head: FIRST_HASH,
        provenFrom: null,
        broken: null,
      });
    });

    it('lets every entry wait from its commit until it is sealed, and seals each once', async () => {
      await append('a', 'b');
      await expect(
        storage.run(async ({ audit }) => {
          await audit.append([sampleAuditEntry({ entityId: 'undone' })]);
          throw new Error('no');
        }),
      ).rejects.toThrow('no');
      expect(
        (await storage.read(({ seals }) => seals.waiting(10))).map((entry) => entry.entityId),
      ).toEqual(['a', 'b']);
      expect(await storage.read(({ seals }) => seals.waiting(1))).toHaveLength(1);
      expect(await verify()).toMatchObject({ sealed: 0, waiting: 2, broken: null });
      expect(await seal()).toBe(2);
      expect(await seal()).toBe(0);
      await append('c');
      expect(await seal()).toBe(1);
      const sealed = await chain();
      expect(sealed.map(({ seal: { seq }, entry }) => [seq, entry?.entityId])).toEqual([
        [1, 'a'],
        [2, 'b'],
        [3, 'c'],
      ]);
      expect(await storage.read(({ seals }) => seals.head())).toEqual(sealed[2]?.seal);
      expect(await verify()).toEqual({
        sealed: 3,
        waiting: 0,
        head: sealed[2]?.seal.hash,
        provenFrom: null,
        broken: null,
      });
      expect(
        (await storage.read(({ seals }) => seals.sealed(1, 1))).map(({ entry }) => entry?.entityId),
      ).toEqual(['b']);
    });

    it('seals entries in the order of their commits, whatever their ids, and passes over none', async () => {
      const wrote = gate();
      const leave = gate();
      const slow = storage.run(async ({ audit }) => {
        await audit.append([sampleAuditEntry({ entityId: 'slow' })]);
        wrote.open();
        await leave.passed;
      });
      await wrote.passed;
      expect(await storage.read(({ seals }) => seals.waiting(10))).toEqual([]);
      leave.open();
      await slow;
      await Promise.all([append('x'), seal(), append('y'), seal(), append('z')]);
      await seal();
      expect((await chain()).map(({ entry }) => entry?.entityId).sort()).toEqual([
        'slow',
        'x',
        'y',
        'z',
      ]);
      expect(await verify()).toMatchObject({ sealed: 4, waiting: 0, broken: null });
    });

    it('makes one chain when several seal at once', async () => {
      for (let n = 0; n < 5; n++)
        await Promise.all([append(`a${n}`, `b${n}`), seal(), seal(), seal()]);
      await seal();
      expect(await verify()).toMatchObject({ sealed: 10, waiting: 0, broken: null });
    });

    it('refuses a second seal for a place or an entry', async () => {
      await append('a', 'b');
      await seal();
      const [first] = await chain();
      const id = first?.seal.entryId ?? 0;
      for (const again of [
        { seq: 1, entryId: id + 100 },
        { seq: 3, entryId: id },
      ]) {
        await expect(
          storage.run(({ seals }) => seals.append([{ ...again, hash: FIRST_HASH }])),
        ).rejects.toBeInstanceOf(StoredConflict);
      }
    });

    describe('shows', () => {
      beforeEach(async () => {
        await append('a', 'b', 'c', 'd');
        await seal();
      });

      const change =
        (seq: number, fields: Partial<AuditEntry>) =>
        (all: SealedEntry[]): SealedEntry[] =>
          all.map((each) =>
            each.seal.seq === seq && each.entry
              ? { ...each, entry: { ...each.entry, ...fields } }
              : each,
          );

      it.each<[string, Partial<AuditEntry>]>([
        ['id', { id: 99 }],
        ['time', { at: new Date(0) }],
        ['type of the actor', { actor: { type: 'system', id: 'ada', name: 'Ada' } }],
        ['actor', { actor: { type: 'user', id: 'eve', name: 'Ada' } }],
        ['name of the actor', { actor: { type: 'user', id: 'ada', name: 'Eve' } }],
        ['type', { type: 'pool.delete' }],
        ['version', { version: 2 }],
        ['type of the entity', { entityType: 'vrf' }],
        ['entity', { entityId: '7' }],
        [
          'diff',
          { diff: { before: { n: 1, tags: { b: 'x', a: 'ü' } }, after: { n: 2, tags: null } } },
        ],
        ['request id', { requestId: 'other' }],
        ['reason', { reason: '' }],
      ])('another %s', async (_, fields) => {
        expect((await verify(change(3, fields))).broken).toMatchObject({
          seq: 3,
          problem: expect.stringContaining('not the one that was sealed'),
        });
      });

      it('an entry or a seal that was removed', async () => {
        expect(
          (
            await verify((all) =>
              all.map((each, at) => (at === 1 ? { ...each, entry: undefined } : each)),
            )
          ).broken,
        ).toMatchObject({ seq: 2, problem: expect.stringContaining('was removed') });
        expect(await verify((all) => all.filter((_, at) => at !== 1))).toMatchObject({
          sealed: 1,
          broken: { seq: 2 },
        });
      });

      it('two entries that changed places', async () => {
        const swap = (all: SealedEntry[]): SealedEntry[] =>
          all.map((each, at) => ({ ...each, entry: all[[0, 2, 1, 3][at] ?? 0]?.entry }));
        expect((await verify(swap)).broken).toMatchObject({ seq: 2 });
      });

      it('an end that was cut off, to those who noted the head', async () => {
        const { head } = await verify();
        await append('e');
        await seal();
        expect((await verify(undefined, head)).broken).toBeNull();
        expect((await verify((all) => all.slice(0, 4), head)).broken).toBeNull();
        expect((await verify((all) => all.slice(0, 3), head)).broken).toMatchObject({
          seq: null,
          problem: expect.stringContaining('cut off'),
        });
      });
    });
  });
}
