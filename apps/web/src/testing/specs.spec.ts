import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const SOURCES = path.resolve(__dirname, '..');
const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.tsx'),
);
const textOf = (file: string): string => readFileSync(path.join(SOURCES, file), 'utf8');
const namesIn = (texts: readonly string[], pattern: RegExp): string[] =>
  texts.flatMap((text) => [...text.matchAll(pattern)].map(([, name]) => name ?? ''));

it('there is a spec for each table, form, dialog, tab and page: `describe` with its name', () => {
  const isSpec = (file: string): boolean => file.endsWith('.spec.tsx');
  const shown = namesIn(
    files.filter((file) => !isSpec(file)).map(textOf),
    /^export (?:function|const|class) ([A-Z]\w*(?:Table|Form|Dialog|Tab|Page)|Page|Dialog)\b/gm,
  );
  const tested = new Set(namesIn(files.filter(isSpec).map(textOf), /^describe\('(\w+)'/gm));
  expect(shown.length).toBeGreaterThan(45);
  expect(shown.filter((name) => !tested.has(name))).toEqual([]);
});
