import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { describeWith } from '../counterpart';
import { eventually } from '../eventually';
import { freePort } from '../free-port';
import { ROOT, TOKEN } from '../start-server';
import { ImageStore, runImage, USER, type ImageConfig } from './image-store';

const IMAGES = ['server', 'collector'] as const;
type Image = (typeof IMAGES)[number];

const COMMIT = '3ad6a02e69da24021f90e7a9b1c75ede80a9d43a';
const MEGABYTES = 2 ** 20;
const MOST = 180 * MEGABYTES;
const LABELS = ['title', 'description', 'licenses', 'version', 'revision'];
const VERSION = manifestIn(ROOT).version;
/** Builds both a second time, from nothing, and compares the ids: by hand, it takes as long again. */
const TWICE = process.env['IMAGES_TWICE'] === '1';
const LONG = 40 * 60_000;

interface Built {
  readonly files: Readonly<Record<Image, string>>;
  readonly config: Readonly<Record<Image, ImageConfig>>;
}

describeWith('images', 'the images', (home) => {
  const store = new ImageStore(home);
  let built: Built;

  const buildAll = async (): Promise<void> => {
    await store.forget();
    for (const name of IMAGES) await store.build(name, COMMIT);
  };
  beforeAll(async () => {
    await buildAll();
    const of = async <T>(work: (name: Image) => Promise<T>): Promise<Record<Image, T>> => ({
      server: await work('server'),
      collector: await work('collector'),
    });
    built = {
      files: await of((name) => store.mount(name)),
      config: await of(async (name) => (await store.inspect(name)).config),
    };
  }, LONG);
  afterAll(() => store.forget(), LONG);

  it.each(IMAGES)('the %s has what is compiled here too, byte for byte', (name) => {
    const folder = path.join(built.files[name], 'app');
    const compiled = filesOf(folder).filter((file) => /^(apps|libs)\/.*\/dist\//.test(file));
    expect(compiled.length).toBeGreaterThan(100);
    const differing = compiled.filter(
      (file) => !readFileSync(path.join(folder, file)).equals(readFileSync(path.join(ROOT, file))),
    );
    // Which commit it was built of is an argument of the build.
    expect(differing).toEqual([`apps/${name === 'server' ? 'api' : 'collector'}/dist/commit`]);
  });

  if (TWICE)
    it(
      'have the same id when they are built again',
      async () => {
        const ids = async (): Promise<string[]> => [
          await store.idOf('server'),
          await store.idOf('collector'),
        ];
        const first = await ids();
        await buildAll();
        expect(await ids()).toEqual(first);
      },
      LONG,
    );

  it.each(IMAGES)('the %s runs as nobody, and tells what it is', (name) => {
    const config = built.config[name];
    expect(config.User).toBe(`${USER}:${USER}`);
    expect(config.Entrypoint[0]).toBe('/nodejs/bin/node');
    expect(config.Healthcheck.Test.slice(0, 2)).toEqual(['CMD', '/nodejs/bin/node']);
    for (const label of LABELS)
      expect([label, config.Labels[`org.opencontainers.image.${label}`]]).not.toContain(undefined);
    expect(config.Labels).toMatchObject({
      'org.opencontainers.image.version': VERSION,
      'org.opencontainers.image.revision': COMMIT,
    });
  });

  it.each(IMAGES)('the %s has no shell and no package of development', (name) => {
    for (const shell of ['bin/sh', 'usr/bin/sh', 'bin/bash', 'usr/bin/env'])
      expect(() => statSync(path.join(built.files[name], shell))).toThrow('ENOENT');
    const { packages } = json<Lock>(ROOT, 'package-lock.json');
    const installed = json<Lock>(built.files[name], 'app/package-lock.json').packages;
    const modules = Object.entries(installed).filter(([place]) => place.includes('node_modules/'));
    expect(modules.length).toBeGreaterThan(50);
    for (const [place, { version, dev, link }] of modules) {
      const known = packages[place];
      expect([place, dev, link ? undefined : version]).toEqual([place, undefined, known?.version]);
      expect([place, known?.dev]).toEqual([place, undefined]);
    }
  });

  it.each(IMAGES)('the %s lists its parts, all of them', (name) => {
    const { components } = json<{ components: { name: string; version: string }[] }>(
      built.files[name],
      'app/sbom.cdx.json',
    );
    const named = new Set(components.map(({ name: part, version }) => `${part}@${version}`));
    const folder = path.join(built.files[name], 'app/node_modules');
    const there = readdirSync(folder)
      .flatMap((each) =>
        each.startsWith('@')
          ? readdirSync(path.join(folder, each)).map((inner) => `${each}/${inner}`)
          : [each],
      )
      .filter((each) => !each.startsWith('.'))
      // npm lists a package that is installed under another name by that name.
      .map((each) => `${each}@${manifestIn(path.join(folder, each)).version}`);
    for (const part of there) expect(named).toContain(part);
  });

  it.each(IMAGES)('the %s adds less than 180 MB to its base', (name) => {
    const size = sizeOf(path.join(built.files[name], 'app'));
    process.stderr.write(`[cloudpam] ${name}: ${Math.round(size / MEGABYTES)} MB over its base\n`);
    expect(size).toBeLessThan(MOST);
    expect(size).toBeGreaterThan(20 * MEGABYTES);
  });

  it('the server is ready over a read-only root, with its page, health check and commands', async () => {
    const port = String(await freePort());
    const env = { PORT: port, HOST: '127.0.0.1', CLOUDPAM_BOOTSTRAP_TOKEN: TOKEN };
    const volume = '/var/lib/cloudpam';
    const start = (words?: string[], entry = built.config.server) =>
      runImage(built.files.server, entry, { words, env, volume });
    const [, ...check] = built.config.server.Healthcheck.Test;
    const server = start();
    try {
      const url = `http://127.0.0.1:${port}`;
      await eventually('the server of the image', () =>
        fetch(`${url}/readyz`).then(
          ({ status }) => status === 200,
          () => false,
        ),
      );
      const page = await fetch(url);
      expect([page.status, await page.text()]).toEqual([
        200,
        expect.stringContaining('<div id="root">'),
      ]);
      const system = await fetch(`${url}/api/v1/system`, {
        headers: { authorization: `Bearer ${TOKEN}` },
      });
      expect(await system.json()).toMatchObject({
        version: VERSION,
        commit: COMMIT,
        database: 'sqlite',
        node: expect.stringMatching(/^24\./) as string,
      });
      const healthy = { ...built.config.server, Entrypoint: check };
      expect(await start([], healthy).ended).toBe(0);
      const version = start(['--version']);
      expect([await version.ended, version.output()]).toEqual([
        0,
        `${VERSION} (commit ${COMMIT.slice(0, 12)})\n`,
      ]);
    } finally {
      server.process.kill('SIGTERM');
    }
    expect(await server.ended).toBe(0);
    expect(await start([], { ...built.config.server, Entrypoint: check }).ended).toBe(1);
  });

  it('the collector tells its options and its version, and lists an estate over a read-only root', async () => {
    const volume = '/var/lib/cloudpam/spool';
    const run = async (words: string[], env: Record<string, string> = {}) => {
      const collector = runImage(built.files.collector, built.config.collector, {
        words,
        env,
        volume,
      });
      return [await collector.ended, collector.output()] as const;
    };
    expect(await run(['--help'])).toEqual([0, expect.stringContaining('collector run')]);
    expect(await run(['--version'])).toEqual([0, `${VERSION} (commit ${COMMIT.slice(0, 12)})\n`]);
    const [code, said] = await run(
      ['run', '--provider', 'files', '--path', '/tmp', '--server', 'http://127.0.0.1:9'],
      { CLOUDPAM_TOKEN: TOKEN },
    );
    expect([code, said]).toEqual([2, expect.stringMatching(/\/tmp|files/)]);
  });
});

interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly version?: string; readonly dev?: boolean; readonly link?: boolean }>
  >;
}

function json<T>(folder: string, file: string): T {
  return JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as T; // as who wrote it wrote it
}

function manifestIn(folder: string): { readonly name: string; readonly version: string } {
  return json(folder, 'package.json');
}

/** Bytes of all files; links count nothing. */
function sizeOf(folder: string): number {
  return filesOf(folder).reduce((sum, file) => sum + statSync(path.join(folder, file)).size, 0);
}

/** The paths of all files below a folder; links are none. */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}
