import { readFileSync } from 'node:fs';
import path from 'node:path';
import { compile } from '@fastify/proxy-addr';
import { readConfig } from './config';

describe('readConfig', () => {
  it('gives the embedded form when nothing is set', () => {
    expect(readConfig({})).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      databaseUrl: 'sqlite:data/cloudpam.sqlite',
      discoveryPolicy: 'auto',
    });
  });

  it('names every mistake at once', () => {
    const mistakes = (): unknown =>
      readConfig({
        PORT: 'eighty',
        DATABASE_URL: 'mysql://x',
        DISCOVERY_POLICY: 'maybe',
        CLOUDPAM_COLOUR: 'red',
        CLOUDPAM_BOOTSTRAP_TOKEN: 'secret',
      });
    for (const name of [
      'PORT',
      'DATABASE_URL',
      'DISCOVERY_POLICY',
      'CLOUDPAM_COLOUR',
      'CLOUDPAM_BOOTSTRAP_TOKEN',
    ])
      expect(mistakes).toThrow(name);
  });

  it('takes the first tokens, each another one', () => {
    const [admin, collector, viewer] = ['a', 'c', 'v'].map(
      (id) => `cpam_${id.repeat(12)}_${'b'.repeat(52)}`,
    );
    const settings = { CLOUDPAM_BOOTSTRAP_TOKEN: admin, CLOUDPAM_BOOTSTRAP_VIEWER_TOKEN: viewer };
    expect(readConfig({}).bootstrapTokens).toEqual({});
    expect(
      readConfig({ ...settings, CLOUDPAM_BOOTSTRAP_COLLECTOR_TOKEN: collector }).bootstrapTokens,
    ).toEqual({ admin, collector, viewer });
    expect(() => readConfig({ ...settings, CLOUDPAM_BOOTSTRAP_COLLECTOR_TOKEN: admin })).toThrow(
      'CLOUDPAM_BOOTSTRAP_COLLECTOR_TOKEN must not be CLOUDPAM_BOOTSTRAP_TOKEN',
    );
    expect(() => readConfig({ CLOUDPAM_BOOTSTRAP_VIEWER_TOKEN: 'secret' })).toThrow(
      'CLOUDPAM_BOOTSTRAP_VIEWER_TOKEN must look like',
    );
  });

  it('reads the replicas of a PostgreSQL', () => {
    const DATABASE_URL = 'postgres://a:secret@primary/cloudpam';
    const mistakes =
      (urls: string, url = DATABASE_URL): unknown =>
      () =>
        readConfig({ DATABASE_URL: url, DATABASE_REPLICAS: urls });
    expect(readConfig({}).databaseReplicas).toEqual([]);
    expect(
      readConfig({ DATABASE_URL, DATABASE_REPLICAS: 'postgres://r1/c, postgresql://r2:5433/c' }),
    ).toMatchObject({ databaseReplicas: ['postgres://r1/c', 'postgresql://r2:5433/c'] });
    expect(mistakes('postgres://r1/c', 'sqlite:x')).toThrow('needs a DATABASE_URL of PostgreSQL');
    expect(mistakes('postgres://r1/c,r2:secret')).toThrow(/number 2 must be postgres:(?!.*secret)/);
    expect(mistakes('postgres://h1,postgres://h:x/c')).toThrow('number 2 must be');
    expect(mistakes(DATABASE_URL)).toThrow('number 1 is the DATABASE_URL itself');
    expect(mistakes('postgres://r1/c,postgres://r1/c')).toThrow('number 2 stands there twice');
  });

  it('has several workers only over a database that they share', () => {
    expect(readConfig({}).workers).toBe(1);
    for (const url of ['postgres://db/pam', 'sqlite:memory', 'sqlite:./:memory:.sqlite'])
      expect(readConfig({ CLOUDPAM_WORKERS: '64', DATABASE_URL: url }).workers).toBe(64);
    for (const url of ['memory:', 'sqlite::memory:']) {
      expect(readConfig({ CLOUDPAM_WORKERS: '1', DATABASE_URL: url }).workers).toBe(1);
      expect(() => readConfig({ CLOUDPAM_WORKERS: '2', DATABASE_URL: url })).toThrow(
        `need a database that they share, not ${url}`,
      );
    }
    for (const wrong of ['0', '65', 'all'])
      expect(() => readConfig({ CLOUDPAM_WORKERS: wrong })).toThrow('CLOUDPAM_WORKERS');
  });

  it('reads durations', () => {
    expect(readConfig({ ORPHAN_COOLDOWN: '7d', DISCOVERY_INTERVAL: '90m' })).toMatchObject({
      orphanCooldown: 604_800,
      discoveryInterval: 5_400,
    });
    expect(readConfig({ DISCOVERY_INTERVAL: '0' })).toMatchObject({
      orphanCooldown: 0,
      discoveryInterval: 0,
    });
    expect(() => readConfig({ ORPHAN_COOLDOWN: '7 days' })).toThrow(
      'ORPHAN_COOLDOWN must be a duration',
    );
  });

  it('reads where the audit log goes', () => {
    expect(readConfig({})).toMatchObject({ auditForward: undefined, auditForwardFormat: 'jsonl' });
    for (const to of [
      'file:audit.jsonl',
      'unix:/run/syslog.sock',
      'tcp://logs.example.com:601',
      'udp://[2001:db8::1]:514',
    ]) {
      expect(readConfig({ AUDIT_FORWARD: to, AUDIT_FORWARD_FORMAT: 'syslog' })).toMatchObject({
        auditForward: to,
        auditForwardFormat: 'syslog',
      });
    }
    for (const to of [
      'file:',
      'http://logs:80',
      'tcp://logs',
      'udp://logs:99999',
      '/var/log/audit',
    ])
      expect(() => readConfig({ AUDIT_FORWARD: to })).toThrow('AUDIT_FORWARD must be');
    expect(readConfig({}).auditKeys).toEqual([]);
    expect(readConfig({ AUDIT_KEY: `${'n'.repeat(32)},${'o'.repeat(40)}` }).auditKeys).toEqual([
      'n'.repeat(32),
      'o'.repeat(40),
    ]);
    expect(() => readConfig({ AUDIT_KEY: 'short' })).toThrow('AUDIT_KEY must be random text');
    expect(() => readConfig({ AUDIT_FORWARD_FORMAT: 'xml' })).toThrow(
      'AUDIT_FORWARD_FORMAT must be one of jsonl, syslog',
    );
  });

  it('reads the platforms that get events', () => {
    expect(readConfig({}).sinks).toEqual({
      ...{ kafka: undefined, nats: undefined, s3: undefined, s3EveryMs: 60_000 },
    });
    const { sinks } = readConfig({
      KAFKA_BROKERS: 'one.example.com:9093, [2001:db8::1]:9092',
      KAFKA_TOPIC: 'ipam.events',
      KAFKA_TLS: 'true',
      KAFKA_USERNAME: 'pam',
      KAFKA_PASSWORD: 'p',
      NATS_URL: 'tls://pam:p%40@nats.example.com:4222',
      EVENTS_S3_BUCKET: 'pam-events',
      EVENTS_S3_PREFIX: '/log/prod/',
      EVENTS_S3_INTERVAL: '5m',
    });
    expect(sinks).toEqual({
      kafka: {
        ...{ brokers: ['one.example.com:9093', '[2001:db8::1]:9092'], topic: 'ipam.events' },
        ...{ tls: true, sasl: { mechanism: 'PLAIN', username: 'pam', password: 'p' } },
      },
      nats: {
        ...{ url: 'tls://pam:p%40@nats.example.com:4222', prefix: 'cloudpam.events' },
        stream: undefined,
      },
      s3: { bucket: 'pam-events', prefix: 'log/prod', endpoint: undefined, region: 'us-east-1' },
      s3EveryMs: 300_000,
    });
  });

  it.each<[Record<string, string>, string]>([
    [{ KAFKA_BROKERS: 'a:9092' }, 'KAFKA_BROKERS and KAFKA_TOPIC go together'],
    [{ KAFKA_TOPIC: 'a' }, 'KAFKA_BROKERS and KAFKA_TOPIC go together'],
    [{ KAFKA_BROKERS: 'a', KAFKA_TOPIC: 'a' }, 'KAFKA_BROKERS: "a" is not HOST:PORT'],
    [{ KAFKA_BROKERS: 'a:1', KAFKA_TOPIC: 'a b' }, 'KAFKA_TOPIC: "a b" is not'],
    [{ KAFKA_BROKERS: 'a:1', KAFKA_TOPIC: 'a', KAFKA_TLS: 'yes' }, 'KAFKA_TLS must be'],
    [
      { KAFKA_BROKERS: 'a:1', KAFKA_TOPIC: 'a', KAFKA_USERNAME: 'a' },
      'KAFKA_USERNAME and KAFKA_PASSWORD go together',
    ],
    [
      { KAFKA_BROKERS: 'a:1', KAFKA_TOPIC: 'a', KAFKA_SASL_MECHANISM: 'GSSAPI' },
      'KAFKA_SASL_MECHANISM must be one of PLAIN',
    ],
    [{ NATS_URL: 'http://a:4222' }, 'NATS_URL must be'],
    [{ NATS_URL: 'nats://a/b' }, 'NATS_URL must be'],
    [{ NATS_URL: 'nats://a', NATS_SUBJECT: 'a.>' }, 'NATS_SUBJECT must be'],
    [{ NATS_URL: 'nats://a', NATS_STREAM: 'a.b' }, 'NATS_STREAM: "a.b"'],
    [{ EVENTS_S3_BUCKET: 'A' }, 'EVENTS_S3_BUCKET: "A"'],
    [{ EVENTS_S3_BUCKET: 'abc', EVENTS_S3_ENDPOINT: 'ftp://a' }, 'EVENTS_S3_ENDPOINT must be'],
    [{ EVENTS_S3_BUCKET: 'abc', EVENTS_S3_PREFIX: 'a?b' }, 'EVENTS_S3_PREFIX: "a?b"'],
    [{ EVENTS_S3_INTERVAL: '2h' }, 'EVENTS_S3_INTERVAL must be from'],
  ])('refuses %j', (env, mistake) => {
    expect(() => readConfig(env)).toThrow(mistake);
    expect(() => readConfig({ NATS_URL: 'x://u:hidden@a' })).not.toThrow('hidden');
  });

  it('reads by which server mail is sent', () => {
    expect(readConfig({}).mail).toBeUndefined();
    const SMTP_FROM = 'pam@example.com';
    expect(
      readConfig({ SMTP_URL: 'smtp://pam%40x:p%2F%3A@mail.example.com', SMTP_FROM }).mail,
    ).toEqual({
      host: 'mail.example.com',
      port: 587,
      isSecure: false,
      login: { user: 'pam@x', password: 'p/:' },
      from: { name: '', address: 'pam@example.com' },
      ca: undefined,
    });
    expect(
      readConfig({
        SMTP_URL: 'smtps://[2001:db8::1]/',
        SMTP_FROM: '"Pam, the IP" <pam@example.com>',
      }).mail,
    ).toMatchObject({
      host: '2001:db8::1',
      port: 465,
      isSecure: true,
      login: undefined,
      from: { name: 'Pam, the IP', address: 'pam@example.com' },
    });
  });

  it.each<[Record<string, string>, string]>([
    [{ SMTP_URL: 'smtp://a' }, 'SMTP_URL and SMTP_FROM go together'],
    [{ SMTP_FROM: 'a@b' }, 'SMTP_URL and SMTP_FROM go together'],
    [{ SMTP_TLS_CA: 'a' }, 'SMTP_TLS_CA needs SMTP_URL and SMTP_FROM'],
    [{ SMTP_URL: 'http://a', SMTP_FROM: 'a@b' }, 'SMTP_URL must be'],
    [{ SMTP_URL: 'smtp://hidden@a', SMTP_FROM: 'a@b' }, 'SMTP_URL must be'],
    [{ SMTP_URL: 'smtp://u:hidden%@a', SMTP_FROM: 'a@b' }, 'SMTP_URL must be'],
    [{ SMTP_URL: 'smtp://a/b?c', SMTP_FROM: 'a@b' }, 'SMTP_URL must be'],
    [{ SMTP_URL: 'smtp://a', SMTP_FROM: 'a' }, 'SMTP_FROM must be an e-mail address'],
    [{ SMTP_URL: 'smtp://a', SMTP_FROM: 'x\r\nBcc: y <a@b>' }, 'SMTP_FROM must be'],
    [{ SMTP_URL: 'smtp://a', SMTP_FROM: 'a@b', SMTP_TLS_CA: '/no/file' }, 'SMTP_TLS_CA: /no/file'],
  ])('refuses mail by %j', (env, mistake) => {
    expect(() => readConfig(env)).toThrow(mistake);
    expect(() => readConfig(env)).not.toThrow('hidden');
  });

  const OKTA = {
    OIDC_ISSUER: 'https://example.okta.com',
    OIDC_CLIENT_ID: 'cloudpam',
    OIDC_ROLE_MAP: 'admins=admin,*=viewer',
  };

  it('reads one provider, with what most have as the default', () => {
    expect(readConfig({ ...OKTA, PUBLIC_URL: 'https://pam.example.com/' })).toMatchObject({
      publicUrl: 'https://pam.example.com',
      sessionHours: 12,
      sessionIdleMinutes: 60,
      oidc: [
        {
          name: 'oidc',
          label: 'single sign-on',
          issuer: 'https://example.okta.com',
          clientSecret: undefined,
          scopes: 'openid profile email',
          roleClaim: 'groups',
        },
      ],
    });
    expect(readConfig({}).oidc).toEqual([]);
  });

  it('reads several providers, which share scopes and claim but never roles', () => {
    const several = {
      OIDC_PROVIDERS: 'google, okta',
      OIDC_SCOPES: 'openid groups',
      OIDC_GOOGLE_ISSUER: 'https://accounts.google.com',
      OIDC_GOOGLE_CLIENT_ID: 'g',
      OIDC_GOOGLE_ROLE_CLAIM: 'hd',
      OIDC_GOOGLE_ROLE_MAP: 'example.com=viewer',
      OIDC_OKTA_ISSUER: 'https://example.okta.com',
      OIDC_OKTA_CLIENT_ID: 'o',
      OIDC_OKTA_NAME: 'Okta',
    };
    expect(() => readConfig(several)).toThrow('OIDC_OKTA_ROLE_MAP is needed');
    expect(readConfig({ ...several, OIDC_OKTA_ROLE_MAP: 'a=admin' }).oidc).toMatchObject([
      { name: 'google', label: 'google', roleClaim: 'hd', scopes: 'openid groups' },
      {
        name: 'okta',
        label: 'Okta',
        roleClaim: 'groups',
        roleMap: [{ group: 'a', role: 'admin' }],
      },
    ]);
  });

  it.each([
    [{ ...OKTA, OIDC_ISSUER: 'http://id.example' }, 'OIDC_ISSUER must be an https:// address'],
    [{ OIDC_ISSUER: 'https://id.example' }, 'OIDC_CLIENT_ID is needed'],
    [{ ...OKTA, OIDC_ROLE_MAP: 'admins=root' }, 'OIDC_ROLE_MAP: "admins=root"'],
    [{ ...OKTA, OIDC_SCOPES: 'profile' }, 'OIDC_SCOPES must hold openid'],
    [{ ...OKTA, OIDC_ISUER: 'x' }, 'OIDC_ISUER is not a setting'],
    [{ ...OKTA, OIDC_PROVIDERS: 'okta' }, 'OIDC_ISSUER is not a setting while'],
    [
      { ...OKTA, OIDC_AUTH_PARAMS: 'acr_values=2&redirect_uri=https://evil.example' },
      'OIDC_AUTH_PARAMS cannot hold redirect_uri',
    ],
    [{ ...OKTA, OIDC_PAR: 'never' }, 'OIDC_PAR must be auto or always'],
    [{ OIDC_AUTO_LOGIN: 'true' }, 'OIDC_AUTO_LOGIN needs exactly one provider, and there are 0'],
    [{ ...OKTA, OIDC_AUTO_LOGIN: 'yes' }, 'OIDC_AUTO_LOGIN must be true or false'],
    [{ SESSION_RECHECK_MINUTES: '1.5' }, 'SESSION_RECHECK_MINUTES must be a whole number'],
    [{ ...OKTA, OIDC_CLIENT_AUTH: 'jwt' }, 'OIDC_CLIENT_AUTH must be basic or post'],
    [{ PUBLIC_URL: 'pam.example' }, 'PUBLIC_URL must be like'],
    [{ PUBLIC_URL: 'https://pam.example/path' }, 'PUBLIC_URL must be like'],
    [{ SESSION_HOURS: '0' }, 'SESSION_HOURS must be a whole number from 1'],
    [{ SESSION_IDLE_MINUTES: 'x' }, 'SESSION_IDLE_MINUTES'],
    [{ TRUSTED_PROXIES: '10.0.0.0/8,proxy' }, 'TRUSTED_PROXIES: "proxy" is not'],
    [{ TRUSTED_PROXIES: '10.0.0.0/33' }, 'TRUSTED_PROXIES'],
    [{ TRUSTED_PROXIES: '10.1' }, 'TRUSTED_PROXIES: "10.1" is not'],
    [{ TRUSTED_PROXIES: '012.0.0.1' }, 'TRUSTED_PROXIES: "012.0.0.1" is not'],
  ])('refuses %j', (env, mistake) => {
    expect(() => readConfig(env)).toThrow(mistake);
  });

  it('trusts every address where that is said, as two halves', () => {
    const { trustedProxies } = readConfig({ TRUSTED_PROXIES: '0.0.0.0/0,::/0,loopback' });
    expect(trustedProxies).toEqual(['0.0.0.0/1', '128.0.0.0/1', '::/1', '8000::/1', 'loopback']);
    expect(() => compile([...trustedProxies])).not.toThrow();
  });

  it('asks for no setting that the README does not tell, and for each that it tells', () => {
    const asked = new Set<string>();
    readConfig(new Proxy({}, { get: (_, name: string) => void asked.add(name) }));
    const readme = readFileSync(path.join(__dirname, '../../../../README.md'), 'utf8');
    const told = [...readme.matchAll(/^\| (`[A-Z\d_]+`(?:, `[A-Z\d_]+`)*) \|/gm)].flatMap(
      ([, names = '']) => names.replaceAll('`', '').split(', '),
    );
    // Those of providers and of traces have tables of their own, and count where one is named.
    const isOfServer = (name: string): boolean => !/^(OIDC|OTEL)_/.test(name);
    expect(told.filter(isOfServer).sort()).toEqual([...asked].filter(isOfServer).sort());
  });

  it('does not mind the names of the collector, nor those of a Kubernetes service', () => {
    const documented =
      readFileSync(path.join(__dirname, '../../../../docs/collectors/README.md'), 'utf8').match(
        /CLOUDPAM_[A-Z_]+/g,
      ) ?? [];
    expect(documented.length).toBeGreaterThan(20);
    const names = [
      ...documented,
      'CLOUDPAM_PORT',
      'CLOUDPAM_PORT_8080_TCP',
      'CLOUDPAM_PORT_8080_TCP_ADDR',
      'CLOUDPAM_SERVICE_PORT_HTTP',
    ];
    expect(() => readConfig(Object.fromEntries(names.map((name) => [name, 'x'])))).not.toThrow();
  });
});
