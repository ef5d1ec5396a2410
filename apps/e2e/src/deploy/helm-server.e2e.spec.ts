import { Client } from 'pg';
import { Api } from '../api';
import { describeWith } from '../counterpart';
import { startServer, type Server } from '../start-server';
import { POSTGRES, type Database } from '../storages';
import { objectsOf } from './chart';
import { objectOf, podsOf, type Container } from './kubernetes-objects';

/** With everything that a URL would have to escape. */
const PASSWORD = 'p@ss/w:rd %20?#&é';

describeWith('helm', 'a server with what the Helm chart gives it', (helm) => {
  const objects = objectsOf({ helm, kubernetes: '' }, 'bundled.yaml');
  const container = podsOf(objects)
    .flatMap(({ pod }) => pod.spec.containers)
    .find(({ name }) => name === 'server') as Container; // of the chart's first file
  const keys = objectOf(objects, 'Secret', 'cloudpam-keys').data ?? {};
  const secretOf = (key: string): string => Buffer.from(keys[key] ?? '', 'base64').toString();
  let database: Database;
  let server: Server;
  let token: string;

  beforeAll(async () => {
    database = await POSTGRES.open();
    const client = new Client(database.url);
    await client.connect();
    await client.query(`CREATE ROLE cloudpam SUPERUSER LOGIN PASSWORD '${PASSWORD}'`);
    await client.query('CREATE DATABASE cloudpam OWNER cloudpam');
    await client.end();
    const plain = (container.env ?? []).flatMap(({ name, value }) =>
      value === undefined ? [] : [[name, value] as const],
    );
    const { DATABASE_URL: url = '', ...settings } = Object.fromEntries(plain);
    expect(url).toBe('postgres://cloudpam@cloudpam-database:5432/cloudpam');
    token = secretOf('bootstrap-token');
    server = await startServer(url.replace('cloudpam-database:5432', new URL(database.url).host), {
      ...settings,
      HOST: '127.0.0.1',
      PORT: '0',
      PGPASSWORD: PASSWORD,
      AUDIT_KEY: secretOf('audit-key'),
      CLOUDPAM_BOOTSTRAP_TOKEN: token,
    });
  });
  afterAll(async () => {
    await server.stop();
    await database.remove();
  });

  it('is reached by probes at the port that it listens on', async () => {
    const port = container.env?.find(({ name }) => name === 'PORT')?.value;
    expect(container.ports).toEqual([{ name: 'http', containerPort: Number(port) }]);
    const service = objectOf(objects, 'Service', 'cloudpam').spec?.ports;
    expect(service).toMatchObject([{ name: 'http', targetPort: 'http' }]);
    for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe'] as const) {
      const { path, port: name } = container[probe]?.httpGet ?? { path: '/nowhere' };
      expect([name, (await fetch(`${server.url}${path}`)).status]).toEqual(['http', 200]);
    }
  });

  it('lets the token of the chart in, as an admin, and nobody without one', async () => {
    const { status, body } = await new Api(server.url, token).get<{ role: string }>('/me');
    expect([status, body.role]).toEqual([200, 'admin']);
    expect((await fetch(`${server.url}/api/v1/me`)).status).toBe(401);
  });

  it('tells Prometheus at the path of the ServiceMonitor, for a token of a viewer', async () => {
    const made = await new Api(server.url, token).post<{ secret: string }>('/tokens', {
      name: 'prometheus',
      role: 'viewer',
    });
    const [endpoint] =
      objectOf(objectsOf({ helm, kubernetes: '' }, 'everything.yaml'), 'ServiceMonitor', 'pam').spec
        ?.endpoints ?? [];
    const answer = await fetch(`${server.url}${endpoint?.path ?? ''}`, {
      headers: { authorization: `Bearer ${made.body.secret}` },
    });
    expect(endpoint?.port).toBe('http');
    expect([answer.status, await answer.text()]).toEqual([
      200,
      expect.stringContaining('cloudpam_'),
    ]);
  });
});
