import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import type { CloudScope } from '@cloudpam/reconciliation';
import { AwsCloudNetworks } from './aws-cloud-networks';
import { AwsOrganizationNetworks, type AwsOrganizationOptions } from './aws-organization-networks';
import {
  accountAt,
  awsError,
  ec2Error,
  generatedOrganization,
  startAwsDouble,
  type AwsDouble,
  type DoubleSettings,
} from './testing';

const REGIONS = ['eu-west-1', 'us-east-1', 'us-west-2'];
const [MANAGEMENT, FIRST, SECOND] = [accountAt(0).id, accountAt(1).id, accountAt(2).id];
const DENIED = ec2Error(
  403,
  'UnauthorizedOperation',
  'You are not authorized to perform: ec2:DescribeRegions',
);

describe('AwsOrganizationNetworks when something is wrong', () => {
  let double: AwsDouble;
  const start = async (settings: Partial<DoubleSettings> = {}): Promise<AwsDouble> => {
    double = await startAwsDouble({
      account: MANAGEMENT,
      estate: generatedOrganization({ accounts: 3, regions: REGIONS, vpcs: 3, subnets: 2 }),
      ...settings,
    });
    return double;
  };
  const over = (options: Partial<AwsOrganizationOptions> = {}): AwsOrganizationNetworks =>
    new AwsOrganizationNetworks({
      endpoint: double.endpoint,
      credentials: double.credentials,
      retryStrategy: new ConfiguredRetryStrategy(8, (attempt: number) => attempt),
      roleName: 'Reader',
      ...options,
    });
  afterEach(() => double.close());

  const scopeOf = (account: string, region: string): CloudScope => ({
    provider: 'aws',
    account,
    region,
  });
  const actions = (action: string) => double.calls.filter((call) => call.action === action);

  describe('an account whose role may not be assumed', () => {
    beforeEach(() => start({ faults: { deniedAccounts: [FIRST] } }));
    const refused = {
      coverage: 'failed',
      resources: [],
      error: {
        code: 'AccessDenied',
        message: expect.stringContaining(
          `sts:AssumeRole on resource: arn:aws:iam::${FIRST}:role/Reader`,
        ),
      },
    };

    it('has one scope, in the home region, which says so', async () => {
      const cloud = over({ homeRegion: 'us-west-2' });
      expect(await cloud.scopes(FIRST)).toEqual([scopeOf(FIRST, 'us-west-2')]);
      expect(await cloud.read(scopeOf(FIRST, 'us-west-2'))).toMatchObject({
        ...scopeOf(FIRST, 'us-west-2'),
        ...refused,
      });
      expect(actions('AssumeRole')).toHaveLength(1);
    });

    it('has its configured regions, each of which says so', async () => {
      const cloud = over({ regions: ['eu-west-1', 'us-east-1'] });
      const scopes = await cloud.scopes(FIRST);
      expect(scopes).toEqual([scopeOf(FIRST, 'eu-west-1'), scopeOf(FIRST, 'us-east-1')]);
      for (const scope of scopes)
        expect(await cloud.read(scope)).toMatchObject({ ...scope, ...refused });
    });

    it('does not hinder the others', async () => {
      const cloud = over();
      await cloud.scopes(FIRST);
      expect(await cloud.scopes(SECOND)).toHaveLength(3);
      expect(await cloud.read(scopeOf(SECOND, 'eu-west-1'))).toMatchObject({
        coverage: 'complete',
        resources: { length: 9 },
      });
    });
  });

  it(
    'does not call the home region complete when the regions could not be asked for, ' +
      'although it can be listed',
    async () => {
      await start({
        interrupt: ({ action }) => (action === 'DescribeRegions' ? DENIED : undefined),
      });
      const cloud = over();
      expect(await cloud.scopes(FIRST)).toEqual([scopeOf(FIRST, 'us-east-1')]);
      expect(await cloud.read(scopeOf(FIRST, 'us-east-1'))).toMatchObject({
        coverage: 'failed',
        error: {
          code: 'UnauthorizedOperation',
          message: expect.stringContaining('ec2:DescribeRegions'),
        },
      });
    },
  );

  it('does the same for a single account', async () => {
    await start({ interrupt: ({ action }) => (action === 'DescribeRegions' ? DENIED : undefined) });
    const cloud = new AwsCloudNetworks({
      endpoint: double.endpoint,
      credentials: double.credentials,
      partition: 'aws-us-gov',
    });
    expect(await cloud.scopes(MANAGEMENT)).toEqual([scopeOf(MANAGEMENT, 'us-gov-west-1')]);
    expect(await cloud.read(scopeOf(MANAGEMENT, 'us-gov-west-1'))).toMatchObject({
      coverage: 'failed',
      error: { code: 'UnauthorizedOperation' },
    });
  });

  describe('a member that has not enabled the home region', () => {
    const notEnabled = (service: 'ec2' | 'sts'): ReturnType<typeof ec2Error> =>
      service === 'ec2'
        ? ec2Error(
            401,
            'AuthFailure',
            'AWS was not able to validate the provided access credentials',
          )
        : awsError('sts', 403, 'RegionDisabledException', 'STS is not activated in this region');

    it.each(['ec2', 'sts'] as const)(
      'is asked in the default region of the partition when %s says so',
      async (service) => {
        await start({
          interrupt: (call) =>
            call.service === service &&
            call.region === 'us-west-2' &&
            (call.account === FIRST || call.action === 'AssumeRole')
              ? notEnabled(service)
              : undefined,
        });
        const cloud = over({ homeRegion: 'us-west-2' });
        expect(await cloud.scopes(FIRST)).toEqual(REGIONS.map((region) => scopeOf(FIRST, region)));
        expect(await cloud.read(scopeOf(FIRST, 'eu-west-1'))).toMatchObject({
          coverage: 'complete',
          resources: { length: 9 },
        });
      },
    );

    it('says why when the default region does not answer either', async () => {
      await start({
        interrupt: ({ action, region }) =>
          action === 'DescribeRegions'
            ? region === 'us-west-2'
              ? notEnabled('ec2')
              : DENIED
            : undefined,
      });
      const cloud = over({ homeRegion: 'us-west-2' });
      expect(await cloud.scopes(FIRST)).toEqual([scopeOf(FIRST, 'us-east-1')]);
      expect(await cloud.read(scopeOf(FIRST, 'us-east-1'))).toMatchObject({
        coverage: 'failed',
        error: { code: 'UnauthorizedOperation' },
      });
    });
  });

  it('does not ask for regions that are left out', async () => {
    await start({
      interrupt: ({ action, region }) =>
        action !== 'DescribeRegions' && region === 'us-west-2' ? DENIED : undefined,
    });
    expect(await over({ excludedRegions: ['us-west-2'] }).scopes(FIRST)).toEqual(
      ['eu-west-1', 'us-east-1'].map((region) => scopeOf(FIRST, region)),
    );
    expect(
      await over({ regions: ['eu-west-1', 'us-west-2'], excludedRegions: ['us-west-2'] }).scopes(
        FIRST,
      ),
    ).toEqual([scopeOf(FIRST, 'eu-west-1')]);
    const alone = new AwsCloudNetworks({
      endpoint: double.endpoint,
      credentials: double.credentials,
      excludedRegions: ['us-west-2'],
    });
    expect(await alone.scopes(MANAGEMENT)).toHaveLength(2);
  });

  it('forgets a refusal once the regions can be asked for', async () => {
    let denials = 1;
    await start({
      interrupt: ({ action }) =>
        action === 'DescribeRegions' && denials-- > 0 ? DENIED : undefined,
    });
    const cloud = over();
    expect(await cloud.scopes(FIRST)).toHaveLength(1);
    expect(await cloud.scopes(FIRST)).toHaveLength(3);
    expect(await cloud.read(scopeOf(FIRST, 'us-east-1'))).toMatchObject({ coverage: 'complete' });
  });

  it('is complete although every third call of any service is throttled', async () => {
    await start({ faults: { throttledShare: 1 / 3 } });
    const cloud = over();
    const accounts = await cloud.accounts();
    expect(accounts).toHaveLength(3);
    for (const { id } of accounts) {
      const scopes = await cloud.scopes(id);
      const snapshots = await Promise.all(scopes.map((scope) => cloud.read(scope)));
      expect(snapshots.map(({ coverage, resources }) => [coverage, resources.length])).toEqual(
        REGIONS.map(() => ['complete', 9]),
      );
    }
  });

  it('gives up a region that hangs after the given time, and reads the others meanwhile', async () => {
    await start({ faults: { hangingRegions: ['us-west-2'] } });
    const cloud = over({ scopeTimeoutMs: 1_000 });
    const ended: string[] = [];
    const read = async (region: string) => {
      const snapshot = await cloud.read(scopeOf(FIRST, region));
      ended.push(region);
      return snapshot;
    };
    const [hanging, ...others] = await Promise.all(
      ['us-west-2', 'eu-west-1', 'us-east-1'].map(read),
    );
    expect(hanging).toMatchObject({
      coverage: 'failed',
      error: { code: 'timeout', message: 'us-west-2 did not answer to the end within 1 seconds' },
    });
    expect(others.map(({ coverage }) => coverage)).toEqual(['complete', 'complete']);
    expect(ended[2]).toBe('us-west-2');
  });

  it('is partial with what was listed when a region begins to hang', async () => {
    await start({
      interrupt: ({ action, parameters }) =>
        action === 'DescribeVpcs' && parameters.has('NextToken') ? 'hang' : undefined,
    });
    expect(await over({ scopeTimeoutMs: 1_000 }).read(scopeOf(FIRST, 'eu-west-1'))).toMatchObject({
      coverage: 'partial',
      error: { code: 'timeout' },
      networks: { length: 2 },
    });
  });

  it('has one failed scope when the regions are asked for in vain', async () => {
    await start({ faults: { hangingRegions: ['us-east-1'] } });
    const cloud = over({ scopeTimeoutMs: 100 });
    expect(await cloud.scopes(FIRST)).toEqual([scopeOf(FIRST, 'us-east-1')]);
    expect(await cloud.read(scopeOf(FIRST, 'us-east-1'))).toMatchObject({
      coverage: 'failed',
      error: { code: 'timeout' },
    });
  });

  it('stops at once while a region hangs, and for those that wait for their turn', async () => {
    await start({ faults: { hangingRegions: REGIONS } });
    const cloud = over();
    const stop = new AbortController();
    const reason = new Error('stopped');
    const readings = REGIONS.map((region) => cloud.read(scopeOf(FIRST, region), stop.signal));
    const asking = cloud.scopes(SECOND, stop.signal);
    stop.abort(reason);
    for (const reading of [...readings, asking]) await expect(reading).rejects.toBe(reason);
  });

  it('renews a token that expires between two pages, and lists anew', async () => {
    await start({ faults: { sessionCalls: (_account, session) => (session === 1 ? 1 : 100) } });
    const snapshot = await over().read(scopeOf(FIRST, 'eu-west-1'));
    expect(snapshot).toMatchObject({
      coverage: 'complete',
      networks: { length: 3 },
      resources: { length: 9 },
    });
    expect(
      actions('DescribeVpcs').map(({ session, parameters }) => [
        session,
        parameters.get('NextToken'),
      ]),
    ).toEqual([
      [1, null],
      [1, '2'],
      [2, null],
      [2, '2'],
    ]);
  });

  it('is partial when the renewed token expires too', async () => {
    await start({ faults: { sessionCalls: () => 1 } });
    expect(await over().read(scopeOf(FIRST, 'eu-west-1'))).toMatchObject({
      coverage: 'partial',
      error: {
        code: 'RequestExpired',
        message: expect.stringContaining('Request has expired. (the credentials have ended: '),
      },
      networks: { length: 2 },
    });
    expect(actions('AssumeRole')).toHaveLength(2);
  });

  it('renews its own credentials when STS calls them expired', async () => {
    await start({
      interrupt: ({ action, accessKeyId }) =>
        action === 'AssumeRole' && accessKeyId === 'AKIDDOUBLE' && actions(action).length === 1
          ? awsError(
              'sts',
              403,
              'ExpiredToken',
              'The security token included in the request is expired',
            )
          : undefined,
    });
    let asked = 0;
    const credentials = async () => ({ ...double.credentials, asked: ++asked });
    expect(await over({ credentials }).read(scopeOf(FIRST, 'eu-west-1'))).toMatchObject({
      coverage: 'complete',
    });
    expect(asked).toBe(2);
  });

  it('is failed, never empty and complete, when a region answers with a web page', async () => {
    await start({ faults: { malformedRegions: ['eu-west-1'] } });
    expect(await over().read(scopeOf(FIRST, 'eu-west-1'))).toMatchObject({
      coverage: 'failed',
      error: { code: 'malformed_answer' },
    });
  });

  it.each([
    ['a web page', '<html><body>Welcome</body></html>', 'malformed_answer'],
    [
      'no credentials',
      '<AssumeRoleResponse><AssumeRoleResult>' +
        '<Credentials><AccessKeyId>A</AccessKeyId></Credentials></AssumeRoleResult></AssumeRoleResponse>',
      'malformed_answer',
    ],
  ])('is failed when STS answers %s', async (_title, body, code) => {
    await start({
      interrupt: ({ action }) => (action === 'AssumeRole' ? { status: 200, body } : undefined),
    });
    expect(await over().read(scopeOf(FIRST, 'eu-west-1'))).toMatchObject({
      coverage: 'failed',
      error: { code },
    });
  });
});
