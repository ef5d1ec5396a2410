import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../start-server';
import { DOCKER } from './dockerfiles';

export const USER = 65532;
/** The bases of the Dockerfiles without their digests: so the stand-ins are named. */
const BASES: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...readFileSync(path.join(DOCKER, 'server/Dockerfile'), 'utf8').matchAll(
      /^ARG (\w+_IMAGE)=([^@\n]+)@/gm,
    ),
  ].map(([, name, image]) => [name, image]),
);
/** The stand-in of the base that is built in has a shell, and tools of this machine. */
const OF_THIS_MACHINE = ['/usr:/usr:ro', '/etc/ssl:/etc/ssl:ro'];

/** npm opens more files at once than buildah lets a step by itself. */
const OPEN_FILES = 'nofile=16384:16384';

/** What an image says of itself. */
export interface ImageConfig {
  readonly User: string;
  readonly Entrypoint: readonly string[];
  readonly Cmd: readonly string[] | null;
  readonly Env: readonly string[];
  readonly Labels: Readonly<Record<string, string>>;
  readonly Healthcheck: { readonly Test: readonly string[] };
}

/** A process of an image: only /tmp and its volume take what it writes. */
export interface Running {
  readonly process: ChildProcess;
  output(): string;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
}

/** Builds the images with buildah, over stand-ins of their bases, and runs what is in them. */
export class ImageStore {
  private readonly containers: string[] = [];

  /** @param home where the counterpart `images` is */
  constructor(private readonly home: string) {}

  /** Builds an image from the sources as they are. */
  async build(name: string, commit: string): Promise<void> {
    const given = Object.entries({ ...BASES, COMMIT: commit });
    await this.buildah(
      ...['build', '--quiet', '--pull-never', '--isolation', 'chroot', '--format', 'docker'],
      ...['--timestamp', '0', '--layers', '--file', `docker/${name}/Dockerfile`, '--tag', name],
      ...['--ulimit', OPEN_FILES],
      ...OF_THIS_MACHINE.flatMap((volume) => ['--volume', volume]),
      ...given.flatMap(([key, value]) => ['--build-arg', `${key}=${value}`]),
      '.',
    );
  }

  /**
   * The id of an image as one layer, which follows from its bytes and settings alone. That of what
   * buildah builds tells which container it was built in, where the format of Docker has a place.
   */
  async idOf(name: string): Promise<string> {
    const container = (await this.buildah('from', '--pull-never', `localhost/${name}`)).trim();
    const whole = ['--squash', '--omit-history', '--timestamp', '0', '--format', 'oci'];
    return (await this.buildah('commit', '--quiet', '--rm', ...whole, container)).trim();
  }

  /** Forgets what was built, and every layer of it: the next build begins anew. */
  async forget(): Promise<void> {
    for (const container of this.containers.splice(0)) await this.buildah('rm', container);
    const images = await this.buildah('images', '--all', '--quiet', '--filter', 'readonly=false');
    const bases = new Set<string>();
    for (const base of Object.values(BASES)) bases.add((await this.inspect(base)).id);
    const built = images
      .split('\n')
      .filter((id) => id && ![...bases].some((base) => base.startsWith(id)));
    if (built.length > 0) await this.buildah('rmi', '--force', ...new Set(built));
  }

  async inspect(name: string): Promise<{ readonly id: string; readonly config: ImageConfig }> {
    const told = JSON.parse(await this.buildah('inspect', '--type', 'image', name)) as {
      readonly FromImageID: string;
      readonly Docker: { readonly config: ImageConfig };
    };
    return { id: told.FromImageID, config: told.Docker.config };
  }

  /** The files of an image. */
  async mount(name: string): Promise<string> {
    const container = (await this.buildah('from', '--pull-never', `localhost/${name}`)).trim();
    this.containers.push(container);
    return (await this.buildah('mount', container)).trim();
  }

  private async buildah(...args: string[]): Promise<string> {
    const store = ['--root', 'store', '--runroot', 'run'].map((word, at) =>
      at % 2 === 0 ? word : path.join(this.home, word),
    );
    const { stdout } = await promisify(execFile)(
      'buildah',
      [...store, '--storage-driver', 'overlay', ...args],
      { cwd: ROOT, maxBuffer: 64 << 20 },
    );
    return stdout;
  }
}

/**
 * Runs what an image starts, as its user, over its files read-only; the network is that of the
 * machine.
 * @param volume a folder of the image that may be written
 */
export function runImage(
  files: string,
  { Entrypoint, Env }: Pick<ImageConfig, 'Entrypoint' | 'Env'>,
  {
    words = [],
    env = {},
    volume,
  }: { words?: string[]; env?: Record<string, string>; volume: string },
): Running {
  const data = mkdtempSync(path.join(tmpdir(), 'cloudpam-volume-'));
  chownSync(data, USER, USER);
  const script = [
    'mount --bind "$1" "$1"',
    'mount -o remount,bind,ro "$1"',
    'mount -t proc proc "$1/proc"',
    'mount -t tmpfs -o mode=1777 tmpfs "$1/tmp"',
    'mount --bind "$2" "$1$3"',
    'files=$1',
    'shift 3',
    `exec chroot --userspec=${USER}:${USER} "$files" "$@"`,
  ].join('\n');
  const child = spawn(
    'unshare',
    ['--mount', 'sh', '-euc', script, 'sh', files, data, volume, ...Entrypoint, ...words],
    { env: { PATH: process.env['PATH'], ...Object.fromEntries(Env.map(pair)), ...env } },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((resolve) =>
    child.once('close', (code) => {
      rmSync(data, { recursive: true, force: true });
      resolve(code);
    }),
  );
  return { process: child, output: () => output, ended };
}

function pair(setting: string): [string, string] {
  const end = setting.indexOf('=');
  return [setting.slice(0, end), setting.slice(end + 1)];
}
