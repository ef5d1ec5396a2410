import { PROVIDERS } from '../providers';
import type { Command, Option, OptionTable } from './option';

/** What is read, and how it is told. */
export const COMMON = {
  provider: {
    kind: 'list',
    value: 'a,b',
    help: `${PROVIDERS.map(({ name, source }) => `${name} (${source})`).join(', ')}; several with commas`,
  },
  concurrency: {
    kind: 'number',
    min: 1,
    max: 32,
    standard: 4,
    value: 'N',
    help: 'scopes at a time, 1 to 32; default 4',
  },
  'scope-timeout': {
    kind: 'number',
    min: 1,
    max: 3_600,
    standard: 120,
    value: 'SECONDS',
    help: 'gives up reading a scope after this time, 1 to 3600; default 120',
  },
  json: { kind: 'flag', command: 'run', help: 'print the summary as JSON' },
} as const satisfies OptionTable;

/** Where the snapshots go. */
export const DELIVERY = {
  server: { kind: 'text', value: 'URL', help: 'the CloudPAM server' },
  token: {
    kind: 'text',
    value: 'TOKEN',
    help: 'an API token of the role collector; better in the environment',
  },
  sink: {
    kind: 'text',
    value: 'file:DIR',
    command: 'run',
    help: 'write signed snapshot files into DIR, in place of --server',
  },
  'dry-run': {
    kind: 'flag',
    command: 'run',
    help: 'ask the server what it would do; nothing is written',
  },
  attempts: {
    kind: 'number',
    min: 1,
    max: 20,
    standard: 6,
    value: 'N',
    help: 'tries to deliver a scope, 1 to 20; default 6',
  },
  spool: {
    kind: 'text',
    value: 'DIR',
    help: 'keep what could not be delivered in DIR, and deliver it later',
  },
  'spool-limit': {
    kind: 'number',
    min: 1,
    max: 1_000_000,
    standard: 1_024,
    value: 'MB',
    help: 'size of the spool, 1 to 1000000; default 1024',
  },
  'tls-ca': {
    kind: 'text',
    value: 'FILE',
    help: 'the CA of the server, where it is none that Node knows',
  },
  'tls-cert': {
    kind: 'text',
    value: 'FILE',
    help: 'a client certificate, for a server that asks for one',
  },
  'tls-key': { kind: 'text', value: 'FILE', help: 'the key of --tls-cert' },
} as const satisfies OptionTable;

/** How an agent works. */
export const AGENT = {
  interval: {
    kind: 'text',
    value: 'TIME',

    help: 'how often every account is read: 30m, 6h, 1d; 0: only when triggered; default 6h',
  },
  name: {
    kind: 'text',
    value: 'NAME',

    help: 'what the server shows; default the name of the host',
  },
  'health-file': {
    kind: 'text',
    value: 'PATH',

    help: 'a file that is touched as long as the agent lives',
  },
} as const satisfies OptionTable;

/** An option with all that is known of it. */
export interface KnownOption {
  readonly option: Option;
  /** Over it in the help. */
  readonly title: string;
  /** The one command that knows it; undefined for both. */
  readonly command?: Command;
  /** The providers that it belongs to; none for none in particular. */
  readonly providers: readonly string[];
}

/** Every option by its name, in the order of the help. Environment and documentation follow it. */
export const OPTIONS: ReadonlyMap<string, KnownOption> = knownOptions();

function knownOptions(): Map<string, KnownOption> {
  const known = new Map<string, KnownOption>();
  const add = (
    title: string,
    options: OptionTable,
    of: { command?: Command; provider?: string },
  ): void => {
    for (const [name, option] of Object.entries(options)) {
      const before = known.get(name);
      known.set(name, {
        option,
        title: before?.title ?? title,
        command: of.command ?? option.command,
        providers: [
          ...(before?.providers ?? []),
          ...(of.provider === undefined ? [] : [of.provider]),
        ],
      });
    }
  };
  add('Common', COMMON, {});
  add('Delivery', DELIVERY, {});
  for (const { name, title, options } of PROVIDERS) add(title, options, { provider: name });
  add('Agent (agent only)', AGENT, { command: 'agent' });
  return known;
}
