// `npm test`: all tests by Nx, which runs again only what a change can have broken; a project
// without one is answered from the cache. `npm test -- libs/domain/cidr` gives the words to Jest,
// past the cache. `--fresh` runs all of them.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ROOT, runNx } from './nx.mjs';
import { makeProjectGraph } from './project-graph.mjs';

const LEFT_OUT = /is left out: (.*)$/;

const given = process.argv.slice(2).filter((word) => word !== '--fresh');
if (given.length > 0) {
  const jest = join(
    dirname(createRequire(import.meta.url).resolve('jest/package.json')),
    'bin',
    'jest.js',
  );
  process.exit(
    spawnSync(process.execPath, [jest, ...given], { cwd: ROOT, stdio: 'inherit' }).status ?? 1,
  );
}

const { nodes } = await makeProjectGraph();
const results = Object.values(nodes).map(({ data }) => join(ROOT, data.root, 'test-results.json'));
for (const each of results) rmSync(each, { force: true });
const fresh = process.argv.includes('--fresh') ? ['--skip-nx-cache'] : [];
const code = await runNx([
  'run-many',
  '-t',
  'test',
  // Nothing is done for it. Nx begins with what others wait for, and so with the longest: e2e.
  'tested',
  '--output-style=static',
  '--parallel=2',
  ...fresh,
]);
tell(
  results.filter((each) => existsSync(each)).map((each) => JSON.parse(readFileSync(each, 'utf8'))),
);
process.exit(code);

/** What was left out, and the sums over all projects, cached ones too. */
function tell(reports) {
  const sum = (field) => reports.reduce((total, report) => total + report[field], 0);
  const titles = reports.flatMap(({ testResults }) =>
    testResults.flatMap(({ assertionResults }) => assertionResults.map(({ fullName }) => fullName)),
  );
  for (const title of titles.filter((each) => LEFT_OUT.test(each)))
    process.stderr.write(`[cloudpam] ${title}\n`);
  // A suite that could not start has no tests to count: it counts as one failure.
  process.stdout.write(
    `${sum('numPassedTests')} passed, ${sum('numFailedTests') + sum('numRuntimeErrorTestSuites')} failed\n`,
  );
}
