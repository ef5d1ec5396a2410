import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import BetterSqlite3 from 'better-sqlite3';
import { StorageUnavailable } from '@cloudpam/audit';
import { BootstrapToken } from '@cloudpam/identity';
import { readConfig } from '../config/config';
import { createApp } from '../create-app';
import { ErrorReports } from './error-reports';

interface SentEvent {
  readonly exception: { readonly values: readonly Record<string, unknown>[] };
  readonly tags: unknown;
}

/** Stands for Sentry: what it was sent, in whole and by its events. */
class SentryDouble {
  readonly texts: string[] = [];
  private readonly server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts);
      const packed = request.headers['content-encoding'] === 'gzip';
      this.texts.push((packed ? gunzipSync(body) : body).toString());
      response.end('{}');
    });
  });

  async open(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    return `http://public@127.0.0.1:${(this.server.address() as AddressInfo).port}/1`; // it listens on TCP
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** An envelope is a line about itself, and for each item a line about it and one with it. */
  get events(): SentEvent[] {
    return this.texts.flatMap((text) => {
      const lines = text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as object);
      return lines.filter((_, at) => {
        const before = lines[at - 1];
        return before && 'type' in before && before.type === 'event';
      }) as SentEvent[]; // as Sentry's protocol has it
    });
  }
}

describe('errors with SENTRY_DSN', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cloudpam-sentry-'));
  const file = join(folder, 'test.sqlite');
  const sentry = new SentryDouble();
  let app: NestFastifyApplication;
  let token = '';

  beforeAll(async () => {
    const env = {
      DATABASE_URL: `sqlite:${file}`,
      LOG_LEVEL: 'silent',
      SENTRY_DSN: await sentry.open(),
    };
    app = await createApp(readConfig(env), undefined);
    await app.init();
    token = (await app.get(BootstrapToken).execute(new Date(), undefined)) ?? '';
  });
  afterAll(() => {
    sentry.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = (method: 'GET' | 'POST', url: string, payload?: object): Promise<number> =>
    app
      .inject({
        method,
        url,
        headers: { authorization: `Bearer ${token}`, cookie: 'theme=sweet', 'x-request-id': 'r-1' },
        ...(payload && { payload }),
      })
      .then(({ statusCode }) => statusCode);

  it('are sent when they are faults, without what was asked, who asked and where', async () => {
    expect(await ask('GET', '/api/v1/vlans/4711')).toBe(404);
    expect(await ask('POST', '/api/v1/vlans', { colour: 'Ada Lovelace' })).toBe(400);
    const database = new BetterSqlite3(file);
    database.exec('PRAGMA foreign_keys = OFF; DROP TABLE vlan');
    database.close();
    expect(await ask('POST', '/api/v1/vlans?dry_run=true', { vid: 12, name: 'Ada Lovelace' })).toBe(
      500,
    );
    // What no row can help is a fault of the whole request, also where rows fail one by one.
    const items = [{ name: 'Ada', cidr: '10.0.0.0/8', vlan_id: 1 }];
    expect(await ask('POST', '/api/v1/pools/bulk?mode=partial', { items })).toBe(500);
    await app.close();

    expect(sentry.events).toHaveLength(2);
    const [event, ofRows] = sentry.events;
    expect(ofRows?.tags).toMatchObject({ route: '/api/v1/pools/bulk' });
    expect(event?.tags).toEqual({ method: 'POST', route: '/api/v1/vlans', request_id: 'r-1' });
    expect(event?.exception.values.map(({ type, value }) => [type, value])).toEqual([
      ['QueryFailedError', 'SQLITE_ERROR'],
    ]);
    const text = sentry.texts.join('\n');
    for (const never of [
      'Ada',
      token,
      token.slice(5, 17),
      'sweet',
      'dry_run',
      folder,
      process.cwd(),
      'INSERT',
    ])
      expect(text).not.toContain(never);
  });
});

describe('work beside the requests, with SENTRY_DSN', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cloudpam-sentry-'));
  const file = join(folder, 'test.sqlite');
  const sentry = new SentryDouble();
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => {
    sentry.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('sends what it fails of, each kind of error once, and tells of all', async () => {
    const told: string[] = [];
    jest.spyOn(process.stderr, 'write').mockImplementation((line) => told.push(String(line)) > 0);
    const config = readConfig({
      DATABASE_URL: `sqlite:${file}`,
      LOG_LEVEL: 'silent',
      SENTRY_DSN: await sentry.open(),
      SNAPSHOT_DIR: join(file, 'no folder'),
      SMTP_URL: 'smtp://127.0.0.1:1',
      SMTP_FROM: 'pam@example.com',
      AUDIT_FORWARD: `file:${join(folder, 'audit.jsonl')}`,
    });
    const before = await createApp(config, undefined);
    await before.get(BootstrapToken).execute(new Date(), undefined);
    await before.close();
    const database = new BetterSqlite3(file);
    database.exec('PRAGMA foreign_keys = OFF; DROP TABLE audit_seal; DROP TABLE digest');
    database.close();
    const app = await createApp(config, undefined, { background: 'here' });
    await app.init();
    const reports = app.get(ErrorReports);
    const away = new StorageUnavailable('no_answer', 'nobody');
    for (const error of [new TypeError('Ada'), new TypeError('Grace'), away])
      reports.workFailed('housekeeping', 'housekeeping failed', error);
    await app.close();

    expect(
      sentry.events
        .map(({ tags, exception }) => [tags, exception.values.at(-1)?.['value']])
        .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))),
    ).toEqual([
      [{ work: 'digests' }, 'SQLITE_ERROR'],
      [{ work: 'forwarding' }, 'SQLITE_ERROR'],
      [{ work: 'housekeeping' }, ''],
      [{ work: 'sealing' }, 'SQLITE_ERROR'],
      [{ work: 'snapshots' }, 'ENOTDIR'],
      [{ work: 'usage' }, 'SQLITE_ERROR'],
      [{ work: 'webhooks' }, 'SQLITE_ERROR'],
    ]);
    for (const never of ['Ada', folder]) expect(sentry.texts.join('\n')).not.toContain(never);
    for (const line of [
      'housekeeping failed: TypeError: Grace',
      `housekeeping failed: ${String(away)}`,
    ])
      expect(told).toContain(`${line}\n`);
  });
});
