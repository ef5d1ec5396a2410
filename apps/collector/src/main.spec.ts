import type { ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSnapshotFile } from '@cloudpam/reconciliation';
import { fileSigner } from './delivery/collector-token';
import {
  problem,
  startDiscoveryDouble,
  type DiscoveryDouble,
  type Replier,
} from './testing/discovery-double';
import { eventually } from './testing/eventually';
import { JobsDouble } from './testing/jobs-double';
import { goodSigner } from './testing/packed.fixture';
import { runCollector, type Ended } from './testing/start-collector';

const VPCS = JSON.stringify({ Vpcs: [{ VpcId: 'vpc-1', CidrBlock: '10.0.0.0/16' }] });
const SUBNETS = JSON.stringify({
  Subnets: [{ SubnetId: 'subnet-1', VpcId: 'vpc-1', CidrBlock: '10.0.1.0/24' }],
});

jest.setTimeout(30_000);

describe('the collector as a process', () => {
  let double: DiscoveryDouble;
  let estate: string;
  const serve = async (reply?: Replier): Promise<void> => {
    double = await startDiscoveryDouble(reply);
  };

  beforeEach(async () => {
    estate = await mkdtemp(join(tmpdir(), 'cloudpam-collector-'));
    for (const region of ['eu-west-1', 'us-east-1']) {
      const folder = join(estate, 'aws', '111122223333', region);
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'vpcs.json'), VPCS);
      await writeFile(join(folder, 'subnets.json'), SUBNETS);
    }
  });
  afterEach(async () => {
    await double?.close();
    await rm(estate, { recursive: true });
  });

  const files = (...more: string[]): string[] => [
    'run',
    '--provider',
    'files',
    '--path',
    estate,
    '--server',
    double.url,
    '--attempts',
    '1',
    ...more,
  ];

  it('ends with 0 when everything was delivered, tells progress on stderr and sums up on stdout', async () => {
    await serve();
    const { code, stdout, stderr } = await runCollector(files('--concurrency', '1'));
    expect(stderr.split('\n').slice(0, 2)).toEqual([
      '[1/2 scopes, 0/1 accounts] aws 111122223333 eu-west-1: complete, 1 vpcs, 1 subnets; 2 ' +
        'imported, 0 updated, 0 orphaned, 0 unchanged, 0 conflicts',
      '[2/2 scopes, 1/1 accounts] aws 111122223333 us-east-1: complete, 1 vpcs, 1 subnets; 2 ' +
        'imported, 0 updated, 0 orphaned, 0 unchanged, 0 conflicts',
    ]);
    expect(stdout).toMatch(/^account +region +coverage.*\n111122223333 +eu-west-1 +complete/);
    expect(code).toBe(0);
    expect(new Set(double.posts.map((posted) => posted.runId)).size).toBe(1);
  });

  it('prints JSON alone on stdout, and says that a run is dry', async () => {
    await serve();
    const { code, stdout, stderr } = await runCollector(files('--json', '--dry-run'));
    expect(JSON.parse(stdout)).toMatchObject({
      exit_code: 0,
      dry_run: true,
      scopes: [{ region: 'eu-west-1', imported: 2, error: null }, { region: 'us-east-1' }],
    });
    expect(stderr).toContain('dry run');
    expect(double.posts.map((posted) => posted.url)).toEqual(
      Array(2).fill('/api/v1/discovery?dry_run=true'),
    );
    expect(code).toBe(0);
  });

  it('has all scopes of a dry run judged together, after a first one has shown that the server is there', async () => {
    await serve(({ scopes }) =>
      scopes.length === 1
        ? undefined
        : {
            status: 200,
            body: {
              imported: 1,
              updated: 0,
              orphaned: 0,
              unchanged: 0,
              conflicts: 1,
              errors: [
                {
                  account: '111122223333',
                  region: 'us-east-1',
                  code: 'stale_snapshot',
                  detail: 'later',
                },
              ],
              scopes: [
                {
                  account: '111122223333',
                  region: 'eu-west-1',
                  imported: 1,
                  updated: 0,
                  orphaned: 0,
                  unchanged: 0,
                  conflicts: 1,
                },
              ],
            },
          },
    );
    const { code, stdout } = await runCollector(files('--json', '--dry-run'));
    expect(double.posts.map(({ scopes }) => scopes.length)).toEqual([1, 2]);
    expect(JSON.parse(stdout)).toMatchObject({
      scopes: [
        { region: 'eu-west-1', imported: 1, conflicts: 1, error: null },
        { region: 'us-east-1', error: 'refused: stale_snapshot: later' },
      ],
    });
    expect(code).toBe(1);
  });

  it('judges the scopes of a dry run one by one when the server refuses them together, and says so', async () => {
    await serve(({ scopes }) =>
      scopes.length > 1 ? problem(422, 'invalid_snapshot', 'one is bad') : undefined,
    );
    const { code, stdout, stderr } = await runCollector(files('--json', '--dry-run'));
    expect(stderr).toContain('each was judged as if it were alone: invalid_snapshot: one is bad');
    expect(JSON.parse(stdout)).toMatchObject({ scopes: [{ imported: 2 }, { imported: 2 }] });
    expect(code).toBe(0);
  });

  it('reads no more of a dry run than the first scope when the token is not known', async () => {
    await serve();
    const { code } = await runCollector(files('--dry-run', '--concurrency', '1'), {
      CLOUDPAM_TOKEN: 'cpam_wrong',
    });
    expect([code, double.posts.length]).toEqual([2, 1]);
  });

  it.each([
    ['through the proxy of the environment', '', 1],
    ['past the proxy to what NO_PROXY lists', '127.0.0.1', 0],
  ])('reaches the server %s', async (_way, noProxy, expected) => {
    await serve();
    const tunnels = new Set<string>();
    const proxy = createServer().on('connect', (request, client) => {
      tunnels.add(request.url ?? '');
      const to = connect(Number(new URL(double.url).port), '127.0.0.1', () =>
        client.write('HTTP/1.1 200 OK\r\n\r\n'),
      );
      to.pipe(client)
        .pipe(to)
        .on('error', () => client.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as AddressInfo; // it listens on TCP
    const { code } = await runCollector(files(), {
      HTTP_PROXY: `http://127.0.0.1:${port}`,
      NO_PROXY: noProxy,
    });
    proxy.close();
    proxy.closeAllConnections();
    expect([code, double.posts.length, tunnels.size]).toEqual([0, 2, expected]);
  });

  it('ends with 1 when a scope is partial, and delivers the others', async () => {
    await serve();
    await rm(join(estate, 'aws/111122223333/us-east-1/subnets.json'));
    const { code, stdout } = await runCollector(files());
    expect(stdout).toContain('file_missing');
    expect(double.posts.map((posted) => posted.scope.coverage).sort()).toEqual([
      'complete',
      'partial',
    ]);
    expect(code).toBe(1);
  });

  it('ends with 1 when the server refuses a scope', async () => {
    await serve(({ scope }) =>
      scope.region === 'us-east-1'
        ? problem(409, 'stale_snapshot', 'a later one was applied')
        : undefined,
    );
    const { code, stdout } = await runCollector(files());
    expect(stdout).toContain('refused: stale_snapshot: a later one was applied');
    expect(code).toBe(1);
  });

  it('ends with 2 when the token is not known, and shows it nowhere', async () => {
    await serve();
    const { code, stdout, stderr } = await runCollector(files(), {
      CLOUDPAM_TOKEN: 'cpam_wrong_hush',
    });
    expect(stdout).toContain('unauthenticated');
    expect(stdout + stderr).not.toContain('hush');
    expect(code).toBe(2);
  });

  it('ends with 2 when the server cannot be reached', async () => {
    await serve();
    const gone = double.url;
    await double.close();
    const { code, stdout } = await runCollector(files());
    expect(stdout).toContain(`${gone} cannot be reached: ECONNREFUSED`);
    expect(code).toBe(2);
  });

  it('ends with 2 when there is no folder, or the options are wrong', async () => {
    await serve();
    const [noFolder, noOptions] = await Promise.all([
      runCollector([
        'run',
        '--provider',
        'files',
        '--path',
        join(estate, 'nowhere'),
        '--server',
        double.url,
      ]),
      runCollector([]),
    ]);
    expect(noFolder.stdout).toContain('there is no folder');
    expect(noFolder.code).toBe(2);
    expect(noOptions.stderr).toContain('the command is missing');
    expect(noOptions.code).toBe(2);
  });

  it('ends with 2 when AWS does not know the credentials', async () => {
    await serve();
    const sts = createServer((_request, response) => {
      response
        .writeHead(403, { 'content-type': 'text/xml' })
        .end(
          '<ErrorResponse ' +
            'xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>' +
            '<Code>InvalidClientTokenId</Code>' +
            '<Message>The security token included in the request is invalid.</Message></Error></ErrorResponse>',
        );
    });
    await new Promise<void>((resolve) => sts.listen(0, '127.0.0.1', resolve));
    // A server that listens on TCP has an address and a port.
    const endpoint = `http://127.0.0.1:${(sts.address() as AddressInfo).port}`;
    const env = {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: 'AKIDWRONG',
      AWS_SECRET_ACCESS_KEY: 'hush',
      AWS_CONFIG_FILE: join(estate, 'none'),
      AWS_SHARED_CREDENTIALS_FILE: join(estate, 'none'),
    };
    const { code, stdout, stderr } = await runCollector(
      ['run', '--provider', 'aws', '--server', double.url],
      env,
    );
    sts.close();
    expect(stdout).toContain(
      'aws: InvalidClientTokenId: The security token included in the request is invalid.',
    );
    expect(stdout + stderr).not.toContain('hush');
    expect(code).toBe(2);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'finishes the scope it is at on %s and ends with 1',
    async (signal) => {
      let child: ChildProcess | undefined;
      // The scope stays with the server until the process has taken the signal.
      await serve(async () => {
        const taken = new Promise((resolve) => child?.stderr?.once('data', resolve));
        child?.kill(signal);
        await taken;
        return undefined;
      });
      const { code, stdout, stderr } = await runCollector(
        files('--concurrency', '1'),
        {},
        (started) => (child = started),
      );
      expect(stderr).toMatch(
        new RegExp(`^${signal}: finishing the scopes that were begun\n.*eu-west-1: complete`),
      );
      expect(stdout).toContain('stopped before the end');
      expect(double.posts).toHaveLength(1);
      expect(code).toBe(1);
    },
  );

  it('writes signed files in place of a delivery, and ends with 0', async () => {
    await serve();
    const out = join(estate, 'out');
    const { code, stdout, stderr } = await runCollector([
      'run',
      '--provider',
      'files',
      '--path',
      join(estate, 'aws'),
      '--sink',
      `file:${out}`,
      '--concurrency',
      '1',
    ]);
    const names = (await readdir(out)).sort();
    expect(names.map((name) => name.slice(-15))).toEqual(['000001.cloudpam', '000002.cloudpam']);
    for (const [index, name] of names.entries()) {
      const { header, signedBytes, signature } = readSnapshotFile(await readFile(join(out, name)));
      expect(header.sequence).toBe(index + 1);
      expect(fileSigner(goodSigner())(signedBytes)).toBe(signature);
    }
    expect(stderr).toContain(`written to ${names[0]}`);
    expect(stdout).toContain('2 snapshot files were written');
    expect(double.posts).toEqual([]);
    expect(code).toBe(0);
  });

  it('spools while the server is away, ends with 1, and delivers at the next start what is older first', async () => {
    let away = true;
    await serve(() => (away ? problem(503, 'starting', 'not yet') : undefined));
    const spool = ['--spool', join(estate, 'spool'), '--concurrency', '1'];
    const first = await runCollector(files(...spool));
    expect(first.stdout).toContain('2 snapshots wait in the spool');
    expect(first.code).toBe(1);
    away = false;
    const before = double.posts.length;
    const second = await runCollector(files(...spool));
    expect(second.code).toBe(0);
    const keys = double.posts
      .slice(before)
      .map(({ headers }) => String(headers['idempotency-key']));
    const [older, newer] = [keys[0]?.split(':')[0], keys[2]?.split(':')[0]];
    expect(keys).toEqual([`${older}:1`, `${older}:2`, `${newer}:1`, `${newer}:2`]);
    expect(older).not.toBe(newer);
    expect(await readdir(join(estate, 'spool'))).toEqual([]);
  });

  describe('as an agent', () => {
    let jobs: JobsDouble;
    beforeEach(async () => {
      jobs = new JobsDouble(() => new Date());
      await jobs.start();
    });
    afterEach(() => jobs.close());

    const agent = (onStart: (child: ChildProcess) => void, ...more: string[]): Promise<Ended> =>
      runCollector(
        [
          'agent',
          '--provider',
          'files',
          '--path',
          estate,
          '--server',
          jobs.url,
          '--name',
          'eu',
          ...more,
        ],
        {},
        onStart,
      );

    it('reads its accounts on its schedule, and ends with 0 when it is stopped', async () => {
      let child: ChildProcess | undefined;
      const health = join(estate, 'health');
      const ended = agent((started) => (child = started), '--health-file', health);
      await eventually(
        'the job and the next poll',
        () => jobs.jobs.some((job) => job.result) && jobs.polling === 1,
      );
      child?.kill('SIGTERM');
      const { code, stderr } = await ended;
      expect(stderr).toMatch(/^agent eu \([0-9a-f-]{36}\) sees 1 accounts\n/);
      expect(jobs.jobs).toMatchObject([
        {
          account: 'aws:111122223333',
          result: { status: 'succeeded', counts: { scopes: 2, imported: 4 } },
        },
      ]);
      expect(jobs.scopes.map(({ region }) => region).sort()).toEqual(['eu-west-1', 'us-east-1']);
      expect(await readFile(health, 'utf8')).toBe('');
      expect(code).toBe(0);
    });

    it('ends with 2 when its token is not known', async () => {
      const { code, stderr } = await agent(() => undefined, '--token', 'cpam_wrong_hush');
      expect(stderr).toContain('the token is refused: unauthenticated');
      expect(stderr).not.toContain('hush');
      expect(code).toBe(2);
    });
  });

  it('prints help and ends with 0', async () => {
    await serve();
    const { code, stdout } = await runCollector(['--help']);
    expect(stdout).toContain('Usage: collector run');
    expect(code).toBe(0);
  });
});
