import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { serveInvocations } from './lambda/serve-invocations';

// The entry of the image on AWS Lambda: each invocation is one run of the collector, with the
// arguments of the image.
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());

serveInvocations(process.env['AWS_LAMBDA_RUNTIME_API'] ?? '', collect, stop.signal).catch(
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);

function collect(): Promise<number> {
  const child = spawn(process.execPath, [join(__dirname, 'main.js'), ...process.argv.slice(2)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 2));
  });
}
