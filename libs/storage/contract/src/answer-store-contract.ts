import { SAMPLE_TIME } from './samples';
import { gate, openedForEachTest, type OpenStorage } from './under-test';

const LATER = new Date(SAMPLE_TIME.getTime() + 1000);

/** The promises of `AnswerStore`. */
export function answerStoreContract(name: string, open: OpenStorage): void {
  describe(`${name}: answers`, () => {
    const storage = openedForEachTest(open);
    const claim = (key: string, actorId = 'ada', fingerprint = 'f1') =>
      storage.run(({ answers }) => answers.claim(actorId, key, fingerprint, SAMPLE_TIME));
    const answer = (key: string, text: string, at = SAMPLE_TIME) =>
      storage.run(async ({ answers }) => {
        await answers.claim('ada', key, 'f1', at);
        await answers.save('ada', key, text);
      });

    it('takes a new key', async () => {
      expect(await claim('k')).toBeUndefined();
    });

    it('gives the stored answer and its fingerprint to whoever claims the key again', async () => {
      await answer('k', '{"id":7}');
      expect(await claim('k', 'ada', 'f2')).toEqual({ fingerprint: 'f1', answer: '{"id":7}' });
    });

    it('gives a key again that was left without an answer, also for another request', async () => {
      expect(await claim('k')).toBeUndefined();
      expect(await claim('k', 'ada', 'f2')).toBeUndefined();
      await answer('k', 'late');
      expect(await claim('k', 'ada', 'f2')).toEqual({ fingerprint: 'f1', answer: 'late' });
    });

    it('keeps the keys of actors apart', async () => {
      await answer('k', 'hers');
      expect(await claim('k', 'bob')).toBeUndefined();
    });

    it('forgets a key claimed in a run that was rolled back', async () => {
      await expect(
        storage.run(async ({ answers }) => {
          await answers.claim('ada', 'k', 'f1', SAMPLE_TIME);
          await answers.save('ada', 'k', 'lost');
          throw new Error('no');
        }),
      ).rejects.toThrow('no');
      expect(await claim('k')).toBeUndefined();
    });

    it.each([
      ['gives the second claim the answer of the first', true],
      ['gives the second claim the key when the first is rolled back', false],
    ])('makes a claim wait for the one before: %s', async (_, commits) => {
      const claimed = gate();
      const leave = gate();
      const first = storage.run(async ({ answers }) => {
        await answers.claim('ada', 'k', 'f1', SAMPLE_TIME);
        claimed.open();
        await leave.passed;
        await answers.save('ada', 'k', 'first');
        if (!commits) throw new Error('no');
      });
      await claimed.passed;
      const second = claim('k', 'ada', 'f2');
      leave.open();
      await (commits ? first : expect(first).rejects.toThrow('no'));
      expect(await second).toEqual(commits ? { fingerprint: 'f1', answer: 'first' } : undefined);
    });

    it('lets one of two have a key that was left without an answer', async () => {
      await claim('k');
      const claimed = gate();
      const leave = gate();
      const first = storage.run(async ({ answers }) => {
        await answers.claim('ada', 'k', 'f1', SAMPLE_TIME);
        claimed.open();
        await leave.passed;
        await answers.save('ada', 'k', 'first');
      });
      await claimed.passed;
      const second = claim('k');
      const many = storage.run(({ answers }) =>
        answers.claimAll([
          ['ada', 'k', 'f1', SAMPLE_TIME],
          ['ada', 'free', 'f1', SAMPLE_TIME],
        ]),
      );
      // A storage with several writers says at once that the key is held; with one, all wait.
      leave.open();
      await first;
      const known = { fingerprint: 'f1', answer: 'first' };
      expect(await second).toEqual(known);
      const [k, free] = await many;
      expect([known, 'held']).toContainEqual(k);
      expect(free).toBeUndefined();
    });

    it('takes several keys at once, and stores several answers', async () => {
      await answer('b', 'known');
      const claimAll = () =>
        storage.run(({ answers }) =>
          answers.claimAll([
            ['ada', 'c', 'f1', SAMPLE_TIME],
            ['ada', 'b', 'f2', SAMPLE_TIME],
            ['bob', 'b', 'f3', SAMPLE_TIME],
          ]),
        );
      const known = { fingerprint: 'f1', answer: 'known' };
      expect(await claimAll()).toEqual([undefined, known, undefined]);
      await storage.run(({ answers }) =>
        answers.saveAll([
          { actorId: 'ada', key: 'c', answer: 'late' },
          { actorId: 'bob', key: 'b', answer: 'his' },
        ]),
      );
      expect(await claimAll()).toEqual([
        { fingerprint: 'f1', answer: 'late' },
        known,
        { fingerprint: 'f3', answer: 'his' },
      ]);
      expect(await storage.run(({ answers }) => answers.claimAll([]))).toEqual([]);
    });

    it('forgets keys claimed before a time, and says how many', async () => {
      await answer('old', 'a');
      await answer('new', 'b', LATER);
      expect(await storage.run(({ answers }) => answers.purge(LATER))).toBe(1);
      expect(await claim('old')).toBeUndefined();
      expect(await claim('new')).toEqual({ fingerprint: 'f1', answer: 'b' });
    });
  });
}
