// `node tools/release-notes.mjs VERSION [FILE]`: prints what CHANGELOG.md, or another file, tells of
// a version.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The section of a version, without its heading. @throws Error where it tells nothing */
function releaseNotes(changelog, version) {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((each) => each.startsWith(`[${version}]`)) ?? '';
  // Addresses of the headings end the last section.
  const notes = section.replace(/^.*\n/, '').replace(/^\[[^\]]+\]: \S+$/gm, '');
  if (notes.trim() === '') throw new Error(`the changelog tells nothing of ${version}`);
  return `${notes.trim()}\n`;
}

const OURS = join(import.meta.dirname, '../CHANGELOG.md');
const [version = '', file = OURS] = process.argv.slice(2);
try {
  process.stdout.write(releaseNotes(readFileSync(file, 'utf8'), version));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
