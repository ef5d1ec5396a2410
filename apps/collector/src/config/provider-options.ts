import type { Environment, GivenOptions } from './given-options';
import { PROVIDER_NAMES, type OptionName, type ProviderName } from './option-table';

export type AwsPartition = 'aws' | 'aws-us-gov' | 'aws-cn';

/** Reading AWS by its API. */
export interface AwsOptions {
  /** Undefined for all that are enabled. */
  readonly regions?: readonly string[];
  /** Of those, the ones that are not read. */
  readonly excludedRegions?: readonly string[];
  /** Where AWS is asked for the account and its regions. */
  readonly homeRegion?: string;
  readonly partition: AwsPartition;
  /** Which accounts besides the one of the credentials; undefined for that one alone. */
  readonly members?: AwsMemberOptions;
}

/** How accounts other than the one of the credentials are entered. */
export interface AwsMemberOptions {
  /** The accounts of 12 digits; undefined for all of the organization. */
  readonly accounts?: readonly string[];
  readonly roleName: string;
  readonly externalId?: string;
  readonly sessionSeconds: number;
  /** Scopes of one account at a time. */
  readonly accountConcurrency: number;
}

/** Reading GCP by its API. Without a choice: every project that the credentials see. */
export interface GcpOptions {
  readonly projects?: readonly string[];
  /** organizations/N or folders/N. */
  readonly parent?: string;
  readonly projectQuery?: string;
}

/** Reading saved CLI output. */
export interface FilesOptions {
  readonly path: string;
  /** AWS regions; undefined for all that are saved. */
  readonly regions?: readonly string[];
}

/** The chosen providers: each that is present is read. */
export interface ProviderOptions {
  readonly aws?: AwsOptions;
  readonly gcp?: GcpOptions;
  readonly files?: FilesOptions;
}

/** A region's name, as `us-gov-west-1`. */
const REGION = /^[a-z]{2,}(-[a-z]+)+-\d+$/;
// IAM: a path of up to 512 printable characters, and a name of up to 64 of these.
const ROLE = /^(?!arn:)(?:[!-~]{1,510}\/)?[\w+=,.@-]{1,64}$/;
const PARTITIONS: readonly AwsPartition[] = ['aws', 'aws-us-gov', 'aws-cn'];
/** Where a partition is asked when nothing else says so; the provider knows it of the first one. */
const HOME_REGIONS: { readonly [partition in AwsPartition]?: string } = {
  'aws-us-gov': 'us-gov-west-1',
  'aws-cn': 'cn-north-1',
};
const MEMBER_OPTIONS: readonly OptionName[] = [
  'role-name',
  'external-id',
  'session-seconds',
  'account-concurrency',
];

/** The chosen providers by name; those that do not exist are problems. */
export function providersOf(given: GivenOptions): readonly ProviderName[] {
  const names = given.list('provider');
  if (!names) given.problems.push(`--provider is missing: ${PROVIDER_NAMES.join(', ')}`);
  const isProvider = (name: string): name is ProviderName =>
    (PROVIDER_NAMES as readonly string[]).includes(name);
  const unknown = (names ?? []).filter((name) => !isProvider(name));
  for (const name of unknown)
    given.problems.push(
      `${given.said('provider')} ${JSON.stringify(name)} is not one of ${PROVIDER_NAMES.join(', ')}`,
    );
  return (names ?? []).filter(isProvider);
}

/** Reads the options of the chosen providers. */
export function providerOptions(
  given: GivenOptions,
  chosen: readonly ProviderName[],
  env: Environment,
): ProviderOptions {
  const regions = listOf(given, 'regions', REGION, 'a region name');
  return {
    ...(chosen.includes('aws') && { aws: awsOptions(given, regions, env) }),
    ...(chosen.includes('gcp') && { gcp: gcpOptions(given) }),
    ...(chosen.includes('files') && { files: filesOptions(given, regions) }),
  };
}

function awsOptions(
  given: GivenOptions,
  regions: readonly string[] | undefined,
  env: Environment,
): AwsOptions {
  const partition = given.text('partition') ?? 'aws';
  const isPartition = (name: string): name is AwsPartition =>
    (PARTITIONS as readonly string[]).includes(name);
  const known = isPartition(partition) ? partition : 'aws';
  if (known !== partition)
    given.problems.push(`${given.said('partition')} must be one of ${PARTITIONS.join(', ')}`);
  const excludedRegions = listOf(given, 'exclude-regions', REGION, 'a region name');
  const members = memberOptions(given);
  return {
    ...(regions && { regions }),
    ...(excludedRegions && { excludedRegions }),
    homeRegion:
      env['AWS_REGION'] ||
      env['AWS_DEFAULT_REGION'] ||
      regions?.find((each) => !excludedRegions?.includes(each)) ||
      HOME_REGIONS[known],
    partition: known,
    ...(members && { members }),
  };
}

function memberOptions(given: GivenOptions): AwsMemberOptions | undefined {
  const accounts = listOf(given, 'accounts', /^\d{12}$/, 'an account of 12 digits');
  const organization = given.flag('organization');
  if (organization && accounts)
    given.problems.push('--organization and --accounts exclude each other: all accounts, or these');
  // As in an ARN: `teams/net/Reader`; IAM's own way to write the path begins with a slash.
  const roleName = (given.text('role-name') ?? 'CloudPAMCollector').replace(/^\//, '');
  if (!ROLE.test(roleName))
    given.problems.push(
      `${given.said('role-name')} is not the name of an IAM role, with its path if it has one: teams/net/Reader`,
    );
  const externalId = given.text('external-id');
  // STS: 2 to 1224 of these.
  if (externalId !== undefined && !/^[\w+=,.@:/-]{2,1224}$/.test(externalId))
    given.problems.push(
      `${given.said('external-id')} has characters, or a length, that STS refuses`,
    );
  const members = {
    ...(accounts && { accounts }),
    roleName,
    ...(externalId !== undefined && { externalId }),
    sessionSeconds: given.number('session-seconds', 900, 900, 43_200),
    accountConcurrency: given.number('account-concurrency', 4, 1, 16),
  };
  if (organization || accounts) return members;
  for (const name of MEMBER_OPTIONS.filter((each) => given.has(each)))
    given.problems.push(`${given.said(name)} needs --organization or --accounts`);
  return undefined;
}

function gcpOptions(given: GivenOptions): GcpOptions {
  const projects = listOf(
    given,
    'projects',
    /^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
    'a project id',
  );
  const parent = given.text('parent');
  if (parent !== undefined && !/^(organizations|folders)\/\d+$/.test(parent))
    given.problems.push(`${given.said('parent')} must be organizations/N or folders/N`);
  const projectQuery = given.text('project-query');
  if (projects && (parent !== undefined || projectQuery !== undefined))
    given.problems.push(
      '--projects excludes --parent and --project-query: these projects, or those that are found',
    );
  return {
    ...(projects && { projects }),
    ...(parent !== undefined && { parent }),
    ...(projectQuery !== undefined && { projectQuery }),
  };
}

function filesOptions(given: GivenOptions, regions: readonly string[] | undefined): FilesOptions {
  const path = given.text('path');
  if (path === undefined) given.problems.push('--path is missing: the folder of saved CLI output');
  return { path: path ?? '', ...(regions && { regions }) };
}

function listOf(
  given: GivenOptions,
  name: OptionName,
  pattern: RegExp,
  what: string,
): readonly string[] | undefined {
  const parts = given.list(name);
  const bad = (parts ?? []).filter((part) => !pattern.test(part));
  if (bad.length > 0)
    given.problems.push(
      `${given.said(name)}: not ${what}: ${bad.map((part) => JSON.stringify(part)).join(', ')}`,
    );
  return parts;
}
