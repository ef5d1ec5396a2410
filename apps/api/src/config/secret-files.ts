import { readFileSync } from 'node:fs';
import { BOOTSTRAP_NAMES } from './bootstrap-tokens';

const SECRETS = [
  'DATABASE_URL',
  'DATABASE_REPLICAS',
  'AUDIT_KEY',
  'SENTRY_DSN',
  'OIDC_([A-Z0-9]+_)?CLIENT_SECRET',
  ...BOOTSTRAP_NAMES,
];
/** Settings that may come as a file: NAME_FILE in place of NAME. */
const SECRET_FILE = new RegExp(`^(${SECRETS.join('|')})_FILE$`);

/**
 * The environment with the content of the files that `NAME_FILE` names as NAME, without spaces around
 * it. Adds what is wrong to `mistakes`, and never repeats what a file holds.
 */
export function withSecretFiles(env: NodeJS.ProcessEnv, mistakes: string[]): NodeJS.ProcessEnv {
  const named = Object.keys(env).filter((name) => SECRET_FILE.test(name));
  if (named.length === 0) return env;
  const read = { ...env };
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
