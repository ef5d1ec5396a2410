import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig } from './config';

describe('secrets in files', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cloudpam-secrets-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const file = (text: string): string => {
    const name = path.join(folder, `secret-${text.length}`);
    writeFileSync(name, text);
    return name;
  };
  const mistakes =
    (env: NodeJS.ProcessEnv): (() => unknown) =>
    () =>
      readConfig(env);

  it('are taken in place of the text, without the line break at their end', () => {
    const token = `cpam_${'a'.repeat(12)}_${'b'.repeat(52)}`;
    expect(
      readConfig({
        DATABASE_URL_FILE: file('postgres://pam:secret@db/cloudpam\n'),
        DATABASE_URL: '',
        DATABASE_REPLICAS_FILE: file('postgres://pam:secret@replica/cloudpam'),
        AUDIT_KEY_FILE: file('k'.repeat(32)),
        SENTRY_DSN_FILE: file('https://a@sentry.example.com/1'),
        CLOUDPAM_BOOTSTRAP_TOKEN_FILE: file(token),
        OIDC_ISSUER: 'https://example.okta.com',
        OIDC_CLIENT_ID: 'pam',
        OIDC_CLIENT_SECRET_FILE: file('of the client\n'),
        OIDC_ROLE_MAP: '*=viewer',
      }),
    ).toMatchObject({
      databaseUrl: 'postgres://pam:secret@db/cloudpam',
      databaseReplicas: ['postgres://pam:secret@replica/cloudpam'],
      auditKeys: ['k'.repeat(32)],
      sentryDsn: 'https://a@sentry.example.com/1',
      bootstrapTokens: { admin: token },
      oidc: [{ clientSecret: 'of the client' }],
    });
  });

  it('are taken for each of several providers', () => {
    const of = (name: string): NodeJS.ProcessEnv => ({
      [`OIDC_${name}_ISSUER`]: `https://${name}.example.com`,
      [`OIDC_${name}_CLIENT_ID`]: 'pam',
      [`OIDC_${name}_CLIENT_SECRET_FILE`]: file(`secret of ${name}`),
      [`OIDC_${name}_ROLE_MAP`]: '*=viewer',
    });
    expect(
      readConfig({ OIDC_PROVIDERS: 'okta,entra2', ...of('OKTA'), ...of('ENTRA2') }).oidc,
    ).toMatchObject([{ clientSecret: 'secret of OKTA' }, { clientSecret: 'secret of ENTRA2' }]);
  });

  it('that cannot be read, or hold nothing, are mistakes, all told at once', () => {
    const read = mistakes({
      AUDIT_KEY_FILE: path.join(folder, 'missing'),
      DATABASE_URL_FILE: folder,
      SENTRY_DSN_FILE: file('\n'),
    });
    expect(read).toThrow(/AUDIT_KEY_FILE: .*ENOENT.*missing/);
    expect(read).toThrow(/DATABASE_URL_FILE: .*EISDIR/);
    expect(read).toThrow(/SENTRY_DSN_FILE: \S+ is empty/);
  });

  it('exclude the text itself; an empty name counts as none', () => {
    const AUDIT_KEY = 'k'.repeat(32);
    expect(mistakes({ AUDIT_KEY, AUDIT_KEY_FILE: file(AUDIT_KEY) })).toThrow(
      'AUDIT_KEY and AUDIT_KEY_FILE exclude each other',
    );
    expect(readConfig({ AUDIT_KEY, AUDIT_KEY_FILE: '' }).auditKeys).toEqual([AUDIT_KEY]);
  });

  it('are for secrets alone, and never repeated', () => {
    expect(mistakes({ CLOUDPAM_WORKERS_FILE: file('2') })).toThrow('is not a setting');
    const wrong = mistakes({ CLOUDPAM_BOOTSTRAP_TOKEN_FILE: file('not-to-be-seen') });
    expect(wrong).toThrow('CLOUDPAM_BOOTSTRAP_TOKEN must look like');
    expect(wrong).not.toThrow('not-to-be-seen');
  });
});
