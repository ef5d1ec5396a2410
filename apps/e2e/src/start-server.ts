import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Api } from './api';

export const ROOT = path.resolve(__dirname, '../../..');
/** The admin token of every server of these tests. */
export const TOKEN = `cpam_${'e2e'.repeat(4)}_${'abcd'.repeat(13)}`;

export interface Server {
  /** Base address, without a trailing slash. */
  readonly url: string;
  /** Calls with the admin token. */
  readonly api: Api;
  /** Everything it has printed. */
  output(): string;
  /**
   * SIGTERM; resolves with the exit code. @throws Error when the server answered anything that the
   * OpenAPI document does not know
   */
  stop(): Promise<number | null>;
  /** SIGKILL; resolves when the process is gone. @throws Error as `stop` does */
  kill(): Promise<void>;
}

/** What has the server hold its answers against the OpenAPI document. */
const HELD = 'apps/api/dist/testing/document/hold-server.js';
/** How it begins a line about an answer that the document does not know. */
const FAULT = '[document] ';

const READY = /CloudPAM is ready on (https?:\/\/\S+)/;

/**
 * Starts the built API on a free port, and waits until it says that it is ready.
 * @param root where it was built
 */
export async function startServer(
  databaseUrl: string,
  settings: Record<string, string> = {},
  root = ROOT,
): Promise<Server> {
  const main = path.join(root, 'apps/api/dist/main.js');
  if (!existsSync(main))
    throw new Error('apps/api is not built: npx tsc -b apps/api apps/collector');
  const child = spawn(process.execPath, ['-r', path.join(root, HELD), main], {
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      HOST: '127.0.0.1',
      LOG_LEVEL: 'error',
      DATABASE_URL: databaseUrl,
      CLOUDPAM_BOOTSTRAP_TOKEN: TOKEN,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const gone = new Promise<number | null>((resolve) => child.once('close', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const ready = READY.exec(output);
      if (ready?.[1]) resolve(ready[1]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    void gone.then((code) =>
      reject(new Error(`the server ended with ${String(code)} before it was ready:\n${output}`)),
    );
  });
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> => {
    child.kill(signal);
    const code = await gone;
    const faults = output.split('\n').filter((line) => line.startsWith(FAULT));
    if (faults.length === 0) return code;
    throw new Error(`Not in the OpenAPI document:\n${[...new Set(faults)].join('\n')}`);
  };
  return {
    url,
    api: new Api(url, TOKEN),
    output: () => output,
    stop: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
  };
}
