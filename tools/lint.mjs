// `npm run lint [-- FILE ...]`: ESLint over the workspace. The rule on module boundaries reads the Nx project graph
// from a cache and skips itself, with a warning only, when there is none; so the graph is made first.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { makeProjectGraph } from './project-graph.mjs';

const root = join(import.meta.dirname, '..');
await makeProjectGraph();
const eslint = join(dirname(createRequire(import.meta.url).resolve('eslint/package.json')), 'bin', 'eslint.js');
const given = process.argv.slice(2);
const { status } = spawnSync(process.execPath, [eslint, ...(given.length > 0 ? given : ['.', '--max-warnings=0'])], { cwd: root, stdio: 'inherit' });
process.exit(status ?? 1);
