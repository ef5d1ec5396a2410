import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const APP = path.resolve(__dirname, '../..');
/** Written by the build, where somebody told it the commit or there is a repository. */
const COMMIT_FILE = path.join(APP, 'dist/commit');

/** Of the product; the collector has the same. */
export const VERSION = versionIn(readFileSync(path.join(APP, 'package.json'), 'utf8'));
/** What the server was built of; null where the build did not know. */
export const COMMIT = existsSync(COMMIT_FILE) ? readFileSync(COMMIT_FILE, 'utf8').trim() : null;

/** `0.1.0 (commit 3ad6a02e69da)` */
export function versionText(): string {
  return COMMIT === null ? VERSION : `${VERSION} (commit ${COMMIT.slice(0, 12)})`;
}

function versionIn(manifest: string): string {
  return (JSON.parse(manifest) as { readonly version: string }).version; // as npm wants it
}
