import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { ROOT } from '../start-server';

export type Environment = Readonly<Record<string, string | undefined>>;

const product = createRequire(__filename);

/** What a file of the product exports, as it was built: its path below `apps`. */
export function built<T>(file: string): T {
  const whole = path.join(ROOT, 'apps', file);
  if (!existsSync(whole)) throw new Error(`${file} is not built: npx tsc -b`);
  return product(whole) as T; // the caller knows the file
}

/** Reads the settings of the server. @throws Error that names all mistakes */
export const { readConfig } = built<{ readConfig(env: Environment): object }>(
  'api/dist/config/config.js',
);
/** Reads those of the collector. */
export const { readConfig: readCollectorConfig } = built<{
  readConfig(argv: readonly string[], env: Environment): { kind: string; problems?: string[] };
}>('collector/dist/config/read-config.js');

/** Every name that the server looks for, but those of providers. */
export function namesRead(): string[] {
  const names = new Set<string>();
  readConfig(new Proxy({}, { get: (_: object, name: string) => void names.add(name) }));
  return [...names].filter((name) => !/^OIDC_|^PUBLIC_URL$/.test(name));
}
