import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { ACCOUNT } from '@cloudpam/provider-contract';
import { formatCidr } from '@cloudpam/cidr';
import type { CloudScope, ListedPart } from '@cloudpam/reconciliation';
import { AwsCloudNetworks, type AwsOptions } from './aws-cloud-networks';
import { AwsOrganizationNetworks } from './aws-organization-networks';
import {
  ec2Error,
  startAwsDouble,
  writtenEstate,
  type Answer,
  type AwsDouble,
  type Call,
  type DoubleSettings,
} from './testing';

const DENIED = ec2Error(
  403,
  'UnauthorizedOperation',
  'You are not authorized to perform this operation.',
);
const SCOPE: CloudScope = { provider: 'aws', account: ACCOUNT, region: 'eu-west-1' };
const VPCS = Array.from({ length: 5 }, (_, n) => ({
  VpcId: `vpc-${n}`,
  OwnerId: ACCOUNT,
  CidrBlockAssociationSet: [
    { CidrBlock: `10.${n}.0.0/16`, CidrBlockState: { State: 'associated' } },
  ],
}));

function over(double: AwsDouble, options: AwsOptions = {}): AwsCloudNetworks {
  // As the default one, but without its waits.
  const retryStrategy = new ConfiguredRetryStrategy(8, (attempt: number) => attempt);
  return new AwsCloudNetworks({
    endpoint: double.endpoint,
    credentials: double.credentials,
    retryStrategy,
    ...options,
  });
}

describe('AwsCloudNetworks', () => {
  let double: AwsDouble;
  const start = async (
    interrupt?: (call: Call) => Answer | undefined,
    settings: Partial<DoubleSettings> = {},
  ): Promise<AwsDouble> => {
    double = await startAwsDouble({
      account: ACCOUNT,
      estate: writtenEstate({
        [ACCOUNT]: { regions: { 'eu-west-1': { vpcs: VPCS, subnets: [] } } },
      }),
      interrupt,
      ...settings,
    });
    return double;
  };
  afterEach(() => double.close());

  it('asks only the chosen regions, and not for the list of them', async () => {
    const cloud = over(await start(), { regions: ['eu-west-1', 'us-gov-west-1'] });
    expect((await cloud.scopes('111122223333')).map((scope) => scope.region)).toEqual([
      'eu-west-1',
      'us-gov-west-1',
    ]);
    expect(double.calls).toEqual([]);
  });

  it('does not ask for an account that is configured', async () => {
    const cloud = over(await start(), { accountId: '777788889999' });
    expect((await cloud.accounts()).map(({ id }) => id)).toEqual(['777788889999']);
    expect(double.calls).toEqual([]);
  });

  it('rejects when the credentials are bad', async () => {
    const cloud = over(await start(), {
      credentials: { accessKeyId: 'AKIDDOUBLE', secretAccessKey: 'wrong' },
    });
    await expect(cloud.accounts()).rejects.toThrow('the request is not signed as it must be');
  });

  it('reads every page, in pages as large as EC2 allows', async () => {
    const snapshot = await over(await start()).read(SCOPE);
    expect(snapshot.resources).toHaveLength(5);
    const pages = double.calls.filter((call) => call.action === 'DescribeVpcs');
    expect(
      pages.map((call) => [call.parameters.get('MaxResults'), call.parameters.get('NextToken')]),
    ).toEqual([
      ['1000', null],
      ['1000', '2'],
      ['1000', '4'],
    ]);
  });

  describe('with interfaces', () => {
    const INTERFACE = {
      NetworkInterfaceId: 'eni-1',
      SubnetId: 'subnet-1',
      VpcId: 'vpc-0',
      OwnerId: ACCOUNT,
      InterfaceType: 'interface',
      Description: 'web',
      Attachment: { InstanceId: 'i-1' },
      PrivateIpAddresses: [
        { PrivateIpAddress: '10.0.0.9', Association: { PublicIp: '203.0.113.9' } },
        {
          PrivateIpAddress: '10.0.0.10',
          Association: { PublicIp: '203.0.113.10', AllocationId: 'eipalloc-1' },
        },
      ],
      Ipv6Addresses: [{ Ipv6Address: '2600:1f00::9' }],
      Ipv4Prefixes: [{ Ipv4Prefix: '10.0.0.32/28' }],
      TagSet: [{ Key: 'Name', Value: 'web-1' }],
    };
    const interfaces = [
      INTERFACE,
      ...['eni-2', 'eni-3'].map((NetworkInterfaceId, at) => ({
        NetworkInterfaceId,
        VpcId: 'vpc-0',
        SubnetId: 'subnet-1',
        Description: 'ELB app/web/0a1b',
        PrivateIpAddresses: [{ PrivateIpAddress: `10.0.0.1${at + 1}` }],
      })),
    ];
    const elasticIps = [
      { AllocationId: 'eipalloc-1', PublicIp: '203.0.113.10', NetworkInterfaceId: 'eni-1' },
      { AllocationId: 'eipalloc-2', PublicIp: '203.0.113.11' },
    ];
    const estate = writtenEstate({
      [ACCOUNT]: { regions: { 'eu-west-1': { vpcs: VPCS, subnets: [], interfaces, elasticIps } } },
    });
    const read = async (
      interrupt?: (call: Call) => Answer | undefined,
      options: AwsOptions = { interfaces: true },
    ) => over(await start(interrupt, { estate }), options).read(SCOPE);

    it('asks for none unless it is told to', async () => {
      const snapshot = await read(undefined, {});
      expect(snapshot).not.toHaveProperty('interfaces');
      expect(snapshot).not.toHaveProperty('addresses');
      expect(double.calls.map(({ action }) => action)).not.toContain('DescribeNetworkInterfaces');
    });

    it('lists every address with what it is attached to, page by page', async () => {
      const { addresses = [], ...snapshot } = await read();
      expect(snapshot).toMatchObject({
        coverage: 'complete',
        interfaces: { coverage: 'complete' },
      });
      expect(
        addresses.map(({ kind, externalId, cidr, attachedTo }) => [
          kind,
          externalId,
          formatCidr(cidr),
          attachedTo,
        ]),
      ).toEqual([
        ['interface', 'eni-1', '10.0.0.9/32', 'i-1'],
        ['external', 'eni-1', '203.0.113.9/32', 'i-1'],
        ['interface', 'eni-1', '10.0.0.10/32', 'i-1'],
        ['interface', 'eni-1', '2600:1f00::9/128', 'i-1'],
        ['interface', 'eni-1', '10.0.0.32/28', 'i-1'],
        ['interface', 'eni-2', '10.0.0.11/32', 'ELB app/web/0a1b'],
        ['interface', 'eni-3', '10.0.0.12/32', 'ELB app/web/0a1b'],
        ['elastic', 'eipalloc-1', '203.0.113.10/32', 'eni-1'],
        ['elastic', 'eipalloc-2', '203.0.113.11/32', null],
      ]);
      expect(addresses[0]).toMatchObject({
        name: 'web-1',
        networkExternalId: 'vpc-0',
        subnetExternalId: 'subnet-1',
        region: 'eu-west-1',
      });
      const pages = double.calls.filter(({ action }) => action === 'DescribeNetworkInterfaces');
      expect(
        pages.map(({ parameters }) => [
          parameters.get('MaxResults'),
          parameters.get('IncludeManagedResources'),
        ]),
      ).toEqual([
        ['1000', 'true'],
        ['1000', 'true'],
      ]);
    });

    it.each([
      ['DescribeNetworkInterfaces', 'failed', 0],
      ['DescribeAddresses', 'partial', 7],
    ])('is complete, but for interfaces, when %s is refused', async (action, coverage, count) => {
      const snapshot = await read((call) => (call.action === action ? DENIED : undefined));
      expect(snapshot).toMatchObject({
        coverage: 'complete',
        interfaces: { coverage, error: { code: 'UnauthorizedOperation' } },
        resources: { length: 5 },
        addresses: { length: count },
      });
      expect(snapshot).not.toHaveProperty('error');
    });

    it('asks for no interfaces of a region that could not be listed', async () => {
      const snapshot = await read((call) => (call.action === 'DescribeVpcs' ? DENIED : undefined));
      expect(snapshot).toMatchObject({
        coverage: 'failed',
        interfaces: { coverage: 'failed', error: { code: 'UnauthorizedOperation' } },
      });
      expect(double.calls.map(({ action }) => action)).toEqual(['DescribeVpcs']);
    });

    it('gives what was listed away from page to page, and nothing twice', async () => {
      const parts: ListedPart[] = [];
      const cloud = over(await start(undefined, { estate }), { interfaces: true });
      const rest = await cloud.read(SCOPE, undefined, async (part) => void parts.push(part));
      expect(parts.flatMap(({ addresses = [] }) => addresses)).toHaveLength(7);
      expect(rest.addresses).toHaveLength(2);
      expect(rest.interfaces).toEqual({ coverage: 'complete' });
    });
  });

  it('tries again when throttled, and is complete', async () => {
    let throttles = 3;
    const cloud = over(
      await start(() =>
        throttles-- > 0
          ? ec2Error(503, 'RequestLimitExceeded', 'Request limit exceeded.')
          : undefined,
      ),
    );
    expect(await cloud.read(SCOPE)).toMatchObject({
      coverage: 'complete',
      resources: { length: 5 },
    });
  });

  it('is failed with the code of AWS when throttled without end', async () => {
    const cloud = over(
      await start(() => ec2Error(503, 'RequestLimitExceeded', 'Request limit exceeded.')),
    );
    expect(await cloud.read(SCOPE)).toMatchObject({
      coverage: 'failed',
      error: { code: 'RequestLimitExceeded', message: 'Request limit exceeded.' },
    });
    expect(double.calls).toHaveLength(8);
  });

  it('does not try again what is not allowed', async () => {
    const cloud = over(await start(() => DENIED));
    expect(await cloud.read(SCOPE)).toMatchObject({
      coverage: 'failed',
      error: {
        code: 'UnauthorizedOperation',
        message: 'You are not authorized to perform this operation.',
      },
    });
    expect(double.calls).toHaveLength(1);
  });

  it('is partial when a page after the first is refused', async () => {
    const cloud = over(
      await start((call) =>
        call.parameters.get('NextToken')
          ? ec2Error(400, 'RequestExpired', 'Request has expired.')
          : undefined,
      ),
    );
    expect(await cloud.read(SCOPE)).toMatchObject({
      coverage: 'partial',
      error: { code: 'RequestExpired' },
      resources: { length: 2 },
    });
  });

  it.each([
    [
      'a web page',
      { status: 200, body: '<html><body>Welcome to the proxy</body></html>' },
      'malformed_answer',
    ],
    ['nothing', { status: 200, body: '' }, 'malformed_answer'],
    [
      'something that is not XML',
      { status: 200, body: 'upstream connect error' },
      'malformed_answer',
    ],
    [
      'XML that ends early',
      { status: 200, body: '<DescribeVpcsResponse><vpcSet><item><vpcId>vpc-1' },
      'malformed_answer',
    ],
    ['a page of a gateway', { status: 403, body: '<html>blocked</html>' }, 'http_403'],
  ])(
    'is failed, never empty and complete, when a region answers %s',
    async (_title, answer, code) => {
      const snapshot = await over(await start(() => answer)).read(SCOPE);
      expect(snapshot).toMatchObject({ coverage: 'failed', error: { code }, resources: [] });
      expect(snapshot.error?.message).not.toContain('$response');
    },
  );

  it.each([
    [
      'a page of a proxy',
      { status: 403, body: '<html><p>blocked', headers: { server: 'squid/5.7', via: '1.1 gate' } },
      'http_403: answered with status 403 by something that is not AWS (squid/5.7, via 1.1 ' +
        'gate): a proxy or gateway in between; let it pass these calls, or list the host in ' +
        'NO_PROXY',
    ],
    [
      'plain text of a gateway',
      { status: 504, body: 'upstream timeout' },
      'http_504: answered with status 504 by something that is not AWS: a proxy or gateway in between',
    ],
    [
      'a login page',
      {
        status: 302,
        body: '<html>moved</html>',
        headers: { location: 'https://login.example.com/' },
      },
      'http_302: answered with status 302 by something that is not AWS: it sends to ' +
        'https://login.example.com/, as a proxy with a login page does',
    ],
    [
      'a proxy that wants to know who asks',
      { status: 407, body: '' },
      'http_407: answered with status 407 by something that is not AWS: the proxy asks for a ' +
        'user and a password; give them in HTTPS_PROXY',
    ],
    [
      'a web page',
      { status: 200, body: '<html><body>Welcome</body></html>' },
      'malformed_answer: ',
    ],
  ])(
    'says who may have answered when %s did, in a scope and before the first one',
    async (_title, answer, message) => {
      const proxied = await start(() => answer);
      const options = {
        endpoint: proxied.endpoint,
        credentials: proxied.credentials,
        retryStrategy: new ConfiguredRetryStrategy(1, 1),
      };
      const { error } = await new AwsCloudNetworks(options).read(SCOPE);
      const rejection = (cloud: { accounts(): Promise<unknown> }): Promise<string> =>
        cloud.accounts().then(
          () => 'no error',
          (thrown: Error) => thrown.message,
        );
      // STS speaks XML, Organizations JSON.
      const told = [
        `${error?.code}: ${error?.message}`,
        await rejection(new AwsCloudNetworks(options)),
        await rejection(new AwsOrganizationNetworks({ ...options, roleName: 'CloudPAMCollector' })),
      ];
      for (const text of told) {
        expect(text.slice(0, message.length)).toBe(message);
        expect(text).toMatch(/something that is not AWS/);
        expect(text).not.toMatch(/Unknown|SyntaxError|\$response/);
      }
    },
  );

  it('is failed when nothing listens', async () => {
    const cloud = over(await start());
    await double.close();
    expect(await cloud.read(SCOPE)).toMatchObject({
      coverage: 'failed',
      error: { message: expect.stringContaining('ECONNREFUSED') },
    });
  });

  it('rejects at once when stopped between two tries', async () => {
    const stop = new AbortController();
    const reason = new Error('stopped');
    const throttled = await start(() => {
      setImmediate(() => stop.abort(reason));
      return ec2Error(503, 'RequestLimitExceeded', 'Request limit exceeded.');
    });
    const cloud = over(throttled, { retryStrategy: new ConfiguredRetryStrategy(2, 2_000) });
    await expect(cloud.read(SCOPE, stop.signal)).rejects.toBe(reason);
  });

  it('says when it began by the clock it is given', async () => {
    const began = new Date('2026-01-02T03:04:05Z');
    expect((await over(await start(), { now: () => began }).read(SCOPE)).collectedAt).toEqual(
      began,
    );
  });

  it('signs for the region of the scope', async () => {
    const cloud = over(
      await start(undefined, {
        estate: writtenEstate({
          [ACCOUNT]: { regions: { 'sa-east-1': { vpcs: [], subnets: [] } } },
        }),
      }),
      { homeRegion: 'eu-central-1' },
    );
    await cloud.accounts();
    await cloud.scopes('111122223333');
    await cloud.read({ ...SCOPE, region: 'sa-east-1' });
    expect(double.calls.map((call) => [call.action, call.region])).toEqual([
      ['GetCallerIdentity', 'eu-central-1'],
      ['DescribeRegions', 'eu-central-1'],
      ['DescribeVpcs', 'sa-east-1'],
      ['DescribeSubnets', 'sa-east-1'],
    ]);
  });
});
