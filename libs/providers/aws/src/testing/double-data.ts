import { awsError, ec2Error, json, type Answer } from './double-answer';
import type { Call } from './double-call';
import type { DoubleEstate, DoubleRegion, Listed } from './double-estate';
import type { DoubleSessions } from './double-sessions';
import { toXml } from './to-xml';

/** What the double answers from when nothing is wrong. */
export interface DoubleData {
  /** The caller's own account: the management account of the organization. */
  readonly account: string;
  readonly estate: DoubleEstate;
  /** The role that members let be assumed; any, where it is not told. */
  readonly role?: { readonly name: string; readonly externalId?: string };
  /**
   * Entries a page of EC2, at most what the caller asks for. Default 2, so that every listing has
   * pages.
   */
  readonly pageSize?: number;
}

export const WEB_IDENTITY_TOKEN = 'web-identity-token-of-the-double';

const EC2_NAMESPACE = 'http://ec2.amazonaws.com/doc/2016-11-15/';
const STS_NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';
// The largest page of ListAccounts.
const ACCOUNTS_A_PAGE = 20;

/** The answer to a call that nothing goes wrong with: each account sees what is its own. */
export function answerWithData(call: Call, data: DoubleData, sessions: DoubleSessions): Answer {
  const { action, account, region, parameters } = call;
  switch (action) {
    case 'GetCallerIdentity':
      return stsAnswer(action, `<Account>${account}</Account>`);
    case 'AssumeRole':
      return assumeRole(call, data, sessions);
    case 'AssumeRoleWithWebIdentity':
      if (parameters.get('WebIdentityToken') !== WEB_IDENTITY_TOKEN)
        return awsError(
          'sts',
          400,
          'InvalidIdentityToken',
          'the token is not the one of the double',
        );
      return handOut(action, accountOfRole(parameters), parameters, sessions);
    case 'ListAccounts':
      return listAccounts(call, data);
    case 'DescribeRegions':
      return ec2List(
        action,
        'regionInfo',
        (data.estate.regionsOf(account) ?? []).map((RegionName) => ({
          RegionName,
          OptInStatus: 'opt-in-not-required',
        })),
      );
    case 'DescribeVpcs':
      return ec2Page(
        action,
        'vpcSet',
        data.estate.region(account, region)?.vpcs,
        parameters,
        data.pageSize,
      );
    case 'DescribeSubnets':
      return ec2Page(
        action,
        'subnetSet',
        data.estate.region(account, region)?.subnets,
        parameters,
        data.pageSize,
      );
    case 'DescribeNetworkInterfaces':
      return ec2Page(
        action,
        'networkInterfaceSet',
        interfacesOf(data.estate.region(account, region), parameters),
        parameters,
        data.pageSize,
      );
    case 'DescribeAddresses':
      return ec2List(action, 'addressesSet', data.estate.region(account, region)?.elasticIps ?? []);
    default:
      return awsError(call.service, 400, 'InvalidAction', `the double does not know ${action}`);
  }
}

/** As EC2 does: interfaces of managed instances only for who asks for them. */
function interfacesOf(
  region: DoubleRegion | undefined,
  parameters: URLSearchParams,
): Listed<object> | undefined {
  if (!region) return undefined;
  return parameters.get('IncludeManagedResources') === 'true' ? (region.interfaces ?? []) : [];
}

/** What STS says when a role may not be assumed. */
export function assumeRoleDenied({ account, parameters }: Call): Answer {
  return awsError(
    'sts',
    403,
    'AccessDenied',
    `User: arn:aws:sts::${account}:assumed-role/collector/double is not authorized to ` +
      `perform: sts:AssumeRole on resource: ${parameters.get('RoleArn')}`,
  );
}

function assumeRole(call: Call, { estate, role }: DoubleData, sessions: DoubleSessions): Answer {
  const { parameters } = call;
  const [, name] = /:role\/(.+)$/.exec(parameters.get('RoleArn') ?? '') ?? [];
  const allowed =
    !role || (role.name === name && (role.externalId ?? null) === parameters.get('ExternalId'));
  const account = accountOfRole(parameters);
  return allowed && estate.regionsOf(account)
    ? handOut(call.action, account, parameters, sessions)
    : assumeRoleDenied(call);
}

function handOut(
  action: string,
  account: string,
  parameters: URLSearchParams,
  sessions: DoubleSessions,
): Answer {
  const { accessKeyId, secretAccessKey, sessionToken } = sessions.handOut(account);
  const expiration = new Date(
    Date.now() + Number(parameters.get('DurationSeconds') ?? 3_600) * 1_000,
  ).toISOString();
  const fields =
    `<AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey>` +
    `<SessionToken>${sessionToken}</SessionToken><Expiration>${expiration}</Expiration>`;
  return stsAnswer(action, `<Credentials>${fields}</Credentials>`);
}

function accountOfRole(parameters: URLSearchParams): string {
  return /^arn:aws[a-z-]*:iam::(\d{12}):role\//.exec(parameters.get('RoleArn') ?? '')?.[1] ?? '';
}

// As Organizations may, it begins with an empty page that carries a token.
function listAccounts(
  { account, parameters }: Call,
  { account: management, estate }: DoubleData,
): Answer {
  if (account !== management)
    return awsError(
      'organizations',
      400,
      'AccessDeniedException',
      'You do not have permissions to access this resource.',
    );
  const token = parameters.get('NextToken');
  if (token === null) return json({ Accounts: [], NextToken: '0' });
  const start = Number(token);
  const end =
    start + Math.min(ACCOUNTS_A_PAGE, Number(parameters.get('MaxResults') ?? ACCOUNTS_A_PAGE));
  const accounts = entries(estate.accounts, start, end).map(({ id, name, state }) => ({
    Id: id,
    Name: name,
    State: state ?? 'ACTIVE',
  }));
  return json({
    Accounts: accounts,
    ...(end < estate.accounts.length && { NextToken: String(end) }),
  });
}

function ec2Page(
  action: string,
  set: string,
  items: Listed<object> | undefined,
  parameters: URLSearchParams,
  limit = 2,
): Answer {
  if (!items)
    return ec2Error(
      401,
      'AuthFailure',
      'AWS was not able to validate the provided access credentials',
    );
  const start = Number(parameters.get('NextToken') ?? '0');
  const end = start + Math.min(limit, Number(parameters.get('MaxResults') ?? limit));
  return ec2List(
    action,
    set,
    entries(items, start, end),
    end < items.length ? `<nextToken>${end}</nextToken>` : '',
  );
}

function ec2List(action: string, set: string, items: readonly object[], rest = ''): Answer {
  const xml = items.map((item) => `<item>${toXml(item)}</item>`).join('');
  return {
    status: 200,
    body: `<${action}Response xmlns="${EC2_NAMESPACE}"><${set}>${xml}</${set}>${rest}</${action}Response>`,
  };
}

function stsAnswer(action: string, result: string): Answer {
  return {
    status: 200,
    body:
      `<${action}Response ` +
      `xmlns="${STS_NAMESPACE}"><${action}Result>${result}</${action}Result></${action}Response>`,
  };
}

function entries<T>(list: Listed<T>, start: number, end: number): T[] {
  const length = Math.max(0, Math.min(end, list.length) - start);
  return Array.from({ length }, (_, n) => list.at(start + n)).filter(
    (entry) => entry !== undefined,
  );
}
