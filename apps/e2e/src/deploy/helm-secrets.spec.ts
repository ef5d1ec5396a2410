import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { describeWith } from '../counterpart';
import { CHART, readObjects } from './chart';
import { objectOf, type KubernetesObject } from './kubernetes-objects';

const run = promisify(execFile);

/** Kinds of the chart with a PostgreSQL of its own, by group and version. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  v1: ['Secret', 'Service', 'ServiceAccount'],
  'apps/v1': ['Deployment', 'StatefulSet'],
  'networking.k8s.io/v1': ['NetworkPolicy'],
  'policy/v1': ['PodDisruptionBudget'],
};

/** As much of a server of Kubernetes as Helm asks: its version, its kinds, and secrets. */
async function openCluster(secrets: Map<string, KubernetesObject>): Promise<Server> {
  const groups = Object.keys(KINDS).filter((each) => each.includes('/'));
  const known = new Map<string, object>([
    ['/version', { major: '1', minor: '35', gitVersion: 'v1.35.4' }],
    ['/api', { kind: 'APIVersions', versions: ['v1'] }],
    ['/apis', { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(groupOf) }],
    ...Object.entries(KINDS).map(([version, kinds]): [string, object] => [
      version === 'v1' ? '/api/v1' : `/apis/${version}`,
      { kind: 'APIResourceList', groupVersion: version, resources: kinds.map(resourceOf) },
    ]),
  ]);
  const server = createServer((request, response) => {
    const url = request.url?.split('?')[0] ?? '';
    const [, name] = /^\/api\/v1\/namespaces\/ipam\/secrets\/(.+)$/.exec(url) ?? [];
    const answer = known.get(url) ?? secrets.get(name ?? '');
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(
        answer ?? { kind: 'Status', status: 'Failure', reason: 'NotFound', code: 404 },
      ),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function groupOf(groupVersion: string): object {
  const [name, version] = groupVersion.split('/');
  return { name, versions: [{ groupVersion, version }] };
}

function resourceOf(kind: string): object {
  const name = `${kind.toLowerCase()}s`.replace(/ys$/, 'ies');
  return { name, kind, namespaced: true, verbs: ['get'] };
}

describeWith('helm', 'secrets that the Helm chart makes', (helm) => {
  const secrets = new Map<string, KubernetesObject>();
  let cluster: Server;
  const made = async (name: string): Promise<KubernetesObject> => {
    const { port } = cluster.address() as AddressInfo; // it listens on a port
    const { stdout } = await run(path.join(helm, 'helm'), [
      ...['template', 'cloudpam', CHART, '--namespace', 'ipam', '--dry-run=server'],
      ...['--is-upgrade', '--disable-openapi-validation'],
      ...['--values', path.join(CHART, 'ci/bundled.yaml')],
      ...['--kube-apiserver', `http://127.0.0.1:${port}`],
    ]);
    return objectOf(readObjects(stdout), 'Secret', name);
  };
  beforeAll(async () => {
    cluster = await openCluster(secrets);
  });
  beforeEach(() => secrets.clear());
  afterAll(async () => {
    cluster.close();
    await once(cluster, 'close');
  });

  it.each(['cloudpam-keys', 'cloudpam-database'])(
    '%s is another one for each release, and stays when that is upgraded or uninstalled',
    async (name) => {
      const first = await made(name);
      expect(first.metadata.annotations).toEqual({ 'helm.sh/resource-policy': 'keep' });
      expect((await made(name)).data).not.toEqual(first.data);
      secrets.set(name, { ...first, apiVersion: 'v1' } as KubernetesObject);
      expect((await made(name)).data).toEqual(first.data);
    },
  );

  it('a key that an older chart did not make is added to those that are kept', async () => {
    const { data = {}, ...rest } = await made('cloudpam-keys');
    const { 'audit-key': kept = '', ...others } = data;
    expect(Object.keys(others)).toEqual(['bootstrap-token', 'collector-token', 'viewer-token']);
    secrets.set('cloudpam-keys', { ...rest, data: { 'audit-key': kept } });
    const { 'audit-key': still, 'bootstrap-token': token = '' } =
      (await made('cloudpam-keys')).data ?? {};
    expect(still).toBe(kept);
    expect(Buffer.from(token, 'base64').toString()).toMatch(/^cpam_[a-z]{12}_[a-z]{52}$/);
  });
});
