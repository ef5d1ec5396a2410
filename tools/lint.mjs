// `npm run lint [-- FILE ...]`: ESLint and Prettier over the workspace. The rule on module
// boundaries reads the Nx project graph from a cache and skips itself, with a warning only, when
// there is none; so the graph is made first. Prettier wraps no texts and comments: that no line is
// over 120 columns is looked for here. `npm run format` puts right what Prettier says.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ROOT } from './nx.mjs';
import { makeProjectGraph } from './project-graph.mjs';

/** Columns of a line at most. */
const COLUMNS = 120;
const CODE = ['*.ts', '*.tsx', '*.js', '*.cjs', '*.mjs'];

await makeProjectGraph();
const given = process.argv.slice(2);
const files = given.length > 0 ? given : ['.'];
const failed = [
  ['eslint', 'bin/eslint.js', '--max-warnings=0', ...files],
  ['prettier', 'bin/prettier.cjs', '--check', '--log-level=warn', ...files],
].filter(([name, bin, ...args]) => run(name, bin, args) !== 0);
process.exit(failed.length === 0 && longLines().length === 0 ? 0 : 1);

function run(name, bin, args) {
  const program = join(
    dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)),
    bin,
  );
  return spawnSync(process.execPath, [program, ...args], { cwd: ROOT, stdio: 'inherit' }).status;
}

/** Says every line of the code that is too long, and gives them. */
function longLines() {
  const { stdout } = spawnSync('git', ['ls-files', '-z', ...CODE], { cwd: ROOT, encoding: 'utf8' });
  const long = stdout
    .split('\0')
    .filter((file) => file !== '' && !file.includes('/generated/') && existsSync(join(ROOT, file)))
    .flatMap((file) =>
      readFileSync(join(ROOT, file), 'utf8')
        .split('\n')
        .flatMap((line, at) => (line.length > COLUMNS ? [`${file}:${at + 1}`] : [])),
    );
  for (const place of long) process.stderr.write(`${place}: over ${COLUMNS} columns\n`);
  return long;
}
