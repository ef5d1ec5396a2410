import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describeWith } from './counterpart';
import { runCollector } from './run-collector';
import { ROOT, startServer, TOKEN } from './start-server';
import { LASTING, SQLITE, type StorageKind } from './storages';

const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
];
/** On one database, on a machine with other work. */
const MOST_MS = 300_000;
/** What would take the token of the run away, or waits on purpose. */
const LEFT_OUT =
  '^/api/v1/(tokens/\\{id\\}|tokens/\\{id\\}/rotate|auth/.*|collectors/jobs/claim|events(/stream)?)$';
/** Coverage tries what the checks of requests refuse, before any database is asked. */
const phasesOn = (storage: StorageKind): string =>
  storage === SQLITE ? 'examples,coverage,fuzzing' : 'examples,fuzzing';
const SEED = process.env['FUZZ_SEED'] ?? '20261127';

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

describeWith('schemathesis', 'schemathesis, against the document that the server gives', (home) => {
  it.each(LASTING)(
    'finds no server error, and no answer that the document does not have, on $name',
    async (storage) => {
      const database = await storage.open();
      const server = await startServer(database.url);
      try {
        await runCollector(server, path.join(ROOT, 'examples/estate'));
        const { code, output } = await schemathesis(home, server.url, phasesOn(storage));
        expect(server.output()).not.toContain('request failed');
        if (code !== 0)
          throw new Error(`schemathesis ended with ${String(code)}:\n${output.slice(-30_000)}`);
      } finally {
        await server.stop();
        await database.remove();
      }
    },
    MOST_MS,
  );
});

/** Runs it with one seed over all operations. */
async function schemathesis(home: string, url: string, phases: string): Promise<Ended> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cloudpam-schemathesis-'));
  const child = spawn(
    path.join(home, 'bin', 'schemathesis'),
    [
      'run',
      `${url}/api/openapi.json`,
      '--header',
      `Authorization: Bearer ${TOKEN}`,
      '--checks',
      CHECKS.join(','),
      '--phases',
      phases,
      // Python 3.11 cannot parse Python in two threads at once, which Hypothesis does.
      '--workers',
      '1',
      '--max-examples',
      '5',
      '--seed',
      SEED,
      '--exclude-path-regex',
      LEFT_OUT,
      '--suppress-health-check',
      'all',
      '--request-timeout',
      '20',
      '--continue-on-failure',
      '--no-shrink',
      '--warnings',
      'off',
    ],
    {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        PYTHONPATH: path.join(ROOT, 'apps/e2e/schemathesis'),
        PYTHONDONTWRITEBYTECODE: '1',
        SCHEMATHESIS_HOOKS: 'schemathesis_hooks',
        NO_COLOR: '1',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  rmSync(folder, { recursive: true, force: true });
  return { code, output };
}
