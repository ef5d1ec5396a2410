import { parseArgs } from 'node:util';

/** What one run does. */
export interface CollectorConfig {
  readonly provider: 'aws' | 'files';
  /** Base address of the server, without a trailing slash. */
  readonly server: string;
  /** Secret. */
  readonly token: string;
  /** The folder of saved CLI output; set for the provider `files` only. */
  readonly path?: string;
  /** AWS regions to cover; undefined for all. */
  readonly regions?: readonly string[];
  /** Where AWS is asked for the account and its regions. */
  readonly homeRegion?: string;
  readonly dryRun: boolean;
  /** Scopes at a time. */
  readonly concurrency: number;
  /** Tries to deliver a scope. */
  readonly attempts: number;
  readonly json: boolean;
}

export type ConfigReading =
  | { readonly kind: 'help' }
  | { readonly kind: 'run'; readonly config: CollectorConfig }
  /** Every mistake at once, each a sentence. None repeats the token. */
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

export const HELP = `Usage: collector run --provider aws|files [options]

Lists VPCs, subnets and secondary ranges, and posts what it saw to a CloudPAM server, one scope
(account and region, or GCP project) at a time.

  --provider aws|files  aws: the account of the credentials in the environment; files: saved CLI output
  --path DIR            folder of saved CLI output (provider files)
  --server URL          the CloudPAM server (or CLOUDPAM_SERVER)
  --token TOKEN         an API token that may post snapshots (better: CLOUDPAM_TOKEN)
  --regions a,b         AWS regions to cover; default all that are enabled, or saved
  --dry-run             ask the server what it would do; nothing is written
  --concurrency N       scopes at a time, 1 to 32; default 4
  --attempts N          tries to deliver a scope, 1 to 20; default 6
  --json                print the summary as JSON
  --help                print this

Exit code: 0 everything was listed and delivered; 1 some scopes were partial, failed or refused, or the run was
stopped; 2 nothing worked, or the options are wrong.
`;

const OPTIONS = {
  provider: { type: 'string' },
  path: { type: 'string' },
  server: { type: 'string' },
  token: { type: 'string' },
  regions: { type: 'string' },
  concurrency: { type: 'string' },
  attempts: { type: 'string' },
  'dry-run': { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Reads the command line; server and token fall back to the environment. */
export function readConfig(argv: readonly string[], env: { readonly [name: string]: string | undefined }): ConfigReading {
  // Not strict: that would stop at the first mistake, and repeat arguments that may be a token.
  const { tokens } = parseArgs({ args: [...argv], options: OPTIONS, strict: false, tokens: true });
  const problems: string[] = [];
  const given = new Map<string, string>();
  const commands: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') commands.push(token.value);
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(OPTIONS, token.name) ? OPTIONS[token.name as keyof typeof OPTIONS] : undefined; // hasOwn says it is a key
    if (!option) problems.push(`there is no option ${token.rawName}`);
    else if (option.type === 'boolean' && token.value !== undefined) problems.push(`${token.rawName} takes no value`);
    // `--token --json` would take the second for the value of the first.
    else if (option.type === 'string' && (!token.value?.trim() || (!token.inlineValue && token.value.startsWith('-')))) problems.push(`${token.rawName} needs a value`);
    else given.set(token.name, token.value?.trim() ?? '');
  }
  if (given.has('help')) return { kind: 'help' };
  if (commands[0] !== 'run') problems.unshift('the command is missing: collector run');
  else if (commands.length > 1) problems.push('there is more than one argument besides options; only the command `run` is one');

  const provider = providerOf(given.get('provider'), problems);
  const path = given.get('path');
  if (provider === 'files' && path === undefined) problems.push('--path is missing: the folder of saved CLI output');
  if (provider === 'aws' && path !== undefined) problems.push('--path is for the provider files only');
  const regions = regionsOf(given.get('regions'), problems);
  const config: CollectorConfig = {
    provider: provider ?? 'files',
    server: serverOf(given.get('server') ?? env['CLOUDPAM_SERVER'], problems),
    token: tokenOf(given.get('token') ?? env['CLOUDPAM_TOKEN'], problems),
    path,
    regions,
    homeRegion: env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || regions?.[0],
    dryRun: given.has('dry-run'),
    concurrency: numberOf('--concurrency', given.get('concurrency'), 4, 32, problems),
    attempts: numberOf('--attempts', given.get('attempts'), 6, 20, problems),
    json: given.has('json'),
  };
  return problems.length > 0 ? { kind: 'invalid', problems } : { kind: 'run', config };
}

function providerOf(text: string | undefined, problems: string[]): CollectorConfig['provider'] | undefined {
  if (text === 'aws' || text === 'files') return text;
  problems.push(text === undefined ? '--provider is missing: aws or files' : `--provider ${JSON.stringify(text)} is not one of aws, files`);
  return undefined;
}

function serverOf(text: string | undefined, problems: string[]): string {
  if (!text) {
    problems.push('--server (or CLOUDPAM_SERVER) is missing: the address of the server, such as https://ipam.example.com');
    return '';
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) problems.push('--server is not an http or https address');
  else if (url.username || url.password) problems.push('--server must not hold a user or password; the token is the credential');
  else if (url.search || url.hash) problems.push('--server must be the base address, without ? and #');
  else return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  return '';
}

function tokenOf(text: string | undefined, problems: string[]): string {
  const token = text?.trim() ?? '';
  if (token === '') problems.push('--token (or CLOUDPAM_TOKEN) is missing');
  else if (!/^[\x21-\x7e]+$/.test(token)) problems.push('--token (or CLOUDPAM_TOKEN) has characters that no token has');
  return token;
}

function regionsOf(text: string | undefined, problems: string[]): string[] | undefined {
  if (text === undefined) return undefined;
  const regions = [...new Set(text.split(',').map((region) => region.trim()).filter((region) => region !== ''))];
  const bad = regions.filter((region) => !/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region));
  if (regions.length === 0) problems.push('--regions needs names, separated by commas');
  if (bad.length > 0) problems.push(`--regions: not a region name: ${bad.map((region) => JSON.stringify(region)).join(', ')}`);
  return regions;
}

function numberOf(option: string, text: string | undefined, fallback: number, max: number, problems: string[]): number {
  if (text === undefined) return fallback;
  const value = /^\d+$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > max) problems.push(`${option} must be a whole number from 1 to ${max}`);
  return value;
}
