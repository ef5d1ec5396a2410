import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { describeWith } from '../counterpart';
import { ROOT } from '../start-server';
import {
  CHART,
  chartMistakes,
  objectsOf,
  readObjects,
  refusals,
  template,
  valuesFiles,
} from './chart';
import { readCompose } from './compose';
import { DOCKER } from './dockerfiles';
import { objectOf, podsOf, type KubernetesObject } from './kubernetes-objects';
import { readRules } from './observability';

interface Values {
  readonly database: { readonly bundled: { readonly image: { readonly tag: string } } };
}
const text = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

describeWith('helm', 'the Helm chart', (helm) => {
  describeWith('kubernetes', 'as Kubernetes sees it', (kubernetes) => {
    const tools = { helm, kubernetes };
    const rendered = (values: string): KubernetesObject[] => objectsOf(tools, values);

    it('is without a mistake, with each of its files of values', () => {
      expect(valuesFiles()).toEqual([
        'bundled.yaml',
        'everything.yaml',
        'minimal.yaml',
        'postgres.yaml',
      ]);
      expect(chartMistakes(tools, CHART, valuesFiles())).toEqual([]);
    });

    it('has every kind of object in one of the files', () => {
      const kinds = valuesFiles().flatMap((values) => rendered(values).map(({ kind }) => kind));
      const wanted = `CronJob Deployment HorizontalPodAutoscaler Ingress NetworkPolicy
        PersistentVolumeClaim PodDisruptionBudget PrometheusRule Secret Service ServiceAccount
        ServiceMonitor StatefulSet`;
      expect([...new Set(kinds)].sort()).toEqual(wanted.split(/\s+/));
    });

    it.each([
      [
        'minimal.yaml',
        'replicas=2',
        'more than one server (replicas, autoscaling) needs PostgreSQL',
      ],
      ['minimal.yaml', 'autoscaling.enabled=true', 'more than one server (replicas'],
      ['minimal.yaml', 'database.replicas.existingSecret=a', 'database.replicas needs PostgreSQL'],
      ['bundled.yaml', 'database.external.host=db', 'only one can be given of'],
      ['minimal.yaml', 'nameOverride=a.b', 'cloudpam-a.b is no name of a service'],
      ['minimal.yaml', 'fullnameOverride=9a', '9a is no name of a service'],
      ['minimal.yaml', 'image.repository=ghcr.io/cloudpam/server:latest', "'/image/repository'"],
      [
        'everything.yaml',
        'collectors.aws.podLabels.app\\.kubernetes\\.io/component=server',
        "invalid propertyName 'app.kubernetes.io/component'",
      ],
      ['postgres.yaml', 'ingress.enabled=true', 'ingress.host is needed'],
      ['everything.yaml', 'oidcAutoLogin=true', 'needs exactly one provider'],
      ['everything.yaml', 'ingress.tlsSecret=', 'oidc needs publicUrl'],
      ['everything.yaml', 'collectors.aws.schedule=', 'schedule'],
      ['everything.yaml', 'collectors.aws.replicas=2', 'replicas are for kind Agent'],
      ['everything.yaml', 'collectors.aws.spool.persistent=false', 'must be persistent'],
      ['everything.yaml', 'collectors.saved.replicas=2', 'a persistent spool is for one collector'],
      ['everything.yaml', 'collectors.gcp.schedule=@daily', 'are for kind CronJob'],
      ['everything.yaml', 'collectors.aws.options.interval=1h', 'is for kind Agent'],
    ])('%s with %s is refused: %s', (values, set, said) => {
      const { status, stderr } = template(tools, values, { set: [set] });
      expect([status, stderr]).toEqual([1, expect.stringContaining(said)]);
    });

    it('replaces servers one by one, and a server with an SQLite file as a whole', () => {
      const strategy = (values: string): unknown =>
        objectOf(rendered(values), 'Deployment', 'cloudpam').spec?.strategy;
      expect(strategy('postgres.yaml')).toEqual({
        type: 'RollingUpdate',
        rollingUpdate: { maxUnavailable: 0, maxSurge: 1 },
      });
      expect(strategy('minimal.yaml')).toEqual({ type: 'Recreate' });
    });

    it.each([
      ['http://collector', 80],
      ['https://otlp.example.com/v1', 443],
      ['http://collector:4318', 4318],
    ])('lets traces out to %s', (endpoint, port) => {
      const ports = (set: readonly string[]): number[] =>
        objectOf(
          readObjects(template(tools, 'minimal.yaml', { set }).stdout),
          'NetworkPolicy',
          'cloudpam',
        ).spec?.egress?.flatMap((each) => each.ports?.map((one) => one.port) ?? []) ?? [];
      expect(ports([])).toEqual([53, 53]);
      expect(ports([`traces.endpoint=${endpoint}`])).toEqual([53, 53, port]);
    });

    it('has Prometheus wake people by our alerts, and by those of the values', () => {
      const objects = rendered('everything.yaml');
      const { groups } = readRules(path.join(CHART, 'files/rules.yaml'));
      const { groups: made = [] } = objectOf(objects, 'PrometheusRule', 'pam').spec ?? {};
      expect(made.slice(0, -1)).toEqual(groups);
      expect(made.at(-1)).toMatchObject({ name: 'cloudpam' });
      const set = ['serviceMonitor.token.existingSecret='];
      const [{ authorization } = {}] =
        objectOf(
          readObjects(template(tools, 'everything.yaml', { set }).stdout),
          'ServiceMonitor',
          'pam',
        ).spec?.endpoints ?? [];
      expect(authorization).toEqual({ credentials: { name: 'pam-keys', key: 'viewer-token' } });
      // They know the servers by this job, whatever the release is called.
      const { jobLabel = '' } = objectOf(objects, 'ServiceMonitor', 'pam').spec ?? {};
      expect(objectOf(objects, 'Service', 'pam').metadata.labels?.[jobLabel]).toBe('cloudpam');
    });

    it('gives a server more time to end than it takes', () => {
      const set = ['shutdownTimeoutSeconds=600'];
      const objects = readObjects(template(tools, 'minimal.yaml', { set }).stdout);
      const [server] = podsOf(objects);
      const pause = server?.pod.spec.containers[0]?.lifecycle?.preStop?.sleep?.seconds;
      expect(pause).toBe(5);
      expect(server?.pod.spec.terminationGracePeriodSeconds).toBeGreaterThan(605);
    });

    it('takes the values that the documentation shows', () => {
      const blocks = [...text('docs/deploy/kubernetes.md').matchAll(/^```yaml\n(.*?)^```/gms)];
      const folder = mkdtempSync(path.join(tmpdir(), 'cloudpam-values-'));
      for (const [at, [, values = '']] of blocks.entries()) {
        const file = path.join(folder, `${at}.yaml`);
        writeFileSync(file, values);
        const { status, stdout, stderr } = template(tools, file);
        expect([status, stderr, status === 0 && refusals(tools, stdout)]).toEqual([0, '', []]);
      }
      rmSync(folder, { recursive: true });
      expect(blocks).toHaveLength(3);
    });

    it('is as strict with the files of docs/collectors/deploy', () => {
      for (const file of ['gke-cronjob.yaml', 'kubernetes-agent-deployment.yaml'])
        expect([file, refusals(tools, text(`docs/collectors/deploy/${file}`))]).toEqual([file, []]);
    });
  });
});

describe('the files of the Helm chart', () => {
  it('run the PostgreSQL of Docker Compose', () => {
    const { tag } = (parse(text('deploy/helm/cloudpam/values.yaml')) as Values).database.bundled
      .image;
    const { image } = readCompose(DOCKER, {}).services['database'] ?? {};
    expect(image).toContain(`/library/postgres:${tag}@`);
  });

  it('have the version of the product', () => {
    const { version } = JSON.parse(text('package.json')) as { version: string };
    expect(parse(text('deploy/helm/cloudpam/Chart.yaml'))).toMatchObject({
      version,
      appVersion: version,
    });
  });
});
