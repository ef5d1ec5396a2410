import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../start-server';
import { isBind, mountsOf, ownImage, readCompose, type OwnImage, type Service } from './compose';
import { DOCKER } from './dockerfiles';

/** What a service would run, on this machine. */
export interface Started {
  readonly child: ChildProcess;
  output(): string;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
}

/**
 * compose.yaml as processes: the commands and the environment of the services, with their volumes as
 * folders and their addresses on this machine.
 */
export class ComposeRun {
  private readonly services = readCompose(DOCKER, {}).services;

  /**
   * @param volumes a folder for the volumes
   * @param addresses by those that the file has, such as `database:5432`
   */
  constructor(
    private readonly volumes: string,
    private readonly addresses: Readonly<Record<string, string>>,
  ) {}

  service(name: string): Service {
    const service = this.services[name];
    if (!service) throw new Error(`there is no service ${name}`);
    return service;
  }

  /** Starts a service of an image of ours; `args` in place of its command. */
  start(name: string, args?: readonly string[]): Started {
    const { entrypoint, command } = this.service(name);
    const own = this.own(name);
    const given = args ?? command ?? own.command;
    return this.spawn(name, [...(entrypoint ?? own.entrypoint), ...given]);
  }

  /** What the healthcheck of its image ends with; 0 for a healthy one. */
  check(name: string): Promise<number | null> {
    return this.spawn(name, this.own(name).healthcheck).ended;
  }

  /** What the file and the image set, with paths and addresses of this machine. */
  environment(name: string): Record<string, string> {
    const set = { ...this.own(name).environment, ...this.service(name).environment };
    return Object.fromEntries(
      Object.entries(set).map(([each, value]) => [each, this.here(name, value)]),
    );
  }

  /** A text of a service with the paths and addresses of this machine. */
  here(name: string, text: string): string {
    const places = this.placesOf(name);
    // The longest first: /run/secrets before /run.
    const known = [...places.keys()].sort((a, b) => b.length - a.length);
    const pattern = new RegExp(`(?<![\\w.-])(${known.join('|')})(?![\\w.-])`, 'g');
    return text.replace(pattern, (found) => places.get(found) ?? found);
  }

  private spawn(name: string, command: readonly string[]): Started {
    const [program = '', ...args] = command.map((each) => this.here(name, each));
    const [HOST, PORT] = (this.addresses[`${name}:8080`] ?? '').split(':');
    const env = this.environment(name);
    const child = spawn(program, args, {
      env: env['PORT'] === undefined ? env : { ...env, HOST, PORT },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const ended = once(child, 'close').then(([code]) => code as number | null); // as Node gives it
    return { child, output: () => output, ended };
  }

  private own(name: string): OwnImage {
    const own = ownImage(DOCKER, this.service(name));
    if (!own) throw new Error(`the image of ${name} is not ours`);
    return own;
  }

  /** Where on this machine the paths and addresses of a service are. */
  private placesOf(name: string): Map<string, string> {
    const service = this.service(name);
    const places = new Map([
      ...Object.entries(this.addresses),
      ['/nodejs/bin/node', process.execPath],
      ['/app', ROOT],
    ]);
    for (const mount of mountsOf(service))
      places.set(
        mount.target,
        isBind(mount) ? path.resolve(DOCKER, mount.source) : this.folder(mount.source),
      );
    for (const target of service.tmpfs ?? []) places.set(target, this.folder(`tmpfs-of-${name}`));
    return places;
  }

  private folder(name: string): string {
    const folder = path.join(this.volumes, name);
    mkdirSync(folder, { recursive: true });
    return folder;
  }
}
