import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GcpCloudNetworks } from './gcp-cloud-networks';
import { SUBJECT_TOKEN, startGcpDouble, type GcpDouble } from './testing';

const ABSENT = [
  'GOOGLE_APPLICATION_CREDENTIALS',
  'GCE_METADATA_HOST',
  'GCE_METADATA_IP',
  'METADATA_SERVER_DETECTION',
  'GOOGLE_CLOUD_QUOTA_PROJECT',
];
const REFUSED = { coverage: 'failed', networks: [], resources: [] };

/**
 * Credentials as the environment gives them; only the loopback double is ever asked for a token.
 */
describe('application default credentials', () => {
  const before = { ...process.env };
  let double: GcpDouble;
  let folder: string;

  beforeEach(async () => {
    double = await startGcpDouble({
      projects: [{ projectId: 'web-prod', displayName: 'Web', networks: [], subnets: [] }],
    });
    folder = await mkdtemp(join(tmpdir(), 'cloudpam-gcp-'));
    for (const name of ABSENT) delete process.env[name];
    // No credentials of whoever runs the tests: neither gcloud's own nor those of the machine.
    Object.assign(process.env, {
      HOME: folder,
      CLOUDSDK_CONFIG: folder,
      APPDATA: folder,
      GOOGLE_CLOUD_PROJECT: 'project-of-the-double',
    });
  });
  afterEach(async () => {
    for (const name of ABSENT) delete process.env[name];
    Object.assign(process.env, before);
    await double.close();
    await rm(folder, { recursive: true });
  });

  const fileWith = async (name: string, content: object | string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };
  const readAll = async () => {
    const cloud = new GcpCloudNetworks({
      rootUrl: double.rootUrl,
      projects: ['web-prod'],
      retry: { attempts: 2, waitMs: 1 },
      scopeTimeoutMs: 10_000,
    });
    return [await cloud.read({ provider: 'gcp', account: 'web-prod', region: 'global' })];
  };

  it('are taken from a service account key, which signs its own tokens', async () => {
    process.env['GOOGLE_APPLICATION_CREDENTIALS'] = await fileWith(
      'key.json',
      double.tokens.serviceAccountKey(),
    );
    expect(await readAll()).toMatchObject([{ coverage: 'complete' }]);
    expect(await new GcpCloudNetworks({ rootUrl: double.rootUrl }).accounts()).toEqual([
      { id: 'web-prod', name: 'Web' },
    ]);
  });

  it('are taken from the metadata server, as on GKE with Workload Identity and on Cloud Run', async () => {
    process.env['GCE_METADATA_HOST'] = double.host;
    expect(await readAll()).toMatchObject([{ coverage: 'complete' }]);
    expect(double.calls.map(({ method }) => method)).toEqual([
      'networks.list',
      'subnetworks.aggregatedList',
    ]);
  });

  it('are exchanged for the token of another identity provider, by workload identity federation', async () => {
    const subject = await fileWith('subject-token', SUBJECT_TOKEN);
    process.env['GOOGLE_APPLICATION_CREDENTIALS'] = await fileWith(
      'federation.json',
      double.federationFile(subject),
    );
    expect(await readAll()).toMatchObject([{ coverage: 'complete' }]);
  });

  it('leave a scope failed with the code of the token exchange when it refuses', async () => {
    const subject = await fileWith('subject-token', 'of somebody else');
    process.env['GOOGLE_APPLICATION_CREDENTIALS'] = await fileWith(
      'federation.json',
      double.federationFile(subject),
    );
    expect(await readAll()).toMatchObject([{ ...REFUSED, error: { code: 'invalid_grant' } }]);
    expect(double.calls).toEqual([]);
  });

  it('leave a scope failed when a key has been replaced', async () => {
    const other = await startGcpDouble({ projects: [] });
    double.tokens.serviceAccountKey();
    process.env['GOOGLE_APPLICATION_CREDENTIALS'] = await fileWith(
      'key.json',
      other.tokens.serviceAccountKey(),
    );
    expect(await readAll()).toMatchObject([
      { ...REFUSED, error: { code: 'ACCESS_TOKEN_EXPIRED' } },
    ]);
    await other.close();
  });

  it('leave a scope failed when there are none', async () => {
    process.env['METADATA_SERVER_DETECTION'] = 'none';
    expect(await readAll()).toMatchObject([
      {
        ...REFUSED,
        error: {
          code: 'no_credentials',
          message: expect.stringContaining('Could not load the default credentials'),
        },
      },
    ]);
  });

  it('leave a scope failed when their file is missing', async () => {
    process.env['GOOGLE_APPLICATION_CREDENTIALS'] = join(folder, 'nowhere.json');
    expect(await readAll()).toMatchObject([
      { ...REFUSED, error: { code: 'ENOENT', message: expect.stringContaining('nowhere.json') } },
    ]);
  });
});
