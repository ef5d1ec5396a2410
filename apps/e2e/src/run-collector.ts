import { spawn } from 'node:child_process';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { ROOT, TOKEN, type Server } from './start-server';

/** What the collector prints with `--json`. */
export interface CollectorReport {
  readonly exit_code: number;
  readonly failures: readonly string[];
  readonly spooled: number;
  readonly scopes: readonly {
    readonly account: string;
    readonly region: string;
    readonly coverage: string;
    readonly vpcs: number;
    readonly subnets: number;
    readonly error: string | null;
    readonly imported?: number;
    readonly updated?: number;
    readonly orphaned?: number;
    readonly unchanged?: number;
    readonly conflicts?: number;
  }[];
}

/** A collector that has ended. */
export interface CollectorEnd {
  /** Null when it was killed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The most memory it had, in bytes; NaN when it was killed. */
  readonly peakBytes: number;
}

export interface Collector {
  readonly ended: Promise<CollectorEnd>;
  isRunning(): boolean;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
}

/**
 * Starts the built collector for one run with `--json`, beside what the arguments say.
 * @param root where it was built
 */
export function startCollector(
  serverUrl: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  root = ROOT,
): Collector {
  const child = spawn(
    process.execPath,
    [
      '-r',
      path.join(__dirname, 'tell-peak-memory.cjs'),
      path.join(root, 'apps/collector/dist/main.js'),
      'run',
      ...args,
      '--json',
    ],
    {
      env: { PATH: process.env['PATH'], CLOUDPAM_SERVER: serverUrl, CLOUDPAM_TOKEN: TOKEN, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    },
  );
  // Pipes that the child writes to.
  const [stdout, stderr, peak] = child.stdio.slice(1).map((stream) => textOf(stream as Readable));
  const ended = new Promise<CollectorEnd>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      resolve({
        code,
        stdout: stdout?.() ?? '',
        stderr: stderr?.() ?? '',
        peakBytes: Number(peak?.() || NaN),
      }),
    );
  });
  return {
    ended,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Collects what comes; gives what has come so far. */
function textOf(stream: Readable): () => string {
  let text = '';
  stream.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  return () => text;
}

/** What a run reported. @throws Error with what it printed, when it ended with another code */
export function reportOf(
  { code, stdout, stderr }: CollectorEnd,
  expected: number,
): CollectorReport {
  if (code !== expected)
    throw new Error(`the collector ended with ${String(code)}:\n${stdout}\n${stderr}`);
  return JSON.parse(stdout) as CollectorReport; // its own format
}

/**
 * Runs the built collector over a folder of saved CLI output. @throws Error with what it printed,
 * when its exit code is not 0
 */
export async function runCollector(
  server: Server,
  folder: string,
  ...more: string[]
): Promise<CollectorReport> {
  return reportOf(
    await startCollector(server.url, ['--provider', 'files', '--path', folder, ...more]).ended,
    0,
  );
}
