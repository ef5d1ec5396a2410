import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { portOf, PRODUCT, settingsOf, TOKEN, untilQuiet } from './processes.mjs';

/** The real server in a process of its own, watched by watched.mjs. */
export class WatchedServer {
  #child;
  #agent = new Agent({ keepAlive: true });

  static async start(database, settings) {
    const server = new WatchedServer();
    server.#child = spawn(
      process.execPath,
      [...process.execArgv, '--import', join(import.meta.dirname, 'watched.mjs'), PRODUCT],
      {
        env: { ...process.env, ...settingsOf(database, settings) },
        stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      },
    );
    server.port = await portOf(server.#child, 'the server');
    return server;
  }

  /** What watched.mjs answers to a message. */
  async ask(message) {
    this.#child.send(message);
    return (await once(this.#child, 'message'))[0];
  }

  /** Until the server has nothing to do. */
  quiet() {
    return untilQuiet(async () => (await this.ask('report')).used);
  }

  /**
   * Asks and reads the whole answer. `until` milliseconds later the client leaves. A `file` goes out as it is, under
   * the type in `headers`.
   */
  send(method, path, { body, file, token = TOKEN, until, headers = {} } = {}) {
    return new Promise((resolve, reject) => {
      const text = file ?? (body === undefined ? undefined : JSON.stringify(body));
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
            ...headers,
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
              etag: response.headers.etag,
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
