import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { describeWith } from '../counterpart';
import { ROOT } from '../start-server';
import { findPlanted, type Mistake } from './planted';
import { workflowMistakes } from './workflows';

const FOLDER = path.join(ROOT, '.github/workflows');
const CHECKOUT = /uses: actions\/checkout@[0-9a-f]{40} # v[\d.]+/;

/** What is planted, and what must be said of it. */
const PLANTED: readonly [string, Mistake, RegExp][] = [
  [
    'an action that is pinned by a tag',
    { file: 'ci.yaml', from: CHECKOUT, to: 'uses: actions/checkout@v7' },
    /ci\.yaml: - uses: actions\/checkout@v7 is not pinned/,
  ],
  [
    'a pin without its version',
    { file: 'codeql.yaml', from: / # v4[\d.]+/, to: '' },
    /codeql\.yaml: - uses: github\/codeql-action\/init@[0-9a-f]{40} is not pinned/,
  ],
  [
    'one action at two commits',
    { file: 'codeql.yaml', from: /init@[0-9a-f]{40}/, to: `init@${'0'.repeat(40)}` },
    /github\/codeql-action is at 0{40} # v[\d.]+ and at [1-9a-f]/,
  ],
  [
    'an unknown key of a workflow',
    { file: 'ci.yaml', from: 'jobs:', to: 'job:' },
    /ci\.yaml:\d+:\d+: unexpected key "job" for "workflow" section/,
  ],
  [
    'an unknown key of a step',
    { file: 'release.yaml', from: 'env:\n          TOKEN', to: 'environment:\n          TOKEN' },
    /release\.yaml:\d+:\d+: unexpected key "environment" for step/,
  ],
  [
    'an expression of what does not exist',
    {
      file: 'ci.yaml',
      from: 'matrix.node }}\n          cache',
      to: 'matrix.nodes }}\n          cache',
    },
    /ci\.yaml:\d+:\d+: property "nodes" is not defined/,
  ],
  [
    'an expression that is not closed',
    { file: 'release.yaml', from: '${{ secrets.GITHUB_TOKEN }}', to: '${{ secrets.GITHUB_TOKEN }' },
    /release\.yaml:\d+:\d+: .*\[expression\]/,
  ],
  [
    'a job that needs another that is not there',
    { file: 'release.yaml', from: 'needs: publish', to: 'needs: publishing' },
    /release\.yaml:\d+:\d+: job "chart" needs job "publishing" which does not exist/,
  ],
  [
    'an unknown permission',
    { file: 'codeql.yaml', from: 'security-events: write', to: 'security-event: write' },
    /codeql\.yaml:\d+:\d+: unknown permission scope "security-event"/,
  ],
  [
    'a job without permissions of its own',
    { file: 'dependency-review.yaml', from: /\n {4}permissions:\n.*/, to: '' },
    /dependency-review\.yaml: review has no permissions of its own/,
  ],
  [
    'a workflow that begins with permissions',
    { file: 'ci.yaml', from: 'permissions: {}', to: 'permissions: write-all' },
    /ci\.yaml: it does not begin without permissions/,
  ],
  [
    'a job without a timeout',
    { file: 'release.yaml', from: /\n {4}timeout-minutes: 45/, to: '' },
    /release\.yaml: build has no timeout/,
  ],
  [
    'a checkout that keeps the token',
    { file: 'ci.yaml', from: /\n {10}persist-credentials: false/, to: '' },
    /ci\.yaml: test leaves the token in the checkout/,
  ],
  [
    'what others may write in a script',
    {
      file: 'ci.yaml',
      from: /run: .*\.ci\/run/,
      to: 'run: echo ${{ github.event.pull_request.title }}',
    },
    /"github\.event\.pull_request\.title" is potentially untrusted/,
  ],
  [
    'a script that no shell takes',
    { file: 'release.yaml', from: '> notes.md', to: '> notes.md)' },
    /release\.yaml: release: bash: line 1: syntax error near unexpected token/,
  ],
  [
    'a schedule that never comes',
    { file: 'codeql.yaml', from: '"23 4 * * 1"', to: '"23 4 * * 8"' },
    /codeql\.yaml:\d+:\d+: invalid CRON format/,
  ],
];

describeWith('actionlint', 'the workflows of GitHub Actions', (actionlint) => {
  it('are without a mistake', () => {
    expect(readdirSync(FOLDER).sort()).toEqual([
      'ci.yaml',
      'codeql.yaml',
      'dependency-review.yaml',
      'release.yaml',
    ]);
    expect(workflowMistakes(actionlint, FOLDER)).toEqual([]);
  });

  it.each(PLANTED)('show %s', (_name, mistake, said) => {
    const found = findPlanted(FOLDER, mistake, (copy) => workflowMistakes(actionlint, copy));
    expect(found.join('\n')).toMatch(said);
  });
});

describe('the workflows of GitHub Actions', () => {
  const text = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

  it('run the tests on the floor of Node, and on what the images have', () => {
    const { engines } = JSON.parse(text('package.json')) as { engines: { node: string } };
    const [, image] = /distroless\/nodejs(\d+)/.exec(text('docker/collector/Dockerfile')) ?? [];
    expect(parse(text('.github/workflows/ci.yaml'))).toMatchObject({
      jobs: { test: { strategy: { matrix: { node: [engines.node.replace('>=', ''), image] } } } },
    });
  });

  it('give the images their commit, which labels and the running product tell', () => {
    expect(text('.github/workflows/release.yaml')).toContain('--build-arg "COMMIT=$GITHUB_SHA"');
    for (const image of ['server', 'collector'])
      expect(text(`docker/${image}/Dockerfile`)).toMatch(
        /^ARG COMMIT=$[^]*revision="\$\{COMMIT\}"/m,
      );
  });

  it('are kept up to date by Dependabot, as the packages are', () => {
    const { updates } = parse(text('.github/dependabot.yml')) as {
      updates: { 'package-ecosystem': string }[];
    };
    expect(updates.map((each) => each['package-ecosystem'])).toEqual([
      'npm',
      'github-actions',
      'docker',
      'docker-compose',
    ]);
  });
});
