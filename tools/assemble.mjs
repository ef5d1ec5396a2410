// `node tools/assemble.mjs api|collector FOLDER`: lays an application out in an empty folder, as its
// image has it: what was compiled, the packages that it uses and no others, and a list of these
// (sbom.cdx.json, CycloneDX). Run it after the build. The same sources give the same bytes.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { ROOT } from './nx.mjs';
import { makeProjectGraph } from './project-graph.mjs';

/** What an application reads beside what is compiled. */
const FILES = { api: ['apps/web/dist', 'migrations'], collector: [] };
/** Of the optional packages, those for the Node of the images. Their binaries come with them. */
const OPTIONAL = { api: ['better-sqlite3-13'], collector: [] };
/** Where a package has sources and binaries of other systems. */
const LEFT_OUT = {
  'better-sqlite3-13': (path) =>
    /^(deps|src)\b/.test(path) ||
    (/^prebuilds\/./.test(path) && path !== `prebuilds/linux-${process.arch}.node`),
};
/** What only who develops with a package reads. */
const UNREAD = /\.(map|md|markdown|ts|cts|mts|tsx|flow|tsbuildinfo)$/i;
const INSTALL = ['--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

const [app, folder] = process.argv.slice(2);
if (!Object.hasOwn(FILES, app) || !folder) {
  process.stderr.write('node tools/assemble.mjs api|collector FOLDER\n');
  process.exit(2);
}
const [major] = process.versions.node.split('.');
if (OPTIONAL[app].length > 0 && Number(major) < 22) {
  process.stderr.write(
    `The SQLite of the images does not come with Node ${major}: run this with Node 24.\n`,
  );
  process.exit(2);
}
const out = resolve(folder);
mkdirSync(out, { recursive: true });
if (readdirSync(out).length > 0) throw new Error(`${out} is not empty`);

const graph = await makeProjectGraph();
const roots = new Map(
  Object.values(graph.nodes)
    .filter(({ data }) => existsSync(join(ROOT, data.root, 'package.json')))
    .map(({ data }) => [read(data.root).name, data.root]),
);
const workspaces = withDependencies(graph.nodes[app].data.root);
for (const root of workspaces) {
  copy(join(root, 'dist'));
  writeJson(join(root, 'package.json'), { ...read(root), devDependencies: undefined });
}
for (const file of [...FILES[app], 'LICENSE']) copy(file);
writeJson('package.json', manifest());
cpSync(join(ROOT, 'package-lock.json'), join(out, 'package-lock.json'));
npm(['install', ...INSTALL]);
writeJson('sbom.cdx.json', partsList());
for (const name of OPTIONAL[app]) {
  const home = join('node_modules', name);
  for (const path of readdirSync(join(out, home), { recursive: true }))
    if (LEFT_OUT[name](path)) remove(join(home, path));
}
// Of npm's own, which tells when it was written.
remove('node_modules/.package-lock.json');
prune(out);

function read(root) {
  return JSON.parse(readFileSync(join(ROOT, root, 'package.json'), 'utf8'));
}

function copy(path) {
  cpSync(join(ROOT, path), join(out, path), { recursive: true });
}

function remove(path) {
  rmSync(join(out, path), { recursive: true, force: true });
}

function writeJson(path, value) {
  writeFileSync(join(out, path), `${JSON.stringify(value, null, 2)}\n`);
}

function npm(args) {
  return execFileSync('npm', args, { cwd: out, encoding: 'utf8', maxBuffer: 64 << 20 });
}

/** The folders of a workspace and of all that it is made of. */
function withDependencies(root, found = new Set()) {
  if (found.has(root)) return found;
  found.add(root);
  for (const name of Object.keys(read(root).dependencies ?? {}))
    if (roots.has(name)) withDependencies(roots.get(name), found);
  return found;
}

/** The package.json of the whole, with those of its packages that this application imports. */
function manifest() {
  const { createPackageJson } = createRequire(import.meta.url)('@nx/js');
  const imported = createPackageJson(app, graph, { root: ROOT, isProduction: true }).dependencies;
  const { name, version, license, engines, dependencies, optionalDependencies, overrides } =
    read('.');
  const kept = Object.entries(dependencies).filter(([each]) => Object.hasOwn(imported, each));
  return {
    name: `${name}-${app}`,
    version,
    private: true,
    license,
    engines,
    workspaces: [...workspaces].sort(),
    dependencies: Object.fromEntries(kept),
    optionalDependencies: Object.fromEntries(
      OPTIONAL[app].map((each) => [each, optionalDependencies[each]]),
    ),
    overrides: resolved(overrides, new Set(kept.map(([each]) => each))),
  };
}

/** Overrides that name a version of the manifest (`$NAME`) hold only where it has that package. */
function resolved(overrides, names) {
  return Object.fromEntries(
    Object.entries(overrides).flatMap(([name, value]) => {
      if (typeof value === 'object') {
        const inner = resolved(value, names);
        return Object.keys(inner).length > 0 ? [[name, inner]] : [];
      }
      return value.startsWith('$') && !names.has(value.slice(1)) ? [] : [[name, value]];
    }),
  );
}

/** Without the time and the random number that npm puts in; what is ours it calls by its folder. */
function partsList() {
  const list = JSON.parse(npm(['sbom', '--sbom-format', 'cyclonedx']));
  delete list.metadata.timestamp;
  delete list.serialNumber;
  for (const part of [list.metadata.component, ...list.components])
    if (/^@?cloudpam/.test(part['bom-ref']))
      part.name = part['bom-ref'].slice(0, part['bom-ref'].lastIndexOf('@'));
  const hash = createHash('sha256').update(JSON.stringify(list)).digest('hex');
  const id = [8, 12, 16, 20, 32].map((end, at, ends) => hash.slice(ends[at - 1] ?? 0, end));
  return { ...list, serialNumber: `urn:uuid:${id.join('-')}` };
}

function prune(directory) {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) prune(path);
    else if (entry.isFile() && UNREAD.test(entry.name)) rmSync(path);
  }
}
