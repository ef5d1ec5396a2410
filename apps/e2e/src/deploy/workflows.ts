import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly uses?: string;
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly permissions?: object;
  readonly concurrency?: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** An action at a commit, with the version that this is in a comment. */
const PINNED = /uses: ([\w./-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$/;
const LOCAL = /uses: \.\/\S+$/;

/** Everything that is wrong with the workflows of a folder; none for good ones. */
export function workflowMistakes(actionlint: string, folder: string): string[] {
  const files = readdirSync(folder).map((name) => path.join(folder, name));
  return [
    ...lint(actionlint, files),
    ...files.flatMap((file) => {
      const name = path.basename(file);
      return [...pinMistakes(file), ...jobMistakes(file)].map((each) => `${name}: ${each}`);
    }),
    ...twoPins(files),
  ];
}

function lint(actionlint: string, files: readonly string[]): string[] {
  // Programs that it would run if they were there: what it finds must be the same everywhere.
  const off = ['-shellcheck=', '-pyflakes=', '-oneline'];
  const { status, stdout, stderr, error } = spawnSync(
    path.join(actionlint, 'actionlint'),
    [...off, ...files],
    { encoding: 'utf8' },
  );
  if (error) throw error;
  return status === 0 ? [] : (stdout + stderr).trim().split('\n');
}

function usesIn(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => /^\s*(- )?uses:/.test(line));
}

function pinMistakes(file: string): string[] {
  return usesIn(file)
    .filter((line) => !PINNED.test(line) && !LOCAL.test(line))
    .map((line) => `${line.trim()} is not pinned by a commit, with its version behind it`);
}

/** Of one repository there is one commit. */
function twoPins(files: readonly string[]): string[] {
  const pins = new Map<string, string>();
  return files.flatMap(usesIn).flatMap((line) => {
    const [, action = '', commit = '', version = ''] = PINNED.exec(line) ?? [];
    const repository = action.split('/').slice(0, 2).join('/');
    const pin = `${commit} # ${version}`;
    const first = pins.get(repository) ?? pin;
    pins.set(repository, first);
    return action === '' || first === pin ? [] : [`${repository} is at ${first} and at ${pin}`];
  });
}

function jobMistakes(file: string): string[] {
  // actionlint says whether it is one.
  const workflow = parse(readFileSync(file, 'utf8')) as Workflow;
  const mistakes: string[] = [];
  if (JSON.stringify(workflow.permissions) !== '{}')
    mistakes.push('it does not begin without permissions');
  if (!workflow.concurrency) mistakes.push('it has no concurrency');
  for (const [name, job] of Object.entries(workflow.jobs ?? {})) {
    if (!job.permissions) mistakes.push(`${name} has no permissions of its own`);
    // Jobs of the workflow that is called have theirs.
    if (!job.uses && !job['timeout-minutes']) mistakes.push(`${name} has no timeout`);
    for (const { uses, run } of job.steps ?? []) {
      if (uses?.startsWith('actions/checkout@') && !keepsNoCredentials(job))
        mistakes.push(`${name} leaves the token in the checkout`);
      if (run !== undefined)
        mistakes.push(...scriptMistakes(run).map((each) => `${name}: ${each}`));
    }
  }
  return mistakes;
}

function keepsNoCredentials({ steps = [] }: Job): boolean {
  const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
  return checkouts.every((each) => /"persist-credentials":false/.test(JSON.stringify(each)));
}

/** What a shell, which does not run it, says of a script. */
function scriptMistakes(script: string): string[] {
  const { status, stderr } = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' });
  const values = script.includes('${{') ? ['a script has a value written into it'] : [];
  return status === 0 ? values : [...values, stderr.trim()];
}
