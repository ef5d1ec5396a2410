import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describeWith } from './counterpart';
import { ROOT, startServer, TOKEN, type Server } from './start-server';

const run = promisify(execFile);
const MODULE = path.join(ROOT, 'tools/counterparts/go-clients');
const DOCUMENT = path.join(ROOT, 'libs/api-client/openapi.json');
/** A first build compiles all that the clients stand on. */
const BUILD_MS = 600_000;

describeWith('go-clients', 'Go clients made of the OpenAPI document', (home) => {
  let module: string;
  let server: Server;

  const call = async (program: string, args: readonly string[]): Promise<string> => {
    const { stdout } = await run(program, args, {
      cwd: module,
      maxBuffer: 64 * 1024 * 1024,
      env: {
        ...process.env,
        GOPROXY: 'off',
        GOFLAGS: '-mod=readonly',
        CLOUDPAM_SERVER: server.url,
        CLOUDPAM_TOKEN: TOKEN,
      },
    });
    return stdout;
  };

  beforeAll(async () => {
    module = mkdtempSync(path.join(tmpdir(), 'cloudpam-go-'));
    cpSync(MODULE, module, { recursive: true });
    server = await startServer('memory:');
  });
  afterAll(async () => {
    rmSync(module, { recursive: true, force: true });
    await server.stop();
  });

  it(
    'compile, by oapi-codegen',
    async () => {
      mkdirSync(path.join(module, 'oapi'));
      await call(path.join(home, 'bin/oapi-codegen'), ['-config', 'oapi-codegen.yaml', DOCUMENT]);
      await call('go', ['build', './oapi']);
    },
    BUILD_MS,
  );

  it(
    'compile, by ogen, and list, create, allocate and delete on a running server',
    async () => {
      const out = ['--target', 'ogen', '--package', 'cloudpam', '--clean'];
      await call(path.join(home, 'bin/ogen'), ['--config', 'ogen.yml', ...out, DOCUMENT]);
      await call('go', ['vet', './smoke']);
      expect((await call('go', ['run', './smoke'])).trim().split('\n')).toEqual([
        'allocated 10.20.0.0/24 replayed false',
        'allocated 10.20.0.0/24 replayed true',
        'listed berlin 10.20.0.0/16',
        'listed berlin-office 10.20.0.0/24',
        'then pool_not_found',
      ]);
    },
    BUILD_MS,
  );
});
