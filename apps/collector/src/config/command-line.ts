import { Command, Option } from 'commander';
import { PROVIDER_NAMES } from '../providers';
import { OPTIONS } from './options';

const CHOICE = PROVIDER_NAMES.join('|');
const WIDTH = 120;

const DESCRIPTION = `run    Lists VPCs, subnets and secondary ranges once, and delivers what it saw, one scope
       (account and region, or GCP project) at a time, to a CloudPAM server or into signed files.
agent  Does so again and again: on its own schedule, and when somebody triggers it on the server. Several agents share
       the work.`;

const END = `
Every option can be given in the environment too: CLOUDPAM_ and its name in capitals, such as CLOUDPAM_SPOOL_LIMIT;
flags as true or false. The command line has the last word.

Also read: HTTPS_PROXY, HTTP_PROXY and NO_PROXY, for clouds and the server; AWS_CA_BUNDLE and NODE_EXTRA_CA_CERTS, CAs
to trust; the variables of the AWS SDK (AWS_PROFILE, AWS_REGION and others) and GOOGLE_APPLICATION_CREDENTIALS.

Exit codes of run: 0 everything was listed and delivered; 1 some scopes were partial, failed, refused or are still in
the spool, or the run was stopped; 2 nothing worked, or the options are wrong.
Exit codes of agent: 0 it was stopped; 2 the token is refused, or the options are wrong.
`;

/** What was typed. */
export interface Typed {
  readonly commands: readonly string[];
  readonly help: boolean;
  readonly version: boolean;
  /** By the names of the options; true for a flag. */
  readonly values: ReadonlyMap<string, string | true>;
  /** Every mistake, each a sentence; none repeats what may be the token. */
  readonly problems: readonly string[];
}

/**
 * Reads the command line. What commander would end the program with, at the first mistake and
 * repeating what was typed, is collected here instead.
 */
export function readArguments(argv: readonly string[]): Typed {
  const values = new Map<string, string | true>();
  const missing: string[] = [];
  const collector = collectorCommand();
  for (const [name, { option }] of OPTIONS) {
    collector.on(`option:${name}`, (value: string | null) => {
      const text = value?.trim();
      if (option.kind === 'flag') values.set(name, true);
      else if (text) values.set(name, text);
      else missing.push(`--${name} needs a value`);
    });
  }
  const { operands, unknown } = collector.parseOptions([...argv]);
  const strange = unknown.filter((each) => each.startsWith('-'));
  const isHelp = (text: string): boolean => text === '--help' || text === '-h';
  const isVersion = (text: string): boolean => text === '--version';
  return {
    commands: [...operands, ...unknown.filter((each) => !each.startsWith('-'))],
    help: strange.some(isHelp),
    version: strange.some(isVersion),
    values,
    problems: [
      ...strange
        .filter((each) => !isHelp(each) && !isVersion(each))
        .map((each) => refusal(nameIn(each))),
      ...missing,
    ],
  };
}

/** What `--help` prints. */
export function helpText(): string {
  return `${collectorCommand().helpInformation()}${END}`;
}

/** A value is optional to commander, which would take `--json` in `--token --json` for it otherwise. */
function collectorCommand(): Command {
  const collector = new Command('collector')
    .usage(
      `run   --provider ${CHOICE}[,...] [options]\n       collector agent --provider ${CHOICE}[,...] [options]`,
    )
    .description(DESCRIPTION)
    .argument('[command]')
    .helpOption('-h, --help', 'print this; --version tells version and commit')
    .configureHelp({
      helpWidth: WIDTH,
      optionTerm: ({ flags }) => flags.replace(/[[\]]/g, ''),
    });
  for (const [name, { option, title, command }] of OPTIONS) {
    // The agent's own are a group.
    const only = command === 'run' ? ' (run only)' : '';
    collector.addOption(
      new Option(
        option.kind === 'flag' ? `--${name}` : `--${name} [${option.value}]`,
        `${option.help}${only}`,
      ).helpGroup(`${title}:`),
    );
  }
  return collector;
}

/** @param name without a value, which may be the token */
/** The name in what was typed, without a value: of `-tSECRET` only `-t`. */
function nameIn(typed: string): string {
  return typed.startsWith('--') ? (typed.split('=')[0] ?? '') : typed.slice(0, 2);
}

function refusal(name: string): string {
  return OPTIONS.has(name.replace(/^--/, ''))
    ? `${name} takes no value`
    : `there is no option ${name}`;
}
