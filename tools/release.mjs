// `npm run release -- major|minor|patch [--dry-run]`: sets the version wherever it stands, dates the
// changelog, writes the OpenAPI document anew, commits and tags. Pushing is left to a person.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const PREVIOUS = 'tools/previous-release.json';
const CHANGELOG = 'CHANGELOG.md';
/** Where the version stands, in files that git knows: NUMBER is it, $1 what comes before it. */
const PLACES = [
  [/(^|\/)package\.json$/, /(^ {2}"version": ")NUMBER(?=")/m],
  [/^deploy\/helm\/.*Chart\.yaml$/, /(^(?:version|appVersion): )NUMBER$/gm],
  [/^docker\/.*Dockerfile$/, /(^ARG VERSION=)NUMBER$/m],
  [/^deploy\/terraform\/.*\/main\.tf$/, /(^ *release += ")NUMBER(?=")/gm],
  [
    /^(docs|deploy|docker)\/.*\.(ya?ml|json|md)$/,
    /(cloudpam(?:-|\/)(?:collector|server):)NUMBER\b/g,
  ],
];

const words = process.argv.slice(2).filter((word) => word !== '--dry-run');
const isDry = process.argv.includes('--dry-run');
const PARTS = ['major', 'minor', 'patch'];
if (words.length !== 1 || !PARTS.includes(words[0]))
  fail('npm run release -- major|minor|patch [--dry-run]');

const current = JSON.parse(read('package.json')).version;
const next = raised(current, PARTS.indexOf(words[0]));
if (git('status', '--porcelain') !== '') fail('There are changes that are not committed.');
if (git('tag', '--list', `v${next}`) !== '') fail(`v${next} is tagged already.`);

const changed = new Map([[CHANGELOG, dated(read(CHANGELOG))]]);
changed.set('package-lock.json', lockOf(read('package-lock.json')));
for (const file of git('ls-files', '-z').split('\0').filter(Boolean))
  for (const [names, place] of PLACES) {
    if (!names.test(file)) continue;
    const before = changed.get(file) ?? read(file);
    const pattern = new RegExp(
      place.source.replace('NUMBER', current.replaceAll('.', '\\.')),
      place.flags,
    );
    const after = before.replace(pattern, `$1${next}`);
    if (after !== before) changed.set(file, after);
  }
const commit = git('rev-parse', '--verify', '--quiet', `v${current}^{commit}`);
if (commit) changed.set(PREVIOUS, `${JSON.stringify({ version: current, commit }, null, 2)}\n`);

say(`${current} -> ${next}: ${[...changed.keys()].sort().join(', ')}`);
if (isDry) process.exit(0);
const before = git('rev-parse', 'HEAD');
try {
  for (const [file, text] of changed) writeFileSync(join(ROOT, file), text);
  execFileSync('npm', ['run', 'openapi'], { cwd: ROOT, stdio: ['ignore', 2, 2] });
  git('commit', '--all', '--message', `chore: release ${next}`);
  git('tag', '--annotate', `v${next}`, '--message', `CloudPAM ${next}`);
} catch (error) {
  // Nothing else was changed when it began.
  git('reset', '--quiet', '--hard', before);
  fail(`${error.message.trim()}\nAll is as it was before.`);
}
say(`v${next} is committed and tagged here. To release it: git push --follow-tags`);

function read(file) {
  return readFileSync(join(ROOT, file), 'utf8');
}

/** What it prints; nothing where it has no answer. */
function git(...args) {
  try {
    return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 << 20 }).trim();
  } catch (error) {
    if (args.includes('--quiet')) return '';
    throw error;
  }
}

/** @param part 0 major, 1 minor, 2 patch */
function raised(version, part) {
  const numbers = version.split('.').map(Number);
  return numbers.map((n, at) => (at < part ? n : at === part ? n + 1 : 0)).join('.');
}

/** What was unreleased is of today. */
function dated(changelog) {
  const [, unreleased] = /^## \[Unreleased\]\n([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(changelog) ?? [];
  if (!unreleased?.trim()) fail(`${CHANGELOG} tells of nothing that is unreleased.`);
  const today = new Date().toISOString().slice(0, 10);
  return changelog.replace('## [Unreleased]\n', `## [Unreleased]\n\n## [${next}] - ${today}\n`);
}

/** npm's lock has the versions of the workspaces too. */
function lockOf(text) {
  const lock = JSON.parse(text);
  lock.version = next;
  for (const [place, entry] of Object.entries(lock.packages))
    if (entry.version && !place.includes('node_modules/')) entry.version = next;
  return `${JSON.stringify(lock, null, 2)}\n`;
}

function say(text) {
  process.stderr.write(`[release] ${text}\n`);
}

function fail(text) {
  say(text);
  process.exit(1);
}
