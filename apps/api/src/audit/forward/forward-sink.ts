import { createSocket } from 'node:dgram';
import { mkdir, open } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import type { ForwardTarget } from '../../config/forward-target';

/** How long a target may take for a batch, in milliseconds. */
export const SEND_TIMEOUT_MS = 10_000;

/**
 * Sends texts to a target, all of them, in order. Resolves when they are on disk, or when the other
 * side of a connection has read them all; a datagram has no answer. @throws when they may not have
 * arrived
 */
export async function sendTo(
  target: ForwardTarget,
  texts: readonly string[],
  timeoutMs = SEND_TIMEOUT_MS,
): Promise<void> {
  switch (target.kind) {
    case 'file':
      return appendTo(target.path, texts);
    case 'tcp':
      return deliver({ host: target.host, port: target.port }, texts, timeoutMs);
    case 'unix':
      return deliver({ path: target.path }, texts, timeoutMs);
    case 'udp':
      return sendDatagrams(target.host, target.port, texts);
  }
}

/** Opened for each batch: a file that was moved away by a log rotation is begun anew. */
async function appendTo(file: string, texts: readonly string[]): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const handle = await open(file, 'a+', 0o600);
  try {
    const { size } = await handle.stat();
    const isCut =
      size > 0 && (await handle.read(Buffer.alloc(1), 0, 1, size - 1)).buffer.toString() !== '\n';
    // A crash left a part of a line. It is sent again whole.
    await handle.appendFile(`${isCut ? '\n' : ''}${texts.join('')}`);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/**
 * One connection for each batch: syslog has no acknowledgement, but the other side closes the
 * connection when it has read to the end, and only then. Where it dies or loses something before,
 * the connection is reset instead.
 */
function deliver(
  to: net.NetConnectOpts,
  texts: readonly string[],
  timeoutMs: number,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ ...to, timeout: timeoutMs });
    let sent = false;
    let hasEnded = false;
    socket.on('connect', () =>
      socket.end(texts.join(''), () => {
        sent = true;
      }),
    );
    // What it says is nothing to us; that it has said all is.
    socket
      .on('data', () => undefined)
      .on('end', () => {
        hasEnded = true;
      });
    socket.on('timeout', () =>
      socket.destroy(new Error(`no answer within ${timeoutMs / 1_000} s`)),
    );
    socket.on('error', reject);
    socket.on('close', () =>
      sent && hasEnded
        ? resolve()
        : reject(new Error('the connection was closed before everything was read')),
    );
  });
}

async function sendDatagrams(host: string, port: number, texts: readonly string[]): Promise<void> {
  const socket = createSocket(net.isIPv6(host) ? 'udp6' : 'udp4');
  try {
    for (const text of texts) {
      await new Promise<void>((resolve, reject) => {
        socket.once('error', reject);
        socket.send(text, port, host, (error) => {
          socket.off('error', reject);
          if (error) reject(error);
          else resolve();
        });
      });
    }
  } finally {
    socket.close();
  }
}
