import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What an application was built of. */
export interface Product {
  /** All parts of the product have the same. */
  readonly version: string;
  /** Null where the build did not know. */
  readonly commit: string | null;
  /** `0.1.0 (commit 3ad6a02e69da)` */
  readonly text: string;
}

/**
 * Reads what an application was built of.
 * @param app its folder, with package.json, and `dist/commit` where the build knew it
 */
export function productIn(app: string): Product {
  const manifest = readFileSync(path.join(app, 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { readonly version: string }; // as npm wants it
  const file = path.join(app, 'dist/commit');
  const commit = existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
  const text = commit === null ? version : `${version} (commit ${commit.slice(0, 12)})`;
  return { version, commit, text };
}
