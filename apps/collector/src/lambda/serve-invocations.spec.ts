import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serveInvocations } from './serve-invocations';

describe('serveInvocations', () => {
  let runtime: Server;
  let answers: [string, unknown][];
  const stop = { current: new AbortController() };

  /** The runtime API with so many invocations; it holds the next question after them. */
  async function serve(invocations: number, status = 200): Promise<string> {
    [answers, stop.current] = [[], new AbortController()];
    let given = 0;
    runtime = createServer((request, response) => {
      if (request.url === '/2018-06-01/runtime/invocation/next') {
        if (given++ < invocations)
          response.writeHead(status, { 'lambda-runtime-aws-request-id': `id-${given}` }).end('{}');
        else stop.current.abort();
        return;
      }
      let text = '';
      request.on('data', (chunk) => (text += String(chunk)));
      request.on('end', () => {
        answers.push([request.url ?? '', JSON.parse(text)]);
        response.writeHead(202).end();
      });
    });
    await new Promise<void>((resolve) => runtime.listen(0, '127.0.0.1', resolve));
    // A server that listens on TCP has an address and a port.
    return `127.0.0.1:${(runtime.address() as AddressInfo).port}`;
  }
  afterEach(() => {
    runtime.closeAllConnections();
    return new Promise((resolve) => runtime.close(resolve));
  });

  it('runs the collector for each invocation, and makes an error of one of which nothing worked', async () => {
    const codes = [0, 1, 2];
    await serveInvocations(await serve(3), async () => codes.shift() ?? 0, stop.current.signal);
    expect(answers).toEqual([
      ['/2018-06-01/runtime/invocation/id-1/response', { exit_code: 0 }],
      ['/2018-06-01/runtime/invocation/id-2/response', { exit_code: 1 }],
      [
        '/2018-06-01/runtime/invocation/id-3/error',
        { errorType: 'NothingWorked', errorMessage: 'the collector ended with 2; see its log' },
      ],
    ]);
  });

  it('ends when the runtime API gives no invocation', async () => {
    await expect(
      serveInvocations(await serve(1, 500), async () => 0, stop.current.signal),
    ).rejects.toThrow('the runtime API answered with status 500');
  });
});
