import { isStorableText, storableJson, storableText, unstorableAt } from './storable-text';

it.each([
  ['plain', true],
  ['ä 漢 😀 \u0001 \uFFFD', true],
  ['a\0b', false],
  ['\uD800', false],
  ['x\uDC00y', false],
  ['\uDE00\uD83D', false],
])('knows of %j whether storages can keep it', (text, storable) => {
  expect(isStorableText(text)).toBe(storable);
  expect(isStorableText(storableText(text))).toBe(true);
  if (storable) expect(storableText(text)).toBe(text);
});

it('replaces in a value what cannot be kept, in texts and names, and nothing else', () => {
  const value = {
    name: 'a\0',
    'k\uD800': ['😀', 'b\uDFFF'],
    n: 1,
    none: null,
    ['__proto__']: 'c\0',
  };
  expect(JSON.stringify(storableJson(value))).toBe(
    '{"name":"a\uFFFD","k\uFFFD":["😀","b\uFFFD"],"n":1,"none":null,"__proto__":"c\uFFFD"}',
  );
  expect(unstorableAt(value)).toEqual(['name']);
  expect(unstorableAt({ a: [{ b: 'x' }, { 'c\0': 1 }] })).toEqual(['a', '1', 'c\uFFFD']);
  expect(unstorableAt(storableJson(value))).toBeUndefined();
});
