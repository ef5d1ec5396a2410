import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import {
  startPostgres,
  startReplica,
  type PostgresReplica,
  type PostgresServer,
} from '@cloudpam/storage-typeorm/testing';
import { describeWith } from '../counterpart';
import { eventually } from '../eventually';
import { runCollector } from '../run-collector';
import { setDigestDue } from '../set-digest-due';
import { ROOT, startServer, TOKEN, type Server } from '../start-server';
import { SQLITE, type Database } from '../storages';
import { CHART } from './chart';
import { mountsOf, readCompose } from './compose';
import { DOCKER } from './dockerfiles';
import { dashboardMistakes, refusedByPrometheus, ruleMistakes } from './observability';
import { findPlanted, type Mistake } from './planted';
import { exportedBy, type Exported } from './promql';

const RULES = 'files/rules.yaml';
const DASHBOARD = 'observability/grafana/cloudpam.json';

const rule = (from: string | RegExp, to: string): Mistake => ({ file: RULES, from, to });
const panel = (from: string | RegExp, to: string): Mistake => ({ file: DASHBOARD, from, to });

describe('what Prometheus and Grafana ask of a server', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cloudpam-observed-'));
  let postgres: PostgresServer;
  let replica: PostgresReplica;
  let sqlite: Database;
  let servers: Server[] = [];
  let exported: Exported;

  const scrape = async ({ url }: Server): Promise<string> =>
    (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })).text();

  /** Makes a webhook that fails, one that is paused, and a digest that is due. */
  const subscribe = async ({ api }: Server, url: string): Promise<void> => {
    const made = (at: string, body: object): Promise<{ id: number }> =>
      api.expect(201, api.post<{ id: number }>(at, body));
    await made('/webhooks', { name: 'fails', url: 'http://127.0.0.1:1/' });
    const { id } = await made('/webhooks', { name: 'paused', url: 'http://127.0.0.1:1/' });
    await api.expect(200, api.post(`/webhooks/${id}/pause`));
    const digest = await made('/digests', {
      ...{ name: 'daily', recipients: ['ada@example.com'], send_empty: true },
      schedule: { every: 'daily', hour: 7, time_zone: 'UTC' },
    });
    await setDigestDue(url, digest.id, new Date(Date.now() - 3_600_000));
  };

  beforeAll(async () => {
    [postgres, sqlite] = await Promise.all([
      startPostgres(undefined, ['synchronous_commit=on']),
      SQLITE.open(),
    ]);
    const url = await postgres.database();
    replica = await startReplica(url);
    servers = await Promise.all([
      startServer(url, {
        DATABASE_REPLICAS: replica.url(url),
        AUDIT_FORWARD: `file:${path.join(folder, 'audit.jsonl')}`,
        CLOUDPAM_SECRET_KEY: 'a key of the tests and of nothing else',
        WEBHOOK_ALLOW: '127.0.0.1/32',
        // Where nobody takes anything.
        NATS_URL: 'nats://127.0.0.1:1',
        SMTP_URL: 'smtp://127.0.0.1:1',
        SMTP_FROM: 'pam@example.com',
      }),
      startServer(sqlite.url, { CLOUDPAM_WORKERS: '2' }),
    ]);
    const [first, second] = servers as [Server, Server];
    await runCollector(first, path.join(ROOT, 'examples/estate'));
    await subscribe(first, url);
    expect((await first.api.get('/pools/999999')).status).toBe(404);
    await eventually('the replica to be taken in', async () =>
      (await scrape(first)).includes('cloudpam_replica_in{'),
    );
    await eventually('all to be tried', async () => {
      const text = await scrape(first);
      return ['webhook_deliveries', 'sink_batches', 'digest_mails'].every((each) =>
        text.includes(`cloudpam_${each}_total{`),
      );
    });
    exported = exportedBy(await scrape(first), await scrape(second));
  }, 120_000);
  afterAll(async () => {
    for (const server of servers) await server.stop();
    await replica?.stop();
    await postgres?.stop();
    await sqlite?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const rulesOf = (chart: string): string[] => ruleMistakes(path.join(chart, RULES), exported);
  const dashboardOf = (docker: string): string[] =>
    dashboardMistakes(path.join(docker, DASHBOARD), exported);

  it('is there, for every alert', () => expect(rulesOf(CHART)).toEqual([]));
  it('is there, for every panel', () => expect(dashboardOf(DOCKER)).toEqual([]));

  it.each<[string, Mistake, RegExp]>([
    [
      'a metric that nobody exports',
      rule('cloudpam_replica_in == 0', 'cloudpam_replica_up == 0'),
      /CloudPAMReplicaOut: there is no metric cloudpam_replica_up/,
    ],
    [
      'a histogram without its suffix',
      rule('_seconds_bucket{', '_seconds{'),
      /CloudPAMSlow: there is no metric cloudpam_http_request_duration_seconds$/m,
    ],
    [
      'a label that a metric does not have',
      rule('{status="queued"}', '{state="queued"}'),
      /CloudPAMJobsWaiting: cloudpam_discovery_jobs has no label state/,
    ],
    [
      'a grouping by a label that is not there',
      rule('namespace, coverage)', 'namespace, cover)'),
      /CloudPAMScopesFailed: cloudpam_scopes has no label cover/,
    ],
    [
      'a label in a text that is not there',
      rule('$labels.replica', '$labels.replicas'),
      /CloudPAMReplicaOut: cloudpam_replica_in has no label replicas/,
    ],
    [
      'a broken expression',
      rule('[15m])) > 10', '[15m]) > 10'),
      /CloudPAMBusy: it is broken at character \d+/,
    ],
    [
      'a runbook that is not written',
      rule('#the-audit-log', '#the-log'),
      /CloudPAMAuditUnsealed: there is no https:\S+#the-log/,
    ],
  ])('an alert shows %s', (_name, mistake, said) => {
    expect(findPlanted(CHART, mistake, rulesOf).join('\n')).toMatch(said);
  });

  it.each<[string, Mistake, RegExp]>([
    [
      'a metric that nobody exports',
      panel('cloudpam_agents_online', 'cloudpam_agents'),
      /Jobs and agents: there is no metric cloudpam_agents/,
    ],
    [
      'a label of a legend that is not there',
      panel('{{route}}', '{{path}}'),
      /Slowest routes.*: \S+_bucket has no label path/,
    ],
    [
      'a broken expression',
      panel('max by (replica) (', 'max by (replica ('),
      /Replicas behind: it is broken at character \d+/,
    ],
    ['a number that is given twice', panel('"id": 3,', '"id": 2,'), /two panels have the number 2/],
  ])('the dashboard shows %s', (_name, mistake, said) => {
    expect(findPlanted(DOCKER, mistake, dashboardOf).join('\n')).toMatch(said);
  });
});

describeWith('prometheus', 'what Prometheus loads', (home) => {
  const rulesOf = (chart: string): string[] => refusedByPrometheus(home, path.join(chart, RULES));
  const dashboardOf = (docker: string): string[] =>
    refusedByPrometheus(home, path.join(docker, DASHBOARD));

  it('are our alerts and panels', () => {
    expect([...rulesOf(CHART), ...dashboardOf(DOCKER)]).toEqual([]);
  });

  it.each<[string, Mistake, RegExp]>([
    ['an unknown field', rule('annotations:', 'annotation:'), /field annotation not found/],
    [
      'a duration that is none',
      rule('for: 5m', 'for: soon'),
      /not a valid duration string: "?soon/,
    ],
    [
      'a function of another type',
      rule(
        'changes(process_start_time_seconds{job="cloudpam"}[30m])',
        'changes(process_start_time_seconds{job="cloudpam"})',
      ),
      /expected type range vector in call to function "changes"/,
    ],
    [
      'a template that is broken',
      rule('{{ $value | humanizePercentage }}', '{{ $value | percentage }}'),
      /function "percentage" not defined/,
    ],
  ])('are no rules with %s', (_name, mistake, said) => {
    expect(findPlanted(CHART, mistake, rulesOf).join('\n')).toMatch(said);
  });

  it('is no panel that takes the rate of an instant', () => {
    const mistake = panel(
      'rate(cloudpam_problems_total[$__rate_interval])',
      'rate(cloudpam_problems_total)',
    );
    expect(findPlanted(DOCKER, mistake, dashboardOf).join('\n')).toMatch(
      /expected type range vector/,
    );
  });
});

describe('the observability profile of compose.yaml', () => {
  const { prometheus, grafana, server } = readCompose(DOCKER, {}).services;
  const targets = (service = prometheus): string[] =>
    service ? mountsOf(service).map(({ target }) => target) : [];
  const yaml = (file: string): unknown =>
    parse(readFileSync(path.join(DOCKER, 'observability', file), 'utf8'));

  it('has Prometheus read the server with its token, and our rules', () => {
    expect(yaml('prometheus.yml')).toMatchObject({
      rule_files: ['rules.yaml'],
      scrape_configs: [
        {
          job_name: 'cloudpam',
          authorization: { credentials_file: '/run/secrets/token' },
          static_configs: [{ targets: ['server:8080'] }],
        },
      ],
    });
    expect(targets()).toEqual(
      expect.arrayContaining(['/etc/prometheus/prometheus.yml', '/etc/prometheus/rules.yaml']),
    );
    expect(server?.environment).toHaveProperty('CLOUDPAM_BOOTSTRAP_VIEWER_TOKEN_FILE');
  });

  it('has Grafana find Prometheus and the dashboard', () => {
    const provisioning = 'grafana/provisioning';
    expect(yaml(`${provisioning}/datasources/prometheus.yaml`)).toMatchObject({
      datasources: [{ type: 'prometheus', url: 'http://prometheus:9090' }],
    });
    const [folder] = targets(grafana);
    expect(yaml(`${provisioning}/dashboards/cloudpam.yaml`)).toMatchObject({
      providers: [{ options: { path: folder } }],
    });
    expect(grafana?.environment?.['GF_PATHS_PROVISIONING']).toBe(`${folder}/provisioning`);
  });
});
