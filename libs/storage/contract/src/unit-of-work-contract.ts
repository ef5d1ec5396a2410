import type { Served } from '@cloudpam/audit';
import { StoredConflict, type VrfStore } from '@cloudpam/pools';
import { insertTree } from './planted';
import { sampleVrf } from './samples';
import { gate, openedForEachTest, type OpenStorage } from './under-test';

class Refused extends Error {}

/** The promises of `UnitOfWork`. */
export function unitOfWorkContract(name: string, open: OpenStorage): void {
  describe(`${name}: unit of work`, () => {
    const storage = openedForEachTest(open);
    const names = (): Promise<string[]> =>
      storage.read(async ({ vrfs }) => (await vrfs.list({}, 1, 50)).items.map((vrf) => vrf.name));

    it('gives what the work gives', async () => {
      expect(await storage.run(async () => 42)).toBe(42);
      expect(await storage.read(async () => 43)).toBe(43);
    });

    it('commits what a run wrote', async () => {
      await storage.run(({ vrfs }) => vrfs.insert(sampleVrf()));
      expect(await names()).toEqual(['global', 'lab']);
    });

    it('leaves nothing of a run that throws, and passes the error on', async () => {
      const failing = storage.run(async ({ vrfs, audit, pools }) => {
        const vrf = await vrfs.insert(sampleVrf());
        await vrfs.save({ ...vrf, name: 'changed' });
        await pools.reserveIds(3);
        await audit.append([]);
        throw new Refused('no');
      });
      await expect(failing).rejects.toThrow(Refused);
      expect(await names()).toEqual(['global']);
    });

    it('shows a run its own writes, and a read none that may still be rolled back', async () => {
      const wrote = gate();
      const leave = gate();
      const running = storage.run(async ({ vrfs }) => {
        await vrfs.insert(sampleVrf());
        expect((await vrfs.list({}, 1, 50)).total).toBe(2);
        wrote.open();
        await leave.passed;
        throw new Refused('no');
      });
      await wrote.passed;
      const reading = names();
      leave.open();
      await expect(running).rejects.toThrow(Refused);
      expect(await reading).toEqual(['global']);
    });

    it('keeps many runs at once apart: those that fail take nothing of the others with them', async () => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 20 }, (_, at) =>
          storage.run(async ({ vrfs }) => {
            await vrfs.insert(sampleVrf({ name: `vrf ${String(at).padStart(2, '0')}` }));
            await vrfs.get(1);
            if (at % 2 === 1) throw new Refused('odd');
          }),
        ),
      );
      expect(outcomes.filter((each) => each.status === 'fulfilled')).toHaveLength(10);
      const expected = Array.from(
        { length: 10 },
        (_, at) => `vrf ${String(at * 2).padStart(2, '0')}`,
      );
      expect(await names()).toEqual(['global', ...expected]);
    });

    it('keeps runs that go together apart all the same', async () => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 20 }, (_, at) =>
          storage.run(
            async ({ vrfs }) => {
              await vrfs.lock(1);
              await vrfs.insert(sampleVrf({ name: `vrf ${String(at).padStart(2, '0')}` }));
              if (at % 3 === 1) throw new Refused('one');
              // The name is taken: the storage refuses it, and the work does not go on.
              if (at % 3 === 2) await vrfs.insert(sampleVrf({ name: 'global' }));
              return at;
            },
            { together: 'vrf 1' },
          ),
        ),
      );
      expect(outcomes.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))).toEqual(
        [0, 3, 6, 9, 12, 15, 18],
      );
      const reasons = outcomes.flatMap((each) =>
        each.status === 'rejected' ? [each.reason as unknown] : [],
      );
      expect(
        reasons.map((reason) => reason instanceof Refused || reason instanceof StoredConflict),
      ).toEqual(reasons.map(() => true));
      expect(await names()).toEqual([
        'global',
        ...[0, 3, 6, 9, 12, 15, 18].map((at) => `vrf ${String(at).padStart(2, '0')}`),
      ]);
    });

    it.each([
      ['each with its own outcome', false],
      ['and by themselves when that is refused', true],
    ])('serves runs that wait as one: %s', async (_, refuses) => {
      const one = async (vrfs: VrfStore, at: number): Promise<number> => {
        if (at % 3 === 1) throw new Refused('one');
        await vrfs.insert(sampleVrf({ name: `vrf ${String(at).padStart(2, '0')}` }));
        return at;
      };
      const outcomes = await Promise.allSettled(
        Array.from({ length: 20 }, (__, at) =>
          storage.run(({ vrfs }) => one(vrfs, at), {
            together: 'vrf 1',
            batch: {
              call: at,
              async serve({ vrfs }, calls: readonly number[]) {
                const served: Served<number>[] = [];
                for (const call of calls)
                  served.push(
                    call % 5 === 4
                      ? 'alone'
                      : await one(vrfs, call).then(
                          (value) => ({ value }),
                          (error: unknown) => ({ error }),
                        ),
                  );
                if (refuses) await vrfs.insert(sampleVrf({ name: 'global' }));
                return served;
              },
            },
          }),
        ),
      );
      const done = Array.from({ length: 20 }, (__, at) => at).filter((at) => at % 3 !== 1);
      expect(outcomes.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))).toEqual(
        done,
      );
      expect(await names()).toEqual([
        'global',
        ...done.map((at) => `vrf ${String(at).padStart(2, '0')}`),
      ]);
    });

    it('reads of any moment what was committed, and writes nothing then', async () => {
      await storage.run(({ vrfs }) => vrfs.insert(sampleVrf({ name: 'lab' })));
      const count = (): Promise<number> =>
        storage.read(async ({ pools }) => (await pools.list({}, { sort: [], size: 10 })).total, {
          moment: 'any',
        });
      expect(await count()).toBe(0);
      await storage.run((stores) => insertTree(stores, ['10.0.0.0/8']));
      expect(await Promise.all([count(), count(), count()])).toEqual([1, 1, 1]);
      await expect(
        storage.read((stores) => insertTree(stores, ['11.0.0.0/8']), { moment: 'any' }),
      ).rejects.toThrow();
      expect(await count()).toBe(1);
    });

    it('rejects with the first failure of what goes out together', async () => {
      const outcome = storage.run((stores) =>
        Promise.all([
          insertTree(stores, ['10.0.0.0/8', '10.0.0.0/8']),
          stores.pools.reserveIds(1),
          stores.audit.append([]),
          stores.vrfs.get(1),
          stores.pools.getMany([1, 2]),
        ]),
      );
      await expect(outcome).rejects.toThrow(StoredConflict);
      expect(await names()).toEqual(['global']);
    });

    it.each([undefined, 'all'])(
      'lets nothing that goes on after its run has failed write any more, together: %s',
      async (together) => {
        const failed = gate();
        let late: Promise<unknown> = Promise.resolve();
        const other = storage.run(({ vrfs }) => vrfs.insert(sampleVrf({ name: 'before' })), {
          together,
        });
        const failing = storage.run(
          async ({ vrfs }) => {
            late = failed.passed.then(() => vrfs.insert(sampleVrf({ name: 'late' })));
            late.catch(() => undefined);
            throw new Refused('no');
          },
          { together },
        );
        const next = storage.run(
          async ({ vrfs }) => {
            failed.open();
            await late.catch(() => undefined);
            await vrfs.insert(sampleVrf({ name: 'next' }));
          },
          { together },
        );
        await expect(failing).rejects.toThrow(Refused);
        await Promise.all([other, next]);
        expect(await names()).toEqual(['before', 'global', 'next']);
      },
    );

    it('refuses a run inside a run that goes together with others, too', async () => {
      const outcomes = await Promise.allSettled(
        Array.from({ length: 3 }, () =>
          storage.run(() => storage.run(async () => 1), { together: 'x' }),
        ),
      );
      expect(outcomes.map((each) => each.status)).toEqual(['rejected', 'rejected', 'rejected']);
    });

    it('loses no update of runs that lock what they change', async () => {
      await Promise.all(
        Array.from({ length: 20 }, () =>
          storage.run(async ({ vrfs }) => {
            const vrf = await vrfs.lock(1);
            if (vrf) await vrfs.save({ ...vrf, version: vrf.version + 1 });
          }),
        ),
      );
      expect((await storage.read(({ vrfs }) => vrfs.get(1)))?.version).toBe(21);
    });

    it('refuses a run inside a run, and goes on after that', async () => {
      await expect(storage.run(() => storage.run(async () => 1))).rejects.toThrow();
      expect(await storage.run(async () => 2)).toBe(2);
    });
  });
}
