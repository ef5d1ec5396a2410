import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { BODY_LIMITS, BULK_BODY_LIMITS } from './body-limits';
import { BodyTooLarge } from './body-bytes';
import { parseJson, readJsonBody } from './json-body';
import { BodyTooComplex } from './json-scanner';

const inPieces = (text: string | Buffer, size = 1_000): Readable => {
  const bytes = Buffer.from(text as string);
  return Readable.from(
    (function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    })(),
  );
};
const read = async (text: string | Buffer, limits = BODY_LIMITS): Promise<unknown> =>
  (await readJsonBody(inPieces(text), limits)).value;
/** Large enough that it is parsed in several pieces, whatever it is. */
const padded = (value: unknown): string =>
  JSON.stringify({
    before: 'x'.repeat(140_000),
    rows: Array.from({ length: 300 }, () => value),
    after: [value, 'y'.repeat(140_000)],
  });

describe('a JSON body', () => {
  it('is what JSON.parse makes of it, also in pieces', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.string(), async (value, key) => {
        const text = padded({ [key]: value, ['__proto__']: value });
        expect(JSON.stringify(await parseJson(Buffer.from(text)))).toBe(
          JSON.stringify(JSON.parse(text)),
        );
        expect(JSON.stringify(await read(JSON.stringify(value)))).toBe(JSON.stringify(value));
      }),
      { numRuns: 60 },
    );
  });

  it('holds names such as __proto__ as data', async () => {
    for (const text of [
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":2}}}',
      padded({ x: 1 }).replace('"before"', '"__proto__"'),
    ]) {
      const value = await read(text);
      expect(Object.keys(value as object)[0]).toBe('__proto__');
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    }
  });

  it.each([
    ['nothing', ''],
    ['half of it', '{"a":'],
    ['a comma too many', '[1,2,]'],
    ['a value missing', '[1,,2]'],
    ['two values', '{} {}'],
    ['the wrong bracket', '[1}'],
    ['a bracket too many', '[1]]'],
    ['no name', '{"a":1,2}'],
    ['a name that is no text', '{1:2}'],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0x22])],
  ])('is refused with %s, small or large', async (_, text) => {
    await expect(read(text)).rejects.toThrow(SyntaxError);
    const large = `[${JSON.stringify('x'.repeat(140_000))},`;
    const inside = Buffer.concat([
      Buffer.from(large),
      Buffer.from(text as string),
      Buffer.from(`,${JSON.stringify('y'.repeat(140_000))}]`),
    ]);
    if (text !== '{} {}') await expect(read(inside)).rejects.toThrow(SyntaxError);
  });

  it.each([
    ['a member without a value', `{"a":"${'x'.repeat(140_000)}","b"}`],
    ['a comma at the end', `["${'x'.repeat(140_000)}",]`],
    ['an object that ends as an array', `{"a":"${'x'.repeat(140_000)}"]`],
    ['text behind it', `["${'x'.repeat(140_000)}"] 1`],
    ['no end', `["${'x'.repeat(140_000)}"`],
    ['an unnamed large member', `{[1]:"${'x'.repeat(140_000)}"}`],
  ])('is refused, when it is large, with %s', async (_, text) => {
    await expect(read(text)).rejects.toThrow(SyntaxError);
  });

  it('is left as soon as it passes a limit, with the rest unread', async () => {
    let given = 0;
    const endless = (piece: string): Readable =>
      Readable.from(
        (function* () {
          for (given = 0; ; given += 1) yield Buffer.from(piece);
        })(),
      );
    for (const [piece, kind] of [
      ['['.repeat(10), BodyTooComplex],
      ['{},'.repeat(10_000), BodyTooComplex],
      ['x'.repeat(100_000), BodyTooLarge],
    ] as const) {
      await expect(readJsonBody(endless(piece), BODY_LIMITS)).rejects.toThrow(kind);
      expect(given).toBeLessThan(40);
    }
    await expect(
      read(`{"a":[${'[],'.repeat(BODY_LIMITS.values)}1]}`, { ...BODY_LIMITS, members: 1e9 }),
    ).rejects.toThrow(/100000 values/);
    await expect(read(`[${'1,'.repeat(BODY_LIMITS.members)}1]`)).rejects.toThrow(/20000 members/);
    await expect(read('['.repeat(33))).rejects.toThrow(/32 deep/);
  });

  it('counts brackets and commas in texts for nothing', async () => {
    const text = '[{,"'.repeat(30_000);
    expect(await read(JSON.stringify([text, '\\', '"']))).toEqual([text, '\\', '"']);
  });

  it('lets others have their turn while it is parsed', async () => {
    const rows = Array.from({ length: 30_000 }, (_, index) => ({
      external_id: `subnet-${index}`,
      tags: { a: randomBytes(100).toString('hex') },
    }));
    const bytes = Buffer.from(JSON.stringify({ scopes: [{ resources: rows }] }));
    let turns = 0;
    let going = true;
    const others = (): void => {
      turns += 1;
      if (going) setImmediate(others);
    };
    setImmediate(others);
    expect(await parseJson(bytes)).toEqual({ scopes: [{ resources: rows }] });
    going = false;
    expect(turns).toBeGreaterThan(bytes.length / 131_072);
    expect(bytes.length).toBeLessThan(BULK_BODY_LIMITS.bytes);
  });
});
