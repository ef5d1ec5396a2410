import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SealAudit, type FollowLog } from '@cloudpam/audit';
import { sampleAuditEntry } from '@cloudpam/storage-contract';
import { openStorageAt, type Storage } from '../../storage/storage';
import { sha256 } from '../sha256';
import { keepFollowing } from '../keep-following';
import { forwardAudit } from './forward-audit';

const at = new Date('2026-01-02T03:04:05.678Z');

/** Appends and seals entries about these entities. */
async function write(
  storage: Storage,
  entities: readonly string[],
  description = '',
): Promise<void> {
  await storage.unitOfWork.run(({ audit }) =>
    audit.append(
      entities.map((entityId) =>
        sampleAuditEntry({
          at,
          type: 'pool.update',
          entityId,
          diff: { before: null, after: { name: 'zwölf\nZeilen', description } },
        }),
      ),
    ),
  );
  await new SealAudit(storage.unitOfWork, sha256).execute();
}

const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, n) => String(from + n));
const entityOf = (json: string): string => (JSON.parse(json) as { entity_id: string }).entity_id;

async function until(what: string, holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 20_000; !holds(); await sleep(10))
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
}

/** A syslog server: octet-counted messages, as they come. */
async function listen(
  to: { port?: number; path?: string; onConnection?: (socket: net.Socket) => void } = {},
): Promise<{ messages: string[]; url: string; port: number; close(): Promise<void> }> {
  const messages: string[] = [];
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    if (to.onConnection) return to.onConnection(socket);
    let buffer = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      buffer = Buffer.concat([buffer, chunk]);
      for (;;) {
        const space = buffer.indexOf(' ');
        const length = Number(buffer.subarray(0, space).toString());
        if (space < 0 || buffer.length < space + 1 + length) return;
        messages.push(buffer.subarray(space + 1, space + 1 + length).toString());
        buffer = buffer.subarray(space + 1 + length);
      }
    });
  });
  server.listen(
    to.path === undefined ? { port: to.port ?? 0, host: '127.0.0.1' } : { path: to.path },
  );
  await once(server, 'listening');
  const port = to.path === undefined ? (server.address() as AddressInfo).port : 0;
  return {
    messages,
    port,
    url: to.path === undefined ? `tcp://127.0.0.1:${port}` : `unix:${to.path}`,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

describe('forwarding the audit log', () => {
  let folder: string;
  let storage: Storage;
  const restart = async (): Promise<void> => {
    await storage.close();
    storage = await openStorageAt(`sqlite:${path.join(folder, 'db.sqlite')}`);
  };
  const forward = (to: string, format: 'jsonl' | 'syslog' = 'jsonl'): FollowLog =>
    forwardAudit(storage.unitOfWork, to, format);

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'cloudpam-forward-'));
    storage = await openStorageAt(`sqlite:${path.join(folder, 'db.sqlite')}`);
  });
  afterEach(async () => {
    await storage.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('appends to a file, in the order of sealing, and goes on after a restart', async () => {
    const file = path.join(folder, 'logs', 'audit.jsonl');
    await write(storage, numbered(1, 1_100));
    expect(await forward(`file:${file}`).execute()).toBe(1_100);
    await write(storage, numbered(1_101, 1_200));
    await restart();
    expect(await forward(`file:${file}`).execute()).toBe(100);
    expect(await forward(`file:${file}`).execute()).toBe(0);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines.map(entityOf)).toEqual(numbered(1, 1_200));
    const first = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
    expect(first).toMatchObject({
      seq: 1,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      timestamp: at.toISOString(),
      action: 'pool.update',
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('begins a new line after one that a crash cut off, and a new file after a rotation', async () => {
    const file = path.join(folder, 'audit.jsonl');
    writeFileSync(file, '{"cut":');
    await write(storage, ['a']);
    await forward(`file:${file}`).execute();
    expect(
      readFileSync(file, 'utf8')
        .split('\n')
        .map((line) => line.slice(0, 9)),
    ).toEqual(['{"cut":', '{"action"', '']);
    rmSync(file);
    await write(storage, ['b']);
    await forward(`file:${file}`).execute();
    expect(readFileSync(file, 'utf8').trimEnd().split('\n').map(entityOf)).toEqual(['b']);
  });

  it('sends syslog over TCP, waits for a server that is away, and goes on after a restart', async () => {
    let server = await listen();
    const { port, url } = server;
    await write(storage, numbered(1, 3));
    expect(await forward(url, 'syslog').execute()).toBe(3);
    expect(server.messages[0]).toMatch(
      /^<110>1 2026-01-02T03:04:05\.678Z \S+ cloudpam - pool\.update - \{"action":"pool\.update",.*"seq":1,/,
    );
    await server.close();
    await write(storage, numbered(4, 5));
    await expect(forward(url, 'syslog').execute()).rejects.toThrow('ECONNREFUSED');
    await restart();
    const received = server.messages;
    server = await listen({ port });
    expect(await forward(url, 'syslog').execute()).toBe(2);
    expect(
      [...received, ...server.messages].map((message) =>
        entityOf(message.slice(message.indexOf(' - {') + 3)),
      ),
    ).toEqual(numbered(1, 5));
    await server.close();
  });

  it('sends again what a server may not have read', async () => {
    let resets = 0;
    const rude = await listen({
      onConnection: (socket) =>
        void socket.once('data', () => {
          resets += 1;
          socket.resetAndDestroy();
        }),
    });
    await write(storage, numbered(1, 3));
    await expect(forward(rude.url).execute()).rejects.toThrow();
    await expect(forward(rude.url).execute()).rejects.toThrow();
    expect(resets).toBe(2);
    await rude.close();
    const server = await listen({ port: rude.port });
    expect(await forward(rude.url, 'syslog').execute()).toBe(3);
    expect(server.messages).toHaveLength(3);
    await server.close();
  });

  it('sends to a socket of the machine', async () => {
    const server = await listen({ path: path.join(folder, 'log.sock') });
    await write(storage, ['a', 'b']);
    await forward(server.url, 'syslog').execute();
    expect(server.messages).toHaveLength(2);
    await server.close();
  });

  it('sends a datagram for each entry, without the diff when it would not fit', async () => {
    const socket = createSocket('udp4');
    const messages: string[] = [];
    socket.on('message', (message) => void messages.push(message.toString()));
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    await write(storage, ['a']);
    await write(storage, ['large'], 'x'.repeat(70_000));
    expect(await forward(`udp://127.0.0.1:${socket.address().port}`).execute()).toBe(2);
    await until('two datagrams', () => messages.length === 2);
    expect(messages.map(entityOf)).toEqual(['a', 'large']);
    expect(JSON.parse(messages[1] ?? '')).toMatchObject({
      truncated: true,
      diff: { before: null, after: null },
    });
    socket.close();
  });

  it('is done by one process at a time, each entry once', async () => {
    const file = path.join(folder, 'audit.jsonl');
    const processes = numbered(1, 4).map(() => forward(`file:${file}`));
    for (let round = 0; round < 5; round++) {
      await Promise.all([
        write(storage, numbered(round * 10, round * 10 + 9)),
        ...processes.map((each) => each.execute()),
      ]);
    }
    for (const each of processes) await each.execute();
    expect(readFileSync(file, 'utf8').trimEnd().split('\n').map(entityOf)).toEqual(numbered(0, 49));
  });

  it('goes on beside the server, and ends at once when it is told to', async () => {
    const { port, close } = await listen();
    await close();
    await write(storage, ['a']);
    const errors: unknown[] = [];
    const end = keepFollowing(
      forward(`tcp://127.0.0.1:${port}`, 'syslog'),
      (error) => void errors.push(error),
      { firstPauseMs: 20 },
    );
    await until('a failure', () => errors.length > 0);
    await write(storage, ['b']);
    const server = await listen({ port });
    await until('both entries', () => server.messages.length === 2);
    await write(storage, ['c']);
    await until('the third entry', () => server.messages.length === 3);
    await end();
    await server.close();
    const idle = keepFollowing(forward(`tcp://127.0.0.1:${port}`), () => undefined, {
      firstPauseMs: 3_600_000,
    });
    await idle();
  });
});
