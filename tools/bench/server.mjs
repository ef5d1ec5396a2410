import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { TOKEN } from './processes.mjs';

const QUIET_MS = 200;
/** A server that uses less of a processor than this does nothing for anybody. */
const QUIET_SHARE = 0.1;

/** The real server in a process of its own, watched by watched.mjs. */
export class WatchedServer {
  #child;
  #agent = new Agent({ keepAlive: true });

  static async start(databaseUrl) {
    const server = new WatchedServer();
    const env = {
      ...process.env,
      PORT: '0',
      LOG_LEVEL: 'error',
      DATABASE_URL: databaseUrl,
      CLOUDPAM_BOOTSTRAP_TOKEN: TOKEN,
      DISCOVERY_POLICY: 'observe',
    };
    const file = (path) => join(import.meta.dirname, path);
    server.#child = spawn(
      process.execPath,
      [...process.execArgv, '--import', file('watched.mjs'), file('../../apps/api/dist/main.js')],
      {
        env,
        stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      },
    );
    server.port = await new Promise((resolve, reject) => {
      server.#child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
      server.#child.stdout.on('data', (text) => {
        const [, port] = /ready on .*:(\d+)/.exec(text) ?? [];
        if (port) resolve(Number(port));
      });
    });
    return server;
  }

  /**
   * Milliseconds `block` without a turn of the loop and `processor` within it, the peak memory, and
   * what was used in all.
   */
  async ask(message) {
    this.#child.send(message);
    return (await once(this.#child, 'message'))[0];
  }

  /** Until the server has nothing to do. */
  async quiet() {
    for (let calm = 0; calm < 3;) {
      const before = await this.ask('report');
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
      const after = await this.ask('report');
      calm = after.used - before.used < QUIET_SHARE * QUIET_MS ? calm + 1 : 0;
    }
  }

  /** Asks and reads the whole answer. `until` milliseconds later the client leaves. */
  send(method, path, { body, token = TOKEN, until } = {}) {
    return new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const sent = request(
        {
          port: this.port,
          host: '127.0.0.1',
          method,
          path: `/api/v1${path}`,
          agent: this.#agent,
          headers: {
            authorization: `Bearer ${token}`,
            ...(text === undefined
              ? {}
              : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
          },
        },
        (response) => {
          const chunks = [];
          let bytes = 0;
          const isJson = /^application\/(problem\+)?json/.test(
            response.headers['content-type'] ?? '',
          );
          response.on('data', (chunk) => {
            bytes += chunk.length;
            if (isJson) chunks.push(chunk);
          });
          response.on('end', () =>
            resolve({
              status: response.statusCode,
              bytes,
              json: isJson ? JSON.parse(Buffer.concat(chunks)) : undefined,
            }),
          );
          response.on('error', failed);
        },
      );
      const failed = (error) =>
        until === undefined ? reject(error) : resolve({ status: 'left', bytes: 0 });
      sent.on('error', failed);
      sent.end(text);
      if (until !== undefined) setTimeout(() => sent.destroy(), until);
    });
  }

  async stop() {
    this.#agent.destroy();
    const ended = once(this.#child, 'exit');
    this.#child.kill();
    await ended;
  }
}
