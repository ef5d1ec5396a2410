import { ShortMemory } from './short-memory';

const at = (ms: number): Date => new Date(ms);

describe('ShortMemory', () => {
  const first = { n: 1 };
  const second = { n: 2 };

  it('gives what was read for three seconds, without reading again', async () => {
    const memory = new ShortMemory<{ n: number }>();
    const read = jest.fn(async () => first);
    for (const ms of [0, 1, 2_999]) expect(await memory.through('a', at(ms), read)).toBe(first);
    expect(read).toHaveBeenCalledTimes(1);
    expect(memory.get('a', at(3_000))).toBeUndefined();
    await memory.through('a', at(3_000), read);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('does not keep what was read before something was forgotten', async () => {
    const memory = new ShortMemory<{ n: number }>();
    expect(await memory.through('a', at(0), async () => (memory.forget(), first))).toBe(first);
    expect(memory.get('a', at(0))).toBeUndefined();
  });

  it('replaces only what is still remembered, and does not keep it longer', async () => {
    const memory = new ShortMemory<{ n: number }>();
    await memory.through('a', at(0), async () => first);
    memory.replace('a', first, second);
    expect([memory.get('a', at(2_999)), memory.get('a', at(3_000))]).toEqual([second, undefined]);
    memory.forget();
    memory.replace('a', second, first);
    expect(memory.get('a', at(0))).toBeUndefined();
  });

  it('remembers the latest thousand, and nothing that is not there', async () => {
    const memory = new ShortMemory<{ n: number }>();
    for (let n = 0; n < 1_001; n++) await memory.through(`${n}`, at(0), async () => ({ n }));
    expect([memory.get('0', at(0)), memory.get('1', at(0)), memory.get('1000', at(0))]).toEqual([undefined, { n: 1 }, { n: 1_000 }]);
    expect(await memory.through('none', at(0), async () => undefined)).toBeUndefined();
    expect(memory.get('1', at(0))).toEqual({ n: 1 });
  });
});
