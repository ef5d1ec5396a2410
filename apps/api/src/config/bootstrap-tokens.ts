import { readTokenText } from '@cloudpam/identity';

/** Texts of the first tokens, for each role that can be given one; undefined where none is. */
export interface BootstrapTokens {
  readonly admin: string | undefined;
  readonly collector: string | undefined;
  readonly viewer: string | undefined;
}

const NAMES = {
  admin: 'CLOUDPAM_BOOTSTRAP_TOKEN',
  collector: 'CLOUDPAM_BOOTSTRAP_COLLECTOR_TOKEN',
  viewer: 'CLOUDPAM_BOOTSTRAP_VIEWER_TOKEN',
} as const;
export const BOOTSTRAP_NAMES: readonly string[] = Object.values(NAMES);

/** Reads the first tokens of the environment. Adds what is wrong to `mistakes`. */
export function readBootstrapTokens(env: NodeJS.ProcessEnv, mistakes: string[]): BootstrapTokens {
  const named = new Map<string, string>();
  const read = (role: keyof BootstrapTokens): string | undefined => {
    const [name, text] = [NAMES[role], env[NAMES[role]] || undefined];
    if (text === undefined) return undefined;
    const id = readTokenText(text)?.publicId;
    const other = named.get(id ?? '');
    if (id === undefined)
      mistakes.push(`${name} must look like cpam_<12 characters a-z2-7>_<52 characters a-z2-7>`);
    else if (other !== undefined) mistakes.push(`${name} must not be ${other}`);
    else named.set(id, name);
    return text;
  };
  return { admin: read('admin'), collector: read('collector'), viewer: read('viewer') };
}
