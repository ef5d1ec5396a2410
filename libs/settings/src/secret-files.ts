import { readFileSync } from 'node:fs';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment with the content of the files that `NAME_FILE` names as NAME, without spaces around
 * it. Adds what is wrong to `mistakes`, and never repeats what a file holds.
 * @param names matches each `NAME_FILE` that may be given
 */
export function withSecretFiles(env: Environment, names: RegExp, mistakes: string[]): Environment {
  const named = Object.keys(env).filter((name) => names.test(name));
  if (named.length === 0) return env;
  const read: Record<string, string | undefined> = { ...env };
  for (const name of named) {
    const file = env[name];
    delete read[name];
    if (!file) continue;
    const setting = name.slice(0, -'_FILE'.length);
    if (env[setting]) mistakes.push(`${setting} and ${name} exclude each other`);
    try {
      read[setting] = readFileSync(file, 'utf8').trim();
      if (read[setting] === '') mistakes.push(`${name}: ${file} is empty`);
    } catch (error) {
      mistakes.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return read;
}
