import { parseCidr } from '@cloudpam/cidr';
import type { ListedPart, PartedListing } from '@cloudpam/reconciliation';
import { SAMPLE_TIME } from './samples';
import { openedForEachTest, type OpenStorage } from './under-test';

const LATER = new Date(SAMPLE_TIME.getTime() + 1_000);
const LISTING: PartedListing = {
  deliverer: 'collector:c',
  runId: 'run-1',
  provider: 'aws',
  account: '111122223333',
  region: 'eu-west-1',
};

function partOf(externalId: string, tags: { readonly [key: string]: string } = {}): ListedPart {
  const of = { ownerAccount: '111122223333', region: 'eu-west-1', name: 'ü' };
  return {
    networks: [{ externalId: 'vpc-1', isDefault: false, ...of }],
    resources: ['10.1.0.0/24', '2001:db8::/64'].map((cidr) => ({
      kind: 'subnet',
      externalId,
      networkExternalId: 'vpc-1',
      zoneId: null,
      cidr: parseCidr(cidr),
      tags,
      ...of,
    })),
  };
}

/** The promises of `PartStore`. */
export function partStoreContract(name: string, open: OpenStorage): void {
  describe(`${name}: parts of listings`, () => {
    const storage = openedForEachTest(open);
    const keep = (
      number: number,
      part = partOf(`subnet-${number}`),
      listing = LISTING,
      at = SAMPLE_TIME,
    ): Promise<void> => storage.run(({ parts }) => parts.keep(listing, number, part, at));
    const numbers = (listing = LISTING): Promise<number[]> =>
      storage.read(({ parts }) => parts.numbers(listing));

    it('gives a part as it was kept', async () => {
      const part = partOf(
        'subnet-1',
        JSON.parse('{"__proto__": "x", "a:b": ""}') as { [key: string]: string },
      );
      await keep(1, part);
      expect(await storage.read(({ parts }) => parts.part(LISTING, 1))).toEqual(part);
      expect(await storage.read(({ parts }) => parts.part(LISTING, 2))).toBeUndefined();
    });

    it('tells the numbers in order, and takes a part of the same number for the other', async () => {
      for (const number of [10, 2, 1]) await keep(number);
      await keep(2, partOf('subnet-again'));
      expect(await numbers()).toEqual([1, 2, 10]);
      expect(
        (await storage.read(({ parts }) => parts.part(LISTING, 2)))?.resources[0]?.externalId,
      ).toBe('subnet-again');
    });

    it.each<[string, Partial<PartedListing>]>([
      ['deliverers', { deliverer: 'collector:d' }],
      ['runs', { runId: 'run-2' }],
      ['accounts', { account: '444455556666' }],
      ['regions', { region: 'us-east-1' }],
    ])('keeps the listings of %s apart, also when one is dropped', async (_, other) => {
      await keep(1);
      await keep(2, partOf('subnet-2'), { ...LISTING, ...other });
      await storage.run(({ parts }) => parts.drop(LISTING, SAMPLE_TIME));
      expect([await numbers(), await numbers({ ...LISTING, ...other })]).toEqual([[], [2]]);
    });

    it('drops with a listing what other runs of its scope kept before a time', async () => {
      const run = (runId: string): PartedListing => ({ ...LISTING, runId });
      await keep(1, partOf('subnet-1'), run('abandoned'));
      await keep(1, partOf('subnet-1'), run('under-way'), LATER);
      await keep(1, partOf('subnet-1'), { ...run('abandoned'), region: 'us-east-1' });
      await storage.run(({ parts }) => parts.drop(LISTING, LATER));
      expect(await numbers(run('abandoned'))).toEqual([]);
      expect(await numbers(run('under-way'))).toEqual([1]);
      expect(await numbers({ ...run('abandoned'), region: 'us-east-1' })).toEqual([1]);
    });

    it('counts the bytes of one deliverer', async () => {
      expect(await storage.read(({ parts }) => parts.bytesOf('collector:c'))).toBe(0);
      await keep(1, partOf('subnet-1', { long: 'x'.repeat(10_000) }));
      await keep(1, partOf('subnet-1', { long: 'x'.repeat(10_000) }), {
        ...LISTING,
        runId: 'run-2',
      });
      await keep(1, partOf('subnet-1', { long: 'x'.repeat(10_000) }), {
        ...LISTING,
        deliverer: 'collector:d',
      });
      const bytes = await storage.read(({ parts }) => parts.bytesOf('collector:c'));
      expect(bytes).toBeGreaterThanOrEqual(40_000);
      expect(bytes).toBeLessThan(50_000);
    });

    it('purges what was kept before a time, and says how many', async () => {
      await keep(1);
      await keep(2, partOf('subnet-2'), LISTING, LATER);
      expect(await storage.run(({ parts }) => parts.purge(LATER))).toBe(1);
      expect(await numbers()).toEqual([2]);
    });

    it('keeps nothing of a run that is rolled back', async () => {
      await expect(
        storage.run(async ({ parts }) => {
          await parts.keep(LISTING, 1, partOf('subnet-1'), SAMPLE_TIME);
          throw new Error('no');
        }),
      ).rejects.toThrow('no');
      expect(await numbers()).toEqual([]);
    });
  });
}
