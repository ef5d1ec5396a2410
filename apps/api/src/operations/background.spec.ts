import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module';
import { Forwarding } from '../audit/forward/forwarding';
import { Sealing } from '../audit/sealing';
import { readConfig } from '../config/config';
import { createApp } from '../create-app';
import { TlsReload } from '../http/tls-reload';
import { SnapshotWatch } from '../discovery/snapshot-watch';
import { STORAGE, type Storage } from '../storage/storage';
import { Housekeeping } from './housekeeping';

describe('what runs beside the requests', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cloudpam-background-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(() => jest.restoreAllMocks());
  const config = readConfig({
    DATABASE_URL: `sqlite:${join(folder, 'test.sqlite')}`,
    LOG_LEVEL: 'silent',
    SNAPSHOT_DIR: join(folder, 'snapshots'),
    AUDIT_FORWARD: `file:${join(folder, 'audit.jsonl')}`,
  });

  it('ends before or after the requests, and the storage last of all', async () => {
    const ended: string[] = [];
    const note = (name: string) => (): void => void ended.push(name);
    const follow = <T extends object>(of: T, method: keyof T & string, name: string): void => {
      const real = of[method] as () => Promise<void>; // a hook, or `close` of the storage
      jest.spyOn(of, method as never).mockImplementation(async function (this: T) {
        await real.call(this);
        note(name)();
      } as never);
    };
    follow(Housekeeping.prototype, 'beforeApplicationShutdown', 'housekeeping');
    follow(SnapshotWatch.prototype, 'beforeApplicationShutdown', 'snapshots');
    follow(Sealing.prototype, 'onApplicationShutdown', 'sealing');
    follow(Forwarding.prototype, 'onApplicationShutdown', 'forwarding');
    const app = await createApp(config, undefined, { background: 'here' });
    follow(app.get<Storage>(STORAGE), 'close', 'storage');
    await app.listen(0, '127.0.0.1');
    app.getHttpServer().once('close', note('requests'));
    await app.close();
    expect(ended.slice(0, 2).sort()).toEqual(['housekeeping', 'snapshots']);
    expect(ended[2]).toBe('requests');
    expect(ended.slice(3, 5).sort()).toEqual(['forwarding', 'sealing']);
    expect(ended.slice(5)).toEqual(['storage']);
  });

  it('is not there for commands, for the document, for tests, and where another worker does it', async () => {
    const command = await NestFactory.createApplicationContext(AppModule.over(config), {
      logger: false,
    });
    const other = await createApp(config, command.get<Storage>(STORAGE));
    await other.init();
    const worker = await createApp(config, command.get<Storage>(STORAGE), {
      background: 'elsewhere',
    });
    await worker.init();
    for (const work of [Housekeeping, SnapshotWatch, Sealing, Forwarding])
      for (const app of [command, other, worker]) expect(() => app.get<object>(work)).toThrow();
    expect(worker.get(TlsReload)).toBeDefined();
    await worker.close();
    await other.close();
    // It was given its storage, and has left it open.
    await expect(command.get<Storage>(STORAGE).ping()).resolves.toBe('ready');
    await command.close();
  });
});
