import fc from 'fast-check';
import type { DiffValue } from './audit-store';
import { canonicalJson } from './canonical-json';
import { redacted, redactedValue } from './redacted';

const TOKEN = `cpam_${'abcdefghijkl'}_${'ab23'.repeat(13)}`;

describe('canonicalJson', () => {
  it('sorts keys at every depth and leaves lists in order', () => {
    expect(canonicalJson({ b: [2, { d: null, c: 'x"y' }], a: true })).toBe(
      '{"a":true,"b":[2,{"c":"x\\"y","d":null}]}',
    );
  });

  it('gives one text for all orders of keys, and reads back as the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const turned = (each: unknown): unknown =>
          Array.isArray(each)
            ? each.map(turned)
            : each !== null && typeof each === 'object'
              ? Object.fromEntries(
                  Object.entries(each)
                    .reverse()
                    .map(([key, inner]) => [key, turned(inner)]),
                )
              : each;
        const text = canonicalJson(value as DiffValue);
        expect(canonicalJson(turned(value) as DiffValue)).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('redacted', () => {
  it('takes tokens out of texts, wherever they stand', () => {
    expect(redacted(`use ${TOKEN}, not ${TOKEN}!`)).toBe('use cpam_***, not cpam_***!');
    expect(redacted(`with its checksum ${TOKEN}abc234!`)).toBe('with its checksum cpam_***!');
    expect(redacted('cpam_ is how a token begins')).toBe('cpam_ is how a token begins');
    expect(
      redactedValue({ tags: { [TOKEN]: 'x' }, names: ['a', TOKEN], n: 1, none: null }),
    ).toEqual({ tags: { 'cpam_***': 'x' }, names: ['a', 'cpam_***'], n: 1, none: null });
  });
});
