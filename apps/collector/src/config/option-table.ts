/** A command of the collector. */
export type Command = 'run' | 'agent';

export const PROVIDER_NAMES = ['aws', 'gcp', 'files'] as const;
/** Where networks are read from. `files` gives those of AWS and GCP. */
export type ProviderName = (typeof PROVIDER_NAMES)[number];

/** One option: `--name VALUE`, or CLOUDPAM_NAME in the environment. */
export interface Option {
  readonly group: 'Common' | 'Delivery' | 'AWS' | 'GCP' | 'Saved CLI output' | 'Agent';
  /** What the help shows in place of the value; without it the option is a flag. */
  readonly value?: string;
  readonly help: string;
  /** The commands that know it; default both. */
  readonly command?: Command;
  /** The providers that it belongs to; default none in particular. */
  readonly providers?: readonly ProviderName[];
}

/** Every option. Help, environment and documentation are checked against this table. */
export const OPTIONS = {
  provider: {
    group: 'Common',
    value: 'a,b',
    help: 'aws, gcp (by their APIs), files (saved CLI output); several with commas',
  },
  concurrency: { group: 'Common', value: 'N', help: 'scopes at a time, 1 to 32; default 4' },
  'scope-timeout': {
    group: 'Common',
    value: 'SECONDS',
    help: 'gives up reading a scope after this time, 1 to 3600; default 120',
  },
  json: { group: 'Common', command: 'run', help: 'print the summary as JSON' },

  server: { group: 'Delivery', value: 'URL', help: 'the CloudPAM server' },
  token: {
    group: 'Delivery',
    value: 'TOKEN',
    help: 'an API token of the role collector; better in the environment',
  },
  sink: {
    group: 'Delivery',
    value: 'file:DIR',
    command: 'run',
    help: 'write signed snapshot files into DIR, in place of --server',
  },
  'dry-run': {
    group: 'Delivery',
    command: 'run',
    help: 'ask the server what it would do; nothing is written',
  },
  attempts: { group: 'Delivery', value: 'N', help: 'tries to deliver a scope, 1 to 20; default 6' },
  spool: {
    group: 'Delivery',
    value: 'DIR',
    help: 'keep what could not be delivered in DIR, and deliver it later',
  },
  'spool-limit': {
    group: 'Delivery',
    value: 'MB',
    help: 'size of the spool, 1 to 1000000; default 1024',
  },

  'tls-ca': {
    group: 'Delivery',
    value: 'FILE',
    help: 'the CA of the server, where it is none that Node knows',
  },
  'tls-cert': {
    group: 'Delivery',
    value: 'FILE',
    help: 'a client certificate, for a server that asks for one',
  },
  'tls-key': { group: 'Delivery', value: 'FILE', help: 'the key of --tls-cert' },

  regions: {
    group: 'AWS',
    value: 'a,b',
    providers: ['aws', 'files'],
    help: 'these regions; default all that are enabled, or saved',
  },
  'exclude-regions': {
    group: 'AWS',
    value: 'a,b',
    providers: ['aws'],
    help: 'not these regions, because a policy denies them or nobody uses them',
  },
  organization: {
    group: 'AWS',
    providers: ['aws'],
    help: 'all accounts of the organization, in place of the one of the credentials',
  },
  accounts: {
    group: 'AWS',
    value: 'a,b',
    providers: ['aws'],
    help: 'these accounts, by their 12 digits; a mistyped one leaves no record',
  },
  'role-name': {
    group: 'AWS',
    value: 'NAME',
    providers: ['aws'],
    help: 'the role to assume in each account, with its path; default CloudPAMCollector',
  },
  'external-id': {
    group: 'AWS',
    value: 'TEXT',
    providers: ['aws'],
    help: 'the external id that the role asks for',
  },
  'session-seconds': {
    group: 'AWS',
    value: 'SECONDS',
    providers: ['aws'],
    help: 'length of an assumed session, 900 to 43200; default 900',
  },
  partition: {
    group: 'AWS',
    value: 'NAME',
    providers: ['aws'],
    help: 'aws, aws-us-gov or aws-cn; default aws',
  },
  'account-concurrency': {
    group: 'AWS',
    value: 'N',
    providers: ['aws'],
    help: 'scopes of one account at a time, 1 to 16; default 4',
  },

  projects: {
    group: 'GCP',
    value: 'a,b',
    providers: ['gcp'],
    help: 'these projects, by their ids',
  },
  parent: {
    group: 'GCP',
    value: 'NAME',
    providers: ['gcp'],
    help: 'all projects under organizations/N or folders/N',
  },
  'project-query': {
    group: 'GCP',
    value: 'TEXT',
    providers: ['gcp'],
    help: 'projects that match, as in projects.search: labels.env:prod',
  },

  path: { group: 'Saved CLI output', value: 'DIR', providers: ['files'], help: 'the folder' },

  interval: {
    group: 'Agent',
    value: 'TIME',
    command: 'agent',
    help: 'how often every account is read: 30m, 6h, 1d; 0: only when triggered; default 6h',
  },
  name: {
    group: 'Agent',
    value: 'NAME',
    command: 'agent',
    help: 'what the server shows; default the name of the host',
  },
  'health-file': {
    group: 'Agent',
    value: 'PATH',
    command: 'agent',
    help: 'a file that is touched as long as the agent lives',
  },
} as const satisfies { readonly [name: string]: Option };

export type OptionName = keyof typeof OPTIONS;

/** The options with the type that the table has, so that absent fields can be asked for. */
export const optionOf = (name: OptionName): Option => OPTIONS[name];

/** All names, in the order of the help. */
export const OPTION_NAMES = Object.keys(OPTIONS) as OptionName[]; // the keys of the constant above, and no others

/** The option's name in the environment: CLOUDPAM_DRY_RUN of --dry-run. */
export function variableOf(name: OptionName): string {
  return `CLOUDPAM_${name.replaceAll('-', '_').toUpperCase()}`;
}
