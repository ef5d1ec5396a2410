import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { readConfig } from './config/read-config';
import { variableOf } from './config/option';
import { OPTIONS } from './config/options';
import { GOOD_TOKEN } from './testing/discovery-double';

const ROOT = join(__dirname, '../../..');
const FOLDER = join(ROOT, 'docs/collectors/deploy');
const text = (path: string): string => readFileSync(path, 'utf8');

/** Any part of a parsed file; what is missing is undefined, and the test that looks at it fails. */
class Part {
  constructor(readonly value: unknown) {}

  at(...path: (string | number)[]): Part {
    // Asking any value but null and undefined for a field is safe.
    return new Part(
      path.reduce<unknown>(
        (value, key) =>
          (value as { readonly [field: string | number]: unknown } | null | undefined)?.[key],
        this.value,
      ),
    );
  }

  get parts(): Part[] {
    return Array.isArray(this.value) ? this.value.map((each) => new Part(each)) : [];
  }

  get text(): string {
    if (typeof this.value !== 'string')
      throw new Error(`not a text: ${JSON.stringify(this.value)}`);
    return this.value;
  }

  get texts(): string[] {
    return this.parts.map((part) => part.text);
  }
}

/** What a platform would start. */
interface Start {
  readonly image: string;
  readonly args: readonly string[];
  readonly env: { readonly [name: string]: string };
}

function json(name: string): Part {
  return new Part(JSON.parse(text(join(FOLDER, name))));
}

/** The documents of a YAML file. @throws at the first mistake in it, a key given twice too */
function yaml(name: string): Part[] {
  return parseAllDocuments(text(join(FOLDER, name))).map((document) => {
    for (const problem of [...document.errors, ...document.warnings]) throw problem;
    return new Part(document.toJS());
  });
}

/** `[{name, value}]`; what comes from elsewhere is a secret, or the pod's own name. */
function envOf(list: Part): Start['env'] {
  return Object.fromEntries(
    list.parts.map((each) => [
      each.at('name').text,
      each.at('value').value === undefined ? otherwise(each) : each.at('value').text,
    ]),
  );
}

function otherwise(variable: Part): string {
  const secret = variable.at('valueFrom', 'secretKeyRef');
  if (secret.value === undefined) return variable.at('valueFrom', 'fieldRef', 'fieldPath').text;
  expect([secret.at('name').text, secret.at('key').text]).not.toContain('');
  return GOOD_TOKEN;
}

function container(part: Part): Start {
  return { image: part.at('image').text, args: part.at('args').texts, env: envOf(part.at('env')) };
}

const STARTS: { readonly [file: string]: () => Start } = {
  'ecs-scheduled-task.json': () => {
    const definition = json('ecs-scheduled-task.json').at('containerDefinitions', 0);
    const secrets = definition
      .at('secrets')
      .parts.map((secret) => [secret.at('name').text, GOOD_TOKEN]);
    return {
      image: definition.at('image').text,
      args: definition.at('command').texts,
      env: { ...envOf(definition.at('environment')), ...Object.fromEntries(secrets) },
    };
  },
  'lambda-container.yaml': () => {
    const properties =
      yaml('lambda-container.yaml')[0]?.at('Resources', 'Collector', 'Properties') ??
      new Part(undefined);
    // CloudFormation takes texts only.
    const variables = properties.at('Environment', 'Variables').value as Start['env'];
    return {
      image: properties.at('ImageUri').text,
      args: properties.at('ImageConfig', 'Command').texts,
      env: { ...variables, CLOUDPAM_TOKEN: GOOD_TOKEN },
    };
  },
  'cloud-run-job.yaml': () =>
    container(
      yaml('cloud-run-job.yaml')[0]?.at(
        'spec',
        'template',
        'spec',
        'template',
        'spec',
        'containers',
        0,
      ) ?? new Part(undefined),
    ),
  'gke-cronjob.yaml': () =>
    container(
      yaml('gke-cronjob.yaml')[1]?.at(
        'spec',
        'jobTemplate',
        'spec',
        'template',
        'spec',
        'containers',
        0,
      ) ?? new Part(undefined),
    ),
  'kubernetes-agent-deployment.yaml': () =>
    container(
      yaml('kubernetes-agent-deployment.yaml')[1]?.at(
        'spec',
        'template',
        'spec',
        'containers',
        0,
      ) ?? new Part(undefined),
    ),
  'docker-compose-agent.yaml': () => {
    const service =
      yaml('docker-compose-agent.yaml')[0]?.at('services', 'collector') ?? new Part(undefined);
    const variables = service.at('environment').value as Start['env']; // texts only, see the file
    expect(variables['CLOUDPAM_TOKEN']).toMatch(/^\$\{CLOUDPAM_TOKEN:\?.+\}$/);
    return {
      image: service.at('image').text,
      args: service.at('command').texts,
      env: { ...variables, CLOUDPAM_TOKEN: GOOD_TOKEN },
    };
  },
};

describe('the deployment files', () => {
  it('are all looked at', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(
      [...Object.keys(STARTS), 'ecs-schedule-eventbridge.json'].sort(),
    );
  });

  it.each(Object.entries(STARTS))(
    '%s starts the collector as it wants to be started',
    (_file, startOf) => {
      const { image, args, env } = startOf();
      expect(image).toMatch(/^[a-z0-9.-]+\/cloudpam-collector:\d+\.\d+\.\d+$/);
      expect(readConfig(args, env)).toMatchObject({ kind: args[0] });
      expect(JSON.stringify(args)).not.toContain('cpam_');
    },
  );

  it('and the documentation call the roles of AWS by one name, which the collector takes for granted', () => {
    const reading = readConfig(
      ['run', '--provider', 'aws', '--organization', '--server', 'https://ipam.example.com'],
      { CLOUDPAM_TOKEN: GOOD_TOKEN },
    );
    const [chosen] = reading.kind === 'run' ? reading.config.providers : [];
    expect(chosen?.settings).toMatchObject({ members: { roleName: 'CloudPAMCollector' } });
    const docs = readdirSync(join(ROOT, 'docs/collectors'), {
      recursive: true,
      encoding: 'utf8',
    }).filter((file) => /\.(md|json|yaml)$/.test(file) && !file.startsWith('gcp'));
    const names = docs.flatMap(
      (file) =>
        text(join(ROOT, 'docs/collectors', file)).match(
          /\bcloud[_-]?pam[_-]?(?:reader|role|collector)\w*/gi,
        ) ?? [],
    );
    // `cloudpam-collector` is what images, stacks and accounts of Kubernetes are called.
    const roles = new Set(
      names.filter((name) => name !== 'cloudpam-collector' && !name.startsWith('CLOUDPAM_')),
    );
    expect([...roles].sort()).toEqual(
      ['', 'Execution', 'Schedule', 'Task'].map((part) => `CloudPAMCollector${part}`),
    );
  });

  it('a task of ECS and its schedule name one another', () => {
    const task = json('ecs-scheduled-task.json');
    const schedule = json('ecs-schedule-eventbridge.json');
    expect(task.value).toMatchObject({
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      cpu: '256',
      memory: '512',
    });
    for (const role of ['executionRoleArn', 'taskRoleArn'])
      expect(task.at(role).text).toMatch(/^arn:aws:iam::\d{12}:role\/\w+$/);
    expect(schedule.at('Target', 'EcsParameters', 'TaskDefinitionArn').text).toMatch(
      new RegExp(`:task-definition/${task.at('family').text}$`),
    );
    expect(schedule.value).toMatchObject({
      ScheduleExpression: 'rate(6 hours)',
      FlexibleTimeWindow: { Mode: 'FLEXIBLE' },
      Target: { EcsParameters: { LaunchType: 'FARGATE', TaskCount: 1 } },
    });
    expect(
      schedule.at(
        'Target',
        'EcsParameters',
        'NetworkConfiguration',
        'awsvpcConfiguration',
        'Subnets',
      ).texts,
    ).not.toEqual([]);
  });

  it.each<[string, [string, string][]]>([
    ['lambda-container.yaml', [['undefined', 'undefined']]],
    ['cloud-run-job.yaml', [['run.googleapis.com/v1', 'Job']]],
    [
      'gke-cronjob.yaml',
      [
        ['v1', 'ServiceAccount'],
        ['batch/v1', 'CronJob'],
      ],
    ],
    [
      'kubernetes-agent-deployment.yaml',
      [
        ['v1', 'ServiceAccount'],
        ['apps/v1', 'Deployment'],
      ],
    ],
  ])('%s holds what its platform takes', (file, kinds) => {
    expect(
      yaml(file).map((part) => [
        String(part.at('apiVersion').value),
        String(part.at('kind').value),
      ]),
    ).toEqual(kinds);
  });

  it('pods have the service account of their file, and no variables that Kubernetes makes of services', () => {
    const pods: [string, Part][] = [
      [
        'gke-cronjob.yaml',
        yaml('gke-cronjob.yaml')[1]?.at('spec', 'jobTemplate', 'spec', 'template', 'spec') ??
          new Part(undefined),
      ],
      [
        'kubernetes-agent-deployment.yaml',
        yaml('kubernetes-agent-deployment.yaml')[1]?.at('spec', 'template', 'spec') ??
          new Part(undefined),
      ],
    ];
    for (const [file, pod] of pods) {
      expect(pod.value).toMatchObject({
        serviceAccountName: yaml(file)[0]?.at('metadata', 'name').text,
        enableServiceLinks: false,
        terminationGracePeriodSeconds: 150,
      });
    }
  });

  it('the probe of the agent is a command of texts, which is well as long as the file of health is young', () => {
    const agent =
      yaml('kubernetes-agent-deployment.yaml')[1]?.at(
        'spec',
        'template',
        'spec',
        'containers',
        0,
      ) ?? new Part(undefined);
    const [program, flag, script = ''] = agent.at('livenessProbe', 'exec', 'command').texts;
    expect([program, flag]).toEqual(['/nodejs/bin/node', '-e']);
    const file = envOf(agent.at('env'))['CLOUDPAM_HEALTH_FILE'] ?? '';
    const folder = mkdtempSync(join(tmpdir(), 'cloudpam-health-'));
    const health = join(folder, 'health');
    const ask = (): number | null =>
      spawnSync(process.execPath, ['-e', script.replace(file, health)]).status;
    writeFileSync(health, '');
    expect(ask()).toBe(0);
    utimesSync(health, new Date(0), new Date(0));
    expect(ask()).toBe(1);
    rmSync(folder, { recursive: true });
    expect(ask()).toBe(1);
  });

  it('the pods of the agent are those that the deployment selects, and every mount has a volume', () => {
    const spec = yaml('kubernetes-agent-deployment.yaml')[1]?.at('spec') ?? new Part(undefined);
    expect(spec.at('template', 'metadata', 'labels').value).toEqual(
      spec.at('selector', 'matchLabels').value,
    );
    const volumes = spec
      .at('template', 'spec', 'volumes')
      .parts.map((volume) => volume.at('name').text);
    expect(
      spec
        .at('template', 'spec', 'containers', 0, 'volumeMounts')
        .parts.map((mount) => mount.at('name').text),
    ).toEqual(volumes);
  });

  it('a function of Lambda reads what the policy of the documentation allows, and starts an entry that exists', () => {
    const properties =
      yaml('lambda-container.yaml')[0]?.at('Resources', 'Collector', 'Properties') ??
      new Part(undefined);
    expect(properties.at('Policies', 0, 'Statement', 0, 'Action').texts).toEqual([
      'ec2:DescribeVpcs',
      'ec2:DescribeSubnets',
      'ec2:DescribeRegions',
    ]);
    expect(properties.at('ImageConfig', 'EntryPoint').texts[1]).toBe(
      '/app/apps/collector/dist/lambda.js',
    );
    expect(readdirSync(__dirname)).toContain('lambda.ts');
  });
});

describe('docs/collectors/README.md', () => {
  it('has a row for every option, and none for one that is gone', () => {
    const rows = [
      ...text(join(ROOT, 'docs/collectors/README.md')).matchAll(
        /^\| `--([a-z-]+)[^`]*` \| `(CLOUDPAM_[A-Z_]+)` \|/gm,
      ),
    ].map(([, option, variable]) => [option, variable]);
    expect(rows).toEqual([...OPTIONS.keys()].map((name) => [name, variableOf(name)]));
  });
});
