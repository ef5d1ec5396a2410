import type { EC2Client } from '@aws-sdk/client-ec2';
import { AwsCloudNetworks } from './aws-cloud-networks';
import { AwsConnection, type AwsConnectionOptions } from './aws-connection';
import { AwsOrganizationNetworks } from './aws-organization-networks';
import { generatedOrganization, startAwsDouble, accountAt, type AwsDouble } from './testing';

/** Where a client without an endpoint of its own sends its calls. */
async function hostOf({ config }: Pick<EC2Client, 'config'>): Promise<string> {
  return config.endpointProvider({
    Region: await config.region(),
    UseDualStack: false,
    UseFIPS: false,
  }).url.host;
}

describe('AwsConnection', () => {
  it.each([
    [{}, 'us-east-1', 'sts.us-east-1.amazonaws.com', 'organizations.us-east-1.amazonaws.com'],
    [
      { partition: 'aws', homeRegion: 'eu-central-1' },
      'eu-central-1',
      'sts.eu-central-1.amazonaws.com',
      'organizations.us-east-1.amazonaws.com',
    ],
    [
      { partition: 'aws-us-gov' },
      'us-gov-west-1',
      'sts.us-gov-west-1.amazonaws.com',
      'organizations.us-gov-west-1.amazonaws.com',
    ],
    [
      { partition: 'aws-cn' },
      'cn-north-1',
      'sts.cn-north-1.amazonaws.com.cn',
      'organizations.cn-northwest-1.amazonaws.com.cn',
    ],
  ] as const)(
    'asks, with %j, STS and Organizations of the partition in %s',
    async (options: AwsConnectionOptions, homeRegion, sts, organizations) => {
      const connection = new AwsConnection(options);
      expect(connection.homeRegion).toBe(homeRegion);
      // The clients differ in their commands only, not in how they find their endpoint.
      expect(await hostOf(connection.sts as unknown as EC2Client)).toBe(sts);
      expect(await hostOf(connection.organizations() as unknown as EC2Client)).toBe(organizations);
    },
  );

  it.each([
    ['eu-west-1', 'ec2.eu-west-1.amazonaws.com'],
    ['us-gov-east-1', 'ec2.us-gov-east-1.amazonaws.com'],
    ['cn-northwest-1', 'ec2.cn-northwest-1.amazonaws.com.cn'],
  ])('asks EC2 of %s at %s', async (region, host) => {
    const connection = new AwsConnection({});
    expect(await hostOf(connection.ec2(region, connection.credentials))).toBe(host);
  });
});

describe('Partitions', () => {
  let double: AwsDouble;
  afterEach(() => double.close());

  it.each([
    ['aws', 'us-east-1'],
    ['aws-us-gov', 'us-gov-west-1'],
    ['aws-cn', 'cn-north-1'],
  ] as const)(
    '%s: roles have its name in their ARN, and what is not of a region is asked in %s',
    async (partition, homeRegion) => {
      const account = accountAt(1).id;
      double = await startAwsDouble({
        account: accountAt(0).id,
        estate: generatedOrganization({
          accounts: 2,
          regions: ['us-gov-east-1'],
          vpcs: 1,
          subnets: 1,
        }),
      });
      const connection = { partition, endpoint: double.endpoint, credentials: double.credentials };
      const organization = new AwsOrganizationNetworks({ ...connection, roleName: 'Reader' });
      await organization.accounts();
      const [scope] = await organization.scopes(account);
      expect(
        await organization.read({ provider: 'aws', account, region: scope?.region ?? '' }),
      ).toMatchObject({ region: 'us-gov-east-1', coverage: 'complete' });
      await new AwsCloudNetworks(connection).scopes(account);
      expect(double.calls.map(({ action, region }) => [action, region])).toEqual([
        ['ListAccounts', homeRegion],
        ['ListAccounts', homeRegion],
        ['GetCallerIdentity', homeRegion],
        ['AssumeRole', homeRegion],
        ['DescribeRegions', homeRegion],
        ['DescribeVpcs', 'us-gov-east-1'],
        ['DescribeSubnets', 'us-gov-east-1'],
        ['DescribeRegions', homeRegion],
      ]);
      expect(
        double.calls.find(({ action }) => action === 'AssumeRole')?.parameters.get('RoleArn'),
      ).toBe(`arn:${partition}:iam::${account}:role/Reader`);
    },
  );
});
