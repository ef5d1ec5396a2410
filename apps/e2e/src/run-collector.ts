import { spawn } from 'node:child_process';
import path from 'node:path';
import { ROOT, TOKEN, type Server } from './start-server';

/** What the collector prints with `--json`. */
export interface CollectorReport {
  readonly exit_code: number;
  readonly scopes: readonly {
    readonly account: string; readonly region: string; readonly coverage: string; readonly vpcs: number; readonly subnets: number; readonly error: string | null;
    readonly imported?: number; readonly updated?: number; readonly orphaned?: number; readonly unchanged?: number; readonly conflicts?: number;
  }[];
}

/** Runs the built collector over a folder of saved CLI output. @throws Error with what it printed, when its exit code is not 0 */
export function runCollector(server: Server, folder: string): Promise<CollectorReport> {
  const child = spawn(process.execPath, [path.join(ROOT, 'apps/collector/dist/main.js'), 'run', '--provider', 'files', '--path', folder, '--json'], {
    env: { PATH: process.env['PATH'], CLOUDPAM_SERVER: server.url, CLOUDPAM_TOKEN: TOKEN }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => { printed += chunk.toString(); });
  child.stderr.on('data', (chunk: Buffer) => { errors += chunk.toString(); });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(printed) as CollectorReport); // its own format
      else reject(new Error(`the collector ended with ${String(code)}:\n${printed}\n${errors}`));
    });
  });
}
