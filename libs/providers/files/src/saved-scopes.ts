import { GLOBAL_REGION } from '@cloudpam/clouds';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CloudScope } from '@cloudpam/reconciliation';

/** A scope whose CLI output is saved in a folder. */
export interface SavedScope {
  readonly scope: CloudScope & { readonly provider: 'aws' | 'gcp' };
  readonly folder: string;
}

const AWS_ACCOUNT = /^\d{12}$/;
const GCP_FILES = ['networks.json', 'subnets.json'];

/**
 * Finds the scopes under a folder by its structure: `ACCOUNT/REGION/` for AWS (an account is 12
 * digits), `PROJECT/` with `networks.json` or `subnets.json` for GCP; both either directly in it or
 * in its folders `aws` and `gcp`. A region or project whose files are missing is a scope too: it is
 * covered, and its reading fails. In the order of provider, account and region.
 * @throws an Error that may be shown to a person, when there is no folder or nothing of that kind
 *   in it
 */
export async function savedScopes(root: string): Promise<SavedScope[]> {
  const found: SavedScope[] = [];
  for (const name of await foldersIn(root)) {
    const folder = join(root, name);
    if (name === 'aws') {
      for (const account of await foldersIn(folder))
        found.push(...(await regionsOf(account, join(folder, account))));
    } else if (name === 'gcp') {
      for (const project of await foldersIn(folder))
        found.push(projectScope(project, join(folder, project)));
    } else if (AWS_ACCOUNT.test(name)) {
      found.push(...(await regionsOf(name, folder)));
    } else if (await holdsOneOf(GCP_FILES, folder)) {
      found.push(projectScope(name, folder));
    }
  }
  if (found.length === 0) {
    throw new Error(
      `${root} holds no saved CLI output: expected ACCOUNT/REGION/vpcs.json (AWS) or ` +
        'PROJECT/networks.json (GCP), in it or in its folders aws and gcp',
    );
  }
  return found.sort((a, b) => compare(sortKey(a), sortKey(b)));
}

async function regionsOf(account: string, folder: string): Promise<SavedScope[]> {
  if (!AWS_ACCOUNT.test(account)) return [];
  const regions = await foldersIn(folder);
  return regions.map((region) => ({
    scope: { provider: 'aws', account, region },
    folder: join(folder, region),
  }));
}

function projectScope(project: string, folder: string): SavedScope {
  return { scope: { provider: 'gcp', account: project, region: GLOBAL_REGION }, folder };
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      throw new Error(
        error.code === 'ENOENT'
          ? `there is no folder ${folder}`
          : `${folder} cannot be listed: ${error.code}`,
      );
    },
  );
  // A link may lead to a folder; a file behind one has no entries of interest and is told apart
  // when it is read.
  return entries
    .filter(
      (entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith('.'),
    )
    .map((entry) => entry.name);
}

async function holdsOneOf(names: readonly string[], folder: string): Promise<boolean> {
  const entries = await readdir(folder).catch((): string[] => []);
  return names.some((name) => entries.includes(name));
}

function sortKey({ scope }: SavedScope): string {
  return `${scope.provider} ${scope.account} ${scope.region}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
