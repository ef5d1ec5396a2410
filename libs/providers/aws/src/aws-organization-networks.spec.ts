import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { formatCidr } from '@cloudpam/cidr';
import { ACCOUNT } from '@cloudpam/provider-contract';
import type { CloudScope } from '@cloudpam/reconciliation';
import { AwsOrganizationNetworks, type AwsOrganizationOptions } from './aws-organization-networks';
import {
  accountAt,
  generatedOrganization,
  startAwsDouble,
  writtenEstate,
  type AwsDouble,
  type DoubleRegion,
  type DoubleSettings,
} from './testing';

const MANAGEMENT = '999900001111';
const MEMBER = '222233334444';
const ROLE = { name: 'CloudPAMCollector', externalId: 'an external id' };
const EMPTY: DoubleRegion = { vpcs: [], subnets: [] };
const vpcOf = (account: string, block: string): DoubleRegion => ({
  vpcs: [{ VpcId: `vpc-of-${account}`, OwnerId: account, CidrBlock: block }],
  subnets: [],
});

function over(
  double: AwsDouble,
  options: Partial<AwsOrganizationOptions> = {},
): AwsOrganizationNetworks {
  const retryStrategy = new ConfiguredRetryStrategy(8, (attempt: number) => attempt);
  return new AwsOrganizationNetworks({
    endpoint: double.endpoint,
    credentials: double.credentials,
    retryStrategy,
    roleName: ROLE.name,
    externalId: ROLE.externalId,
    ...options,
  });
}

describe('AwsOrganizationNetworks', () => {
  let double: AwsDouble;
  const start = async (settings: Partial<DoubleSettings> = {}): Promise<AwsDouble> => {
    const estate = writtenEstate({
      [MANAGEMENT]: {
        name: 'management',
        regions: { 'eu-west-1': vpcOf(MANAGEMENT, '10.0.0.0/16') },
      },
      [ACCOUNT]: {
        name: 'production',
        regions: { 'eu-west-1': vpcOf(ACCOUNT, '10.1.0.0/16'), 'us-east-1': EMPTY },
      },
      [MEMBER]: {
        name: 'closed',
        state: 'SUSPENDED',
        regions: { 'eu-west-1': vpcOf(MEMBER, '10.2.0.0/16') },
      },
    });
    double = await startAwsDouble({ account: MANAGEMENT, role: ROLE, estate, ...settings });
    return double;
  };
  afterEach(() => double.close());

  const scopeOf = (account: string, region = 'eu-west-1'): CloudScope => ({
    provider: 'aws',
    account,
    region,
  });
  const actions = (action: string) => double.calls.filter((call) => call.action === action);

  it('lists the active accounts of the organization with their names', async () => {
    expect(await over(await start()).accounts()).toEqual([
      { id: MANAGEMENT, name: 'management' },
      { id: ACCOUNT, name: 'production' },
    ]);
  });

  it('takes the retired Status of an account that has no State', async () => {
    const body = JSON.stringify({
      Accounts: [
        { Id: ACCOUNT, Status: 'ACTIVE' },
        { Id: MEMBER, Status: 'SUSPENDED' },
      ],
    });
    const cloud = over(
      await start({
        interrupt: () => ({ status: 200, body, contentType: 'application/x-amz-json-1.1' }),
      }),
    );
    expect(await cloud.accounts()).toEqual([{ id: ACCOUNT }]);
  });

  it('reads every page of the accounts, empty ones too, twenty at a time', async () => {
    const cloud = over(
      await start({
        account: accountAt(0).id,
        estate: generatedOrganization({
          accounts: 45,
          regions: ['eu-west-1'],
          vpcs: 1,
          subnets: 1,
        }),
      }),
    );
    const accounts = await cloud.accounts();
    expect(accounts).toHaveLength(45);
    expect(accounts[44]).toEqual({ id: '100000000044', name: 'member-0044' });
    expect(
      actions('ListAccounts').map(({ parameters }) => [
        parameters.get('MaxResults'),
        parameters.get('NextToken'),
      ]),
    ).toEqual([
      ['20', null],
      ['20', '0'],
      ['20', '20'],
      ['20', '40'],
    ]);
  });

  it('covers the configured accounts, each once, without asking Organizations', async () => {
    const cloud = over(await start(), { accounts: [ACCOUNT, MEMBER, ACCOUNT] });
    expect(await cloud.accounts()).toEqual([
      { id: ACCOUNT, unproven: true },
      { id: MEMBER, unproven: true },
    ]);
    expect(actions('ListAccounts')).toEqual([]);
  });

  it.each([
    ['a configured list', { accounts: [ACCOUNT] }],
    ['the organization', {}],
  ])('rejects when the credentials are bad, with %s', async (_title, options) => {
    const cloud = over(await start(), {
      ...options,
      credentials: { accessKeyId: 'AKIDDOUBLE', secretAccessKey: 'wrong' },
    });
    await expect(cloud.accounts()).rejects.toThrow('the request is not signed as it must be');
  });

  it('rejects when the caller may not list the organization', async () => {
    const cloud = over(
      await start({
        account: ACCOUNT,
        interrupt: ({ service }) =>
          service === 'organizations'
            ? { status: 400, body: '{"__type":"AccessDeniedException","Message":"no"}' }
            : undefined,
      }),
    );
    await expect(cloud.accounts()).rejects.toThrow('AccessDeniedException: no');
  });

  it.each(['{}', '{"Accounts":[]}', '{"Accounts":[{"Name":"x"}]}', '<html>'])(
    'rejects when Organizations answers %s',
    async (body) => {
      const cloud = over(
        await start({
          interrupt: () => ({ status: 200, body, contentType: 'application/x-amz-json-1.1' }),
        }),
      );
      await expect(cloud.accounts()).rejects.toThrow();
    },
  );

  it('reads an account with the credentials of its role, and with no others', async () => {
    const snapshot = await over(await start()).read(scopeOf(ACCOUNT));
    expect(snapshot).toMatchObject({
      account: ACCOUNT,
      coverage: 'complete',
      resources: [{ ownerAccount: ACCOUNT }],
    });
    expect(snapshot.resources.map(({ cidr }) => formatCidr(cidr))).toEqual(['10.1.0.0/16']);
    expect(double.calls.map(({ action, account, session }) => [action, account, session])).toEqual([
      ['GetCallerIdentity', MANAGEMENT, undefined],
      ['AssumeRole', MANAGEMENT, undefined],
      ['DescribeVpcs', ACCOUNT, 1],
      ['DescribeSubnets', ACCOUNT, 1],
    ]);
  });

  it('assumes the role by its name, with the external id, for 15 minutes', async () => {
    await over(await start()).read(scopeOf(ACCOUNT));
    const [call] = actions('AssumeRole');
    expect(Object.fromEntries(call?.parameters ?? [])).toMatchObject({
      RoleArn: 'arn:aws:iam::111122223333:role/CloudPAMCollector',
      RoleSessionName: 'cloudpam-collector',
      ExternalId: 'an external id',
      DurationSeconds: '900',
    });
  });

  it('assumes a role with a path, without an external id and for as long as it is told', async () => {
    await start({ role: { name: 'net/Reader' } });
    expect(
      await over(double, {
        roleName: 'net/Reader',
        externalId: undefined,
        sessionSeconds: 3_600,
      }).read(scopeOf(ACCOUNT)),
    ).toMatchObject({ coverage: 'complete' });
    const [call] = actions('AssumeRole');
    expect(call?.parameters.get('DurationSeconds')).toBe('3600');
    expect(call?.parameters.has('ExternalId')).toBe(false);
  });

  it('is failed with AccessDenied when the external id is another', async () => {
    expect(
      await over(await start(), { externalId: 'guessed' }).read(scopeOf(ACCOUNT)),
    ).toMatchObject({ coverage: 'failed', error: { code: 'AccessDenied' } });
  });

  it('reads the account of the caller with its own credentials, without a role', async () => {
    const cloud = over(await start());
    expect(await cloud.scopes(MANAGEMENT)).toEqual([scopeOf(MANAGEMENT)]);
    expect(await cloud.read(scopeOf(MANAGEMENT))).toMatchObject({
      coverage: 'complete',
      resources: [{ ownerAccount: MANAGEMENT }],
    });
    expect(actions('AssumeRole')).toEqual([]);
  });

  it('assumes a role once for all scopes of an account, and asks once who the caller is', async () => {
    const cloud = over(await start());
    const scopes = await cloud.scopes(ACCOUNT);
    expect(scopes.map(({ region }) => region)).toEqual(['eu-west-1', 'us-east-1']);
    await Promise.all(scopes.map((scope) => cloud.read(scope)));
    expect(actions('AssumeRole')).toHaveLength(1);
    expect(actions('GetCallerIdentity')).toHaveLength(1);
  });

  describe('an account that was named by hand', () => {
    const TYPO = '111122223344';

    it('is said to be unproven while its role cannot be assumed', async () => {
      const cloud = over(await start(), { accounts: [ACCOUNT, TYPO], regions: ['eu-west-1'] });
      expect(await cloud.read(scopeOf(TYPO))).toMatchObject({
        coverage: 'failed',
        accountUnproven: true,
      });
      expect(await cloud.read(scopeOf(ACCOUNT))).not.toHaveProperty('accountUnproven');
      expect(await Promise.all([TYPO, ACCOUNT].map((id) => cloud.doubtOf(id)))).toEqual([
        { code: 'AccessDenied', message: expect.stringContaining(TYPO) },
        undefined,
      ]);
    });

    it('is proven by its credentials, though a region fails, and by being asked', async () => {
      const cloud = over(await start(), { accounts: [MANAGEMENT, ACCOUNT] });
      expect(await Promise.all([ACCOUNT, MANAGEMENT].map((id) => cloud.doubtOf(id)))).toEqual([
        undefined,
        undefined,
      ]);
      const snapshot = await cloud.read(scopeOf(ACCOUNT, 'sa-east-1'));
      expect(snapshot).toMatchObject({ coverage: 'failed', error: { code: 'AuthFailure' } });
      expect(snapshot).not.toHaveProperty('accountUnproven');
    });

    it('is proven when the organization lists it', async () => {
      const cloud = over(await start({ faults: { deniedAccounts: [ACCOUNT] } }));
      await cloud.accounts();
      expect(await cloud.read(scopeOf(ACCOUNT))).toMatchObject({
        coverage: 'failed',
        accountName: 'production',
      });
      expect(await cloud.read(scopeOf(ACCOUNT))).not.toHaveProperty('accountUnproven');
    });
  });

  it('tells the name of an account in its snapshots once it has listed it', async () => {
    const cloud = over(await start());
    await cloud.accounts();
    expect(await cloud.read(scopeOf(ACCOUNT))).toMatchObject({ accountName: 'production' });
  });

  it('reads at most two scopes of an account at a time, and two accounts beside each other', async () => {
    const regions = ['eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-north-1', 'eu-south-1'];
    const first = accountAt(1).id;
    const second = accountAt(2).id;
    const arrived = new Set<string>();
    let release = (): void => undefined;
    const four = new Promise<undefined>((resolve) => (release = () => resolve(undefined)));
    const cloud = over(
      await start({
        account: accountAt(0).id,
        estate: generatedOrganization({ accounts: 3, regions, vpcs: 1, subnets: 1 }),
        // The first calls are held until two of each account are there: were the limit 1 for an
        // account, it would never be.
        interrupt: async ({ service, account, region }) => {
          if (service !== 'ec2') return undefined;
          if (arrived.add(`${account} ${region}`).size === 4) release();
          return four;
        },
      }),
    );
    const snapshots = await Promise.all(
      [first, second].flatMap((account) =>
        regions.map((region) => cloud.read(scopeOf(account, region))),
      ),
    );
    expect(snapshots.map(({ coverage }) => coverage)).toEqual(Array(10).fill('complete'));
    expect([double.mostAtATime(first), double.mostAtATime(second)]).toEqual([2, 2]);
  });

  it('makes one call at a time for an account where that is asked', async () => {
    const regions = ['eu-west-1', 'eu-west-2', 'eu-west-3'];
    const { id } = accountAt(1);
    const cloud = over(
      await start({
        account: accountAt(0).id,
        estate: generatedOrganization({ accounts: 2, regions, vpcs: 1, subnets: 1 }),
      }),
      { accountConcurrency: 1 },
    );
    await Promise.all(regions.map((region) => cloud.read(scopeOf(id, region))));
    expect(double.mostAtATime(id)).toBe(1);
  });

  it('reads every subnet of a generated organization, each account with its own credentials', async () => {
    const size = { accounts: 60, regions: ['eu-west-1', 'us-east-1'], vpcs: 2, subnets: 3 };
    const cloud = over(
      await start({
        account: accountAt(0).id,
        estate: generatedOrganization(size),
        pageSize: 1_000,
        keepCalls: false,
      }),
    );
    const seen = new Set<string>();
    for (const { id } of await cloud.accounts()) {
      for (const scope of await cloud.scopes(id)) {
        const { coverage, resources } = await cloud.read(scope);
        expect({
          coverage,
          owners: [...new Set(resources.map(({ ownerAccount }) => ownerAccount))],
        }).toEqual({ coverage: 'complete', owners: [id] });
        for (const { kind, cidr } of resources) seen.add(`${kind} ${formatCidr(cidr)}`);
      }
    }
    expect(seen.size).toBe(60 * 2 * (2 + 2 * 3));
    expect(double.calls).toEqual([]);
  });
});
