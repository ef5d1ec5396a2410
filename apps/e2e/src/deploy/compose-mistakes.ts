import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DCLinter } from 'dclint';
import { ROOT } from '../start-server';
import { isBind, mountsOf, ownImage, readCompose, type Compose, type Service } from './compose';
import { DOCKER } from './dockerfiles';
import { firstStart } from './first-start';
import { namesRead, readCollectorConfig, readConfig } from './product';

/** What is set with each profile, by the variable that goes with it. */
export const PROFILES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  oidc: { OIDC: 'on' },
  observability: {},
  replica: { REPLICA: 'on' },
};
/** Matters of taste, and what is wanted here: an image that is built where it cannot be pulled. */
const LINTER_RULES = {
  'no-build-and-image': 0,
  'require-quotes-in-ports': 0,
  'service-keys-order': 0,
  'services-alphabetical-order': 0,
  'top-level-properties-order': 0,
} as const;
interface Linted {
  readonly messages: readonly { readonly line: number; readonly message: string }[];
}
/** Names of variables that hold what nobody else may know. */
const SECRET = /(TOKEN|SECRET|PASSWORD|DSN|_KEY|DATABASE_URL|DATABASE_REPLICAS)$/;

/** Everything that is wrong with compose.yaml in a folder; none for a good one. */
export function composeMistakes(folder: string): string[] {
  const linter = new DCLinter({
    rules: LINTER_RULES,
    quiet: true,
    debug: false,
    exclude: [],
  });
  // Its own types get lost on the way.
  const linted = (linter.lintFiles([path.join(folder, 'compose.yaml')], false) as Linted[]).flatMap(
    ({ messages }) => messages.map(({ line, message }) => `line ${line}: ${message}`),
  );
  if (linted.length > 0) return linted;
  const volumes = mkdtempSync(path.join(tmpdir(), 'cloudpam-volumes-'));
  try {
    firstStart(folder, volumes);
    const variables = Object.assign({}, ...Object.values(PROFILES)) as Record<string, string>;
    const compose = readCompose(folder, variables);
    return [
      ...volumeMistakes(compose),
      ...Object.entries(compose.services).flatMap(([name, service]) =>
        [
          ...imageMistakes(folder, service),
          ...rightMistakes(service),
          ...startMistakes(folder, compose, service),
          ...secretMistakes(service, volumes),
          ...settingMistakes(folder, service, volumes),
        ].map((each) => `${name}: ${each}`),
      ),
    ];
  } finally {
    rmSync(volumes, { recursive: true, force: true });
  }
}

function imageMistakes(folder: string, service: Service): string[] {
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    version: string;
  };
  const isPinned = ownImage(folder, service)
    ? service.image.endsWith(`:${version}`)
    : /:v?\d+\.\d+[\w.-]*@sha256:[0-9a-f]{64}$/.test(service.image);
  return isPinned ? [] : [`${service.image} is not pinned`];
}

/** What a service may do; only that of the first start is root, to give files away. */
function rightMistakes(service: Service): string[] {
  const { cap_add = [], cap_drop = [], security_opt = [], network_mode, user = '' } = service;
  const mistakes: string[] = [];
  const givesAway =
    cap_add.join() === 'CHOWN' && network_mode === 'none' && service.restart === 'no';
  if (/^(0|root)\b/.test(user) && !givesAway) mistakes.push('it is root');
  if (cap_add.length > 0 && !givesAway) mistakes.push(`it may ${cap_add.join()}`);
  if (user === '' && !service.image.startsWith('ghcr.io/cloudpam/'))
    mistakes.push('it has no user');
  if (!cap_drop.includes('ALL')) mistakes.push('it keeps capabilities');
  if (!security_opt.includes('no-new-privileges:true')) mistakes.push('it may get privileges');
  if (service.privileged === true) mistakes.push('it is privileged');
  // Keycloak is built for its settings at each start.
  if (service.read_only !== true && !/keycloak/.test(service.image))
    mistakes.push('its root file system can be written');
  for (const port of service.ports ?? [])
    if (!/^127\.0\.0\.1:\d+:\d+$/.test(port)) mistakes.push(`port ${port} is open to others`);
  return mistakes;
}

/** That each is waited for until it is healthy, and those that it waits for are started too. */
function startMistakes(folder: string, { services }: Compose, service: Service): string[] {
  const mistakes: string[] = [];
  const isOneShot = service.restart === 'no';
  const { healthcheck } = service;
  const isLooked = healthcheck?.test !== undefined || ownImage(folder, service) !== undefined;
  if (!isOneShot && (!isLooked || healthcheck?.disable === true))
    mistakes.push('it has no healthcheck');
  for (const [name, { condition }] of Object.entries(service.depends_on ?? {})) {
    const other = services[name];
    const expected = other?.restart === 'no' ? 'service_completed_successfully' : 'service_healthy';
    if (condition !== expected) mistakes.push(`${name} is waited for until ${condition}`);
    const isThere =
      other && (other.profiles ?? []).every((each) => service.profiles?.includes(each));
    if (!isThere) mistakes.push(`${name} is not started with it`);
  }
  for (const profile of service.profiles ?? [])
    if (!Object.hasOwn(PROFILES, profile)) mistakes.push(`nobody knows the profile ${profile}`);
  return mistakes;
}

function volumeMistakes({ services, volumes }: Compose): string[] {
  const mistakes: string[] = [];
  const used = new Set<string>();
  for (const [name, service] of Object.entries(services))
    for (const mount of mountsOf(service)) {
      const { source, isReadOnly } = mount;
      if (isBind(mount)) {
        if (!existsSync(path.resolve(DOCKER, source)))
          mistakes.push(`${name}: there is no ${source}`);
        if (!isReadOnly) mistakes.push(`${name}: ${source} can be written`);
        continue;
      }
      used.add(source);
      if (/secrets$/.test(source) && !isReadOnly && name !== 'first-start')
        mistakes.push(`${name}: ${source} can be written`);
    }
  for (const name of Object.keys(volumes))
    if (!used.has(name)) mistakes.push(`nobody uses the volume ${name}`);
  return mistakes;
}

/** That no secret stands in the file, and those that are named are made on the first start. */
function secretMistakes(service: Service, volumes: string): string[] {
  const mistakes: string[] = [];
  for (const [name, value] of Object.entries(service.environment ?? {})) {
    if ((SECRET.test(name) && value !== '') || /\/\/[^/\s]*:[^/\s]*@/.test(value))
      mistakes.push(`${name} is in plain sight`);
    if (!/(_FILE|PGPASSFILE)$/.test(name) || !/(secrets|initdb\.d)\//.test(value)) continue;
    if (!existsSync(onThisMachine(service, volumes, value)))
      mistakes.push(`${name}: nobody makes ${value}`);
  }
  return mistakes;
}

/** What server and collector say of their settings. */
function settingMistakes(folder: string, service: Service, volumes: string): string[] {
  const own = ownImage(folder, service);
  if (!own || service.restart === 'no') return [];
  const environment = Object.fromEntries(
    Object.entries({ ...own.environment, ...service.environment }).map(([name, value]) => [
      name,
      onThisMachine(service, volumes, value),
    ]),
  );
  if (service.image.includes('/collector:'))
    return [...(readCollectorConfig(service.command ?? own.command, environment).problems ?? [])];
  const known = [...namesRead(), 'PUBLIC_URL', 'NODE_ENV'];
  const unknown = Object.keys(environment)
    .filter((name) => !known.includes(name.replace(/_FILE$/, '')) && !name.startsWith('OIDC_'))
    .map((name) => `${name} is no setting of the server`);
  try {
    readConfig(environment);
    return unknown;
  } catch (error) {
    return [...unknown, String(error)];
  }
}

/** A path in a container, in the folder of its volume. */
function onThisMachine(service: Service, volumes: string, value: string): string {
  const mount = mountsOf(service).find(
    (each) => !isBind(each) && value.startsWith(`${each.target}/`),
  );
  return mount ? path.join(volumes, mount.source, value.slice(mount.target.length)) : value;
}
