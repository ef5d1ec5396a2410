import { ShortMemory } from './short-memory';

const BEGIN = 1_000;

describe('ShortMemory', () => {
  const first = { n: 1 };
  const second = { n: 2 };
  let time: number;
  let memory: ShortMemory<{ n: number }>;

  beforeEach(() => {
    time = BEGIN;
    memory = new ShortMemory({ now: () => time });
  });

  it('gives what was read for three seconds, without reading again', async () => {
    const read = jest.fn(async () => first);
    for (const ms of [0, 1, 2_999]) {
      time = BEGIN + ms;
      expect(await memory.through('a', read)).toBe(first);
    }
    expect(read).toHaveBeenCalledTimes(1);
    time = BEGIN + 3_001;
    expect(memory.get('a')).toBeUndefined();
    await memory.through('a', read);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('counts the three seconds from the begin of the reading, however long it takes', async () => {
    expect(await memory.through('a', async () => ((time += 3_001), first))).toBe(first);
    expect(memory.get('a')).toBeUndefined();
  });

  it('does not keep what was read before something was forgotten', async () => {
    expect(await memory.through('a', async () => (memory.forget(), first))).toBe(first);
    expect(memory.get('a')).toBeUndefined();
  });

  it('replaces only what is still remembered, and does not keep it longer', async () => {
    await memory.through('a', async () => first);
    time += 2_000;
    memory.replace('a', first, second);
    expect(memory.get('a')).toBe(second);
    time += 1_001;
    expect(memory.get('a')).toBeUndefined();
    memory.replace('a', second, first);
    expect(memory.get('a')).toBeUndefined();
    await memory.through('a', async () => first);
    memory.forget();
    memory.replace('a', first, second);
    expect(memory.get('a')).toBeUndefined();
  });

  it('remembers the latest thousand, and nothing that is not there', async () => {
    for (let n = 0; n < 1_001; n++) await memory.through(`${n}`, async () => ({ n }));
    expect([memory.get('0'), memory.get('1'), memory.get('1000')]).toEqual([
      undefined,
      { n: 1 },
      { n: 1_000 },
    ]);
    expect(await memory.through('none', async () => undefined)).toBeUndefined();
    expect(memory.get('1')).toEqual({ n: 1 });
  });
});
