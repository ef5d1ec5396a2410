import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { at, list } from './value';

type Parse = (file: string, text: string) => Promise<unknown>;

/**
 * What is missing in how the files of a folder and of those below it are written: types,
 * descriptions, versions, and variables that nothing reads.
 * @param home where the counterpart opentofu stands
 */
export async function writtenFaults(home: string, folder: string): Promise<string[]> {
  // It has no types of its own that are at hand.
  const { parse } = createRequire(path.join(home, 'package.json'))('@cdktf/hcl2json') as {
    parse: Parse;
  };
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (each) => each.endsWith('.tf') && !each.includes('.terraform'),
  );
  const faults = await Promise.all(
    files.map(async (file) => {
      const written = readFileSync(path.join(folder, file), 'utf8');
      const module = path.dirname(path.join(folder, file));
      return faultsOf(file, await parse(file, written), sourcesOf(module));
    }),
  );
  return faults.flat();
}

function faultsOf(file: string, parsed: unknown, module: string): string[] {
  const blocks = (kind: string): [string, unknown][] =>
    Object.entries((at(parsed, kind) ?? {}) as Record<string, unknown>).map(([name, block]) => [
      name,
      list(block)[0],
    ]);
  const described = ['variable', 'output'].flatMap((kind) =>
    blocks(kind)
      .filter(([, block]) => String(at(block, 'description') ?? '').length < 10)
      .map(([name]) => `${file}: ${kind} "${name}" has no description`),
  );
  const typed = blocks('variable')
    .filter(([, block]) => at(block, 'type') === undefined)
    .map(([name]) => `${file}: variable "${name}" has no type`);
  const unread = blocks('variable')
    .filter(([name]) => mentions(module, name) <= mentions(validationOf(parsed, name), name))
    .map(([name]) => `${file}: variable "${name}" is read by nothing`);
  const versions = list(at(parsed, 'terraform')).flatMap((block) => [
    ...(at(block, 'required_version') === undefined ? [`${file}: has no required_version`] : []),
    ...Object.entries((at(block, 'required_providers', 0) ?? {}) as Record<string, unknown>)
      .filter(([, provider]) => !/^~> \d+\.\d+$/.test(String(at(provider, 'version'))))
      .map(([name]) => `${file}: provider "${name}" is not pinned to a major version`),
  ]);
  return [...described, ...typed, ...unread, ...versions];
}

function mentions(text: string, variable: string): number {
  return (text.match(new RegExp(`\\bvar\\.${variable}\\b`, 'g')) ?? []).length;
}

function validationOf(parsed: unknown, name: string): string {
  return JSON.stringify(at(parsed, 'variable', name, 0, 'validation') ?? []);
}

function sourcesOf(module: string): string {
  return readdirSync(module)
    .filter((each) => each.endsWith('.tf'))
    .map((each) => readFileSync(path.join(module, each), 'utf8'))
    .join('\n');
}
