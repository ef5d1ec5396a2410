import { spawn } from 'node:child_process';
import path from 'node:path';
import { ROOT } from './start-server';

/** How a command ended, and what it said. */
export interface CommandResult {
  /** Null when it was killed. */
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/**
 * Runs a command of the built server.
 * @param killWhen kills it, as a crash would, as soon as its errors match
 * @param script what is started: `main.js` is what images start
 */
export function runCli(
  env: Readonly<Record<string, string>>,
  args: readonly string[],
  killWhen?: RegExp,
  script: 'cli.js' | 'main.js' = 'cli.js',
): Promise<CommandResult> {
  const cli = path.join(ROOT, 'apps/api/dist', script);
  const child = spawn(process.execPath, [cli, ...args], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [output, errors] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => void (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
    if (killWhen?.test(errors)) child.kill('SIGKILL');
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output, errors })));
}
