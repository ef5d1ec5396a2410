import type { Resource } from './terraform-copy';
import { at, list, text, texts } from './value';

/** What a platform starts. */
export interface Container {
  readonly address: string;
  readonly app: 'server' | 'collector';
  readonly image: string;
  readonly args: readonly string[];
  /** What is there for everyone to read. */
  readonly env: Readonly<Record<string, string>>;
  /** The name of a secret for each variable that has one. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly probes: readonly string[];
}

/** The containers that resources are, or make. */
export function containersOf(resources: readonly Resource[]): Container[] {
  return resources.flatMap(({ address, type, values }) => {
    switch (type) {
      case 'google_cloud_run_v2_service':
        return cloudRun(address, 'server', at(values, 'template', 0));
      case 'google_cloud_run_v2_job':
        return cloudRun(address, 'collector', at(values, 'template', 0, 'template', 0));
      case 'aws_ecs_task_definition':
        return ecs(address, JSON.parse(text(at(values, 'container_definitions'))));
      default:
        return [];
    }
  });
}

function cloudRun(address: string, app: Container['app'], template: unknown): Container[] {
  return list(at(template, 'containers')).map((each) => {
    const [secret, plain] = parted(list(at(each, 'env')), (variable) =>
      list(at(variable, 'value_source')),
    );
    return {
      address,
      app,
      image: text(at(each, 'image')),
      args: texts(at(each, 'args')),
      env: named(plain, 'value'),
      secrets: named(secret, 'value_source', 0, 'secret_key_ref', 0, 'secret'),
      probes: ['startup_probe', 'liveness_probe'].flatMap((probe) =>
        list(at(each, probe)).map((it) => text(at(it, 'http_get', 0, 'path'))),
      ),
    };
  });
}

function ecs(address: string, definitions: unknown): Container[] {
  return list(definitions).map((each) => ({
    address,
    app: 'collector',
    image: text(at(each, 'image')),
    args: texts(at(each, 'command')),
    env: named(list(at(each, 'environment')), 'value'),
    secrets: named(list(at(each, 'secrets')), 'valueFrom'),
    probes: [],
  }));
}

function parted(
  variables: readonly unknown[],
  source: (variable: unknown) => readonly unknown[],
): [unknown[], unknown[]] {
  const isSecret = (each: unknown): boolean => source(each).length > 0;
  return [variables.filter(isSecret), variables.filter((each) => !isSecret(each))];
}

function named(
  variables: readonly unknown[],
  ...path: readonly (string | number)[]
): Record<string, string> {
  return Object.fromEntries(
    variables.map((each) => [text(at(each, 'name')), text(at(each, ...path))]),
  );
}
