import type { Container } from './containers';
import { readCollectorConfig, readConfig } from './product';
import type { Resource } from './terraform-copy';
import { at, text } from './value';

type Env = Readonly<Record<string, string>>;

/** Read by what the collector stands on, not by itself. */
const OF_LIBRARIES = ['AWS_REGION'];
const SECRET_NAME = /(^DATABASE_URL|_KEY|_SECRET|_TOKEN|_PASSWORD|_DSN)$/;
/** Of a secret whose text is put in by hand: for a collector it has the form of a token. */
const UNKNOWN_SECRET = `cpam_${'a'.repeat(12)}_${'b'.repeat(52)}`;

/** What a container finds in its environment, with the texts of its secrets. */
export function environmentOf(container: Container, resources: readonly Resource[]): Env {
  const texts = secretTexts(resources);
  const secrets = Object.entries(container.secrets).map(([name, secret]) => [
    name,
    texts.get(secret) ?? UNKNOWN_SECRET,
  ]);
  return { ...container.env, ...(Object.fromEntries(secrets) as Env) };
}

/** Settings that are unknown to what is started, wrong, or secret and there for everyone to read. */
export function settingFaults(container: Container, resources: readonly Resource[]): string[] {
  const { address, app, args, env } = container;
  const secretTextsOfAll = [...secretTexts(resources).values()];
  const plain = Object.entries(env).filter(
    ([name, value]) =>
      SECRET_NAME.test(name) || secretTextsOfAll.some((secret) => value.includes(secret)),
  );
  const whole = environmentOf(container, resources);
  const { unknown, refused } =
    app === 'server' ? readByServer(whole) : readByCollector(args, whole);
  return [
    ...plain.map(([name]) => `${address}: ${name} is a secret in plain text`),
    ...unknown.map((name) => `${address}: ${name} is no setting of the ${app}`),
    ...refused.map((problem) => `${address}: ${problem}`),
  ];
}

interface Reading {
  readonly unknown: readonly string[];
  readonly refused: readonly string[];
}

function readByServer(env: Env): Reading {
  const watched = watch(env);
  try {
    readConfig(watched.env);
    return { unknown: watched.unread(), refused: [] };
  } catch (error) {
    return { unknown: watched.unread(), refused: [String(error)] };
  }
}

function readByCollector(args: readonly string[], env: Env): Reading {
  const watched = watch(env);
  const { kind, problems } = readCollectorConfig(args, watched.env);
  return {
    unknown: watched.unread(),
    refused: kind === 'run' ? [] : [JSON.stringify(problems)],
  };
}

/** An environment that knows which of its variables nobody asked for. */
function watch(env: Env): { env: Env; unread: () => string[] } {
  const read = new Set<string | symbol>(OF_LIBRARIES);
  return {
    env: new Proxy(env, {
      get: (target, name) => {
        read.add(name);
        return Reflect.get(target, name) as unknown;
      },
    }),
    unread: () => Object.keys(env).filter((name) => !read.has(name)),
  };
}

/** The texts of Secret Manager by the names of their secrets. */
function secretTexts(resources: readonly Resource[]): Map<string, string> {
  const of = (type: string): Resource[] => resources.filter((each) => each.type === type);
  return new Map(
    of('google_secret_manager_secret').flatMap(({ index, values }) =>
      of('google_secret_manager_secret_version')
        .filter((version) => version.index === index)
        .map((version): [string, string] => [
          text(at(values, 'secret_id')),
          text(at(version.values, 'secret_data')),
        ]),
    ),
  );
}
