import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsCloudNetworks } from './aws-cloud-networks';
import { AwsOrganizationNetworks } from './aws-organization-networks';
import { accountAt, generatedOrganization, startAwsDouble, type AwsDouble } from './testing';

const ACCOUNT = accountAt(0).id;
const MEMBER = accountAt(1).id;

describe('Without credentials of its own, AwsCloudNetworks reads a scope with those of the environment', () => {
  const environment = process.env;
  let double: AwsDouble;
  let folder: string;

  beforeEach(async () => {
    double = await startAwsDouble({
      account: ACCOUNT,
      estate: generatedOrganization({ accounts: 2, regions: ['eu-west-1'], vpcs: 1, subnets: 1 }),
    });
    folder = await mkdtemp(join(tmpdir(), 'cloudpam-aws-'));
    process.env = {
      ...Object.fromEntries(
        Object.entries(environment).filter(([name]) => !name.startsWith('AWS_')),
      ),
      // Nothing of the machine: no files of its user, no metadata of its cloud.
      AWS_CONFIG_FILE: join(folder, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL: double.endpoint,
    };
  });
  afterEach(async () => {
    process.env = environment;
    await double.close();
    await rm(folder, { recursive: true, force: true });
  });

  const file = async (name: string, content: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  };
  /**
   * Reads all, and tells the calls: what was called, and with which session of the account (none: a
   * long-term key).
   */
  async function calls() {
    const cloud = new AwsCloudNetworks();
    expect(await cloud.accounts()).toEqual([{ id: ACCOUNT }]);
    expect(
      await cloud.read({ provider: 'aws', account: ACCOUNT, region: 'eu-west-1' }),
    ).toMatchObject({ coverage: 'complete', resources: { length: 2 } });
    return double.calls.map(({ action, session }) => [action, session]);
  }
  const READ_WITH_SESSION = [
    ['GetCallerIdentity', 1],
    ['DescribeVpcs', 1],
    ['DescribeSubnets', 1],
  ];

  it('IRSA: a web identity token in a file, and a role', async () => {
    const token = await file('token', double.webIdentityToken);
    Object.assign(process.env, {
      AWS_WEB_IDENTITY_TOKEN_FILE: token,
      AWS_ROLE_ARN: `arn:aws:iam::${ACCOUNT}:role/collector`,
      AWS_ENDPOINT_URL_STS: double.endpoint,
    });
    expect(await calls()).toEqual([['AssumeRoleWithWebIdentity', undefined], ...READ_WITH_SESSION]);
    expect(double.calls[0]?.parameters.get('RoleArn')).toBe(
      `arn:aws:iam::${ACCOUNT}:role/collector`,
    );
  });

  it('ECS: the credentials of the container', async () => {
    Object.assign(process.env, {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: double.containerCredentialsUrl,
    });
    expect(await calls()).toEqual(READ_WITH_SESSION);
  });

  it('EKS Pod Identity: the credentials of the container, for a token in a file', async () => {
    const token = await file('token', double.podIdentityToken);
    Object.assign(process.env, {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: double.podIdentityUrl,
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: token,
    });
    expect(await calls()).toEqual(READ_WITH_SESSION);
  });

  it('EKS Pod Identity: none for another token, which is said', async () => {
    const token = await file('token', 'of another pod');
    Object.assign(process.env, {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: double.podIdentityUrl,
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: token,
    });
    expect(
      await new AwsCloudNetworks().read({ provider: 'aws', account: ACCOUNT, region: 'eu-west-1' }),
    ).toMatchObject({
      coverage: 'failed',
      error: {
        code: 'container_credentials',
        message:
          `the container's endpoint of credentials ${double.podIdentityUrl} was reached, but ` +
          'refused: it has no role for this container, or asks for another token',
      },
    });
    expect(double.calls).toEqual([]);
  });

  it('a profile of the shared files', async () => {
    const { accessKeyId, secretAccessKey } = double.credentials;
    await file(
      'credentials',
      `[network]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    );
    Object.assign(process.env, { AWS_PROFILE: 'network' });
    expect(await calls()).toEqual(READ_WITH_SESSION.map(([action]) => [action, undefined]));
  });

  it('a profile that assumes a role with the keys of another', async () => {
    const { accessKeyId, secretAccessKey } = double.credentials;
    await file(
      'credentials',
      `[base]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    );
    await file(
      'config',
      `[profile network]\nrole_arn = arn:aws:iam::${ACCOUNT}:role/collector\nsource_profile = ` +
        'base\nregion = eu-west-1\n',
    );
    Object.assign(process.env, { AWS_PROFILE: 'network' });
    expect(await calls()).toEqual([['AssumeRole', undefined], ...READ_WITH_SESSION]);
  });

  it('keys in variables', async () => {
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: double.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: double.credentials.secretAccessKey,
    });
    expect(await calls()).toEqual(READ_WITH_SESSION.map(([action]) => [action, undefined]));
  });

  it('assumes the roles of an organization with them', async () => {
    Object.assign(process.env, {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: double.containerCredentialsUrl,
    });
    const organization = new AwsOrganizationNetworks({ roleName: 'Reader' });
    expect(await organization.accounts()).toHaveLength(2);
    expect(
      await organization.read({ provider: 'aws', account: MEMBER, region: 'eu-west-1' }),
    ).toMatchObject({ coverage: 'complete', resources: { length: 2 } });
    expect(double.calls.map(({ action, account }) => [action, account])).toEqual([
      ['ListAccounts', ACCOUNT],
      ['ListAccounts', ACCOUNT],
      ['GetCallerIdentity', ACCOUNT],
      ['AssumeRole', ACCOUNT],
      ['DescribeVpcs', MEMBER],
      ['DescribeSubnets', MEMBER],
    ]);
  });
});
