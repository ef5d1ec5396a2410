import { readFileSync } from 'node:fs';
import type { Environment } from './option';

/**
 * The environment with the content of the file that `CLOUDPAM_TOKEN_FILE` names as the token. Adds
 * what is wrong to `problems`, and never repeats what the file holds.
 */
export function withTokenFile(env: Environment, problems: string[]): Environment {
  const { CLOUDPAM_TOKEN_FILE: file, ...others } = env;
  if (!file) return others;
  if (others['CLOUDPAM_TOKEN'])
    problems.push('CLOUDPAM_TOKEN and CLOUDPAM_TOKEN_FILE exclude each other');
  try {
    const token = readFileSync(file, 'utf8').trim();
    if (token === '') problems.push(`CLOUDPAM_TOKEN_FILE: ${file} is empty`);
    return { ...others, CLOUDPAM_TOKEN: token };
  } catch (error) {
    problems.push(`CLOUDPAM_TOKEN_FILE: ${error instanceof Error ? error.message : String(error)}`);
    return others;
  }
}
