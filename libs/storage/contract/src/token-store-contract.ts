import { BootstrapToken, type Secrets } from '@cloudpam/identity';
import { StoredConflict } from '@cloudpam/pools';
import { SAMPLE_TIME, sampleToken } from './samples';
import { openedForEachTest, type OpenStorage } from './under-test';

const at = (seconds: number): Date => new Date(SAMPLE_TIME.getTime() + seconds * 1000);

/** Texts that differ from each other, without randomness. */
function countingSecrets(): Secrets {
  let made = 0;
  return {
    randomText: (length) => String.fromCharCode(97 + made++).repeat(length),
    hash: (text) => new Uint8Array(32).fill(text.charCodeAt(0)),
    equal: () => false,
    seal: (_, text) => text,
    unseal: (_, sealed) => sealed,
  };
}

/** The promises of `TokenStore`. */
export function tokenStoreContract(name: string, open: OpenStorage): void {
  describe(`${name}: tokens`, () => {
    const storage = openedForEachTest(open);
    const insert = (fields: Parameters<typeof sampleToken>[0]) =>
      storage.run(({ tokens }) => tokens.insert(sampleToken(fields)));

    it('gives back every field', async () => {
      const asked = sampleToken({
        secretHash: Uint8Array.from({ length: 32 }, (_, n) => n * 8),
        accounts: ['aws:1', 'gcp:x'],
        pools: [7, 2 ** 40],
        readOnly: true,
        sharedResources: true,
        role: 'collector',
        expiresAt: at(1),
        lastUsedAt: at(2),
        revokedAt: at(3),
      });
      const token = await insert(asked);
      expect({ ...token, secretHash: [...token.secretHash] }).toEqual({
        ...asked,
        id: token.id,
        secretHash: [...asked.secretHash],
      });
      const stored = await storage.read(({ tokens }) => tokens.get(token.id));
      expect(stored && { ...stored, secretHash: [...stored.secretHash] }).toEqual({
        ...token,
        secretHash: [...token.secretHash],
      });
      expect((await storage.read(({ tokens }) => tokens.byPublicId(asked.publicId)))?.id).toBe(
        token.id,
      );
    });

    it('does not find what is not there', async () => {
      expect(await storage.read(({ tokens }) => tokens.get(99))).toBeUndefined();
      expect(await storage.read(({ tokens }) => tokens.byPublicId('nothing'))).toBeUndefined();
    });

    it('refuses a public id that is taken', async () => {
      await insert({});
      await expect(insert({})).rejects.toThrow(StoredConflict);
    });

    it('lists the newest first, in pages', async () => {
      for (const publicId of ['aaaaaaaaaaaa', 'bbbbbbbbbbbb', 'cccccccccccc'])
        await insert({ publicId });
      const { items, total } = await storage.read(({ tokens }) => tokens.list({}, 1, 2));
      expect(items.map((token) => token.publicId)).toEqual(['cccccccccccc', 'bbbbbbbbbbbb']);
      expect(total).toBe(3);
      expect((await storage.read(({ tokens }) => tokens.list({}, 2, 2))).items).toHaveLength(1);
    });

    it('lists those of exactly one name', async () => {
      for (const [publicId, name] of [
        ['aaaaaaaaaaaa', 'ci'],
        ['bbbbbbbbbbbb', 'CI'],
        ['cccccccccccc', 'ci-2'],
      ] as const)
        await insert({ publicId, name });
      const { items, total } = await storage.read(({ tokens }) =>
        tokens.list({ name: 'ci' }, 1, 2),
      );
      expect([items.map((token) => token.publicId), total]).toEqual([['aaaaaaaaaaaa'], 1]);
    });

    it('counts the tokens of a role that may write, have no limits and are neither revoked nor expired', async () => {
      await insert({ publicId: 'a', role: 'admin' });
      await insert({ publicId: 'b', role: 'admin', expiresAt: at(10) });
      await insert({ publicId: 'c', role: 'admin', revokedAt: at(-1) });
      await insert({ publicId: 'd', role: 'viewer' });
      await insert({ publicId: 'e', role: 'admin', readOnly: true });
      await insert({ publicId: 'f', role: 'admin', accounts: ['aws:1'] });
      await insert({ publicId: 'g', role: 'admin', pools: [7] });
      expect(await storage.read(({ tokens }) => tokens.activeCount('admin', at(9)))).toBe(2);
      expect(await storage.read(({ tokens }) => tokens.activeCount('admin', at(10)))).toBe(1);
      expect(await storage.read(({ tokens }) => tokens.activeCount('collector', at(0)))).toBe(0);
    });

    it('gives one token another secret, and nothing else', async () => {
      const [token, other] = [await insert({}), await insert({ publicId: 'other' })];
      const secretHash = new Uint8Array(32).fill(9);
      await storage.run(({ tokens }) => tokens.rotate(token.id, secretHash));
      const [rotated, untouched] = await storage.read(({ tokens }) =>
        Promise.all([tokens.get(token.id), tokens.get(other.id)]),
      );
      expect([...(rotated?.secretHash ?? [])]).toEqual([...secretHash]);
      expect({ ...rotated, secretHash: null }).toEqual({ ...token, secretHash: null });
      expect([...(untouched?.secretHash ?? [])]).toEqual([...other.secretHash]);
    });

    it.each([
      ['a given text', `cpam_${'a'.repeat(12)}_${'b'.repeat(52)}`],
      ['a text of their own', undefined],
    ])('become one when 8 servers start at once with %s', async (_, given) => {
      const bootstrap = new BootstrapToken(storage, countingSecrets());
      const made = await Promise.all(
        Array.from({ length: 8 }, () => bootstrap.execute(SAMPLE_TIME, given)),
      );
      expect(made.filter((text) => text !== undefined)).toHaveLength(1);
      expect((await storage.read(({ tokens }) => tokens.list({}, 1, 9))).total).toBe(1);
    });

    it('has a given text of a collector once, for collectors alone, and never again once it is revoked', async () => {
      const bootstrap = new BootstrapToken(storage, countingSecrets());
      const given = `cpam_${'c'.repeat(12)}_${'d'.repeat(52)}`;
      const start = (): Promise<string | undefined> =>
        bootstrap.execute(SAMPLE_TIME, given, 'collector');
      expect([await start(), await start()]).toEqual([expect.stringContaining(given), undefined]);
      const [token] = (await storage.read(({ tokens }) => tokens.list({}, 1, 9))).items;
      expect(token).toMatchObject({ name: 'bootstrap collector', role: 'collector' });
      await storage.run(({ tokens }) => tokens.revoke(token?.id ?? 0, at(1)));
      expect(await start()).toBeUndefined();
    });

    it('refuses a given text whose token has another role, as long as it is good', async () => {
      const bootstrap = new BootstrapToken(storage, countingSecrets());
      const given = `cpam_${'e'.repeat(12)}_${'f'.repeat(52)}`;
      await bootstrap.execute(SAMPLE_TIME, given);
      const start = (): Promise<string | undefined> =>
        bootstrap.execute(SAMPLE_TIME, given, 'collector');
      await expect(start()).rejects.toThrow('is to have the role collector');
      const [token] = (await storage.read(({ tokens }) => tokens.list({}, 1, 9))).items;
      await storage.run(({ tokens }) => tokens.revoke(token?.id ?? 0, at(1)));
      expect(await start()).toBeUndefined();
    });

    it('revokes and touches one token', async () => {
      const token = await insert({});
      const other = await insert({ publicId: 'other' });
      await storage.run(async ({ tokens }) => {
        await tokens.revoke(token.id, at(1));
        await tokens.touch(token.id, at(2));
      });
      const [revoked, untouched] = await storage.read(({ tokens }) =>
        Promise.all([tokens.get(token.id), tokens.get(other.id)]),
      );
      expect(revoked).toMatchObject({ revokedAt: at(1), lastUsedAt: at(2) });
      expect(untouched).toMatchObject({ revokedAt: null, lastUsedAt: null });
    });
  });
}
