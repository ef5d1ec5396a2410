import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseDocument } from 'yaml';

/** One service, as far as tests look at it. */
export interface Service {
  readonly image: string;
  readonly user?: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly profiles?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly tmpfs?: readonly string[];
  readonly restart?: string;
  readonly network_mode?: string;
  readonly read_only?: boolean;
  readonly cap_add?: readonly string[];
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly privileged?: boolean;
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
}

/** A compose file. */
export interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

/**
 * Reads compose.yaml in a folder as Compose does, with variables of the shell. @throws at the first
 * mistake of YAML, and for a variable without a value
 */
export function readCompose(folder: string, variables: Readonly<Record<string, string>>): Compose {
  const text = readFileSync(path.join(folder, 'compose.yaml'), 'utf8');
  const document = parseDocument(text, { merge: true });
  for (const problem of [...document.errors, ...document.warnings]) throw problem;
  return document.toJS({
    reviver: (_, value: unknown) =>
      typeof value === 'string' ? interpolated(value, variables) : value,
  }) as Compose; // its schema is looked at by dclint
}

/** `${NAME}`, `${NAME:-standard}` and `${NAME:+text where it is set}`. */
function interpolated(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(
    /\$\$|\$\{(\w+)(?::([-+])([^}]*))?\}/g,
    (whole, name: string | undefined, operator: string | undefined, other = '') => {
      if (name === undefined) return '$';
      const value = variables[name] ?? '';
      if (operator === '+') return value === '' ? '' : String(other);
      if (value === '' && operator === undefined) throw new Error(`${whole} has no value`);
      return value === '' ? String(other) : value;
    },
  );
}

/** What a volume of a service is, where it is mounted, and whether only to be read. */
export interface Mount {
  /** A name, or a path from the folder of the file. */
  readonly source: string;
  readonly target: string;
  readonly isReadOnly: boolean;
}

/** The volumes of a service. */
export function mountsOf({ volumes = [] }: Service): Mount[] {
  return volumes.map((each) => {
    const [source = '', target = '', options] = each.split(':');
    return { source, target, isReadOnly: options === 'ro' };
  });
}

/** Whether a mount is a folder of the checkout. */
export function isBind({ source }: Mount): boolean {
  return source.startsWith('.');
}

/** What an image of ours brings along. */
export interface OwnImage {
  readonly environment: Readonly<Record<string, string>>;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly healthcheck: readonly string[];
}

/** The image of a service as its Dockerfile says; undefined for images of others. */
export function ownImage(folder: string, { image }: Service): OwnImage | undefined {
  const [, name] = /^ghcr\.io\/cloudpam\/(\w+):/.exec(image) ?? [];
  if (name === undefined) return undefined;
  const text = readFileSync(path.join(folder, name, 'Dockerfile'), 'utf8').replace(/\\\n/g, '');
  const list = (pattern: RegExp): string[] => {
    const [, found] = pattern.exec(text) ?? [];
    return found === undefined ? [] : (JSON.parse(found) as string[]); // the form of Dockerfiles
  };
  const [, assigned = ''] = /^ENV (.*)$/m.exec(text) ?? [];
  return {
    environment: Object.fromEntries(
      assigned.split(/\s+/).map((each) => each.split('=') as [string, string]),
    ),
    entrypoint: list(/^ENTRYPOINT (\[.*\])$/m),
    command: list(/^CMD (\[.*\])$/m),
    healthcheck: list(/^HEALTHCHECK .*?CMD (\[.*\])$/m),
  };
}
