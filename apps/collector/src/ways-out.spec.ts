import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  accountAt,
  generatedOrganization,
  startAwsDouble,
  type AwsDouble,
} from '@cloudpam/provider-aws/testing';
import { startGcpDouble, type GcpDouble } from '@cloudpam/provider-gcp/testing';
import { startDiscoveryDouble, type DiscoveryDouble } from './testing/discovery-double';
import { startProxyDouble, startTlsFront, TEST_CA, type ProxyDouble } from './testing/proxy-double';
import { runCollector, type Ended } from './testing/start-collector';

jest.setTimeout(60_000);

const ACCOUNT = accountAt(0).id;
const portOf = (url: string): number => Number(new URL(url).port);

describe('the collector as a process, behind a proxy', () => {
  let [aws, gcp, server, proxy, front]: [
    AwsDouble,
    GcpDouble,
    DiscoveryDouble,
    ProxyDouble,
    Awaited<ReturnType<typeof startTlsFront>>,
  ] = [] as never; // before each test
  let folder: string;
  let behind: number;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cloudpam-ways-'));
    aws = await startAwsDouble({
      account: ACCOUNT,
      estate: generatedOrganization({ accounts: 1, regions: ['eu-west-1'], vpcs: 1, subnets: 1 }),
    });
    gcp = await startGcpDouble({
      projects: [{ projectId: 'web-prod', networks: [], subnets: [] }],
    });
    server = await startDiscoveryDouble();
    behind = 0;
    front = await startTlsFront(portOf(aws.endpoint));
    proxy = await startProxyDouble((host, port) =>
      host === '127.0.0.1'
        ? port
        : /amazonaws|localhost/.test(host)
          ? front.port
          : behind || undefined,
    );
  });
  afterEach(async () => {
    await Promise.all([aws, gcp, server, proxy, front].map((each) => each.close()));
    await rm(folder, { recursive: true });
  });

  const awsEnv = (more: {
    readonly [name: string]: string;
  }): { readonly [name: string]: string } => ({
    AWS_ACCESS_KEY_ID: aws.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: aws.credentials.secretAccessKey,
    AWS_REGION: 'eu-west-1',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    ...more,
  });
  const runAws = (more: { readonly [name: string]: string }): Promise<Ended> =>
    runCollector(
      [
        'run',
        '--provider',
        'aws',
        '--regions',
        'eu-west-1',
        '--server',
        server.url,
        '--attempts',
        '1',
      ],
      awsEnv({ NO_PROXY: '127.0.0.1', ...more }),
    );

  it.each(['AWS_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS'])(
    'reads AWS through it, with the CA in %s',
    async (variable) => {
      const { code, stdout } = await runAws({ HTTPS_PROXY: proxy.url, [variable]: TEST_CA });
      expect([code, stdout]).toEqual([0, expect.stringContaining('complete')]);
      expect([...proxy.tunnels].sort()).toEqual([
        'ec2.eu-west-1.amazonaws.com:443',
        'sts.eu-west-1.amazonaws.com:443',
      ]);
      expect(server.posts.map(({ scope }) => scope.coverage)).toEqual(['complete']);
    },
  );

  it('says which CA is missing, and where to name it', async () => {
    const { code, stdout } = await runAws({ HTTPS_PROXY: proxy.url });
    expect(stdout).toMatch(
      /aws: \w+: .*; it is signed by a CA that is not known here, .*: name it in AWS_CA_BUNDLE/,
    );
    expect(code).toBe(2);
  });

  it('says which file of CAs cannot be read', async () => {
    const { code, stdout } = await runAws({ AWS_CA_BUNDLE: '/nowhere/ca.pem' });
    expect([code, stdout]).toEqual([
      2,
      "AWS_CA_BUNDLE: ENOENT: no such file or directory, open '/nowhere/ca.pem'\n",
    ]);
  });

  it.each([
    ['localhost', 0],
    ['example.com', 1],
  ])(
    'reaches AWS by a private CA at its own endpoint, past the proxy where NO_PROXY lists it (%s)',
    async (spared, expected) => {
      const { code } = await runAws({
        AWS_ENDPOINT_URL: `https://localhost:${front.port}`,
        AWS_CA_BUNDLE: TEST_CA,
        HTTPS_PROXY: proxy.url,
        NO_PROXY: `127.0.0.1, ${spared}`,
      });
      expect([code, proxy.tunnels.size]).toEqual([0, expected]);
    },
  );

  it('says what the proxy refuses, before the first scope too', async () => {
    const { code, stdout, stderr } = await runAws({
      HTTPS_PROXY: proxy.urlWithoutUser,
      AWS_CA_BUNDLE: TEST_CA,
    });
    expect(stdout).toContain(
      `aws: http_407: the proxy ${proxy.host} opens no way to ` +
        'sts.eu-west-1.amazonaws.com:443: answered with status 407 by something that is not AWS ' +
        '(squid/5.7): the proxy asks for a user and a password',
    );
    expect(stdout + stderr).not.toContain('Unknown');
    expect(code).toBe(2);
  });

  it('signs in with SSO through it', async () => {
    const start = 'https://work.awsapps.com/start';
    const cache = join(folder, '.aws/sso/cache');
    await mkdir(cache, { recursive: true });
    const token = {
      accessToken: 'hush',
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
      startUrl: start,
    };
    await writeFile(
      join(cache, `${createHash('sha1').update(start).digest('hex')}.json`),
      JSON.stringify(token),
    );
    const account = `sso_account_id = ${ACCOUNT}\nsso_role_name = network`;
    const profile = `[profile work]\nsso_start_url = ${start}\nsso_region = eu-west-1\n${account}\n`;
    await writeFile(join(folder, 'config'), profile);
    const { stdout } = await runCollector(['run', '--provider', 'aws', '--server', server.url], {
      HOME: folder,
      AWS_PROFILE: 'work',
      AWS_CONFIG_FILE: join(folder, 'config'),
      AWS_REGION: 'eu-west-1',
      HTTPS_PROXY: proxy.url,
    });
    // What is behind the proxy is no SSO: it is enough that it was asked for there.
    expect([...proxy.tunnels]).toEqual(['portal.sso.eu-west-1.amazonaws.com:443']);
    expect(stdout).toMatch(/^aws: sso_failed: the profile work got nothing from SSO: /);
    expect(stdout).not.toContain('hush');
  });

  it('says that the proxy is not there', async () => {
    await proxy.close();
    const { stdout } = await runAws({ HTTPS_PROXY: proxy.url, AWS_CA_BUNDLE: TEST_CA });
    expect(stdout).toContain(
      `aws: ECONNREFUSED: the proxy ${proxy.host} opens no way to ` +
        `sts.eu-west-1.amazonaws.com:443: connect ECONNREFUSED ${proxy.host}`,
    );
    expect(stdout).not.toContain('pass');
  });

  describe('to Google', () => {
    let google: Awaited<ReturnType<typeof startTlsFront>>;
    beforeEach(async () => {
      google = await startTlsFront(portOf(gcp.rootUrl));
      behind = google.port;
      await writeFile(join(folder, 'key.json'), JSON.stringify(gcp.tokens.serviceAccountKey()));
    });
    afterEach(() => google.close());
    const runGcp = (more: { readonly [name: string]: string }): Promise<Ended> =>
      runCollector(['run', '--provider', 'gcp', '--server', server.url, '--attempts', '1'], {
        HOME: folder,
        GOOGLE_APPLICATION_CREDENTIALS: join(folder, 'key.json'),
        GOOGLE_CLOUD_PROJECT: 'web-prod',
        METADATA_SERVER_DETECTION: 'none',
        NODE_EXTRA_CA_CERTS: TEST_CA,
        NO_PROXY: '127.0.0.1',
        ...more,
      });

    it('finds projects and reads them through it', async () => {
      const { code, stdout } = await runGcp({ HTTPS_PROXY: proxy.url });
      expect([code, stdout]).toEqual([0, expect.stringContaining('complete')]);
      expect([...proxy.tunnels].sort()).toEqual([
        'cloudresourcemanager.googleapis.com:443',
        'compute.googleapis.com:443',
      ]);
    });

    it('says what the proxy refuses', async () => {
      const { code, stdout } = await runGcp({ HTTPS_PROXY: proxy.urlWithoutUser });
      expect(stdout).toContain(
        'gcp: http_407: answered with status 407 by something that is not Google',
      );
      expect(code).toBe(2);
    });
  });

  it('reaches the server through it, and says what it refuses there', async () => {
    const { code } = await runAws({
      HTTP_PROXY: proxy.url,
      NO_PROXY: '',
      AWS_ENDPOINT_URL: aws.endpoint,
    });
    expect([code, [...proxy.tunnels].sort()]).toEqual([
      0,
      [server.url, aws.endpoint].map((url) => new URL(url).host).sort(),
    ]);
    const refused = await runAws({
      HTTP_PROXY: proxy.urlWithoutUser,
      NO_PROXY: new URL(aws.endpoint).host,
      AWS_ENDPOINT_URL: aws.endpoint,
    });
    expect(refused.stdout).toContain(
      `undelivered: http_407: the proxy opens no way to ${server.url}: answered with status ` +
        '407 by something that is not CloudPAM: the proxy asks for a user and a password',
    );
  });

  it('says the version of Node in its own words, once, and only where it matters', async () => {
    const { stderr } = await runAws({ AWS_ENDPOINT_URL: aws.endpoint });
    const old = Number(process.versions.node.split('.')[0]) < 22;
    expect(stderr.match(/need Node 22 to read AWS/g)?.length ?? 0).toBe(old ? 1 : 0);
    expect(stderr).not.toMatch(/Warning|trace-warnings/);
    const silent = await runAws({
      AWS_ENDPOINT_URL: aws.endpoint,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    });
    expect(silent.stderr).not.toContain('Node');
  });
});
