import { setImmediate as nextTurn } from 'node:timers/promises';
import { loopTurn } from './loop-turn';

describe('a turn of the event loop', () => {
  let now = 0;
  beforeEach(() => jest.spyOn(performance, 'now').mockImplementation(() => now));
  afterEach(() => jest.restoreAllMocks());

  it('is for one slice of long work, whatever number of requests there is', async () => {
    await nextTurn();
    const turns: string[][] = [[]];
    let going = true;
    const count = (): void => {
      turns.push([]);
      if (going) setImmediate(count);
    };
    setImmediate(count);
    const work = async (name: string): Promise<void> => {
      for (let step = 0; step < 4; step++) {
        await loopTurn();
        turns.at(-1)?.push(name);
        now += 20;
      }
    };
    await Promise.all(['a', 'b', 'c'].map(work));
    going = false;
    const steps = turns.filter((turn) => turn.length > 0);
    // They begin together, before any time has passed; then each has a turn of its own, and nobody
    // goes twice while others wait.
    expect(steps.map((turn) => turn.join(''))).toEqual([
      'abc',
      ...Array.from({ length: 3 }, () => ['a', 'b', 'c']).flat(),
    ]);
  });

  it('has many short steps', async () => {
    await nextTurn();
    let turned = false;
    setImmediate(() => (turned = true));
    for (let step = 0; step < 100; step++) await loopTurn();
    expect(turned).toBe(false);
  });
});
