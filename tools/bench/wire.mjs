// A client that costs little beside the server: HTTP/1.1 over plain sockets, one request at a time on each.
import { connect } from 'node:net';

/** One connection that is kept. */
export class Wire {
  #socket;
  #rest = Buffer.alloc(0);
  #answered;

  constructor(port) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.on('data', (chunk) => {
      this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
      this.#read();
    });
    this.#socket.on('error', (error) => this.#answered?.reject(error));
    this.#socket.on('close', () => this.#answered?.reject(new Error('the server hung up')));
  }

  /** Gives status, head and body of the answer. */
  send(method, path, { headers = {}, body } = {}) {
    const text = body === undefined ? '' : JSON.stringify(body);
    const lines = [`${method} ${path} HTTP/1.1`, 'host: bench'];
    for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
    if (body !== undefined)
      lines.push('content-type: application/json', `content-length: ${Buffer.byteLength(text)}`);
    return new Promise((resolve, reject) => {
      this.#answered = { resolve, reject };
      this.#socket.write(`${lines.join('\r\n')}\r\n\r\n${text}`);
    });
  }

  close() {
    this.#answered = undefined;
    this.#socket.destroy();
  }

  #read() {
    const end = this.#rest.indexOf('\r\n\r\n');
    if (end === -1) return;
    const head = this.#rest.latin1Slice(0, end);
    const status = Number(head.slice(9, 12));
    const [, length] = /\ncontent-length: (\d+)/i.exec(head) ?? [];
    if (length === undefined && status !== 304 && status !== 204)
      return this.#answered?.reject(new Error(`no length: ${head}`));
    const whole = end + 4 + Number(length ?? 0);
    if (this.#rest.length < whole) return;
    const body = this.#rest.subarray(end + 4, whole);
    this.#rest = this.#rest.subarray(whole);
    const answered = this.#answered;
    this.#answered = undefined;
    answered?.resolve({ status, head, body });
  }
}

/** Sends one request, and gives what is answered; fails on another status. */
export async function sent({ port }, method, path, { body, headers, expected = 200 } = {}) {
  const wire = new Wire(port);
  try {
    const answer = await wire.send(method, path, { body, headers });
    if (answer.status !== expected)
      throw new Error(`${method} ${path} answered ${answer.status}: ${answer.body}`);
    return answer;
  } finally {
    wire.close();
  }
}

/**
 * Asks over `connections` at once, each as fast as it is answered, for `ms`: requests a second, and
 * milliseconds of each, in order. `ask(n)` gives method, path and options of the nth request. An
 * answer that is not `expected` counts for nothing; `onError` gets it.
 */
export async function loaded(ports, ask, { connections, ms, expected = 200, onError = refuse }) {
  const wires = Array.from({ length: connections }, (_, at) => new Wire(ports[at % ports.length]));
  const took = [];
  let n = 0;
  const began = performance.now();
  await Promise.all(
    wires.map(async (wire) => {
      while (performance.now() - began < ms) {
        const sent = performance.now();
        const answer = await wire.send(...ask(n++));
        if (answer.status === expected) took.push(performance.now() - sent);
        else onError(answer);
      }
    }),
  );
  const perSecond = (1_000 * took.length) / (performance.now() - began);
  for (const wire of wires) wire.close();
  return { perSecond, took: took.sort((a, b) => a - b) };
}

function refuse({ status, body }) {
  throw new Error(`answered ${status}: ${body}`);
}
