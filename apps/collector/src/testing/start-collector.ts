import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { GOOD_TOKEN } from './discovery-double';

/** A collector that has ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the sources as a process of its own, with this environment and no more; `onStart` gets the
 * process.
 */
export function runCollector(
  args: readonly string[],
  env: { readonly [name: string]: string } = {},
  onStart: (child: ChildProcess) => void = () => undefined,
): Promise<Ended> {
  const node = [
    '--conditions=@cloudpam/source',
    '-r',
    join(__dirname, 'register-swc.cjs'),
    join(__dirname, '../main.ts'),
  ];
  const child = spawn(process.execPath, [...node, ...args], {
    env: { PATH: process.env['PATH'], CLOUDPAM_TOKEN: GOOD_TOKEN, ...env },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  onStart(child);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}
