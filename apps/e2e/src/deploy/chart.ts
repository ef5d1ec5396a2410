import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { ROOT } from '../start-server';
import { danglingNames } from './dangling-names';
import { podsOf, type KubernetesObject } from './kubernetes-objects';

export const CHART = path.join(ROOT, 'deploy/helm/cloudpam');

/** Folders of the counterparts that look at a chart. */
export interface Tools {
  readonly helm: string;
  readonly kubernetes: string;
}

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(program: string, args: readonly string[], input = ''): Ended {
  const { status, stdout, stderr, error } = spawnSync(program, args, { input, encoding: 'utf8' });
  if (error) throw error;
  return { status, stdout, stderr };
}

/** The files of values that the chart is tried with, by their names. */
export function valuesFiles(): readonly string[] {
  return readdirSync(path.join(CHART, 'ci')).sort();
}

/** What `helm template` makes of a chart with a file of values, in its folder ci or elsewhere. */
export function template(
  { helm }: Tools,
  values: string,
  { chart = CHART, set = [] }: { chart?: string; set?: readonly string[] } = {},
): Ended {
  const more = set.flatMap((each) => ['--set', each]);
  return run(path.join(helm, 'helm'), [
    ...['template', 'cloudpam', chart, '--namespace', 'ipam'],
    ...['--values', path.resolve(chart, 'ci', values), ...more],
  ]);
}

/** The objects of a chart with a file of values. @throws Error where it cannot be rendered */
export function objectsOf(tools: Tools, values: string, chart = CHART): KubernetesObject[] {
  const { status, stdout, stderr } = template(tools, values, { chart });
  if (status !== 0) throw new Error(stderr);
  return readObjects(stdout);
}

/** The objects of what was rendered. @throws at the first mistake of YAML, a key given twice too */
export function readObjects(text: string): KubernetesObject[] {
  return parseAllDocuments(text)
    .filter((document) => document.contents !== null)
    .map((document) => {
      for (const problem of [...document.errors, ...document.warnings]) throw problem;
      // What Kubernetes thinks of it is asked of its own code.
      return document.toJS() as KubernetesObject;
    });
}

/** What Kubernetes would refuse in objects, a line for each mistake. */
export function refusals({ kubernetes }: Tools, text: string): string[] {
  const program = path.join(kubernetes, 'kubernetes-check');
  const { status, stdout, stderr } = run(program, [path.join(kubernetes, 'definitions')], text);
  if (status === 0) return [];
  return stdout === '' ? [stderr] : stdout.trim().split('\n');
}

/** Everything that is wrong with a chart and these of its files of values; none for a good one. */
export function chartMistakes(tools: Tools, chart: string, files: readonly string[]): string[] {
  return files.flatMap((values) => {
    const file = path.join(chart, 'ci', values);
    const linted = run(path.join(tools.helm, 'helm'), ['lint', '--strict', chart, '-f', file]);
    const rendered = template(tools, values, { chart });
    const found =
      rendered.status === 0
        ? [...refusals(tools, rendered.stdout), ...ownMistakes(rendered.stdout)]
        : [rendered.stderr];
    const lint = linted.status === 0 ? [] : [linted.stdout + linted.stderr];
    return [...lint, ...found].map((each) => `${values}: ${each}`);
  });
}

/** Names of variables that hold what nobody else may know. */
const SECRET = /(TOKEN|SECRET|PASSWORD|DSN|AUDIT_KEY|SECRET_KEY|DATABASE_REPLICAS)$/;

/** What we ask of objects beyond what Kubernetes does. */
function ownMistakes(text: string): string[] {
  const objects = readObjects(text);
  const mistakes = danglingNames(objects);
  for (const { owner, pod } of podsOf(objects)) {
    const { containers, ...spec } = pod.spec;
    if (spec.enableServiceLinks !== false) mistakes.push(`${owner}: enableServiceLinks is on`);
    if (spec.automountServiceAccountToken !== false)
      mistakes.push(`${owner}: the token of the service account is mounted`);
    for (const { image, env = [], securityContext, resources } of containers) {
      if (!/(:\d[\w.-]*|@sha256:[0-9a-f]{64})$/.test(image))
        mistakes.push(`${owner}: ${image} is no version`);
      if (securityContext?.readOnlyRootFilesystem !== true)
        mistakes.push(`${owner}: the root file system can be written`);
      if (!resources?.requests || !resources.limits?.['memory'])
        mistakes.push(`${owner}: no requests, or no limit of memory`);
      for (const { name, value } of env)
        if (value !== undefined && SECRET.test(name))
          mistakes.push(`${owner}: ${name} is in plain sight`);
      const names = env.map(({ name }) => name);
      for (const name of names.filter((each, at) => names.indexOf(each) < at))
        mistakes.push(`${owner}: ${name} is given twice`);
    }
  }
  return mistakes;
}
