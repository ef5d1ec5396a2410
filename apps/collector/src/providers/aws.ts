import {
  AwsCloudNetworks,
  AwsOrganizationNetworks,
  type AwsPartition,
} from '@cloudpam/provider-aws';
import type { Given } from '../config/option';
import { nodeNotice } from './node-notice';
import { provider } from './provider';
import { INTERFACES } from './interfaces';
import { REGION, REGIONS } from './regions';

// IAM: a path of up to 512 printable characters, and a name of up to 64 of these.
const ROLE = /^(?!arn:)(?:[!-~]{1,510}\/)?[\w+=,.@-]{1,64}$/;
/** Partitions, and where each is asked when nothing else says so. */
const HOME_REGIONS = {
  aws: undefined, // the provider knows it
  'aws-us-gov': 'us-gov-west-1',
  'aws-cn': 'cn-north-1',
} as const satisfies { readonly [partition in AwsPartition]: string | undefined };

const OPTIONS = {
  regions: REGIONS,
  'exclude-regions': {
    kind: 'list',
    value: 'a,b',
    item: REGION,
    help: 'not these regions, because a policy denies them or nobody uses them',
  },
  interfaces: INTERFACES,
  organization: {
    kind: 'flag',
    help: 'all accounts of the organization, in place of the one of the credentials',
  },
  accounts: {
    kind: 'list',
    value: 'a,b',
    item: { pattern: /^\d{12}$/, called: 'an account of 12 digits' },
    help: 'these accounts, by their 12 digits; a mistyped one leaves no record',
  },
  'role-name': {
    kind: 'text',
    value: 'NAME',
    help: 'the role to assume in each account, with its path; default CloudPAMCollector',
  },
  'external-id': { kind: 'text', value: 'TEXT', help: 'the external id that the role asks for' },
  'session-seconds': {
    kind: 'number',
    value: 'SECONDS',
    min: 900,
    max: 43_200,
    standard: 900,
    help: 'length of an assumed session, 900 to 43200; default 900',
  },
  partition: {
    kind: 'text',
    value: 'NAME',
    help: 'aws, aws-us-gov or aws-cn; default aws',
  },
  'account-concurrency': {
    kind: 'number',
    value: 'N',
    min: 1,
    max: 16,
    standard: 4,
    help: 'scopes of one account at a time, 1 to 16; default 4',
  },
} as const;
/** They say how accounts other than the one of the credentials are entered. */
const OF_MEMBERS = ['role-name', 'external-id', 'session-seconds', 'account-concurrency'] as const;

/** How accounts other than the one of the credentials are entered. */
interface Members {
  /** The accounts of 12 digits; undefined for all of the organization. */
  readonly accounts?: readonly string[];
  readonly roleName: string;
  readonly externalId?: string;
  readonly sessionSeconds: number;
  /** Scopes of one account at a time. */
  readonly accountConcurrency: number;
}

/** Reads AWS by its API. */
export const aws = provider({
  name: 'aws',
  title: 'AWS',
  source: 'by its API',
  options: OPTIONS,
  read(given, env) {
    const partition = partitionOf(given);
    const [regions, excludedRegions] = [given.get('regions'), given.get('exclude-regions')];
    const members = membersOf(given);
    return {
      ...(given.get('interfaces') && { interfaces: true as const }),
      ...(regions && { regions }),
      ...(excludedRegions && { excludedRegions }),
      homeRegion:
        env['AWS_REGION'] ||
        env['AWS_DEFAULT_REGION'] ||
        regions?.find((each) => !excludedRegions?.includes(each)) ||
        HOME_REGIONS[partition],
      partition,
      ...(members && { members }),
    };
  },
  open: ({ members, ...connection }, scopeTimeoutMs) => [
    members
      ? new AwsOrganizationNetworks({ ...connection, ...members, scopeTimeoutMs })
      : new AwsCloudNetworks({ ...connection, scopeTimeoutMs }),
  ],
  notice: nodeNotice,
});

function partitionOf(given: Given<typeof OPTIONS>): AwsPartition {
  const text = given.get('partition') ?? 'aws';
  const names = Object.keys(HOME_REGIONS) as AwsPartition[]; // the keys of the table are its type
  const known = names.find((each) => each === text);
  if (!known) given.refuse(`${given.said('partition')} must be one of ${names.join(', ')}`);
  return known ?? 'aws';
}

/** Which accounts besides the one of the credentials; undefined for that one alone. */
function membersOf(given: Given<typeof OPTIONS>): Members | undefined {
  const [accounts, organization] = [given.get('accounts'), given.get('organization')];
  if (organization && accounts)
    given.refuse('--organization and --accounts exclude each other: all accounts, or these');
  // As in an ARN: `teams/net/Reader`; IAM's own way to write the path begins with a slash.
  const roleName = (given.get('role-name') ?? 'CloudPAMCollector').replace(/^\//, '');
  if (!ROLE.test(roleName))
    given.refuse(
      `${given.said('role-name')} is not the name of an IAM role, with its path if it has one: teams/net/Reader`,
    );
  const externalId = given.get('external-id');
  // STS: 2 to 1224 of these.
  if (externalId !== undefined && !/^[\w+=,.@:/-]{2,1224}$/.test(externalId))
    given.refuse(`${given.said('external-id')} has characters, or a length, that STS refuses`);
  const members = {
    ...(accounts && { accounts }),
    roleName,
    ...(externalId !== undefined && { externalId }),
    sessionSeconds: given.get('session-seconds'),
    accountConcurrency: given.get('account-concurrency'),
  };
  if (organization || accounts) return members;
  for (const name of OF_MEMBERS)
    if (given.has(name)) given.refuse(`${given.said(name)} needs --organization or --accounts`);
  return undefined;
}
