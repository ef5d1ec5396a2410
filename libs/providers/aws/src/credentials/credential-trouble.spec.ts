import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsCloudNetworks } from '../aws-cloud-networks';
import { AwsOrganizationNetworks } from '../aws-organization-networks';
import {
  awsError,
  accountAt,
  generatedOrganization,
  startAwsDouble,
  type AwsDouble,
  type Call,
} from '../testing';
import { withoutSecrets } from './without-secrets';

const ROLE = 'arn:aws:iam::111122223333:role/network';

/** What a person has in the shared files. */
const CONFIG = `[profile failing]
credential_process = sh -c 'echo "vault is sealed; token=s.hush1234567" >&2; exit 7' --key hush
[profile silent]
credential_process = false hush
[profile talking]
credential_process = echo hush
[profile through]
role_arn = ${ROLE}
source_profile = failing
[profile lost]
role_arn = ${ROLE}
source_profile = nowhere
[profile asking]
role_arn = ${ROLE}
source_profile = base
mfa_serial = arn:aws:iam::111122223333:mfa/ada
[profile denied]
role_arn = ${ROLE}
source_profile = base
[profile signing]
sso_session = work
sso_account_id = 111122223333
sso_role_name = network
[sso-session work]
sso_region = eu-west-1
sso_start_url = https://work.awsapps.com/start
[profile signing-old]
sso_start_url = https://work.awsapps.com/start
sso_region = eu-west-1
sso_account_id = 111122223333
sso_role_name = network
[profile exchanging]
role_arn = ${ROLE}
web_identity_token_file = /nowhere/token
[profile empty]
region = eu-west-1
`;

describe('Without credentials, the real SDK says', () => {
  const environment = process.env;
  let double: AwsDouble;
  let folder: string;
  let interrupt: (call: Call) => ReturnType<typeof awsError> | undefined = () => undefined;

  beforeEach(async () => {
    interrupt = () => undefined;
    double = await startAwsDouble({
      account: accountAt(0).id,
      interrupt: (call) => interrupt(call),
      estate: generatedOrganization({ accounts: 1, regions: ['eu-west-1'], vpcs: 1, subnets: 1 }),
    });
    folder = await mkdtemp(join(tmpdir(), 'cloudpam-aws-'));
    await writeFile(join(folder, 'config'), CONFIG);
    await writeFile(
      join(folder, 'credentials'),
      `[base]\naws_access_key_id = ${double.credentials.accessKeyId}\naws_secret_access_key = ` +
        `${double.credentials.secretAccessKey}\n`,
    );
    process.env = {
      ...Object.fromEntries(
        Object.entries(environment).filter(([name]) => !name.startsWith('AWS_')),
      ),
      HOME: folder,
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

  /** The same at the first question and in the reading of a scope. */
  async function told(env: { readonly [name: string]: string }): Promise<string> {
    Object.assign(process.env, env);
    const cloud = new AwsCloudNetworks();
    const message = await cloud.accounts().then(
      () => 'it has credentials',
      (error: Error) => error.message,
    );
    const { error } = await cloud.read({
      provider: 'aws',
      account: accountAt(0).id,
      region: 'eu-west-1',
    });
    expect(`${error?.code}: ${error?.message}`).toBe(message);
    const organization = await new AwsOrganizationNetworks({ roleName: 'CloudPAMCollector' })
      .accounts()
      .catch((thrown: Error) => thrown.message);
    expect(organization).toBe(message);
    expect(message).not.toMatch(/hush|CredentialsProviderError|any providers/);
    return message;
  }

  it('which profile is not there, and which are', async () => {
    expect(await told({ AWS_PROFILE: 'typo' })).toBe(
      'profile_missing: AWS_PROFILE names the profile typo, which is neither in ' +
        `${folder}/config nor in ${folder}/credentials; they have failing, silent, talking, ` +
        'through, lost, asking, denied, signing, signing-old, exchanging, ...',
    );
  });

  it.each([
    [
      'failing',
      'credential_process_failed: credential_process of the profile failing ended with an ' +
        'error: vault is sealed; token=***',
    ],
    [
      'through',
      'credential_process_failed: credential_process of the profile failing ended with an ' +
        'error: vault is sealed; token=***',
    ],
    [
      'silent',
      'credential_process_failed: credential_process of the profile silent ended with an ' +
        'error, and said nothing on stderr',
    ],
    [
      'talking',
      'credential_process_failed: credential_process of the profile talking returned invalid JSON',
    ],
    [
      'lost',
      'profile_missing: the profile lost takes its credentials from the profile nowhere, which is neither in ',
    ],
    [
      'asking',
      'mfa_required: the profile asking asks for a code of arn:aws:iam::111122223333:mfa/ada ' +
        '(mfa_serial), which nobody can type here: use a role without it',
    ],
    [
      'signing',
      'sso_session_ended: the SSO session of the profile signing has ended, or there is none (',
    ],
    [
      'signing-old',
      'sso_session_ended: the SSO session of the profile signing-old has ended, or there is none (',
    ],
    [
      'exchanging',
      'web_identity_token_missing: the web identity token /nowhere/token cannot be read (ENOENT): mount it',
    ],
    ['empty', 'profile_empty: the profile empty has neither credentials nor a way to get them'],
  ])('what is wrong with the profile %s', async (profile, message) => {
    expect((await told({ AWS_PROFILE: profile })).slice(0, message.length)).toBe(message);
  });

  it('that the role of a profile is refused, and by whom', async () => {
    interrupt = ({ action }) =>
      action === 'AssumeRole'
        ? awsError('sts', 403, 'AccessDenied', 'User ada is not authorized')
        : undefined;
    expect(await told({ AWS_PROFILE: 'denied' })).toBe(
      `AccessDenied: the profile denied did not get the role ${ROLE}: User ada is not authorized`,
    );
  });

  it('that the container cannot be asked, and at which address', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo; // it listens on TCP
    await new Promise((resolve) => server.close(resolve));
    expect(
      await told({ AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${port}/role?hush` }),
    ).toBe(
      `container_credentials: the container's endpoint of credentials ` +
        `http://127.0.0.1:${port}/role cannot be reached (connect ECONNREFUSED ` +
        `127.0.0.1:${port})`,
    );
  });

  it.each([
    [
      "that the container's token is missing",
      {
        AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:1/x',
        AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: '/nowhere/token',
      },
      'container_token_missing: the token /nowhere/token for the container credentials cannot ' +
        'be read (ENOENT): mount it',
    ],
    [
      'that the web identity token is missing',
      { AWS_WEB_IDENTITY_TOKEN_FILE: '/nowhere/token', AWS_ROLE_ARN: ROLE },
      'web_identity_token_missing: the web identity token /nowhere/token cannot be read ' +
        '(ENOENT): mount it, or correct AWS_WEB_IDENTITY_TOKEN_FILE',
    ],
    [
      'that a role is missing',
      { AWS_WEB_IDENTITY_TOKEN_FILE: '/nowhere/token' },
      'no_credentials: AWS_WEB_IDENTITY_TOKEN_FILE is set without AWS_ROLE_ARN',
    ],
    [
      'that half of a key is missing',
      { AWS_ACCESS_KEY_ID: 'AKIDHALF' },
      'no_credentials: AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY',
    ],
    [
      'all that is wrong',
      { AWS_SECRET_ACCESS_KEY: 'hush', AWS_PROFILE: 'empty' },
      'no_credentials: AWS_SECRET_ACCESS_KEY is set without AWS_ACCESS_KEY_ID; and the ' +
        'profile empty has neither credentials nor a way to get them',
    ],
    [
      'that nothing is set',
      {},
      'no_credentials: no AWS credentials: neither AWS_ACCESS_KEY_ID with ' +
        'AWS_SECRET_ACCESS_KEY, nor AWS_PROFILE, nor a role of a container is set, and the ' +
        'metadata of the instance are switched off by AWS_EC2_METADATA_DISABLED',
    ],
  ])('%s', async (_title, env, message) => {
    expect(await told(env)).toBe(message);
  });

  it('that a web identity token has ended', async () => {
    const token = join(folder, 'token');
    await writeFile(token, double.webIdentityToken);
    interrupt = ({ action }) =>
      action === 'AssumeRoleWithWebIdentity'
        ? awsError(
            'sts',
            400,
            'ExpiredTokenException',
            'Token expired: current date/time must be before the expiration',
          )
        : undefined;
    expect(await told({ AWS_WEB_IDENTITY_TOKEN_FILE: token, AWS_ROLE_ARN: ROLE })).toBe(
      `ExpiredTokenException: the web identity token ${token} was not taken for ${ROLE}: ` +
        'Token expired: current date/time must be before the expiration; the token has ended, ' +
        'and whatever writes the file has to renew it',
    );
  });

  it('that keys of a session have ended', async () => {
    interrupt = ({ service }) =>
      awsError(
        service,
        400,
        'ExpiredToken',
        'The security token included in the request is expired',
      );
    const { accessKeyId, secretAccessKey } = double.credentials;
    expect(
      await told({ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey }),
    ).toBe(
      'ExpiredToken: The security token included in the request is expired (the credentials ' +
        'have ended: get new ones, or use a role, which renews them by itself)',
    );
  });
});

describe('withoutSecrets', () => {
  it.each([
    [
      '{"AccessKeyId": "ASIAABCDEFGHIJKLMNOP", "SecretAccessKey": "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY00"}',
      '{"AccessKeyId": "***", "SecretAccessKey": "***"}',
    ],
    ['login failed with wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'login failed with ***'],
    ['password: correct-horse', 'password: ***'],
    [
      'cannot open /usr/local/share/vault/Plugins/database7: Permission denied',
      'cannot open /usr/local/share/vault/Plugins/database7: Permission denied',
    ],
  ])('makes of %s', (text, expected) => {
    expect(withoutSecrets(text)).toBe(expected);
  });
});
