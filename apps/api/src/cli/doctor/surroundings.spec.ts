import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startReplica } from '@cloudpam/storage-typeorm/testing';
import { resetClocks, setClocks } from '../../testing/clocks';
import { exitCode, type Diagnosis } from './diagnosis';
import { measureDisk, type MeasureDisk } from './disk-checks';
import { examined, Examined, filled, plant, wrongIn } from './examined.fixture';

const HOUR = 3_600_000;

describe('an examination of what is around a database', () => {
  const databases = new Examined();

  it('finds a clock that is wrong: beside that of PostgreSQL, and behind what was noted', async () => {
    const clock = async (url: string): Promise<string | undefined> =>
      (await examined(url))['clock']?.level;
    for (const ofDay of [-HOUR, HOUR]) {
      setClocks({ ofDay, elapsed: 0 });
      expect(await clock(databases.urls.PostgreSQL)).toBe('fault');
      resetClocks();
    }
    await plant(databases.urls.SQLite, `update token set last_used_at = ${Date.now()}`);
    expect(await clock(databases.urls.SQLite)).toBe('ok');
    setClocks({ ofDay: -HOUR, elapsed: 0 });
    expect(await clock(databases.urls.SQLite)).toBe('fault');
  });

  it('finds a mail server that takes no mail', async () => {
    const mail = { SMTP_URL: 'smtp://127.0.0.1:1', SMTP_FROM: 'pam@example.com' };
    expect((await examined(databases.urls.SQLite, mail))['mail']).toMatchObject({
      level: 'fault',
      found: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('finds platforms that take no events', async () => {
    const settings = {
      KAFKA_BROKERS: '127.0.0.1:1',
      KAFKA_TOPIC: 'ipam',
      NATS_URL: 'tls://127.0.0.1:1',
    };
    const { kafka, nats } = await examined(databases.urls.SQLite, settings);
    expect([kafka?.level, nats?.level]).toEqual(['fault', 'fault']);
    expect(kafka?.found).toMatch(/^Kafka takes no events: .*ECONNREFUSED/);
    expect(nats?.found).toBe('NATS takes no events: connection refused');
  });

  const canMount = mountsHere();
  const one = canMount
    ? 'a real one of 16 MB'
    : 'as a measure says, since nobody may mount one here';
  it(`finds a disk that is full: ${one}`, async () => {
    const level = async (url: string, measure: MeasureDisk): Promise<string | undefined> =>
      (await examined(url, { SNAPSHOT_DIR: databases.folder }, measure))['disk']?.level;
    if (canMount) {
      const file = join(databases.folder, 'small');
      mkdirSync(file);
      mount(file);
      try {
        await filled(`sqlite:${file}/b.sqlite`);
        expect(await level(`sqlite:${file}/b.sqlite`, measureDisk)).toBe('fault');
      } finally {
        execFileSync('umount', [file]);
      }
    }
    const free =
      (bytes: number): MeasureDisk =>
      async () => ({ free: bytes, total: 1e12 });
    expect(await level(databases.urls.SQLite, free(99e6))).toBe('fault');
    expect(await level(databases.urls.SQLite, free(500e6))).toBe('warning');
    expect(await level(databases.urls.SQLite, free(5e9))).toBe('ok');
    const snapshots = await examined(databases.urls.SQLite, {
      SNAPSHOT_DIR: join(databases.folder, 'none'),
    });
    expect(snapshots['snapshots']).toMatchObject({ level: 'fault' });
    expect((await measureDisk(databases.folder)).total).toBeGreaterThan(
      (await measureDisk(databases.folder)).free,
    );
  });

  it('finds a replica that is behind, one that is away, and one of another database', async () => {
    const replica = await startReplica(databases.urls.PostgreSQL);
    try {
      const replicas = (DATABASE_REPLICAS: string): Promise<Diagnosis | undefined> =>
        examined(databases.urls.PostgreSQL, { DATABASE_REPLICAS }).then(
          (found) => found['replicas'],
        );
      const url = replica.url(databases.urls.PostgreSQL);
      for (let asked = 0; (await replicas(url))?.level !== 'ok'; asked++)
        expect(asked).toBeLessThan(50);
      await replica.pause();
      await plant(databases.urls.PostgreSQL, `update vlan set name = 'other'`);
      expect(await replicas(url)).toMatchObject({
        level: 'fault',
        found: expect.stringMatching(/more than 0.3 s and \d+ bytes behind/),
      });
      await replica.goOn();
      expect(await replicas(`${databases.urls.PostgreSQL}?x=1`)).toMatchObject({
        found: expect.stringContaining('it takes writes of its own'),
      });
      await replica.kill();
      expect(await replicas(url)).toMatchObject({ found: expect.stringContaining('ECONNREFUSED') });
    } finally {
      await replica.stop();
    }
  });

  it('tells all mistakes in the settings, and looks at the database all the same', async () => {
    const found = await examined(databases.urls.SQLite, { PORT: 'x', RATE_LIMIT_RPS: '-1' });
    expect(found['settings']).toMatchObject({
      level: 'fault',
      found: expect.stringMatching(/PORT must be .*; RATE_LIMIT_RPS must be/),
    });
    expect(found['tree']?.level).toBe('ok');
    const named = join(databases.folder, 'url');
    writeFileSync(named, databases.urls.SQLite);
    const byFile = await examined('', { DATABASE_URL_FILE: named, PORT: 'x' });
    expect(byFile['tree']?.level).toBe('ok');
    expect(wrongIn(await examined('mysql://x'))).toEqual(['settings']);
  });

  it('does all that docs/operations.md tells, and nothing else', async () => {
    const docs = readFileSync(join(__dirname, '../../../../../docs/operations.md'), 'utf8');
    const [, table = ''] = /^\| check \|.*\n\|[-|]+\n((?:\|.*\n)+)/m.exec(docs) ?? [];
    const told = table
      .split('\n')
      .flatMap((row) => row.split(' | ')[0]?.match(/[a-z][a-z ]*/g) ?? []);
    const settings = {
      SNAPSHOT_DIR: databases.folder,
      DATABASE_REPLICAS: 'postgres://127.0.0.1:1/none',
      SMTP_URL: 'smtp://127.0.0.1:1',
      SMTP_FROM: 'pam@example.com',
      KAFKA_BROKERS: '127.0.0.1:1',
      KAFKA_TOPIC: 'ipam',
      NATS_URL: 'tls://127.0.0.1:1',
    };
    const done = [
      ...Object.keys(await examined(databases.urls.SQLite)),
      ...Object.keys(await examined(databases.urls.PostgreSQL, settings)),
    ];
    expect(told.sort()).toEqual([...new Set(done)].sort());
  });

  it('says that it could not look where nobody answers, and no password', async () => {
    for (const url of [
      'postgres://postgres:hunter2secret@127.0.0.1:1/x',
      databases.urls.PostgreSQL.replace('postgres:postgres', 'nobody:hunter2secret'),
      'postgres://postgres:hunter2secret@/x?host=/nowhere',
      'postgres://postgres:#hunter2secret@127.0.0.1/x',
      `sqlite:${join(databases.folder, 'none.sqlite')}`,
    ]) {
      const found = Object.values(await examined(url));
      expect(exitCode(found)).toBe(2);
      expect(found.at(-1)).toMatchObject({ check: 'database', level: 'unchecked' });
      expect(JSON.stringify(found)).not.toContain('hunter2secret');
    }
    for (const url of ['memory:', 'sqlite::memory:'])
      expect(wrongIn(await examined(url))).toEqual([]);
  });
});

/** Mounts a small file system in memory. */
function mount(folder: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'none', folder], { stdio: 'ignore' });
}

/** Whether this user may mount. */
function mountsHere(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'cloudpam-mount-'));
  try {
    mount(folder);
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
