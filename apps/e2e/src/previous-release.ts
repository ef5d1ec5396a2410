import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from './start-server';

const MODULES = 'node_modules';

interface Release {
  readonly version: string;
  readonly commit: string;
}

/** The release before this one; `npm run release` notes it. */
export const PREVIOUS = JSON.parse(
  readFileSync(path.join(ROOT, 'tools/previous-release.json'), 'utf8'),
) as Release; // as it is written

/** Whether its sources are in the repository: not in a shallow one, nor in an archive. */
export function hasPrevious(): boolean {
  const git = spawnSync('git', ['cat-file', '-e', `${PREVIOUS.commit}^{commit}`], { cwd: ROOT });
  return git.status === 0;
}

/** Server and collector of the previous release, built in a folder of their own. */
export class PreviousRelease {
  private constructor(readonly root: string) {}

  static build(): PreviousRelease {
    const root = mkdtempSync(path.join(tmpdir(), 'cloudpam-previous-'));
    const archive = execFileSync('git', ['archive', PREVIOUS.commit], {
      cwd: ROOT,
      maxBuffer: 256 << 20,
    });
    execFileSync('tar', ['x', '-C', root], { input: archive });
    linkModules(root);
    const tsc = path.join(ROOT, MODULES, 'typescript/lib/tsc.js');
    execFileSync(process.execPath, [tsc, '-b', 'apps/api', 'apps/collector'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
    });
    return new PreviousRelease(root);
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }
}

/** The installed packages, but those of the workspace: they are its own. */
function linkModules(root: string): void {
  const modules = path.join(root, MODULES);
  mkdirSync(path.join(modules, '@cloudpam'), { recursive: true });
  for (const name of readdirSync(path.join(ROOT, MODULES)))
    if (name !== '@cloudpam' && !name.startsWith('.'))
      symlinkSync(path.join(ROOT, MODULES, name), path.join(modules, name));
  const manifests = execFileSync('find', ['apps', 'libs', '-name', 'package.json'], {
    cwd: root,
    encoding: 'utf8',
  });
  for (const manifest of manifests.trim().split('\n')) {
    const { name } = JSON.parse(readFileSync(path.join(root, manifest), 'utf8')) as {
      name: string;
    };
    symlinkSync(path.join(root, path.dirname(manifest)), path.join(modules, name));
  }
}
