import { withSecretFiles } from '@cloudpam/settings';
import { readArguments } from './command-line';
import {
  variableOf,
  type AllGiven,
  type Command,
  type Environment,
  type Given,
  type OptionTable,
  type ValueOf,
} from './option';
import { OPTIONS, type KnownOption } from './options';

const TOKEN_FILE = /^CLOUDPAM_TOKEN_FILE$/;
/** The server's own settings: found where server and collector are started from one shell. */
const SERVERS_OWN =
  /^CLOUDPAM_(BOOTSTRAP_TOKEN|BOOTSTRAP_COLLECTOR_TOKEN|BOOTSTRAP_VIEWER_TOKEN|SECRET_KEY|WORKERS)(_FILE)?$/;
const FLAG_VALUES: { readonly [text: string]: boolean } = {
  true: true,
  1: true,
  false: false,
  0: false,
};

/** An option as it was given. */
interface GivenOption {
  /** `--spool` or `CLOUDPAM_SPOOL`. */
  readonly said: string;
  readonly value: string | boolean;
}

/**
 * What was asked for on the command line and in the environment, and the mistakes that were found
 * so far.
 */
export class GivenOptions implements AllGiven {
  /** Every mistake, each a sentence. None repeats a value that may be the token. */
  readonly problems: string[] = [];
  readonly commands: readonly string[];
  readonly help: boolean;
  readonly version: boolean;
  private readonly given = new Map<string, GivenOption>();
  /** What was read of the options so far. */
  private readonly read = new Map<string, unknown>();

  constructor(argv: readonly string[], environment: Environment) {
    const typed = readArguments(argv);
    this.commands = typed.commands;
    this.help = typed.help;
    this.version = typed.version;
    this.problems.push(...typed.problems);
    this.readEnvironment(withSecretFiles(environment, TOKEN_FILE, this.problems));
    for (const [name, value] of typed.values) this.given.set(name, { said: `--${name}`, value });
  }

  of<Options extends OptionTable>(_: Options): Given<Options> {
    return {
      get: <Name extends keyof Options & string>(name: Name) =>
        this.valueOf(name) as ValueOf<Options[Name]>, // by its kind
      has: (name) => this.has(name),
      said: (name) => this.said(name),
      refuse: (problem) => void this.problems.push(problem),
    };
  }

  /** Reads options, so that what is wrong with them is told although nobody asks for them. */
  check(options: OptionTable): void {
    for (const name of Object.keys(options)) this.valueOf(name);
  }

  /** Options that another command, or a provider that is not chosen, would know are mistakes. */
  refuseForeign(command: Command | undefined, chosen: readonly string[]): void {
    for (const [name, known] of OPTIONS) {
      if (!this.has(name)) continue;
      if (command && known.command && known.command !== command)
        this.problems.push(`${this.said(name)} is for collector ${known.command} only`);
      const { providers } = known;
      if (
        chosen.length > 0 &&
        providers.length > 0 &&
        !providers.some((each) => chosen.includes(each))
      )
        this.problems.push(`${this.said(name)} is for the provider ${providers.join(' or ')} only`);
    }
  }

  private has(name: string): boolean {
    return (this.given.get(name)?.value ?? false) !== false;
  }

  private said(name: string): string {
    return this.given.get(name)?.said ?? `--${name}`;
  }

  private valueOf(name: string): unknown {
    if (!this.read.has(name)) this.read.set(name, this.checked(name));
    return this.read.get(name);
  }

  /** The value by the kind of the option. */
  private checked(name: string): unknown {
    const option = OPTIONS.get(name)?.option;
    const value = this.given.get(name)?.value;
    if (option?.kind === 'flag') return value === true;
    if (typeof value !== 'string') return option?.kind === 'number' ? option.standard : undefined;
    if (option?.kind === 'number') {
      const { min, max } = option;
      const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
      if (!(number >= min && number <= max))
        this.problems.push(`${this.said(name)} must be a whole number from ${min} to ${max}`);
      return number;
    }
    if (option?.kind !== 'list') return value;
    const parts = [...new Set(value.split(',').map((part) => part.trim()))].filter(Boolean);
    if (parts.length === 0)
      this.problems.push(`${this.said(name)} needs names, separated by commas`);
    const { item } = option;
    const bad = parts.filter((part) => item && !item.pattern.test(part));
    if (item && bad.length > 0)
      this.problems.push(
        `${this.said(name)}: not ${item.called}: ${bad.map((part) => JSON.stringify(part)).join(', ')}`,
      );
    return parts;
  }

  /** An empty variable counts as none: that is how container platforms leave something out. */
  private readEnvironment(env: Environment): void {
    const names = new Map([...OPTIONS].map(([name, known]) => [variableOf(name), { name, known }]));
    for (const [variable, value] of Object.entries(env)) {
      if (!variable.startsWith('CLOUDPAM_') || SERVERS_OWN.test(variable)) continue;
      const found = names.get(variable);
      const text = value?.trim() ?? '';
      if (!found)
        this.problems.push(
          `${variable} is no setting of the collector; collector --help tells them`,
        );
      else if (text !== '') this.setVariable(found.name, found.known, variable, text);
    }
  }

  private setVariable(name: string, { option }: KnownOption, said: string, text: string): void {
    const value = option.kind === 'flag' ? FLAG_VALUES[text.toLowerCase()] : text;
    if (value === undefined) this.problems.push(`${said} must be true or false`);
    else this.given.set(name, { said, value });
  }
}
