import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');

/** Nx without daemon, cloud or questions, so that it does the same in a terminal and in CI. */
export const NX_ENVIRONMENT = {
  NX_DAEMON: 'false',
  NX_NO_CLOUD: 'true',
  NX_INTERACTIVE: 'false',
  NX_TUI: 'false',
};

/**
 * Runs Nx in the workspace and gives its exit code. Its output goes to this process's stderr:
 * stdout belongs to the command.
 * @param quiet shows the output only when it failed
 */
export function runNx(args, { quiet = false } = {}) {
  const bin = join(
    dirname(createRequire(import.meta.url).resolve('nx/package.json')),
    'dist',
    'bin',
    'nx.js',
  );
  return new Promise((resolve, reject) => {
    const stdio = quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 2, 2];
    const child = spawn(process.execPath, [bin, ...args], {
      cwd: ROOT,
      stdio,
      env: { ...process.env, ...NX_ENVIRONMENT },
    });
    const output = [];
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk) => output.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code !== 0) process.stderr.write(Buffer.concat(output));
      resolve(code ?? 1);
    });
  });
}
