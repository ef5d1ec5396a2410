import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseCidr } from '@cloudpam/cidr';
import { describeWith } from '../counterpart';
import { TOKEN } from '../start-server';
import { CHART, objectsOf, valuesFiles } from './chart';
import { podsOf, type Container, type KubernetesObject } from './kubernetes-objects';
import { built, namesRead, readCollectorConfig, readConfig, type Environment } from './product';

const { OPTIONS } = built<{ OPTIONS: ReadonlyMap<string, unknown> }>(
  'collector/dist/config/options.js',
);

interface Schema {
  readonly properties: { readonly settings: { readonly properties: object } };
  readonly definitions: { readonly collectorOptions: { readonly properties: object } };
}
const schema = JSON.parse(readFileSync(path.join(CHART, 'values.schema.json'), 'utf8')) as Schema;

/** Another than that of the admin. */
const COLLECTOR_TOKEN = TOKEN.replace('e2e', 'cde');
const VIEWER_TOKEN = `cpam_${'v'.repeat(12)}_${'w'.repeat(52)}`;

/** What secrets hold that the chart does not make. */
const SECRETS: Environment = {
  DATABASE_URL: 'postgres://somebody:secret@db.example.com/cloudpam',
  DATABASE_REPLICAS: 'postgres://somebody:secret@replica.example.com/cloudpam',
  AUDIT_KEY: 'k'.repeat(32),
  CLOUDPAM_SECRET_KEY: 's'.repeat(32),
  CLOUDPAM_BOOTSTRAP_TOKEN: TOKEN,
  CLOUDPAM_BOOTSTRAP_COLLECTOR_TOKEN: COLLECTOR_TOKEN,
  CLOUDPAM_BOOTSTRAP_VIEWER_TOKEN: VIEWER_TOKEN,
  CLOUDPAM_TOKEN: COLLECTOR_TOKEN,
  NATS_URL: 'nats://pam:secret@nats.example.com:4222',
  SMTP_URL: 'smtp://pam:secret@mail.example.com:587',
};

function environmentOf({ env = [] }: Container): Record<string, string> {
  return Object.fromEntries(
    env.map(({ name, value, valueFrom }) => [
      name,
      value ?? (valueFrom?.secretKeyRef ? (SECRETS[name] ?? 'secret') : 'from the pod'),
    ]),
  );
}

function containersOf(objects: readonly KubernetesObject[], name: string): Container[] {
  return podsOf(objects)
    .flatMap(({ pod }) => pod.spec.containers)
    .filter((each) => each.name === name);
}

describeWith('helm', 'settings in the Helm chart', (helm) => {
  const rendered = (values: string): KubernetesObject[] =>
    objectsOf({ helm, kubernetes: '' }, values);

  it.each(valuesFiles())('%s gives a server what it takes', (values) => {
    const [server] = containersOf(rendered(values), 'server');
    const environment = server && environmentOf(server);
    expect(readConfig(environment ?? {})).toMatchObject({
      port: server?.ports?.[0]?.containerPort,
      host: '0.0.0.0',
      shutdownTimeout: 10,
      auditKeys: [SECRETS['AUDIT_KEY']],
      bootstrapTokens: { admin: TOKEN },
    });
  });

  it('everything arrives at the server', () => {
    const [server] = containersOf(rendered('everything.yaml'), 'server');
    expect(readConfig(server ? environmentOf(server) : {})).toMatchObject({
      databaseUrl: 'postgres://pam%40example@db.example.com:6432/cloudpam?sslmode=verify-full',
      publicUrl: 'https://pam.example.com',
      workers: 2,
      rateLimit: 100,
      orphanCooldown: 604_800,
      trustedProxies: ['10.0.0.0/8'],
      sentryDsn: 'secret',
      secretKeys: [SECRETS['CLOUDPAM_SECRET_KEY']],
      webhookAllow: [parseCidr('10.20.0.0/16'), parseCidr('fd00::/8')],
      sinks: {
        kafka: {
          brokers: ['kafka-0.example.com:9093', 'kafka-1.example.com:9093'],
          sasl: { mechanism: 'SCRAM-SHA-512', username: 'pam', password: 'secret' },
        },
        nats: { prefix: 'ipam.events', stream: 'IPAM' },
        s3: { bucket: 'pam-events', prefix: 'prod', region: 'eu-central-1' },
        s3EveryMs: 300_000,
      },
      mail: {
        host: 'mail.example.com',
        login: { user: 'pam', password: 'secret' },
        from: { name: 'CloudPAM', address: 'pam@example.com' },
      },
      tracing: { encoding: 'json' },
      oidc: [
        {
          name: 'okta',
          label: 'Okta',
          issuer: 'https://example.okta.com',
          clientId: 'cloudpam',
          clientSecret: 'secret',
          clientAuth: 'basic',
          scopes: 'openid profile email groups offline_access',
          roleClaim: 'groups',
          authParams: { prompt: 'select_account' },
          par: 'always',
        },
        { name: 'public', clientSecret: undefined, clientId: 'pam' },
      ],
    });
  });

  it('what the SDK of traces reads arrives too', () => {
    const [server] = containersOf(rendered('everything.yaml'), 'server');
    expect(server && environmentOf(server)).toMatchObject({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel-collector.observability:4318',
      OTEL_EXPORTER_OTLP_HEADERS: 'secret',
      OTEL_SERVICE_NAME: 'pam',
      OTEL_TRACES_SAMPLER_ARG: '0.25',
    });
  });

  it('every setting of the server has its place, or is left out on purpose', () => {
    const own = [
      'HOST',
      'PORT',
      'SHUTDOWN_TIMEOUT',
      'DATABASE_URL',
      'DATABASE_REPLICAS',
      'OTEL_EXPORTER_OTLP_ENDPOINT',
    ];
    const secret = [
      'AUDIT_KEY',
      'CLOUDPAM_BOOTSTRAP_TOKEN',
      'CLOUDPAM_BOOTSTRAP_COLLECTOR_TOKEN',
      'CLOUDPAM_BOOTSTRAP_VIEWER_TOKEN',
      'SENTRY_DSN',
      'CLOUDPAM_SECRET_KEY',
      'KAFKA_PASSWORD',
      'NATS_URL',
      'SMTP_URL',
    ];
    // TLS ends at the ingress, and nobody puts files into these pods.
    const without = ['TLS_CERT', 'TLS_KEY', 'TLS_CLIENT_CA', 'SMTP_TLS_CA', 'SNAPSHOT_DIR'];
    // There is one endpoint, which is for traces alone.
    const single = [
      'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
      'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL',
      'OTEL_SDK_DISABLED',
      'OTEL_TRACES_EXPORTER',
    ];
    const placed = [
      ...own,
      ...secret,
      ...without,
      ...single,
      ...Object.keys(schema.properties.settings.properties),
    ];
    const ofTheSdk = ['OTEL_SERVICE_NAME'];
    expect(placed.sort()).toEqual([...namesRead(), ...ofTheSdk].sort());
  });

  it('collectors start as they want to be started', () => {
    const started = containersOf(rendered('everything.yaml'), 'collector');
    const readings = started.map((each) =>
      readCollectorConfig(each.args ?? [], environmentOf(each)),
    );
    // In the order in which Helm installs them: agents, then cron jobs.
    expect(readings).toMatchObject([
      {
        kind: 'agent',
        config: {
          concurrency: 8,
          agent: { intervalMs: 10_800_000, name: 'from the pod', healthFile: '/tmp/health' },
          delivery: {
            server: 'https://pam.example.com',
            spool: { folder: '/var/lib/cloudpam/spool', limitBytes: 200_000_000 },
          },
          providers: [{ settings: { parent: 'organizations/123456789012' } }],
        },
      },
      { kind: 'agent', config: { providers: [{ settings: { path: '/saved' } }] } },
      {
        kind: 'run',
        config: {
          scopeTimeoutMs: 300_000,
          json: true,
          delivery: { server: 'http://pam:8443', spool: { limitBytes: 900_000_000 } },
          providers: [
            {
              settings: {
                homeRegion: 'eu-west-1',
                excludedRegions: ['me-south-1', 'af-south-1'],
                members: { roleName: 'CloudPAMCollector' },
              },
            },
          ],
        },
      },
    ]);
  });

  it('every option of the collector has its place, or is left out on purpose', () => {
    const own = ['provider', 'server', 'token', 'spool', 'spool-limit', 'name', 'health-file'];
    // A sink writes where nobody would fetch it.
    const placed = [...own, 'sink', ...Object.keys(schema.definitions.collectorOptions.properties)];
    expect(placed.sort()).toEqual([...OPTIONS.keys()].sort());
  });
});
