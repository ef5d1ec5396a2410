import { DIGESTS_LIMIT, KeepDigests, type Digest } from '@cloudpam/digests';
import { StoredConflict } from '@cloudpam/pools';
import { SAMPLE_TIME, sampleDigest } from './samples';
import { openedForEachTest, type OpenStorage } from './under-test';

const later = (ms: number): Date => new Date(SAMPLE_TIME.getTime() + ms);

/** What `DigestStore` promises. */
export function digestStoreContract(name: string, open: OpenStorage): void {
  describe(`${name}: digests`, () => {
    const storage = openedForEachTest(open);
    const made = (fields: Partial<Digest> = {}): Promise<Digest> =>
      storage.run(({ digests }) => digests.insert(sampleDigest(fields)));

    it('are no more than there may be, whoever makes them at once', async () => {
      const names = (count: number, what: string): string[] =>
        Array.from({ length: count }, (_, at) => `${what} ${at}`);
      await storage.run(async ({ digests }) => {
        for (const each of names(DIGESTS_LIMIT - 2, 'old'))
          await digests.insert(sampleDigest({ name: each }));
      });
      const keep = new KeepDigests(storage);
      const change = {
        actor: { type: 'user' as const, id: 'ada', name: 'Ada' },
        at: SAMPLE_TIME,
        requestId: 'r',
      };
      const results = await Promise.allSettled(
        names(6, 'new').map((each) => keep.create(change, sampleDigest({ name: each }))),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
      expect(results.flatMap((each) => ('reason' in each ? [each.reason as unknown] : []))).toEqual(
        Array(4).fill(expect.objectContaining({ code: 'too_many_digests' })),
      );
    });

    it('are kept as they are', async () => {
      const full: Partial<Digest> = {
        name: 'Büro "quoted" 🐈',
        recipients: ['a@example.com', "o'b+c@x.example.org"],
        schedule: { every: 'weekly', weekday: 7, hour: 23, timeZone: 'Asia/Kathmandu' },
        filter: { vrfIds: [1], accountIds: [2], poolIds: [3], tags: ['a:b'] },
        severity: 'critical',
        sections: ['leases'],
        sendsEmpty: true,
        isEnabled: true,
        dueAt: later(1),
        retryAt: later(2),
        attempts: 3,
        lastSentAt: later(4),
        toldUntil: later(5),
        failure: '550 no\nsuch "user"',
        holder: 'one',
        leaseUntil: later(6),
        version: 9,
      };
      const [first, second] = [await made(), await made(full)];
      expect(first).toEqual({ ...sampleDigest(), id: first.id });
      expect(await storage.read(({ digests }) => digests.all())).toEqual([first, second]);
      expect(await storage.read(({ digests }) => digests.get(second.id))).toEqual(second);
      const changed = {
        ...second,
        ...sampleDigest({ name: 'x', isEnabled: false, dueAt: null }),
      };
      await storage.run(({ digests }) => digests.save(changed));
      expect(await storage.run(({ digests }) => digests.lock(second.id))).toEqual(changed);
      expect(await storage.read(({ digests }) => digests.get(first.id))).toEqual(first);
    });

    it('have a name that no other has', async () => {
      await made({ name: 'a' });
      const other = await made({ name: 'b' });
      await expect(made({ name: 'a' })).rejects.toThrow(StoredConflict);
      await expect(
        storage.run(({ digests }) => digests.save({ ...other, name: 'a' })),
      ).rejects.toThrow(StoredConflict);
    });

    it('are gone when they are removed, and their ids are not given again', async () => {
      const gone = await made({ name: 'a' });
      await storage.run(({ digests }) => digests.remove(gone.id));
      expect(await storage.read(({ digests }) => digests.get(gone.id))).toBeUndefined();
      expect((await made({ name: 'a' })).id).not.toBe(gone.id);
    });
  });
}
