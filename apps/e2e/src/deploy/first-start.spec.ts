import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DOCKER } from './dockerfiles';
import { firstStart } from './first-start';

describe('the first start', () => {
  let volumes: string;
  beforeEach(() => (volumes = mkdtempSync(path.join(tmpdir(), 'cloudpam-first-'))));
  afterEach(() => rmSync(volumes, { recursive: true, force: true }));

  /** All files of the volumes, with what they hold. */
  const files = (): Map<string, string> =>
    new Map(
      readdirSync(volumes)
        .filter((folder) => /secrets$/.test(folder))
        .flatMap((folder) =>
          readdirSync(path.join(volumes, folder)).map((file) => path.join(folder, file)),
        )
        .map((file) => [file, readFileSync(path.join(volumes, file), 'utf8')]),
    );

  it('makes secrets that only who needs them may read, and prints those of people', () => {
    const printed = firstStart(DOCKER, volumes);
    const made = files();
    expect([...made.keys()].sort()).toEqual([
      'collector-secrets/token',
      'database-secrets/roles.sql',
      'database-secrets/superuser-password',
      'grafana-secrets/password',
      'keycloak-secrets/cloudpam-realm.json',
      'prometheus-secrets/token',
      'replica-secrets/pgpass',
      'secrets/secrets.json',
      ...['admin-token', 'audit-key', 'client-secret', 'collector-token']
        .concat('database-replicas', 'database-url', 'secret-key', 'viewer-token')
        .map((file) => `server-secrets/${file}`),
    ]);
    const owner = (file: string): number => statSync(path.join(volumes, file)).uid;
    for (const file of made.keys())
      expect([file, statSync(path.join(volumes, file)).mode & 0o777]).toEqual([file, 0o400]);
    if (process.getuid?.() === 0)
      expect(
        ['collector-secrets/token', 'database-secrets/roles.sql', 'server-secrets/admin-token']
          .concat('prometheus-secrets/token', 'keycloak-secrets/cloudpam-realm.json')
          .map(owner),
      ).toEqual([65_532, 999, 65_532, 65_534, 1_000]);
    expect(printed).toContain(made.get('server-secrets/admin-token'));
    expect(printed).toContain(made.get('grafana-secrets/password'));
    expect(printed).not.toContain(made.get('server-secrets/audit-key'));
    expect(made.get('keycloak-secrets/cloudpam-realm.json')).not.toMatch(/\{\{|undefined/);
  });

  it('prints and changes nothing when it comes again, and shows secrets when asked to', () => {
    const printed = firstStart(DOCKER, volumes);
    const before = files();
    expect(firstStart(DOCKER, volumes)).toBe('');
    expect(files()).toEqual(before);
    expect(firstStart(DOCKER, volumes, {}, ['--show'])).toBe(printed);
  });

  it('goes on where it broke off, with the same secrets', () => {
    firstStart(DOCKER, volumes);
    const before = files();
    for (const file of ['server-secrets/database-url', 'database-secrets/roles.sql'])
      unlinkSync(path.join(volumes, file));
    firstStart(DOCKER, volumes);
    expect(files()).toEqual(before);
    expect(existsSync(path.join(volumes, 'server-secrets/database-url.part'))).toBe(false);
  });

  it('makes other secrets elsewhere', () => {
    const others = mkdtempSync(path.join(tmpdir(), 'cloudpam-first-'));
    expect(firstStart(DOCKER, others)).not.toBe(firstStart(DOCKER, volumes));
    rmSync(others, { recursive: true });
  });
});
